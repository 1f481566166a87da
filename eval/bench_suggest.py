"""How fast is a suggestion: drafts asked one after the other over invented units."""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from corpus.jsonlines import to_lines
from eval.bench import Machine, machine
from eval.peer_world import MEDIAN_BUDGET, world
from knowledge.concepts import concepts
from peers.records import Draft
from service import refresh
from service.home import Home
from service.report import write_lines
from service.search import Session
from service.suggest import Advisor

Progress = Callable[[int, int, str], None]

_SEED = 2
_WARM = 5  # drafts asked before the clock starts, as files are read into memory
TEXTS_OF_A_UNIT = 16.3  # unlike texts that an invented unit prints, measured


@dataclass(frozen=True, slots=True)
class SuggestReport:
    """Milliseconds from draft to answer in one open session; `refused` of the drafts had none."""

    unique_texts: int
    indicators: int
    drafts: int
    refused: int
    median_ms: float
    p95_ms: float
    slowest_ms: float
    machine: Machine


def suggest(
    texts: int = 150_000, drafts: int = 300, progress: Progress | None = None
) -> SuggestReport:
    """Ask for names and phrasings of random concepts over at least about so many unlike texts."""
    with tempfile.TemporaryDirectory(prefix="duibiao-bench-") as folder:
        home = Home.open(Path(folder) / "home", create=True)
        lines = Path(folder) / "world.jsonl"
        units = round(texts / TEXTS_OF_A_UNIT) + 1
        projects = (invented.project for invented in world(units, _SEED, unlike=True))
        write_lines(lines, (line for project in projects for line in to_lines(project)))
        stored = refresh.ingest(home, [lines], progress=progress)
        with Session.open(home) as session, Advisor(home, session) as advisor:
            times, refused = _timed(advisor, drafts)
    times.sort()
    return SuggestReport(
        unique_texts=stored.unique_texts,
        indicators=stored.indicators,
        drafts=drafts,
        refused=refused,
        median_ms=round(statistics.median(times), 1),
        p95_ms=round(times[max(0, round(0.95 * len(times)) - 1)], 1),
        slowest_ms=round(times[-1], 1),
        machine=machine(),
    )


def _timed(advisor: Advisor, drafts: int) -> tuple[list[float], int]:
    rng = Random(_SEED)  # noqa: S311 - figures for a benchmark, no secret
    chosen = [rng.choice(concepts()) for _ in range(drafts + _WARM)]
    names = [rng.choice((concept.name, *concept.phrasings)) for concept in chosen]
    times, refused = [], 0
    for number, name in enumerate(names):
        begin = time.perf_counter()
        answer = advisor.suggest(Draft(name, budget_wan=MEDIAN_BUDGET))
        if number >= _WARM:
            times.append((time.perf_counter() - begin) * 1000)
            refused += answer.refusal is not None
    return times, refused
