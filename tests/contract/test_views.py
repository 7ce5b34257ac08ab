"""What every store of views does."""

from infra.views import Views
from infra.views.port import Row
from schemas.envelope import START, LogPosition

ONE, TWO, THREE = LogPosition(1, 1), LogPosition(1, 2), LogPosition(2, 3)


async def test_rows_and_position_change_together(views: Views) -> None:
    rows = [Row("a", {"name": "가", "list": [1, None]}, ONE), Row("b", {}, TWO)]
    assert await views.position("v") == START
    assert await views.commit("v", rows, before=START, after=TWO)
    assert await views.position("v") == TWO
    assert await views.load("v", ["a", "b", "c"]) == {row.key: row for row in rows}


async def test_a_projector_that_was_overtaken_writes_nothing(views: Views) -> None:
    assert await views.commit("v", [Row("a", {"n": 1}, ONE)], before=START, after=ONE)
    assert not await views.commit("v", [Row("a", {"n": 2}, TWO)], before=START, after=TWO)
    assert await views.position("v") == ONE
    assert (await views.load("v", ["a"]))["a"].body == {"n": 1}


async def test_a_position_moves_without_rows(views: Views) -> None:
    assert await views.commit("v", [], before=START, after=THREE)
    assert await views.position("v") == THREE


async def test_the_newest_row_comes_first(views: Views) -> None:
    rows = [Row("a", {}, THREE), Row("b", {}, ONE), Row("c", {}, TWO)]
    await views.commit("v", rows, before=START, after=THREE)
    await views.commit("w", [Row("d", {}, THREE)], before=START, after=THREE)
    assert [row.key for row in await views.list("v")] == ["a", "c", "b"]
    assert [row.key for row in await views.list("v", limit=1)] == ["a"]


async def test_reset_forgets_one_view(views: Views) -> None:
    await views.commit("v", [Row("a", {}, ONE)], before=START, after=ONE)
    await views.commit("w", [Row("a", {}, ONE)], before=START, after=ONE)
    await views.reset("v")
    assert await views.position("v") == START
    assert await views.load("v", ["a"]) == {}
    assert await views.position("w") == ONE
    assert list(await views.load("w", ["a"])) == ["a"]


async def test_a_view_is_replaced_as_a_whole_where_nobody_moved_it(views: Views) -> None:
    await views.commit("v", [Row("a", {"n": 1}, ONE), Row("b", {"n": 2}, TWO)], before=START, after=TWO)
    await views.commit("w", [Row("a", {"n": 3}, ONE)], before=START, after=ONE)
    assert not await views.replace("v", [], at=ONE)
    assert sorted(await views.load("v", ["a", "b"])) == ["a", "b"]
    assert await views.replace("v", [Row("a", {"n": 4}, TWO)], at=TWO)
    assert await views.position("v") == TWO
    assert [(row.key, row.body) for row in await views.list("v")] == [("a", {"n": 4})]
    assert [row.body for row in await views.list("w")] == [{"n": 3}]
