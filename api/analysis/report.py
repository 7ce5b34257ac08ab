"""The report on a recorded file: a projection of its interview's events, one entry per second."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log10
from statistics import fmean, median
from typing import Literal

from pydantic import BaseModel, ConfigDict

from schemas.answers import AnswerEnded, AnswerStarted, SegmentTranscribed
from schemas.events import Event, GazeCalibrated, StreamKind
from schemas.ids import InterviewId
from schemas.media import MICROSECONDS, SessionTime
from schemas.signals import ProsodyObserved, ProsodySecond, SightObserved, SightSecond
from schemas.speech import SegmentProblem

PRESENT = 0.5
"""Share of a second's pictures from which on the second counts as one with a face."""

REMAINDER = 0.1
"""Seconds: sound behind the last picture that is shorter is the codec's padding and makes no second of its own."""


class Part(BaseModel):
    """What all parts of a report share."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Media(Part):
    """What was read of the file."""

    tracks: tuple[StreamKind, ...]
    stated_seconds: float | None
    """Length as the file states it."""
    read_seconds: float
    damaged_packets: int


class Span(Part):
    """Whole seconds, the last one included."""

    first: int
    last: int


class Resting(Part):
    """Where the eyes rest, degrees."""

    horizontal: float
    vertical: float
    samples: int


class Summary(Part):
    """The whole recording in a few values; None where it holds nothing to measure."""

    seconds: int
    pictures: int
    face: float | None
    """Share of the pictures with a face, 0..1."""
    face_spans: tuple[Span, ...]
    """Runs of seconds with a face in at least half of their pictures."""
    yaw: float | None
    """Median of the seconds' medians, degrees; likewise `pitch` and `roll`."""
    pitch: float | None
    roll: float | None
    resting_gaze: Resting | None
    toward_screen: float | None
    """Mean share of gazes towards the screen, from calibration on, 0..1."""
    heard_seconds: float
    loudness: float | None
    """dBFS over all that was heard."""


class Second(Part):
    """What each modality made of one second; None where it was given nothing."""

    second: int
    sight: SightSecond | None
    prosody: ProsodySecond | None


class Said(Part):
    """One answer."""

    start: float
    """Seconds."""
    end: float | None
    """None where it was not over at the end of the file."""
    text: str
    problems: tuple[SegmentProblem, ...]
    """Why stretches of it have no words."""


class Report(Part):
    """The answer to `intact analyze`."""

    format: Literal["intact-analysis/1"] = "intact-analysis/1"
    interview: InterviewId
    """Names the stream of the log that holds everything said here."""
    media: Media
    notes: tuple[str, ...]
    """What a reader of the report has to know, in plain words."""
    detectors: Mapping[str, str]
    """By modality."""
    summary: Summary
    said: tuple[Said, ...]
    seconds: tuple[Second, ...]


def report(interview: InterviewId, media: Media, cut_off: bool, events: Iterable[Event]) -> Report:
    """Project `events` of one interview with one participant."""
    known = list(events)
    sight = {event.second: event for event in known if isinstance(event, SightObserved)}
    prosody = {event.second: event for event in known if isinstance(event, ProsodyObserved)}
    recognisers = [event.detector for event in known if isinstance(event, SegmentTranscribed)]
    resting = next((event for event in known if isinstance(event, GazeCalibrated)), None)
    heard = [second for second, event in prosody.items() if event.heard >= REMAINDER]
    length = max([*sight, *heard], default=-1) + 1
    return Report(
        interview=interview,
        media=media,
        notes=_notes(media, cut_off, sight, resting),
        detectors=_detectors(sight, prosody, recognisers),
        summary=_summary(length, sight, prosody, resting),
        said=tuple(_said(known)),
        seconds=tuple(_second(number, sight.get(number), prosody.get(number)) for number in range(length)),
    )


