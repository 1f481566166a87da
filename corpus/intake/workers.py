"""Reading many files at once, each in a process that may die without harm to the others."""

import os
import queue
import subprocess
import threading
from collections.abc import Generator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Self

from corpus import limits
from corpus.intake.archives import chunks_of
from corpus.intake.reader_process import ask, can_read, launch, outcome_of
from corpus.intake.reading import Outcome, read_file
from corpus.intake.walk import FoundFile
from corpus.watchdog import call_off, too_late, watch
from errors import InputError

FEW_FILES = 12
"""Up to so many are read without starting processes, unless there is a .pdf among them: what
reads those can be made to take any time and memory, which only the end of a process stops."""

_AHEAD = 4  # files handed out per process before the first answer is taken
_DIED = (
    "the process that read it died (out of memory, or a fault in a library): "
    "save the document in another format and run again"
)


_Asked = queue.SimpleQueue[tuple[int, FoundFile] | None]
_Answers = queue.SimpleQueue[tuple[int, Outcome | BaseException]]


class Readers:
    """Reads files, in processes where they are many; a context manager, which ends them.

    `workers` is the number of processes (1: none are started); None chooses.
    """

    def __init__(self, files_dir: Path, workers: int | None = None) -> None:
        self._files_dir = files_dir
        self._asked = workers
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        for worker in self._workers:
            worker.close()

    def start(self, files: int) -> None:
        """Start the processes for so many files: they take a moment until they can read."""
        if self._count(files) > 1:
            for worker in self._wanted(self._count(files)):
                worker.launch()

    def read(self, files: Sequence[FoundFile]) -> Generator[Outcome, None, None]:
        """Read files, one outcome for each in their order; to be read to its end, or closed.

        :raises HomeUnwritableError: an original could not be kept.
        """
        count = self._count(len(files))
        if count <= 1 and (self._asked or not any(map(_is_pdf, files))):
            for file in files:
                yield read_file(file, self._files_dir)
        else:
            yield from _read_with(self._wanted(max(1, count)), files)

    def _count(self, files: int) -> int:
        return min(files, self._asked or (_processors() if files > FEW_FILES else 1))

    def _wanted(self, count: int) -> Sequence["_Worker"]:
        while len(self._workers) < count:
            self._workers.append(_Worker(self._files_dir))
        return self._workers[:count]


def _is_pdf(file: FoundFile) -> bool:
    try:
        return b"%PDF-" in next(chunks_of(file), b"")[:1024]
    except (OSError, InputError):
        return False


def _read_with(
    workers: Sequence["_Worker"], files: Sequence[FoundFile]
) -> Generator[Outcome, None, None]:
    """One thread for each worker. Only queues lie between: an interrupt leaves no lock behind."""
    asked: _Asked = queue.SimpleQueue()
    answers: _Answers = queue.SimpleQueue()
    threads = [
        threading.Thread(target=_attend, args=(worker, asked, answers), daemon=True)
        for worker in workers
    ]
    for thread in threads:
        thread.start()
    waiting = iter(enumerate(files))
    early: dict[int, Outcome | BaseException] = {}
    try:
        for task in islice(waiting, len(workers) * _AHEAD):
            asked.put(task)
        for number in range(len(files)):
            while number not in early:
                early.update([answers.get()])
            answer = early.pop(number)
            if isinstance(answer, BaseException):
                raise answer
            for task in islice(waiting, 1):
                asked.put(task)
            yield answer
    finally:
        for worker in workers:
            worker.stop()
        for _ in threads:
            asked.put(None)
        for thread in threads:
            thread.join()


def _attend(worker: "_Worker", asked: "_Asked", answers: "_Answers") -> None:
    """Have files read until there are no more."""
    while task := asked.get():
        number, file = task
        try:
            answers.put((number, worker.read(file)))
        except BaseException as error:  # raised again where it was asked for, which waits for it
            answers.put((number, error))


class _Worker:
    """One process, started when the first file comes, if not before, and again after it died.

    One thread at a time reads with it; another may `stop` it meanwhile.
    """

    def __init__(self, files_dir: Path) -> None:
        self._files_dir = files_dir
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False  # it has said that it can read
        self._stopped = False
        self._lock = threading.Lock()

    def read(self, file: FoundFile) -> Outcome:
        """Read one file; an outcome with a reason when the process died over it."""
        process = self._process if self._ready else self._start()
        late = False
        if process is not None:
            over = watch(limits.SECONDS_OF_PROCESS, process.kill)
            answer = ask(process, file)
            call_off(over)
            late = over.acted
        elif self._stopped:
            answer = None
        else:  # no process to be had: as if there were few files
            return read_file(file, self._files_dir)
        if answer is None:
            self.close()
            reason = str(too_late(limits.SECONDS_OF_PROCESS)) if late else _DIED
            return Outcome("", reason=reason)
        return outcome_of(answer)

    def stop(self) -> None:
        """Let the process die, also in the middle of a file, and start no other."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the process and close what leads to it, when no thread uses it."""
        process, self._process, self._ready = self._process, None, False
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # a request that was not sent any more
                    pipe.close()
        process.wait()

    def launch(self) -> None:
        """Start the process without waiting until it can read."""
        with self._lock, suppress(OSError):  # `read` finds out that there is none
            if self._process is None and not self._stopped:
                self._process = launch(self._files_dir)

    def _start(self) -> subprocess.Popen[bytes] | None:
        self.launch()
        process = self._process
        if process is None:
            return None
        if not can_read(process):
            self.close()
            return None
        self._ready = True
        return process


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
