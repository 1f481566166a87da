"""Reading many files at once, each in a process that may die without harm to the others.

The processes are plain Python programs that take one file per line and answer in JSON lines.
Unlike `multiprocessing` they never import the main module again, which under a web server is the
whole app; and when one dies, exactly the file it had in hand is known.
"""

import gc
import json
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus import limits
from corpus.intake.archives import chunks_of
from corpus.intake.reading import Outcome, read_file
from corpus.intake.walk import FoundFile, Member
from corpus.store.content import Content
from corpus.watchdog import call_off, too_late, watch
from errors import HomeError, HomeUnwritableError, InputError

FEW_FILES = 12
"""Up to so many are read without starting processes, unless there is a .pdf among them: what
reads those can be made to take any time and memory, which only the end of a process stops."""

_AHEAD = 4  # files handed out per process before the first answer is taken
_DIED = (
    "the process that read it died (out of memory, or a fault in a library): "
    "save the document in another format and run again"
)


def read_files(
    files: Sequence[FoundFile], files_dir: Path, workers: int | None = None
) -> Generator[Outcome, None, None]:
    """Read files, one outcome for each in their order; in processes when they are many.

    `workers` is the number of processes (1: none are started); None chooses. Close the iterator
    to stop the processes early.

    :raises HomeUnwritableError: an original could not be kept.
    """
    count = workers or (_processors() if len(files) > FEW_FILES else 1)
    if min(count, len(files)) <= 1 and (workers or not any(map(_is_pdf, files))):
        for file in files:
            yield read_file(file, files_dir)
    else:
        yield from _read_in_processes(files, files_dir, min(count, len(files)))


def _is_pdf(file: FoundFile) -> bool:
    try:
        return b"%PDF-" in next(chunks_of(file), b"")[:1024]
    except (OSError, InputError):
        return False


def _read_in_processes(
    files: Sequence[FoundFile], files_dir: Path, count: int
) -> Generator[Outcome, None, None]:
    workers = [_Worker(files_dir) for _ in range(count)]
    idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def read(file: FoundFile) -> Outcome:
        worker = idle.get()
        try:
            return worker.read(file)
        finally:
            idle.put(worker)

    threads = ThreadPoolExecutor(count)
    try:
        running: deque[Future[Outcome]] = deque()
        for file in files:
            running.append(threads.submit(read, file))
            if len(running) >= count * _AHEAD:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.stop()
        threads.shutdown()
        for worker in workers:
            worker.close()


class _Worker:
    """One process, started when the first file comes and again after it died.

    One thread at a time reads with it; another may `stop` it meanwhile.
    """

    def __init__(self, files_dir: Path) -> None:
        self._files_dir = files_dir
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def read(self, file: FoundFile) -> Outcome:
        """Read one file; an outcome with a reason when the process died over it."""
        process = self._process or self._start()
        late = False
        if process is not None:
            over = watch(limits.SECONDS_OF_PROCESS, process.kill)
            answer = _ask(process, _request(file))
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
        return _outcome_of(answer)

    def stop(self) -> None:
        """Let the process die, also in the middle of a file, and start no other."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the process and close what leads to it, when no thread uses it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # a request that was not sent any more
                    pipe.close()
        process.wait()

    def _start(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._stopped:
                return None
            try:
                process = self._process = _launch(self._files_dir)
            except OSError:
                return None
        if _line_of(process) is None:  # it says something as soon as it can read
            self.close()
            return None
        return process


def _launch(files_dir: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", "corpus.intake.workers", str(files_dir.absolute())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],  # where `corpus` is found
        start_new_session=True,  # Ctrl-C is for this process, which then stops that one
    )


def _request(file: FoundFile) -> dict[str, Any]:
    member = None if file.member is None else asdict(file.member)
    return {
        "path": str(file.path),
        "key": file.key,
        "member": member,
        "refused": file.refused,
        "folder": file.folder,
    }


def _file_of(request: dict[str, Any]) -> FoundFile:
    member = request["member"] and Member(**request["member"])
    return FoundFile(
        Path(request["path"]), request["key"], member, request["refused"], request["folder"]
    )


def _ask(process: subprocess.Popen[bytes], request: dict[str, Any]) -> dict[str, Any] | None:
    """Send one request and wait for the answer; None when the process died over it."""
    if process.stdin is None:
        return None
    try:
        process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
        process.stdin.flush()
    except (OSError, ValueError):  # the pipe is broken or was closed
        return None
    return _line_of(process)


def _line_of(process: subprocess.Popen[bytes]) -> dict[str, Any] | None:
    if process.stdout is None:
        return None
    try:
        found = json.loads(process.stdout.readline())
    except (OSError, ValueError):  # the end came before the end of the line
        return None
    return found if isinstance(found, dict) else None


def _outcome_of(answer: dict[str, Any]) -> Outcome:
    if "home" in answer:
        raise HomeUnwritableError(answer["home"])
    content = answer["content"]
    return Outcome(
        digest=answer["digest"],
        size=answer["size"],
        content=None if content is None else Content.from_json(content),
        reason=answer["reason"],
    )


def _answer(request: dict[str, Any], files_dir: Path) -> dict[str, object]:
    try:
        outcome = read_file(_file_of(request), files_dir)
    except HomeError as error:
        return {"home": str(error)}
    return {
        "digest": outcome.digest,
        "size": outcome.size,
        "reason": outcome.reason,
        "content": None if outcome.content is None else outcome.content.to_json(),
    }


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _bound_memory() -> None:
    """Let a document that would fill the memory fail in this process alone."""
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = limits.PROCESS_BYTES
        if most != resource.RLIM_INFINITY:
            limit = min(limit, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    except (ImportError, OSError, ValueError):  # not every system has it
        return


def _serve(files_dir: Path) -> None:
    """Answer requests until there are no more."""
    _bound_memory()
    gc.freeze()
    gc.set_threshold(100_000)  # records are trees without cycles: collecting finds nothing
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not get in between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    answers.write(b"{}\n")
    answers.flush()
    for line in sys.stdin.buffer:
        answers.write(json.dumps(_answer(json.loads(line), files_dir)).encode("ascii") + b"\n")
        answers.flush()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
