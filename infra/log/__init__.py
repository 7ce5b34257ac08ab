"""The log: an append-only record of events, the only truth."""

from infra.log.port import Log

__all__ = ["Log"]
