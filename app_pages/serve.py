"""The server of the app: Streamlit, with what the pages need made ready meanwhile.

A browser takes a second to load Streamlit's own page before it asks for ours.
"""

import gc
import time
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread

_LOOK_SECONDS = 0.02


def serve(arguments: Sequence[str]) -> None:
    """Be Streamlit with these arguments, until the process is told to end."""
    gc.disable()  # looking for garbage while libraries are loaded takes a tenth of that time
    from streamlit.web.cli import main as streamlit

    Thread(target=_once_served, name="make ready", daemon=True).start()
    try:
        streamlit(list(arguments), prog_name="streamlit")
    finally:
        from app_pages import ahead

        ahead.end()


def make_ready() -> None:
    """Load what the pages need; what cannot be had is for the page itself to say."""
    from app_pages import ahead
    from errors import HomeError
    from service.home import Home, default_home

    with suppress(HomeError):
        ahead.make_ready(Home.open(default_home()))


def _once_served() -> None:
    from streamlit import runtime

    while not runtime.exists():
        time.sleep(_LOOK_SECONDS)
    try:
        make_ready()
    finally:
        gc.freeze()  # what was loaded stays, and need not be looked through again
        gc.enable()
