"""What `intact log replay` does: an interview happens again, in the terminal."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from math import isnan

import typer

from actors.projections.interview import InterviewProjection
from actors.projections.scene import Scene
from api.bootstrap import open_log
from api.records.entry import entry_of, line
from api.records.pace import Pace
from api.records.stage import FOREVER, Stage
from infra.embedded.record import with_record
from infra.settings import Settings
from schemas.errors import Invalid, NotFound
from schemas.ids import InterviewId
from schemas.media import MICROSECONDS, SessionTime
from schemas.views import InterviewView, ParticipantView

Say = Callable[[str], None]
Sleep = Callable[[float], Awaitable[None]]


async def replay_log(interview: InterviewId, *, speed: float, until: float | None, as_json: bool) -> None:
    """Print the events of an interview at `speed` up to second `until`, then its screen; as JSON the views alone.

    Raises `NotFound`, `Unavailable`, and `Invalid` for a speed that is not above 0 or an event of an unknown type or
    version.
    """
    if isnan(speed) or speed <= 0:
        raise Invalid("Expected a speed above 0, or `inf`.")
    end = FOREVER if until is None else SessionTime(int(until * MICROSECONDS))
    async with with_record(Settings.load()) as settings:
        log = await open_log(settings)
        try:
            stage = Stage(log, interview)
            if as_json:
                await stage.seek(end)
            else:
                await play(stage, speed=speed, until=end, say=typer.echo)
        finally:
            await log.close()
    if not stage.scene.version:
        raise NotFound("There is no such interview in the log, or it had not begun.")
    if as_json:
        typer.echo(json.dumps(views_of(stage.scene), ensure_ascii=False, indent=2))
    else:
        for told in screen_of(stage.scene, interview):
            typer.echo(told)


async def play(stage: Stage, *, speed: float, until: SessionTime, say: Say, sleep: Sleep = asyncio.sleep) -> None:
    """Say the events up to `until`, each at its time. Raises as `Stage` does."""
    clock = asyncio.get_running_loop().time
    pace: Pace | None = None
    while (at := await stage.next_at()) is not None and at <= until:
        pace = pace or Pace(at, clock(), speed)
        if (seconds := pace.wait(at, clock())) > 0:
            await sleep(seconds)
        for event in await stage.step():
            say(line(entry_of(event)))


def views_of(scene: Scene) -> dict[str, object]:
    """All views at one moment, for a program."""
    views = {
        view: {key: {"position": row.place.position, "body": row.body} for key, row in rows.items()}
        for view, rows in scene.views.items()
    }
    return {"at_us": scene.at, "version": scene.version, "views": views}


def screen_of(scene: Scene, interview: InterviewId) -> Iterator[str]:
    """The interviewer's screen at one moment, for a person."""
    row = scene.row(InterviewProjection.name, interview)
    if row is None:
        return
    view = InterviewView.model_validate(row.body)
    yield f"\nThe screen {scene.at / MICROSECONDS:.3f} s after the beginning, {scene.version} events: {view.status}"
    for seat in view.participants.values():
        yield f"  {seat.label}: {seat.presence}{', '.join(['', *_measured(seat)])}"


def _measured(seat: ParticipantView) -> Iterator[str]:
    if seat.role == "interviewer":
        return
    yield f"agreed to {' and '.join(seat.purposes) or 'nothing'}"
    yield f"sends {' and '.join(seat.stream) or 'nothing'}"
    yield f"{seat.seconds_seen} s seen, {seat.seconds_heard} s heard"
    if seat.sight:
        second, sight = list(seat.sight.items())[-1]
        turned = "" if sight.yaw is None else f", head turned {sight.yaw:.0f}°"
        yield f"second {second}: face in {sight.presence:.0%} of {sight.frames} pictures{turned}"
    if seat.prosody:
        second, prosody = list(seat.prosody.items())[-1]
        yield f"second {second}: {prosody.loudness:.0f} dBFS"