def _notes(
    media: Media, cut_off: bool, sight: Mapping[int, SightObserved], resting: GazeCalibrated | None
) -> tuple[str, ...]:
    notes = []
    if "audio" not in media.tracks:
        notes.append("The file has no sound: nothing is said about the voice.")
    if "video" not in media.tracks:
        notes.append("The file has no picture: nothing is said about the face.")
    if cut_off:
        notes.append(
            f"The file states {media.stated_seconds:.1f} s but ends after {media.read_seconds:.1f} s: it is cut off."
        )
    if media.damaged_packets:
        notes.append(f"{media.damaged_packets} packets are damaged and were left out.")
    if sight and not any(event.presence for event in sight.values()):
        notes.append("No face was seen.")
    elif sight and resting is None:
        notes.append("The resting gaze could not be learnt: whether the gaze is towards the screen is not said.")
    return tuple(notes)


def _detectors(
    sight: Mapping[int, SightObserved], prosody: Mapping[int, ProsodyObserved], recognisers: list[str]
) -> dict[str, str]:
    detectors = {"sight": [event.detector for event in sight.values()]}
    detectors["prosody"] = [event.detector for event in prosody.values()]
    detectors["hearing"] = recognisers
    return {modality: names[-1] for modality, names in detectors.items() if names}


def _summary(
    length: int,
    sight: Mapping[int, SightObserved],
    prosody: Mapping[int, ProsodyObserved],
    resting: GazeCalibrated | None,
) -> Summary:
    seen, heard = list(sight.values()), list(prosody.values())
    pictures = sum(event.frames for event in seen)
    judged = [event.toward_screen for event in seen if event.toward_screen is not None]
    return Summary(
        seconds=length,
        pictures=pictures,
        face=_rounded(sum(event.presence * event.frames for event in seen) / pictures) if pictures else None,
        face_spans=_spans(sorted(event.second for event in seen if event.presence >= PRESENT)),
        yaw=_middle([event.yaw for event in seen]),
        pitch=_middle([event.pitch for event in seen]),
        roll=_middle([event.roll for event in seen]),
        resting_gaze=Resting(horizontal=resting.horizontal, vertical=resting.vertical, samples=resting.samples)
        if resting
        else None,
        toward_screen=_rounded(fmean(judged)) if judged else None,
        heard_seconds=_rounded(sum(event.heard for event in heard)),
        loudness=_loudness(heard),
    )


def _spans(seconds: Sequence[int]) -> tuple[Span, ...]:
    """Runs of consecutive numbers."""
    spans: list[Span] = []
    for second in seconds:
        if spans and spans[-1].last == second - 1:
            spans[-1] = Span(first=spans[-1].first, last=second)
        else:
            spans.append(Span(first=second, last=second))
    return tuple(spans)


def _second(number: int, sight: SightObserved | None, prosody: ProsodyObserved | None) -> Second:
    place = {"participant", "second", "detector", "type"}
    return Second(
        second=number,
        sight=SightSecond.model_validate(sight.model_dump(exclude=place)) if sight else None,
        prosody=ProsodySecond.model_validate(prosody.model_dump(exclude=place)) if prosody else None,
    )


def _said(events: Sequence[Event]) -> Iterator[Said]:
    ends = {event.answer: event.end for event in events if isinstance(event, AnswerEnded)}
    segments = [event for event in events if isinstance(event, SegmentTranscribed)]
    for begun in (event for event in events if isinstance(event, AnswerStarted)):
        mine = sorted((each for each in segments if each.answer == begun.answer), key=lambda each: each.start)
        end = ends.get(begun.answer)
        yield Said(
            start=_seconds(begun.start),
            end=None if end is None else _seconds(end),
            text=" ".join(each.text for each in mine if each.text),
            problems=tuple(each.problem for each in mine if each.problem is not None),
        )


def _seconds(at: SessionTime) -> float:
    return _rounded(at / MICROSECONDS)


def _loudness(heard: Sequence[ProsodyObserved]) -> float | None:
    """Level of the mean power, weighted by how much of each second was heard."""
    duration = sum(event.heard for event in heard)
    if duration <= 0:
        return None
    return _rounded(10 * log10(sum(10 ** (event.loudness / 10) * event.heard for event in heard) / duration))


def _middle(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return _rounded(median(known)) if known else None


def _rounded(value: float) -> float:
    return round(value, 3) + 0.0
