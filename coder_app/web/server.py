"""The web server of one data folder: Streamlit's pages, our routes beside them, and the guard around both.

uvicorn is run directly on the `st.App` rather than by `App.run`, because we bind the one address ourselves (a busy port is an
error that says so, never the next port) and because an open video stream must not hold up the end of the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from coder_app.errors import StoreError
from coder_app.jobs import worker as jobs_worker
from coder_app.web import place as places
from coder_app.web import routes, theme, warming
from coder_app.web.middleware import Guard
from coder_app.web.place import Place

SCRIPT = Path(__file__).resolve().parent / "app.py"
GRACE_S = 3
WORKER_PAUSE_S = 2.0
WORKER_LONGEST_PAUSE_S = 60.0

Lifespan = Callable[[Any], contextlib.AbstractAsyncContextManager[None]]


def new_token() -> str:
    return secrets.token_urlsafe(24)


def settings(port: int) -> dict[str, Any]:
    """Streamlit's settings. They win over any config file on the machine; nothing is watched, nothing is sent anywhere."""
    return {
        "global.developmentMode": False,
        "server.headless": True,
        "server.address": places.HOST,
        "server.port": port,
        "server.fileWatcherType": "none",
        "server.runOnSave": False,
        "server.enableStaticServing": False,
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.allowedHosts": [places.HOST],
        "server.baseUrlPath": "",
        "browser.serverAddress": places.HOST,
        "browser.serverPort": port,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "logger.hideWelcomeMessage": True,
        "runner.magicEnabled": False,
        **theme.options(),
    }


def build(lab: Any, port: int, token: str | None, lifespan: Lifespan | None = None) -> ASGIApp:
    """The whole app as ASGI. One a process: Streamlit keeps its runtime and settings in the process."""
    import streamlit as st
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.web import bootstrap

    PagesManager.uses_pages_directory = False  # else an address opened first, as /code, runs that file alone, without app.py
    place = places.enter(lab, port, token)
    app = st.App(SCRIPT, routes=routes.ALL, middleware=[Middleware(Guard, place=place)], lifespan=lifespan)
    bootstrap.load_config_options(settings(port))
    return app


def build_routes(lab: Any, port: int, token: str | None) -> Starlette:
    """The routes and their guard without pages: for tests of the routes, as many a process as wanted."""
    place = places.enter(lab, port, token)
    return Starlette(routes=routes.ALL, middleware=[Middleware(Guard, place=place)])


def serve(lab: Any, port: int, open_browser: bool, token: str | None) -> None:
    """Serve until told to stop (SIGINT, SIGTERM). Prints the address; runs the jobs' worker process beside it.

    Raises StoreError if the port is taken.
    """
    with _bound(port) as taken:
        app = build(lab, port, token, lifespan=lambda _: _running(places.current(), open_browser))
        config = uvicorn.Config(
            app,
            host=places.HOST,
            port=port,
            access_log=False,
            log_level="warning",
            use_colors=False,
            ws="websockets-sansio",
            ws_max_size=200 * 1024 * 1024,
            ws_ping_interval=30.0,
            ws_ping_timeout=30.0,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=GRACE_S,
            server_header=False,
        )
        with _ends_quietly():
            uvicorn.Server(config).run(sockets=[taken])


@contextlib.contextmanager
def _ends_quietly() -> Any:
    """uvicorn shuts down in order and then raises the signal again: here it ends the call instead of the process."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _bound(port: int) -> socket.socket:
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or asyncio leaves Nagle's delay on
    if sys.platform != "win32":
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((places.HOST, port))
        taken.listen(2048)
    except OSError as error:
        taken.close()
        raise StoreError(
            f"Port {port} of this machine is taken ({error.strerror}). Is coder-app running already? "
            "Close what uses the port, or choose another one with --port; it will be remembered."
        ) from error
    taken.setblocking(False)
    return taken


@contextlib.asynccontextmanager
async def _running(place: Place, open_browser: bool) -> AsyncIterator[None]:
    keeper, warm = asyncio.create_task(_keep_worker(place)), warming.begin()
    print(f"Coder App is at {place.address}", flush=True)
    if open_browser:
        asyncio.get_running_loop().call_later(
            0.2, lambda: asyncio.create_task(asyncio.to_thread(webbrowser.open, place.address))
        )
    try:
        yield
    finally:
        warm.cancel()
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper


async def _keep_worker(place: Place) -> None:
    """Keep one worker process for jobs. One that fell is started again, ever more slowly while it falls at once."""
    pause_s = WORKER_PAUSE_S
    worker = jobs_worker.start(place.lab.folder)
    try:
        while True:
            await asyncio.sleep(pause_s)
            if worker.poll() is None:
                pause_s = WORKER_PAUSE_S
            else:
                pause_s = min(2 * pause_s, WORKER_LONGEST_PAUSE_S)
                worker = jobs_worker.start(place.lab.folder)
    finally:
        await asyncio.to_thread(jobs_worker.stop, worker)
