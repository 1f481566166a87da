"""The server of the app: Streamlit, with what the pages need made ready meanwhile.

A browser takes a second to load Streamlit's own page before it asks for ours.
"""

import time
from contextlib import suppress
from threading import Thread

_LOOK_SECONDS = 0.02


def main() -> None:
    """Run Streamlit with the arguments of this process, as `python -m streamlit` does."""
    from streamlit.web.cli import main as streamlit

    Thread(target=_once_served, name="make ready", daemon=True).start()
    try:
        streamlit(prog_name="streamlit")
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
    make_ready()


if __name__ == "__main__":
    main()
