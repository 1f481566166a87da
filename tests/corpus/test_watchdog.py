"""Work that takes too long is ended, whatever it does with exceptions; other work is not."""

import threading
import time

import pytest

from corpus import watchdog
from corpus.watchdog import call_off, more_time, watch, within_time
from errors import LimitError


def forever() -> None:
    """Python code that never ends and takes every exception it may."""
    while True:
        try:
            sum(range(100))
        except Exception:  # noqa: S112 - as libraries do
            continue


def test_work_over_its_time_is_ended() -> None:
    with pytest.raises(LimitError, match=r"expected at most 0 seconds.*found one that takes"):
        within_time(forever, 0.01)
    assert watchdog._watches == []
    for _ in range(50_000):  # nothing is raised any more
        pass


def test_work_in_time_gives_its_result() -> None:
    assert within_time(lambda: 7, 5) == 7
    with pytest.raises(ZeroDivisionError):
        within_time(lambda: 1 / 0, 5)
    assert watchdog._watches == []


def test_more_time_is_for_the_thread_that_asks() -> None:
    def long() -> str:
        more_time(60)
        until = time.monotonic() + 0.6
        while time.monotonic() < until:
            sum(range(100))
        return "done"

    results: list[str] = []

    def other() -> None:
        try:
            within_time(forever, 0.2)
        except LimitError:
            results.append("ended")

    thread = threading.Thread(target=other)
    thread.start()
    assert within_time(long, 0.1) == "done"
    thread.join()
    assert results == ["ended"]


def test_what_is_called_off_is_not_done() -> None:
    done = threading.Event()
    over = watch(0.05, done.set)
    call_off(over)
    call_off(over)
    assert not done.wait(0.5)
    watch_again = watch(0.05, done.set)
    assert done.wait(5)
    call_off(watch_again)
    assert watch_again.acted
