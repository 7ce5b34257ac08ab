"""The log: an append-only record of events, the only truth."""

from infra.log.port import Log, LogReader

__all__ = ["Log", "LogReader"]
