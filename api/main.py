"""The HTTP application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api import health, page, problem, replay, signaling, stream
from api.absence import record_absences
from api.bootstrap import open_door
from api.catalogue.routes import router as jobs
from api.interviews.answers import router as answers
from api.interviews.policies import router as policies
from api.interviews.routes import router as interviews
from api.joining.routes import router as joining
from api.rest import rest_idle_sessions
from api.signals.routes import router as signals
from infra.settings import Settings


def create_app() -> FastAPI:
    """The application, with settings from the environment. Raises `Misconfigured`."""
    settings = Settings.load()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_door(settings) as opened:
            app.state.door = opened
            chores = [
                asyncio.create_task(record_absences(opened)),
                asyncio.create_task(rest_idle_sessions(opened.runtime)),
            ]
            yield
            for chore in chores:
                chore.cancel()
            await asyncio.gather(*chores, return_exceptions=True)

    app = FastAPI(title="Intact", version="0.1.0", summary="A live video-interview server", lifespan=lifespan)
    problem.install(app)
    plain = (health.router, policies, jobs, interviews, answers, signals, joining)
    for router in (*plain, signaling.router, stream.router, replay.router):
        app.include_router(router)
    page.install(app)
    return app
