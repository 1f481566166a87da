"""The server of the app: Streamlit, with what the first page needs loaded meanwhile.

A browser takes a second to load Streamlit's own page before it asks for ours; the libraries and
the figures of the corpus are made ready in that time.
"""

import sys
import time
from contextlib import suppress
from threading import Thread

_LOOK_SECONDS = 0.02


def main() -> None:
    """Run Streamlit with the arguments of this process, as `python -m streamlit` does."""
    from streamlit.web.cli import main as streamlit

    Thread(target=_once_served, name="make ready", daemon=True).start()
    sys.exit(streamlit(prog_name="streamlit"))


def make_ready() -> None:
    """Load what the first page needs; what cannot be had is for the page itself to say."""
    import altair as _altair  # noqa: F401
    import pandas as _pandas  # noqa: F401

    from app_pages import spread as _spread  # noqa: F401
    from app_pages.counted import count_ahead
    from errors import DuibiaoError
    from service.home import Home, default_home

    with suppress(DuibiaoError):
        count_ahead(Home.open(default_home()))


def _once_served() -> None:
    from streamlit import runtime

    while not runtime.exists():
        time.sleep(_LOOK_SECONDS)
    make_ready()


if __name__ == "__main__":
    main()
