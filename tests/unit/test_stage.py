"""What stands at a moment is what was recorded by then, wherever one comes from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.projections import PROJECTIONS
from actors.projections.fold import fold
from actors.projections.interview import InterviewProjection
from actors.projections.scene import BEFORE, Scene, after, change
from api.records import stage as stage_module
from api.records.stage import FOREVER, Stage
from infra.views.port import Row
from schemas.envelope import RecordedEvent
from schemas.media import MICROSECONDS, SessionTime
from tests.fakes.recorded import RecordedLog, recorded
from tests.merge_patch import patched
from tests.unit.test_projections import HISTORY, IV

EVENTS = recorded(IV, [*HISTORY[:70], *HISTORY[-3:]])


def at(seconds: float) -> SessionTime:
    return SessionTime(int(seconds * MICROSECONDS))


def folded(events: list[RecordedEvent]) -> dict[str, dict[str, Row]]:
    """All views after `events`, in one go."""
    return {
        projection.name: {
            key: Row(key, changed.after, changed.place) for key, changed in fold(projection, {}, events).items()
        }
        for projection in PROJECTIONS
    }


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a short history has several."""
    monkeypatch.setattr(stage_module, "PAGE", 7)
    monkeypatch.setattr(stage_module, "KEPT_EVERY", 20)


@given(st.lists(st.floats(0, len(EVENTS) + 2), min_size=1, max_size=8))
async def test_every_moment_is_the_fold_of_what_was_recorded_by_then(moments: list[float]) -> None:
    stage = Stage(RecordedLog(EVENTS), IV)
    for seconds in moments:
        scene = await stage.seek(at(seconds))
        by_then = [event for event in EVENTS if event.at <= at(seconds)]
        assert scene.version == len(by_then)
        assert scene.views == (folded(by_then) if by_then else {})


async def test_steps_go_through_all_moments_in_order() -> None:
    stage = Stage(RecordedLog(EVENTS), IV)
    seen: list[RecordedEvent] = []
    while events := await stage.step():
        assert {event.at for event in events} == {stage.scene.at}
        seen += events
        assert stage.scene.views == folded(seen)
    assert seen == EVENTS
    assert await stage.next_at() is None


async def test_what_happened_at_one_moment_is_shown_together() -> None:
    together = [event._replace(at=at(1)) for event in EVENTS[:3]]
    stage = Stage(RecordedLog([*together, *EVENTS[3:5]]), IV)
    assert await stage.step() == together
    assert await stage.span() == (at(1), at(5))
    assert stage.scene == Scene()


async def test_a_clock_that_was_set_back_does_not_take_the_record_back() -> None:
    set_back = [*EVENTS[:4], EVENTS[4]._replace(at=at(2)), *EVENTS[5:7]]
    stage = Stage(RecordedLog(set_back), IV)
    assert (await stage.seek(at(3.9))).version == 3
    assert (await stage.seek(at(4))).version == 5
    assert stage.scene.at == at(4)
    assert (await stage.seek(at(2))).version == 2
    assert [len(await stage.step()) for _ in range(5)] == [1, 2, 1, 1, 0]


async def test_nothing_recorded_is_no_scene() -> None:
    stage = Stage(RecordedLog([]), IV)
    assert await stage.seek(FOREVER) == Scene(BEFORE, 0, {})
    assert await stage.span() is None
    assert await stage.step() == []


def test_a_change_turns_one_scene_into_the_next() -> None:
    name = InterviewProjection.name
    scene, shown = Scene(), None
    for event in EVENTS:
        before = scene.row(name, IV)
        scene = after(scene, [event])
        row = scene.row(name, IV)
        assert row is not None
        message = change(before, row)
        shown = patched(shown, message.patch)
        assert (shown, message.position) == (row.body, event.place.position)
        assert message.after == (before.place.position if before else 0)
