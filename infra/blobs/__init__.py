"""Blobs: what concerns a person and is too large for the log, encrypted, outside the database."""

from infra.blobs.port import Blob, Blobs

__all__ = ["Blob", "Blobs"]
