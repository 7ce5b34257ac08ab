"""What `intact analyze` does around the analysis: opens the log, shows how far it is, writes the report."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from actors.listening import Listening
from api.analysis.analysis import Analysis, analyze
from api.analysis.observing import Ear
from api.analysis.report import Report
from api.bootstrap import open_log
from api.detectors import prosody_detector, sight_detector, sound_stream, transcriber, vocabulary, voice_activity
from infra.clock import wall_clock
from infra.embedded.record import with_record
from infra.log import Log
from infra.rtc.recording import open_recording
from infra.settings import Settings
from schemas.errors import Invalid
from schemas.ids import ParticipantId
from schemas.language import Language
from schemas.policy import STANDARD, Policy
from schemas.speech import Vocabulary


async def run_analysis(
    file: Path, out: Path | None, policy: Policy, job: str | None = None, language: Language = "en"
) -> None:
    """Analyse `file` into the log of the settings, or the embedded one where they name none.

    The report goes to `out`, or to standard output where it is None.

    Raises `MediaUnreadable`, `Invalid` where `out` cannot be written, `NotFound` for a job that the catalogue does not
    hold, `Misconfigured` and `Unavailable`.
    """
    _must_be_writable(out)
    open_recording(file)  # says what is wrong with the file before a database is started
    made = analysis_with(Settings.load(), policy, job, language)
    async with with_record(Settings.load()) as settings:
        log = await open_log(settings)
        try:
            await analyze_into(log, file, out, made)
        finally:
            await log.close()


def analysis_with(
    settings: Settings, policy: Policy = STANDARD, job: str | None = None, language: Language = "en"
) -> Analysis:
    """What an analysis is made with. Raises `NotFound`, `Invalid` and `Misconfigured` where the job is not known."""
    words = vocabulary(settings.catalogue, job, language)
    return Analysis(
        sight=sight_detector,
        prosody=partial(prosody_detector, settings.enhancement),
        ear=partial(_ear, settings, words),
        policy=policy,
        job=job,
        language=language,
    )


def _ear(settings: Settings, words: Vocabulary, participant: ParticipantId) -> Ear:
    listening = Listening(participant, sound_stream(), voice_activity(), settings.answer_pause)
    return Ear(listening, transcriber(settings.whisper, words), words.language)


async def analyze_into(log: Log, file: Path, out: Path | None, made: Analysis) -> None:
    """Analyse `file` into `log`, with a progress bar on standard error where that is a terminal.

    Raises as `run_analysis` does; where the file or `out` is at fault, nothing was recorded.
    """
    _must_be_writable(out)
    with _own_stderr() as stderr, _bar(Console(file=stderr)) as bar:
        task = bar.add_task("analysing", total=None)

        def show(seconds: float, of: float | None) -> None:
            bar.update(task, completed=seconds, total=of)

        report = await analyze(file, log, made, now_us=wall_clock(), progress=show)
    _write(report, out)
    _tell(report, Console(stderr=True, soft_wrap=True, highlight=False))


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f} s"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )


@contextmanager
def _own_stderr() -> Iterator[TextIO]:
    """Standard error for the progress bar alone: MediaPipe's notes, which no setting turns off, would break it."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        with os.fdopen(os.dup(kept), "w", encoding="utf-8") as stderr:
            yield stderr
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _must_be_writable(out: Path | None) -> None:
    """Say so before the work, not after it."""
    if out is None:
        return
    if out.is_dir() or not out.parent.is_dir() or not os.access(out.parent, os.W_OK):
        raise Invalid("Expected a file in a folder that can be written to as the place of the report.")


def _write(report: Report, out: Path | None) -> None:
    text = report.model_dump_json(indent=2) + "\n"
    if out is None:
        sys.stdout.write(text)
        return
    part = out.with_name(f"{out.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Invalid(f"The report cannot be written ({error.strerror}).") from error


def _tell(report: Report, console: Console) -> None:
    """A few lines for whoever waits for it."""
    summary = report.summary
    spans = ", ".join(f"{span.first} to {span.last} s" for span in summary.face_spans) or "none"
    console.print(f"Recorded as interview {report.interview}: {summary.seconds} s, face in seconds: {spans}.")
    for note in report.notes:
        console.print(note)
