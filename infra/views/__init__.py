"""Views: what the screens read, each row with the log position it is true for."""

from infra.views.port import Views

__all__ = ["Views"]
