"""What pages will need, made ready before anybody asks.

First what the first page shows, while the browser loads Streamlit's own page; then, while the
first page is read, what a search needs: neither waits for the other.
"""

from contextlib import suppress
from importlib import import_module
from threading import Event

from errors import DuibiaoError
from service.counting import counted
from service.home import Home

_PAGE_SHOWN = Event()
_ENDED = Event()
_OF_THE_FIRST_PAGE = (
    *("app_pages.counted", "app_pages.dress", "app_pages.house", "app_pages.notice"),
    *("app_pages.rebuild", "app_pages.heat", "app_pages.spread", "service.samples"),
    *("numpy", "PIL.PngImagePlugin"),  # which Streamlit loads for the icon of the tab
)
_LONGEST_WAIT = 60.0  # seconds; then nobody seems to have come yet


def page_shown() -> None:
    """Say that a page was shown: from now on there is time for the rest."""
    _PAGE_SHOWN.set()


def end() -> None:
    """Say that the program ends: what is being made ready is not needed any more."""
    _ENDED.set()
    _PAGE_SHOWN.set()


def make_ready(home: Home) -> None:
    """Load what the first page needs, then, once that is shown, the rest.

    What cannot be had is for the page itself to say.
    """
    with suppress(DuibiaoError):
        _first_page(home)
    _PAGE_SHOWN.wait(_LONGEST_WAIT)
    try:
        if not _ENDED.is_set():
            _search(home)
            _other_pages()
    except DuibiaoError:
        pass
    except RuntimeError:
        if not _ENDED.is_set():
            raise  # else it is because a program that ends starts no threads any more


def _first_page(home: Home) -> None:
    for name in _OF_THE_FIRST_PAGE:
        with suppress(ImportError):
            import_module(name)
    counted(home)


def _search(home: Home) -> None:
    from app_pages.answers import EXAMPLES
    from app_pages.house import open_ahead
    from index.results import SearchRequest

    session = open_ahead(home)
    for text in EXAMPLES:  # the first questions load what is loaded when it is first needed
        session.search(SearchRequest(text))


def _other_pages() -> None:
    import altair as _altair  # noqa: F401
    import pandas as _pandas  # noqa: F401
    import streamlit.emojis as _emojis  # noqa: F401

    from service import clusters as _clusters  # noqa: F401
    from service import teach as _teach  # noqa: F401
