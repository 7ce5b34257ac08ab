"""Persons in the record: where they occur, and how their keys are destroyed."""

from infra.subjects.port import Shredded, Subjects

__all__ = ["Shredded", "Subjects"]
