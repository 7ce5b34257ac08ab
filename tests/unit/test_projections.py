"""Views as pure functions of the log."""

from hypothesis import given
from hypothesis import strategies as st

from actors.projections import PROJECTIONS
from actors.projections.fold import fold
from actors.projections.interview import InterviewProjection
from actors.projections.port import Projection
from actors.projections.summary import SummaryProjection, summary_of
from infra.views.port import Row
from schemas.answers import AnswerEnded, AnswerStarted, SegmentTranscribed
from schemas.envelope import RecordedEvent
from schemas.events import (
    ConsentGiven,
    Event,
    GazeCalibrated,
    InterviewCreated,
    InterviewEnded,
    LinkClaimed,
    ParticipantInvited,
    ParticipantJoined,
    ParticipantLeft,
    StreamLost,
    StreamStarted,
    SubjectErased,
)
from schemas.ids import AnswerId, ConnectionId, InterviewId, ParticipantId, SegmentId, SubjectId
from schemas.media import SessionTime
from schemas.signals import ProsodyObserved, SightObserved
from schemas.views import ANSWERS, SIGNAL_SECONDS, InterviewView
from tests.fakes.recorded import recorded

IV = InterviewId("0" * 32)
ANN = ParticipantId("ann")
ONE = ConnectionId("one")


def sight(second: int, *, yaw: float | None = 1.5) -> SightObserved:
    return SightObserved(
        participant=ANN,
        second=second,
        frames=15,
        dropped=1,
        presence=1.0,
        confidence=0.9,
        yaw=yaw,
        pitch=0.0,
        roll=0.0,
        gaze_horizontal=None,
        gaze_vertical=None,
        gaze_confidence=None,
        toward_screen=None,
        problem=None,
        detector="test",
    )


def prosody(second: int) -> ProsodyObserved:
    return ProsodyObserved(participant=ANN, second=second, loudness=-20.0, clipped=0.0, heard=1.0, detector="test")


HISTORY: list[Event] = [
    InterviewCreated(interview=IV, title="Analyst", epoch_us=1),
    ParticipantInvited(participant=ParticipantId("host"), role="interviewer", label="Interviewer"),
    ParticipantInvited(participant=ANN, role="applicant", label="Applicant A"),
    LinkClaimed(participant=ANN, claim_digest="d"),
    ConsentGiven(participant=ANN, text_version="1", language="en", purposes=("visual-signals",)),
    ParticipantJoined(participant=ANN, connection=ONE),
    StreamStarted(participant=ANN, kinds=("video", "audio")),
    GazeCalibrated(participant=ANN, horizontal=0.0, vertical=0.0, samples=60),
    *(event for second in range(200) for event in (sight(second), prosody(second))),
    StreamLost(participant=ANN, reason="closed"),
    ParticipantLeft(participant=ANN, connection=ONE, reason="left"),
    InterviewEnded(by="interviewer"),
]


OTHER = ParticipantInvited(participant=ParticipantId("ben"), role="applicant", label="Applicant B")


def project(projection: Projection, events: list[RecordedEvent], rows: dict[str, Row] | None = None) -> dict[str, Row]:
    folded = fold(projection, rows or {}, events)
    return {key: Row(key, change.after, change.place) for key, change in folded.items()}


def interview_view(events: list[Event]) -> InterviewView:
    rows = project(InterviewProjection(), recorded(IV, events))
    return InterviewView.model_validate(rows[IV].body)


def test_the_screen_follows_an_applicant_through_an_interview() -> None:
    seats = [interview_view(HISTORY[:count]).participants[ANN] for count in range(3, 9)]
    assert [seat.claimed for seat in seats] == [False, True, True, True, True, True]
    assert [seat.presence for seat in seats] == ["invited"] * 3 + ["present"] * 3
    assert [seat.stream for seat in seats] == [()] * 4 + [("video", "audio")] * 2
    assert [seat.calibrated for seat in seats] == [False] * 5 + [True]


def test_the_screen_keeps_the_newest_seconds_and_counts_all() -> None:
    view = interview_view(HISTORY)
    seat = view.participants[ANN]
    assert list(seat.sight) == [str(second) for second in range(200 - SIGNAL_SECONDS, 200)]
    assert (seat.seconds_seen, seat.seconds_heard, seat.frames_dropped) == (200, 200, 200)
    assert (seat.presence, seat.stream, view.status) == ("left", (), "ended")
    assert view.ended_at_us == len(HISTORY) * 1_000_000


