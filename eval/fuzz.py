"""Do damaged documents only ever give records or one of our own errors, in bounded time and memory?

Every input is made from a number: the seed and that number make it again. The readers run in child
processes whose memory is limited; a child that dies or hangs costs the input it had in hand, which
counts as a failure.
"""

import json
import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from errors import DuibiaoError, InputError
from eval.mutations import mutated

_ROOT = Path(__file__).resolve().parents[1]
_SAMPLES, _SEEDS = _ROOT / "corpus" / "samples", _ROOT.parent / "shared" / "seeds"
WEIGHTS = {
    "text": 32, "docx": 14, "xlsx": 14, "xls": 8, "doc": 9, "html": 9, "mht": 4, "csv": 4,
    "zip": 2, "jsonl": 2, "pdf": 2,
}  # fmt: skip
"""Inputs of each kind of a hundred; a .pdf takes as long as fifty texts."""

SLOW_SECONDS = 10.0
"""Processor time: no input is larger than half a megabyte, and one that takes longer fails."""

_HANGS_AFTER = 300.0  # seconds on the clock: then the child is ended
_MEMORY = 2 * 2**30  # bytes a child may have
_REPORTED = 50


@dataclass(frozen=True, slots=True)
class FuzzLine:
    """What became of the inputs of one format."""

    format: str
    inputs: int
    read: int
    refused: int
    slowest_seconds: float
    failures: int


@dataclass(frozen=True, slots=True)
class FuzzFailure:
    """An input that gave something else; `duibiao bench fuzz --seed … --only NUMBER` repeats it."""

    number: int
    format: str
    file: str
    error: str


