"""The composition root: the only place that names concrete classes."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from actors import names
from actors.parts import MediaPeer, Parts, opened
from actors.projector import Projector
from actors.relay import Relay
from actors.runtime import RayRuntime
from api.detectors import prosody_detector, sight_detector, sound_stream, transcriber, vocabulary, voice_activity
from api.door import Door
from api.link import LinkOffice
from api.subjects.followers import Followers, RestingFollowers, RunningFollowers
from api.subjects.holdings import Holdings
from api.subjects.writer import RestingWriter, SessionWriter, Writer
from infra.blobs import Blobs
from infra.blobs.folder import FolderBlobs
from infra.bus import Bus
from infra.bus.jetstream import JetStreamBus
from infra.clock import NowUs, wall_clock
from infra.log import Log
from infra.log.keyring import Keyring
from infra.log.postgres import PostgresLog
from infra.postgres import open_pool
from infra.rtc.peer import AnalysisPeer
from infra.settings import Settings
from infra.subjects import Subjects
from infra.subjects.postgres import PostgresSubjects
from infra.views import Views
from infra.views.postgres import PostgresViews
from schemas.events import MODELS


async def open_log(settings: Settings) -> Log:
    """The log. Raises `Misconfigured` where its master key is another one, `Unavailable`."""
    return await PostgresLog.open(settings.database(), settings.master_keys(), types=MODELS)


async def open_bus(settings: Settings) -> Bus:
    """The bus. Raises `Unavailable`."""
    return await JetStreamBus.open(settings.nats())


async def open_views(settings: Settings) -> Views:
    """The store of views. Raises `Unavailable`."""
    return await PostgresViews.open(settings.database())


async def open_subjects(settings: Settings) -> Subjects:
    """The persons in the record. Raises `Unavailable`."""
    return await PostgresSubjects.open(settings.database())


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
        sight_detector=sight_detector,
        prosody_detector=partial(prosody_detector, settings.enhancement),
        sound_stream=sound_stream,
        voice_activity=voice_activity,
        transcriber=partial(transcriber, settings.whisper),
        vocabulary=partial(vocabulary, settings.catalogue),
        answer_pause=settings.answer_pause,
        clock=wall_clock,
        one_machine=settings.ray().startswith("127."),
        live_signal_hz=settings.live_signal_hz,
    )


@asynccontextmanager
async def open_holdings(settings: Settings) -> AsyncIterator[Holdings]:
    """All places in which something about a person may lie; Ray is joined where the settings name one.

    Raises `Misconfigured`, `Unavailable`.
    """
    async with AsyncExitStack() as stack:
        log = await opened(stack, partial(open_log, settings))
        bus = await opened(stack, partial(open_bus, settings))
        views = await opened(stack, partial(open_views, settings))
        subjects = await opened(stack, partial(open_subjects, settings))
        blobs = await stack.enter_async_context(open_blobs(settings))
        writer: Writer = RestingWriter(log, wall_clock())
        followers: Followers = RestingFollowers(log, views)
        if settings.ray_address is not None:
            runtime = await RayRuntime.connect(settings.ray())
            stack.push_async_callback(runtime.disconnect)
            writer = SessionWriter(runtime, writer)
            followers = RunningFollowers(views)
        yield Holdings(
            log=log, views=views, bus=bus, blobs=blobs, subjects=subjects, writer=writer, followers=followers
        )


@asynccontextmanager
async def open_blobs(settings: Settings) -> AsyncIterator[Blobs]:
    """The store of blobs, in the folder of the settings. Raises `Misconfigured`, `Unavailable`."""
    pool = await open_pool(settings.database(), most=1)
    try:
        yield FolderBlobs(settings.blob_folder(), await Keyring.open(pool, settings.master_keys()))
    finally:
        await pool.close()


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
