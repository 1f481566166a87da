"""How many documents a second: `duibiao ingest` as a user starts it, per format.

The same invented documents each time; the wall clock of the whole process, its start and the
building of the index included.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from errors import UsageError
from eval.bench import BenchmarkError, Machine, machine, run_verb
from eval.bench_documents import INDICATORS_PER_PROJECT, write_documents
from eval.bench_formats import FORMATS, write_as

TEXT = "txt"
ALL = (TEXT, *FORMATS)
PROJECTS = 2
"""Projects in a document, of nine indicators each: published ones have 8 to 56, mostly under 20."""


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """What was read of one format."""

    format: str
    documents: int
    indicators: int
    megabytes: float
    seconds: float
    documents_per_second: float


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """Indicators in each document, and a line per format."""

    indicators_per_document: int
    lines: tuple[ReadingLine, ...]
    machine: Machine


def reading(
    documents: int = 2_000,
    projects: int = PROJECTS,
    formats: Sequence[str] = ALL,
    progress: Callable[[int, int, str], None] | None = None,
) -> ReadingReport:
    """Documents of each format read, stored and indexed a second.

    :raises UsageError: an unknown format.
    :raises BenchmarkError: a command failed, or not every row was stored.
    """
    if unknown := set(formats) - set(ALL):
        raise UsageError(f"expected a format of {', '.join(ALL)}, found {', '.join(unknown)}")
    lines = []
    for done, ending in enumerate(formats):
        if progress is not None:
            progress(done, len(formats), ending)
        lines.append(_line(ending, documents, projects))
    return ReadingReport(projects * INDICATORS_PER_PROJECT, tuple(lines), machine())


def _line(ending: str, documents: int, projects: int) -> ReadingLine:
    indicators = documents * projects * INDICATORS_PER_PROJECT
    with tempfile.TemporaryDirectory(prefix="duibiao-bench-") as name:
        folder = Path(name) / "documents"
        folder.mkdir()
        if ending == TEXT:
            written = write_documents(folder, indicators, projects=projects)
        else:
            written = write_as(ending, folder, indicators, projects)
        size = sum(path.stat().st_size for path in folder.iterdir())
        run = run_verb("ingest", str(folder), "--home", str(Path(name) / "home"))
    if run.answer["indicators"] != written:
        raise BenchmarkError(
            f"expected {written} indicators in the store, found {run.answer['indicators']}: "
            "what was measured is not what was written"
        )
    return ReadingLine(
        format=ending,
        documents=run.answer["documents"],
        indicators=written,
        megabytes=round(size / 2**20, 1),
        seconds=round(run.seconds, 3),
        documents_per_second=round(run.answer["documents"] / run.seconds, 1),
    )
