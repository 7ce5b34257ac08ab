"""The web pages, as built into `web/dist`."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

DIST = Path(__file__).resolve().parent.parent / "web" / "dist"

MISSING = "<!doctype html><title>Intact</title><p>The web pages are not built yet. Run <code>make run</code>.</p>"


class Pages(StaticFiles):
    """Static files whose pages are asked for anew each time, while their hashed assets may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """See `starlette.staticfiles.StaticFiles`."""
        response = await super().get_response(path, scope)
        kept = path.startswith("assets/")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        return response


def install(app: FastAPI, dist: Path = DIST) -> None:
    """Serve the pages at `/`; without a build, a page that says so."""

    @app.get("/", include_in_schema=False)
    async def root() -> RedirectResponse:
        return RedirectResponse("/interviewer/")

    if dist.is_dir():
        app.mount("/", Pages(directory=dist, html=True), name="pages")
        return

    @app.get("/{path:path}", include_in_schema=False)
    async def missing(path: str) -> HTMLResponse:
        return HTMLResponse(MISSING, status_code=503)
