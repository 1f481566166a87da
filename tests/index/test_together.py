"""Two threads do each task once, also where the second one comes too late or a task fails."""

import threading
from functools import partial

import pytest

from index import together
from index.together import Together


def test_each_task_is_done_once() -> None:
    done: list[int] = []
    work = [
        Together([partial(done.append, n) for n in range(start, start + 50)])
        for start in range(0, 500, 50)
    ]
    for each in work:
        each.finish()
    assert sorted(done) == list(range(500))


def test_nobody_waits_for_a_thread_that_is_busy_elsewhere() -> None:
    release = threading.Event()
    busy = [together._threads().submit(release.wait, 10) for _ in range(64)]
    done: list[int] = []
    Together([partial(done.append, 1)]).finish()
    assert done == [1]
    release.set()
    assert all(one.result() for one in busy)


def test_what_goes_wrong_in_either_thread_is_told() -> None:
    def fail() -> None:
        raise ValueError("damaged")

    with pytest.raises(ValueError, match="damaged"):
        Together([fail, fail]).finish()
