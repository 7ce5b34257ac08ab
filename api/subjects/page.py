"""A person's record as one page of HTML, to be read without anything else."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from api.subjects.record import SubjectRecord
from schemas.media import MICROSECONDS

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;"
    "vertical-align:top}"
)


def page(record: SubjectRecord) -> str:
    """The page. All that came from outside is escaped."""
    parts = [
        "<!doctype html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>What is recorded about {escape(record.subject)}</title>',
        f"<style>{STYLE}</style></head><body>",
        f"<h1>What is recorded about {escape(record.subject)}</h1>",
        f"<p>Made {escape(record.made_at.isoformat(timespec='seconds'))}. {escape(record.logic)}</p>",
        *_section("Interviews", ("Interview", "Title", "Seat", "Shown on screens as"), _sittings(record)),
        *_section("Consents", ("When", "Text", "Wording", "Agreed to"), _consents(record)),
        *_section(
            "What measured",
            ("Detector", "Kind of event", "Seconds"),
            ((one.name, one.event, one.seconds) for one in record.detectors),
        ),
        *_section("Who was shown it", ("Recipient",), ((one,) for one in record.recipients)),
        *_section(
            "Recordings and other files",
            ("File", "Parts", "Bytes kept"),
            ((f"blobs/{one.id}", one.chunks, one.size) for one in record.blobs),
        ),
        *_section("Everything, in order", ("Second", "Event", "Content"), _events(record)),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _sittings(record: SubjectRecord) -> Iterator[Sequence[Any]]:
    for sitting in record.sittings:
        seat = sitting.role or "erased"
        yield sitting.interview, sitting.title or "", seat, sitting.label or ""


def _consents(record: SubjectRecord) -> Iterator[Sequence[Any]]:
    for consent in record.consents:
        text = f"version {consent.text_version}, {consent.language}"
        agreed = ", ".join(consent.purposes) or "nothing"
        yield consent.at.isoformat(timespec="seconds"), text, consent.sentence or "", agreed


def _events(record: SubjectRecord) -> Iterator[Sequence[Any]]:
    for event in record.events:
        fields = ", ".join(f"{name}: {value}" for name, value in (event.payload or {}).items())
        yield f"{event.at_us / MICROSECONDS:.3f}", event.type, fields if event.payload is not None else "(erased)"


def _section(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield f"<h2>{escape(title)}</h2>"
    yield f"<table><tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr>"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>"
    yield "</table>"
