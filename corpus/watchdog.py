"""Time limits for work that cannot be asked to look at the clock: readers of other libraries.

One thread looks at the clock for all others. In the thread that is over its time it raises an
exception, which Python delivers between two steps of that thread's code; a single call into
compiled code is not interrupted (the sizes of what such calls get are limited, and processes that
read many files are ended from outside).
"""

import ctypes
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from corpus.limits import SECONDS, too_much
from errors import LimitError

T = TypeVar("T")
_LOOK_EVERY = 0.25  # seconds
_AGAIN_AFTER = 2.0  # seconds: an exception raised inside a finaliser is lost


class _TimeUpError(BaseException):
    """Not an Exception, so that no library takes it for one of its own."""


class Watch:
    """Something to do once its time is up, and again until it is called off."""

    def __init__(self, seconds: float, act: Callable[[], None]) -> None:
        self.until = time.monotonic() + seconds
        self.act = act
        self.thread = threading.get_ident()
        self.acted = False


_lock = threading.Lock()
_watches: list[Watch] = []
_looking = False


def watch(seconds: float, act: Callable[[], None]) -> Watch:
    """Have `act` called from another thread after so many seconds, unless it is called off."""
    global _looking
    new = Watch(seconds, act)
    with _lock:
        _watches.append(new)
        start, _looking = not _looking, True
    if start:
        threading.Thread(target=_look, name="watchdog", daemon=True).start()
    return new


def call_off(over: Watch) -> None:
    """Have nothing done any more; what is being done is waited for."""
    with _lock:
        if over in _watches:
            _watches.remove(over)


def more_time(seconds: float) -> None:
    """Give what this thread does under `within_time` so many seconds more."""
    thread = threading.get_ident()
    for found in tuple(_watches):
        if found.thread == thread:
            found.until += seconds


def within_time(work: Callable[[], T], seconds: float = SECONDS) -> T:
    """Do the work in this thread; raise LimitError once its time is up."""
    thread = threading.get_ident()
    over = watch(seconds, lambda: _raise_in(thread, _TimeUpError))
    try:
        try:
            return work()
        finally:
            call_off(over)
            if over.acted:  # but it may have come too late to be raised
                _raise_in(thread, None)
    except _TimeUpError:
        call_off(over)
        raise too_late(seconds) from None


def too_late(seconds: float) -> LimitError:
    """The error of a document that takes longer than `seconds`."""
    return too_much(
        f"{seconds:,.0f} seconds to read a document (more for long ones)",
        "one that takes longer",
        "save it again in its own program, or split it into smaller documents",
    )


def _look() -> None:
    global _looking
    while True:
        time.sleep(_LOOK_EVERY)
        with _lock:
            if not _watches:
                _looking = False
                return
            now = time.monotonic()
            for found in _watches:
                if now >= found.until:
                    found.acted = True
                    found.until = now + _AGAIN_AFTER
                    found.act()


def _raise_in(thread: int, what: type[BaseException] | None) -> None:
    """Raise an exception in a thread; None takes back one that was not delivered yet."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(what) if what is not None else None
    )