def test_what_was_not_measured_is_absent_and_reads_as_none() -> None:
    rows = project(InterviewProjection(), recorded(IV, [*HISTORY[:8], sight(0, yaw=None)]))
    assert "yaw" not in rows[IV].body["participants"][ANN]["sight"]["0"]
    assert InterviewView.model_validate(rows[IV].body).participants[ANN].sight["0"].yaw is None


def said(number: int, at: int) -> list[Event]:
    answer, start, end = AnswerId(f"{number:032x}"), SessionTime(at), SessionTime(at + 5)
    return [
        AnswerStarted(participant=ANN, answer=answer, start=start),
        SegmentTranscribed(
            participant=ANN,
            answer=answer,
            segment=SegmentId(answer),
            start=start,
            end=end,
            text="hello",
            words=(),
            confidence=0.5,
            language="en",
            source="pocketsphinx",
            detector="test",
            problem=None,
        ),
        AnswerEnded(participant=ANN, answer=answer, end=end, ended="silence", segments=1),
    ]


def test_the_screen_keeps_the_newest_answers_with_their_words() -> None:
    told = [event for number in range(ANSWERS + 2) for event in said(number, 100 * number)]
    late = said(0, 0)[1].model_copy(update={"segment": SegmentId("f" * 32)})
    answers = interview_view([*HISTORY[:8], *told, late]).participants[ANN].answers
    assert sorted(answer.start for answer in answers.values()) == [100 * number for number in range(2, ANSWERS + 2)]
    assert {(answer.ended, *(each.text for each in answer.segments.values())) for answer in answers.values()} == {
        ("silence", "hello")
    }


def test_the_list_counts_applicants_and_seconds() -> None:
    rows = project(SummaryProjection(), recorded(IV, HISTORY))
    summary = summary_of(rows[IV].body)
    assert (summary.title, summary.status, summary.applicants, summary.seconds) == ("Analyst", "ended", 1, 200)


def test_the_list_says_for_which_job_and_in_which_language() -> None:
    made = InterviewCreated(interview=IV, title="Analyst", epoch_us=1, job="big-data-analysis", language="ko")
    summary = summary_of(project(SummaryProjection(), recorded(IV, [made]))[IV].body)
    assert (summary.job, summary.language) == ("big-data-analysis", "ko")
    plain = summary_of(project(SummaryProjection(), recorded(IV, HISTORY[:1]))[IV].body)
    assert (plain.job, plain.language) == (None, "en")


def test_an_erased_event_changes_nothing() -> None:
    events = recorded(IV, HISTORY[:9])
    erased = [*events[:-1], _erased(events[-1])]
    for projection in PROJECTIONS:
        assert project(projection, erased)[IV].body == project(projection, events[:-1])[IV].body


@given(st.integers(9, len(HISTORY)), st.integers(1, 7))
def test_a_row_after_an_erasure_is_that_of_events_nobody_can_read(count: int, size: int) -> None:
    """The row that was there when the person was erased, and the one that a rebuild makes afterwards."""
    tombstone = SubjectErased(erased=ANN, role="applicant")
    events = recorded(IV, [*HISTORY[:count], OTHER, tombstone, *HISTORY[-1:]])
    unreadable = [_erased(event) if event.subject == SubjectId(ANN) else event for event in events]
    for projection in PROJECTIONS:
        live: dict[str, Row] = {}
        for at in range(0, len(events), size):
            live |= project(projection, events[at : at + size], live)
        assert live == project(projection, unreadable)
        assert ANN not in repr(live[IV].body)


def _erased(event: RecordedEvent) -> RecordedEvent:
    return event._replace(payload=None)


@given(st.lists(st.integers(1, 40), max_size=20))
def test_any_cut_into_batches_gives_the_same_rows(sizes: list[int]) -> None:
    events = recorded(IV, HISTORY)
    for projection in PROJECTIONS:
        rows: dict[str, Row] = {}
        at = 0
        for size in [*sizes, len(events)]:
            rows |= project(projection, events[at : at + size], rows)
            at += size
        assert rows == project(projection, events)
