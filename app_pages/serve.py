"""The server of the app: Streamlit behind a door of our own, and what the pages need made ready.

A browser takes a second to load Streamlit's own page before it asks for ours: in that second,
Streamlit itself is loaded.
"""

import gc
import logging
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from socket import socket
from threading import Thread
from typing import TYPE_CHECKING

from errors import HomeError

if TYPE_CHECKING:
    from app_pages.door import Asgi

_TURNS = 0.0005  # seconds: who hands out files does not wait long for who loads
_PING_SECONDS = 30  # as Streamlit's own server asks whether a browser is still there
_LARGEST_MESSAGE = 200 * 1024 * 1024  # bytes


def serve(script: Path, listening: socket, opened: str = "") -> None:
    """Serve the app on a bound socket until the process is told to end.

    `opened`: an address that is opened in this machine's browser.
    """
    gc.disable()  # looking for garbage while libraries are loaded takes a tenth of that time
    sys.setswitchinterval(_TURNS)
    Thread(target=count, name="count", daemon=True).start()
    import uvicorn

    from app_pages import ahead
    from app_pages.door import Door

    def failed() -> None:
        server.should_exit = True

    config = uvicorn.Config(
        Door(lambda: _load(script), failed),
        log_level=logging.WARNING,
        access_log=False,
        lifespan="on",
        ws="websockets-sansio",
        ws_max_size=_LARGEST_MESSAGE,
        ws_ping_interval=_PING_SECONDS,
        ws_ping_timeout=_PING_SECONDS,
        ws_per_message_deflate=False,
    )
    server = uvicorn.Server(config)
    if opened:
        Thread(target=webbrowser.open, args=(opened,), daemon=True).start()
    try:
        server.run(sockets=[listening])
    finally:
        ahead.end()


def count() -> None:
    """Count the corpus, which the first page tells of: it waits for no library."""
    from service.counting import counted
    from service.home import Home, default_home

    with suppress(HomeError):
        counted(Home.open(default_home()))


def make_ready() -> None:
    """Load what the pages need; what cannot be had is for the page itself to say."""
    from app_pages import ahead
    from service.home import Home, default_home

    with suppress(HomeError):
        ahead.make_ready(Home.open(default_home()))


def _load(script: Path) -> "Asgi":
    from streamlit.starlette import App

    app: Asgi = App(script)
    Thread(target=_once_loaded, name="make ready", daemon=True).start()
    return app


def _once_loaded() -> None:
    try:
        make_ready()
    finally:
        gc.freeze()  # what was loaded stays, and need not be looked through again
        gc.enable()
