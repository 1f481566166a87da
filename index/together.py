"""Work that this thread and a second one do together: numpy lets go of the interpreter."""

import os
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

Task = Callable[[], object]


class Together:
    """Tasks that a second thread begins with at once, and that `finish` does the rest of."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks = deque(tasks)
        self._beside = _threads().submit(self._do)

    def finish(self) -> None:
        """Return when all tasks are done."""
        self._do()
        if not self._beside.cancel():  # it has begun, and may have a task in hand
            self._beside.result()

    def _do(self) -> None:
        while True:
            try:
                task = self._tasks.popleft()
            except IndexError:
                return
            task()


@cache
def _threads() -> ThreadPoolExecutor:
    """One for each processor but that of the thread that asks."""
    return ThreadPoolExecutor(max(1, (os.cpu_count() or 1) - 1), thread_name_prefix="together")
