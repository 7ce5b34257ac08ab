"""What Ray does to calls, and what is done about it."""

from ray.exceptions import ActorUnavailableError

from actors.runtime import insist


def test_a_call_that_ray_refuses_is_made_again() -> None:
    asked: list[int] = []

    def ask() -> None:
        asked.append(len(asked))
        if len(asked) < 3:
            raise ActorUnavailableError("The actor is restarting.", None)

    insist(ask)
    assert asked == [0, 1, 2]
