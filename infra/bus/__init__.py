"""The bus: carries recorded events and live signals between processes."""

from infra.bus.port import Bus, Message

__all__ = ["Bus", "Message"]
