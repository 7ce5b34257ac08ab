"""The composition root: the only place that names concrete classes."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from actors import names
from actors.detectors.face import FaceDetector
from actors.detectors.loudness import LoudnessDetector
from actors.parts import MediaPeer, Parts, opened
from actors.projector import Projector
from actors.relay import Relay
from actors.runtime import RayRuntime
from api.door import Door
from api.link import LinkOffice
from infra.bus import Bus
from infra.bus.jetstream import JetStreamBus
from infra.clock import NowUs, wall_clock
from infra.log import Log
from infra.log.postgres import PostgresLog
from infra.rtc.peer import AnalysisPeer
from infra.settings import Settings
from infra.views import Views
from infra.views.postgres import PostgresViews


async def open_log(settings: Settings) -> Log:
    """The log. Raises `Unavailable`."""
    return await PostgresLog.open(settings.database(), settings.master_key_bytes())


async def open_bus(settings: Settings) -> Bus:
    """The bus. Raises `Unavailable`."""
    return await JetStreamBus.open(settings.nats())


async def open_views(settings: Settings) -> Views:
    """The store of views. Raises `Unavailable`."""
    return await PostgresViews.open(settings.database())


async def answer_offer(offer_sdp: str, *, epoch_us: int, now_us: NowUs) -> tuple[MediaPeer, str]:
    """See `infra.rtc.peer.AnalysisPeer.answer`."""
    return await AnalysisPeer.answer(offer_sdp, epoch_us=epoch_us, now_us=now_us)


def parts(settings: Settings) -> Parts:
    """What the actors are made of; travels to where they run."""
    return Parts(
        open_log=partial(open_log, settings),
        open_bus=partial(open_bus, settings),
        open_views=partial(open_views, settings),
        answer_offer=answer_offer,
        sight_detector=FaceDetector,
        prosody_detector=LoudnessDetector,
        clock=wall_clock,
        one_machine=settings.ray().startswith("127."),
        live_signal_hz=settings.live_signal_hz,
    )


@asynccontextmanager
async def open_door(settings: Settings) -> AsyncIterator[Door]:
    """Everything one API process works with; the followers of the log are started where they do not run yet.

    Raises `Unavailable` where Ray, PostgreSQL or NATS does not answer.
    """
    made = parts(settings)
    async with AsyncExitStack() as stack:
        runtime = await RayRuntime.connect(settings.ray())
        stack.push_async_callback(runtime.disconnect)
        log = await opened(stack, made.open_log)
        bus = await opened(stack, made.open_bus)
        views = await opened(stack, made.open_views)
        await runtime.ensure(names.RELAY, partial(Relay, made))
        await runtime.ensure(names.PROJECTOR, partial(Projector, made))
        yield Door(
            settings=settings,
            runtime=runtime,
            parts=made,
            log=log,
            bus=bus,
            views=views,
            links=LinkOffice(settings.link_key_bytes(), public_url=settings.url, ttl_seconds=settings.link_ttl),
            now_us=wall_clock(),
        )
