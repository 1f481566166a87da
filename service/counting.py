"""The corpus counted once after each change, for all who ask."""

from functools import lru_cache
from threading import Lock

from service.home import Home
from service.overview import Counted, overview, stamp

_COUNTING = Lock()


def counted(home: Home) -> Counted:
    """All projects of a home with their counts; who asks meanwhile waits for the same count.

    :raises HomeError: the corpus cannot be read.
    """
    with _COUNTING:
        return _counted(home, stamp(home))


@lru_cache(maxsize=4)
def _counted(home: Home, stamp: str) -> Counted:
    return Counted(overview(home))
