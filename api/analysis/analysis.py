"""The analysis of a recorded file, from its first picture to the report."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from actors.parts import ProsodyDetector, SightDetector
from api.analysis.minutes import Minutes
from api.analysis.observing import Ear, Observer, Step
from api.analysis.report import Media, Report, report
from dialogue.interview import media_for
from infra.clock import NowUs
from infra.log import Log
from infra.rtc.recording import Recording, open_recording
from schemas.commands import CreateInterview, EndInterview, InviteParticipant, LoseStream, StartStream
from schemas.envelope import fact_of
from schemas.errors import Invalid
from schemas.events import StreamKind
from schemas.ids import InterviewId, ParticipantId, interview_stream, new_interview_id, new_participant_id
from schemas.language import Language
from schemas.media import MICROSECONDS, SessionTime
from schemas.policy import STANDARD, Policy, Purpose

TITLE = "Recorded file"
"""How the interview is called; the file's own name may be a person's."""

Progress = Callable[[float, float | None], None]
"""Told the seconds that were analysed and the seconds there are, if the file states them."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an analysis is made with."""

    sight: Callable[[frozenset[Purpose]], SightDetector]
    prosody: Callable[[frozenset[Purpose]], ProsodyDetector]
    ear: Callable[[ParticipantId], Ear]
    policy: Policy = STANDARD
    job: str | None = None
    """Of the catalogue; its words are expected."""
    language: Language = "en"
    """That is spoken."""


async def analyze(path: Path, log: Log, made: Analysis, *, now_us: NowUs, progress: Progress) -> Report:
    """Read the file at `path` to its end, record it in `log` as an interview of its own, and report on it.

    Raises `MediaUnreadable`, and `Invalid` where the policy allows nothing that the file holds (then nothing was
    recorded), and what the log raises.
    """
    recording = open_recording(path)
    media = recording.read()
    first = next(media)  # raises where nothing can be decoded, before anything is recorded
    kinds = _kinds(recording, made.policy)
    interview, participant = new_interview_id(), new_participant_id()
    minutes = Minutes(interview, log)
    start = SessionTime(0)
    create = CreateInterview(
        interview, TITLE, now_us(), source="file", policy=made.policy, job=made.job, language=made.language
    )
    for command in (create, InviteParticipant(participant, "applicant"), StartStream(participant, kinds)):
        await minutes.execute(command, start)
    # One thread for the model's whole life: MediaPipe objects are not to be shared between threads.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="analysis") as thread:
        loop = asyncio.get_running_loop()
        watch = await loop.run_in_executor(thread, _observer, made, participant)
        try:
            steps = watch.steps(chain([first], media))
            last = Step(SessionTime(0))
            while (step := await loop.run_in_executor(thread, next, steps, None)) is not None:
                last = step
                if step.command is None:
                    progress(step.at / MICROSECONDS, recording.duration)
                else:
                    await minutes.execute(step.command, step.at)
        finally:
            await loop.run_in_executor(thread, watch.close)
    await minutes.execute(LoseStream(participant, "closed"), last.at)
    await minutes.execute(EndInterview(by_source=True), last.at)
    return await _reported(interview, recording, log)


def _kinds(recording: Recording, policy: Policy) -> tuple[StreamKind, ...]:
    """The media that the policy has a use for; raises `Invalid` where it has none for any."""
    kinds = tuple(kind for kind in recording.kinds if kind in media_for(policy.asked()))
    if not kinds:
        raise Invalid(f"Nothing of this file may be analysed under `{policy.profile}`: it has no sound.")
    return kinds


def _observer(made: Analysis, participant: ParticipantId) -> Observer:
    """Loads what the policy has a use for, and nothing else."""
    purposes = frozenset(made.policy.asked())
    return Observer(
        participant,
        made.sight(purposes) if "visual-signals" in purposes else None,
        made.prosody(purposes) if "voice-signals" in purposes else None,
        made.ear(participant) if "transcript" in purposes else None,
    )


async def _reported(interview: InterviewId, recording: Recording, log: Log) -> Report:
    """The report, read back from the log: it says what is recorded and nothing else."""
    events = [
        fact async for recorded in log.read(interview_stream(interview)) if (fact := fact_of(recorded)) is not None
    ]
    media = Media(
        tracks=recording.kinds,
        stated_seconds=recording.duration,
        read_seconds=round(recording.until, 3),
        damaged_packets=recording.damaged,
    )
    return report(interview, media, recording.cut_off, events)
