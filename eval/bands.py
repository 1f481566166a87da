"""What holds of the words that a score is told in: pairs and hits that a person has judged.

Pairs: `eval/data/band_pairs.jsonl`, each label given by hand; half of them are hard (siblings,
same words with another meaning). Hits: the first ten of each of our own queries, by their grades.
Neither was trained on; the bands were chosen on both, so the figures are somewhat kind to them.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from embed import Encoder, open_encoder
from eval.own_set import own_task
from eval.rankers import RowsOfTask
from eval.retrieval import Task
from index.bands import RELATED_FROM, Band
from index.build import build_generation
from index.results import SearchRequest
from index.search import Searcher
from index.snapshot import Snapshot

PAIRS = Path(__file__).parent / "data" / "band_pairs.jsonl"
_LABELS = ("none", "related", "kind", "same")  # by grade
_ORDER = (Band.SAME, Band.KIND, Band.RELATED, Band.NONE)
_NEAR = 40  # hits among which most pairs are found
_FIRST = 10  # hits of a query that are judged


@dataclass(frozen=True, slots=True)
class BandLine:
    """What was judged of the pairs or hits of one band, in counts.

    `precision` is the share that is at least as alike as the band says (of 无: at most related),
    `recall` the share of all that are as the band says which have this band or a better one.
    """

    set: str
    band: str
    count: int
    same: int
    alike: int
    related: int
    none: int
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class BandFigures:
    """A line for each band, on labelled pairs and on hits of our own queries."""

    lines: tuple[BandLine, ...]


def bands(encoder: Encoder | None = None) -> BandFigures:
    """Measure what the bands say of the default model's scores.

    :raises UsageError: the data are damaged.
    """
    encoder = encoder or open_encoder()
    return BandFigures(
        (*_lines("pairs", _pairs(encoder)), *_lines("own queries", _hits(encoder))),
    )


def _pairs(encoder: Encoder) -> Iterator[tuple[Band, int]]:
    """Band and grade of each labelled pair."""
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    names = tuple(dict.fromkeys(pair["name"] for pair in pairs))
    searcher = _searcher(Task(names, ("",) * len(names), names, ()), encoder)
    for pair in pairs:
        band = _band(searcher, pair["query"], pair["name"], len(names))
        yield band, _LABELS.index(pair["label"])


def _band(searcher: Searcher, query: str, name: str, names: int) -> Band:
    """The band of one name among all; looked for among the best before all are laid out."""
    for top in (_NEAR, names):
        hits = searcher.search(SearchRequest(query, top=top, marked=False, anyway=True)).hits
        found = next((hit.band for hit in hits if hit.name == name), None)
        if found is not None:
            return found
        if hits and hits[-1].score < RELATED_FROM:
            break
    return Band.NONE


def _hits(encoder: Encoder) -> Iterator[tuple[Band, int]]:
    """Band and grade of the first hits of our own queries that were not refused."""
    task = own_task()
    searcher = _searcher(task, encoder)
    for query in task.queries:
        for hit in searcher.search(SearchRequest(query.text, top=_FIRST, marked=False)).hits:
            yield hit.band, query.grades.get(hit.name, 0)


def _searcher(task: Task, encoder: Encoder) -> Searcher:
    with tempfile.TemporaryDirectory(prefix="duibiao-eval-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        build_generation(folder, RowsOfTask(task), encoder, revision="")
        return Searcher(Snapshot.open(folder), encoder)


def _lines(name: str, judged: Iterable[tuple[Band, int]]) -> Iterator[BandLine]:
    counts = Counter(judged)
    for place, band in enumerate(_ORDER):
        least = len(_ORDER) - 1 - place
        here = [counts[band, grade] for grade in range(len(_LABELS))]
        good = sum(here[least:]) if least else sum(here[:2])
        better = sum(counts[other, g] for other in _ORDER[: place + 1] for g in range(least, 4))
        wanted = sum(count for (_, grade), count in counts.items() if grade >= least)
        yield BandLine(
            set=name,
            band=band.value,
            count=sum(here),
            same=here[3],
            alike=here[2],
            related=here[1],
            none=here[0],
            precision=round(good / sum(here), 3) if sum(here) else 0.0,
            recall=round(better / wanted, 3) if wanted else 0.0,
        )
