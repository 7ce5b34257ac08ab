"""What a server says of how it is."""

from typing import Any

from tests.system.server import RunningServer
from tests.waiting import eventually


async def test_a_running_server_is_ready_and_its_followers_are_level_with_the_log(server: RunningServer) -> None:
    with server.client() as client:
        assert client.get("/healthz").json()["status"] == "ok"
        client.post("/api/v1/interviews", json={"title": "Health"}).raise_for_status()

        async def level() -> dict[str, Any] | None:
            health: dict[str, Any] = client.get("/readyz").raise_for_status().json()
            at_rest = all(lag == {"events": 0, "seconds": 0.0} for lag in health["lag"].values())
            return health if at_rest else None

        health = await eventually(level, what="followers without a lag")
    assert (health["status"], health["waiting_for"]) == ("ok", [])
    assert sorted(health["lag"]) == ["projector", "relay"]