@dataclass(frozen=True, slots=True)
class FuzzReport:
    """A run: sizes, a line per format, and the failures (the first fifty)."""

    inputs: int
    seed: int
    failures: int
    seconds: float
    lines: tuple[FuzzLine, ...]
    found: tuple[FuzzFailure, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one input gave: `result` is read, refused or failed."""

    number: int
    format: str
    file: str
    result: str
    seconds: float
    error: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """An undamaged document."""

    name: str
    kind: str
    data: bytes


def fuzz(
    inputs: int = 20_000,
    seed: int = 1,
    processes: int = 2,
    progress: Callable[[int, int, str], None] | None = None,
) -> FuzzReport:
    """Read so many damaged documents in child processes."""
    begin = time.perf_counter()
    numbers: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    threads = [
        threading.Thread(
            target=_watch_child, args=(seed, range(part, inputs, processes), numbers.put)
        )
        for part in range(processes)
    ]
    for thread in threads:
        thread.start()
    outcomes: list[Outcome] = []
    while len(outcomes) < inputs:
        outcomes.append(numbers.get())
        if progress is not None:
            progress(len(outcomes), inputs, outcomes[-1].format)
    for thread in threads:
        thread.join()
    return _report(outcomes, seed, time.perf_counter() - begin)


def fuzz_one(number: int, seed: int = 1) -> FuzzReport:
    """Read one damaged document again, in this process."""
    begin = time.perf_counter()
    return _report([_try(number, seed, examples())], seed, time.perf_counter() - begin)


def make_input(number: int, seed: int, found: Sequence[Example]) -> tuple[Example, bytes]:
    """The damaged document of this number, and the example it was made from."""
    rng = Random(f"{seed}:{number}")  # noqa: S311 - no secret
    kinds = sorted({example.kind for example in found})
    kind = rng.choices(kinds, [WEIGHTS[kind] for kind in kinds])[0]
    alike = [example for example in found if example.kind == kind]
    example, other = rng.choice(alike), rng.choice(alike)
    return example, mutated(rng, example.data, other.data, kind)


def examples() -> tuple[Example, ...]:
    """The example files, and what is made of them for formats that have none."""
    folders = [folder for folder in (_SAMPLES, _SEEDS) if folder.is_dir()]
    found = [
        Example(path.name, _kind(path), path.read_bytes())
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.suffix.lstrip(".") in {*WEIGHTS, "txt"}
    ]
    if not found:
        raise DuibiaoError(f"expected example documents in {_SAMPLES}, found none")
    return (*found, *_made(found))


def _kind(path: Path) -> str:
    kind = path.suffix.lstrip(".").lower()
    return "text" if kind == "txt" else kind


def _made(found: Sequence[Example]) -> Iterator[Example]:
    """Examples of other formats, made from those at hand."""
    import io
    import zipfile

    from corpus.jsonlines import parsed_lines
    from corpus.parse import parse_bytes

    texts = [example for example in found if example.kind == "text"]
    for example in texts:
        if re.search(b"[^\\s]\t" + "三级".encode(), example.data):  # cells parted by tabs
            yield Example(f"{example.name}.tsv", "csv", example.data)
            yield Example(f"{example.name}.csv", "csv", example.data.replace(b"\t", b","))
    for example in texts[:3]:
        lines = parsed_lines(parse_bytes(example.data, example.name))
        data = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
        yield Example(f"{example.name}.jsonl", "jsonl", data)
    for example in (example for example in found if example.kind == "html"):
        head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        part = b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        yield Example(f"{example.name}.mht", "mht", head + part + example.data + b"\r\n--b--\r\n")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for example in found[:4]:
            archive.writestr(f"绩效/{example.name}", example.data)
    yield Example("documents.zip", "zip", packed.getvalue())


def _try(number: int, seed: int, found: Sequence[Example]) -> Outcome:
    """Read one input. The readers themselves are called, not what takes their exceptions."""
    example, data = make_input(number, seed, found)
    begin = time.process_time()
    result, error = "read", ""
    try:
        _read(example, data)
    except InputError as refused:
        result, error = "refused", str(refused)
        if "\n" in error or not error:
            result = "failed"
    except Exception as other:
        result, error = "failed", f"{type(other).__name__}: {other}"[:200]
    seconds = time.process_time() - begin
    if seconds > SLOW_SECONDS and result != "failed":
        result, error = "failed", f"took {seconds:.1f} seconds"
    return Outcome(number, example.kind, example.name, result, round(seconds, 3), error)


def _read(example: Example, data: bytes) -> None:
    """All that is done with a document before it is stored."""
    from corpus.intake.archives import chunks_of, members_of
    from corpus.intake.walk import FoundFile
    from corpus.parse import parse_bytes
    from corpus.store.content import Content
    from corpus.watchdog import within_time

    def parse(data: bytes) -> None:
        parsed = within_time(lambda: parse_bytes(data, example.name), _HANGS_AFTER / 2)
        Content.of("0" * 64, parsed)

    if example.kind != "zip":
        parse(data)
        return
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(data)
        file.flush()
        members = members_of(FoundFile(Path(file.name), file.name))
        if members is None:
            parse(data)
        for member in members or ():
            try:
                parse(b"".join(chunks_of(member)))
            except InputError:
                continue


def _watch_child(seed: int, numbers: Sequence[int], put: Callable[[Outcome], None]) -> None:
    """Have a child read these inputs, and another one the rest when it dies."""
    done = 0
    while done < len(numbers):
        child = _start(seed, numbers[done:])
        for outcome in _outcomes(child):
            put(outcome)
            done += 1
        child.kill()
        child.wait()
        if done < len(numbers):
            number = numbers[done]
            example, _ = make_input(number, seed, examples())
            error = "the process hung or died"
            put(Outcome(number, example.kind, example.name, "failed", _HANGS_AFTER, error))
            done += 1


def _start(seed: int, numbers: Sequence[int]) -> "subprocess.Popen[bytes]":
    if not isinstance(numbers, range):
        raise TypeError(numbers)
    order = {"seed": seed, "start": numbers.start, "stop": numbers.stop, "step": numbers.step}
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-W", "ignore", "-m", "eval.fuzz", json.dumps(order)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={**os.environ, "DUIBIAO_SOFFICE": "", "PYTHONHASHSEED": "0"},
    )


def _outcomes(child: "subprocess.Popen[bytes]") -> Iterator[Outcome]:
    """What the child says, until it ends or says nothing for too long."""
    from corpus.watchdog import call_off, watch

    if child.stdout is None:
        return
    with child.stdout:
        while True:
            over = watch(_HANGS_AFTER, child.kill)
            line = child.stdout.readline()
            call_off(over)
            try:
                yield Outcome(**json.loads(line))
            except (ValueError, TypeError):  # its end came before the end of the line
                return


def _report(outcomes: Sequence[Outcome], seed: int, seconds: float) -> FuzzReport:
    lines = []
    for kind in sorted({outcome.format for outcome in outcomes}):
        these = [outcome for outcome in outcomes if outcome.format == kind]
        results = [outcome.result for outcome in these]
        lines.append(
            FuzzLine(
                format=kind,
                inputs=len(these),
                read=results.count("read"),
                refused=results.count("refused"),
                slowest_seconds=max(outcome.seconds for outcome in these),
                failures=results.count("failed"),
            )
        )
    failed = sorted(
        (outcome for outcome in outcomes if outcome.result == "failed"), key=lambda o: o.number
    )
    return FuzzReport(
        inputs=len(outcomes),
        seed=seed,
        failures=len(failed),
        seconds=round(seconds, 1),
        lines=tuple(lines),
        found=tuple(FuzzFailure(o.number, o.format, o.file, o.error) for o in failed[:_REPORTED]),
    )


def _serve(order: dict[str, Any]) -> None:
    """Read inputs and say what came of each, a line of JSON for each."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, ValueError, OSError):  # not every system has it
        pass
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints
    found = examples()
    for number in range(order["start"], order["stop"], order["step"]):
        outcome = _try(number, order["seed"], found)
        answers.write(json.dumps(asdict(outcome)).encode("ascii") + b"\n")
        answers.flush()


if __name__ == "__main__":
    _serve(json.loads(sys.argv[1]))
