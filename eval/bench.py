"""How fast is it on this machine: `duibiao` as a user starts it, on invented documents.

Every figure is the wall clock of a whole process, its start included.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from errors import DuibiaoError
from eval.bench_documents import write_documents

QUERIES = ("公众号粉丝数量", "校舍维修面积", "群众满意度", "按期完成时间", "检测设备购置")


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a figure was measured."""

    system: str
    processor: str
    cores: int
    python: str


@dataclass(frozen=True, slots=True)
class ColdSearchReport:
    """Seconds from process start to answer, one a query; the first run after writing is apart."""

    indicators: int
    runs: int
    first_seconds: float
    median_seconds: float
    slowest_seconds: float
    queries: tuple[str, ...]
    machine: Machine


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Reading, storing and indexing from nothing."""

    documents: int
    indicators: int
    unique_texts: int
    seconds: float
    indicators_per_second: float
    machine: Machine


class BenchmarkError(DuibiaoError):
    """A command under measurement failed, so there is no figure."""


def cold_search(indicators: int = 5000, runs: int = 5) -> ColdSearchReport:
    """Median wall clock of `duibiao search` over a fresh home.

    :raises BenchmarkError: a command failed.
    """
    with tempfile.TemporaryDirectory(prefix="duibiao-bench-") as folder:
        home = Path(folder) / "home"
        stored = _ingested(Path(folder), home, indicators).answer
        queries = tuple(QUERIES[run % len(QUERIES)] for run in range(runs + 1))
        times = [run_verb("search", query, "--home", str(home)).seconds for query in queries]
    return ColdSearchReport(
        indicators=stored["indicators"],
        runs=runs,
        first_seconds=round(times[0], 3),
        median_seconds=round(statistics.median(times[1:]), 3),
        slowest_seconds=round(max(times[1:]), 3),
        queries=queries[1:],
        machine=machine(),
    )


def ingest(indicators: int = 60_000) -> IngestReport:
    """Wall clock of `duibiao ingest` of a folder into a fresh home, index included.

    :raises BenchmarkError: the command failed, or not every row was stored.
    """
    with tempfile.TemporaryDirectory(prefix="duibiao-bench-") as folder:
        run = _ingested(Path(folder), Path(folder) / "home", indicators)
    stored = run.answer["indicators"]
    return IngestReport(
        documents=run.answer["documents"],
        indicators=stored,
        unique_texts=run.answer["unique_texts"],
        seconds=round(run.seconds, 3),
        indicators_per_second=round(stored / run.seconds, 1),
        machine=machine(),
    )


def machine() -> Machine:
    """This machine, in words."""
    return Machine(
        system=f"{platform.system()} {platform.release()}",
        processor=_processor(),
        cores=len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1,
        python=platform.python_version(),
    )


def _processor() -> str:
    """The model's name where the system tells it, else the architecture."""
    listing = Path("/proc/cpuinfo")
    if listing.is_file():
        for line in listing.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


@dataclass(frozen=True, slots=True)
class VerbRun:
    """Wall clock of a verb, and its answer."""

    seconds: float
    answer: dict[str, Any]


def _ingested(folder: Path, home: Path, indicators: int) -> VerbRun:
    """Write documents, ingest them, and be sure that every row arrived."""
    documents = folder / "documents"
    documents.mkdir()
    written = write_documents(documents, indicators)
    run = run_verb("ingest", str(documents), "--home", str(home))
    if run.answer["indicators"] != written:
        raise BenchmarkError(
            f"expected {written} indicators in the store, found {run.answer['indicators']}: "
            "what was measured is not what was written"
        )
    return run


def run_verb(verb: str, *arguments: str) -> VerbRun:
    """One verb in a process of its own, timed."""
    command: Sequence[str] = (sys.executable, "-m", "cli", verb, *arguments, "--json")
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - own command
    seconds = time.perf_counter() - begin
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip() or "nothing on stderr"
        raise BenchmarkError(f"duibiao {verb} ended with {done.returncode}: {said}")
    return VerbRun(seconds, json.loads(done.stdout))
