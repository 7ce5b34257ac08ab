"""How far relay and projector are behind the log, read from outside: true whether they run or not."""

from collections.abc import Mapping

from actors import names
from actors.projections import PROJECTIONS
from infra.log import Log
from infra.log.port import Lag
from infra.views import Views

VIEWS_OF: Mapping[str, tuple[str, ...]] = {
    names.RELAY: (names.RELAY,),
    names.PROJECTOR: tuple(projection.name for projection in PROJECTIONS),
}
"""Under which names each follower keeps how far it came."""


async def follower_lags(log: Log, views: Views) -> dict[str, Lag]:
    """The lag of each follower; of the projector, that of the view which is furthest behind. Raises `Unavailable`."""
    return {
        follower: await log.lag(min([await views.position(view) for view in kept]))
        for follower, kept in VIEWS_OF.items()
    }
