"""How fast is the search over many texts: asking, building, encoding, adding one document.

Invented documents in a temporary home. Queries are asked in this process, with the index open;
the build and the addition are whole processes, as a user starts them.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random

import numpy as np

from corpus.intake.ingest import ingest_paths
from embed import open_encoder
from embed.beside import CHUNK, EncodingProcess
from eval.bench import BenchmarkError, Machine, machine, run_verb
from eval.bench_documents import documents, printed_documents, write_texts
from index.encoding import MANY_TEXTS, Encoding
from index.results import SearchRequest
from knowledge.concepts import concepts
from service.home import Home
from service.search import Session

FILTERED_BY = ("level2", "department")
_WARM_UP = 5
_GETTING_READY = 3.0  # seconds; in a build the records are read meanwhile
_SEED = 1
_ANOTHER_SEED = 10_007
_ROWS_ADDED = 18

Where = Mapping[str, tuple[str, ...]]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class QueryLine:
    """Milliseconds of one kind of query with so many filters."""

    kind: str
    filters: int
    queries: int
    p50_ms: float
    p95_ms: float
    max_ms: float


@dataclass(frozen=True, slots=True)
class SearchBenchReport:
    """Sizes, a line per kind of query and number of filters, and seconds of the rest.

    `build_seconds` is of `duibiao build` without an index before it. `added_seconds` is of
    `duibiao ingest` of one more document, `searchable_seconds` from its start until a new session
    has found a row of it.
    `encoded_per_second` is with a second process where there is a second core, `encoded_alone`
    without; both begin with no word cut yet. `segmenter` cuts the words.
    """

    documents: int
    indicators: int
    unique_texts: int
    mean_characters: float
    lines: tuple[QueryLine, ...]
    build_seconds: float
    encoded_per_second: float
    encoded_alone: float
    segmenter: str
    added_seconds: float
    searchable_seconds: float
    machine: Machine


def search(
    texts: int = 150_000, queries: int = 300, progress: Progress | None = None
) -> SearchBenchReport:
    """Measure on documents that hold so many unlike texts.

    So many short queries are asked, and a fifth as many sentences that say several things.

    :raises BenchmarkError: a command failed, or what it left is not what was written.
    """
    tell = progress or (lambda done, total, what: None)
    with tempfile.TemporaryDirectory(prefix="duibiao-bench-") as name:
        folder, home = Path(name), Path(name) / "home"
        tell(0, 5, "documents")
        (folder / "documents").mkdir()
        rows, written = write_texts(folder / "documents", texts, _SEED)
        tell(1, 5, "encoding")
        together, alone = _encoding_rates(written)
        tell(2, 5, "store")
        documents_stored = _store(Home.open(home, create=True), folder / "documents", rows)
        tell(3, 5, "build")
        built = run_verb("build", "--home", str(home))
        tell(4, 5, "queries")
        with Session.open(Home.open(home)) as session:
            lines = tuple(_lines(session, written, queries))
        added, searchable = _add_one(folder, home, frozenset(written))
    return SearchBenchReport(
        documents=documents_stored,
        indicators=rows,
        unique_texts=built.answer["unique_texts"],
        mean_characters=round(sum(map(len, written)) / len(written), 1),
        lines=lines,
        build_seconds=round(built.seconds, 3),
        encoded_per_second=round(together, 1),
        encoded_alone=round(alone, 1),
        segmenter="rjieba" if find_spec("rjieba") else "jieba",
        added_seconds=round(added, 3),
        searchable_seconds=round(searchable, 3),
        machine=machine(),
    )


def _store(home: Home, documents: Path, rows: int) -> int:
    """Read the documents into the store, without an index; return how many there are."""
    with home.writing("bench"), home.store(write=True) as store:
        ingest_paths(store, home.files_dir, [documents])
        found = store.stats()
    if found.indicators != rows:
        raise BenchmarkError(
            f"expected {rows} indicators in the store, found {found.indicators}: "
            "what is measured is not what was written"
        )
    return found.documents


def _encoding_rates(texts: Sequence[str]) -> tuple[float, float]:
    """Texts encoded a second with a second process that stands ready, and without."""
    beside = EncodingProcess.start(open_encoder()) if len(texts) >= MANY_TEXTS else None
    if beside is None:
        alone = _rate(texts, None)
        return alone, alone
    with beside:
        time.sleep(_GETTING_READY)
        together = _rate(texts, beside)
    # the other process began with these, so this one has not cut them into words yet
    return together, _rate(texts[: len(texts) // 5 + 1], None)


def _rate(texts: Sequence[str], beside: EncodingProcess | None) -> float:
    encoder = open_encoder()
    encoder.encode_documents(["指标"] * CHUNK)  # loads what is loaded at the first use
    begin = time.perf_counter()
    encoding = Encoding(encoder, {}, beside=beside)
    encoding.begin((), texts)
    encoding(texts)
    return len(texts) / (time.perf_counter() - begin)


def _lines(session: Session, written: Sequence[str], count: int) -> Iterator[QueryLine]:
    draw = Random(_SEED)  # noqa: S311 - queries for a benchmark, no secret
    for text in _phrases(draw, written, _WARM_UP):
        session.search(SearchRequest(text))
    queries = {
        "phrase": _phrases(draw, written, count),
        "goal": ["，".join(_phrases(draw, written, 3)) for _ in range(-(-count // 5))],
    }
    for kind, texts in queries.items():
        wheres: list[Where] = [{} for _ in texts]
        for filters in range(len(FILTERED_BY) + 1):
            yield _line(session, kind, texts, wheres, filters)
            if filters < len(FILTERED_BY):
                wheres = _narrowed(session, texts, wheres, FILTERED_BY[filters])


def _phrases(draw: Random, written: Sequence[str], count: int) -> list[str]:
    """As people ask: phrasings of concepts, texts of the corpus, and single words of either."""
    said = [text for concept in concepts() for text in (concept.name, *concept.phrasings)]
    found = []
    for number in range(count):
        text = draw.choice(said if number % 2 else written)
        found.append(text[: draw.randint(2, 4)] if number % 5 == 0 else text)
    return found


def _narrowed(
    session: Session, texts: Sequence[str], wheres: Sequence[Where], field: str
) -> list[Where]:
    """The conditions with one more: the most frequent value that the answer still has."""
    narrowed: list[Where] = []
    for text, where in zip(texts, wheres, strict=True):
        values = session.search(SearchRequest(text, where=where)).facets[field]
        narrowed.append({**where, field: (values[0].value,)} if values else {**where, field: ("",)})
    return narrowed


def _line(
    session: Session, kind: str, texts: Sequence[str], wheres: Sequence[Where], filters: int
) -> QueryLine:
    taken = []
    for text, where in zip(texts, wheres, strict=True):
        begin = time.perf_counter()
        session.search(SearchRequest(text, where=where))
        taken.append((time.perf_counter() - begin) * 1000)
    p50, p95 = np.quantile(taken, (0.5, 0.95))
    return QueryLine(
        kind=kind,
        filters=filters,
        queries=len(taken),
        p50_ms=round(float(p50), 2),
        p95_ms=round(float(p95), 2),
        max_ms=round(max(taken), 2),
    )


def _add_one(folder: Path, home: Path, known: frozenset[str]) -> tuple[float, float]:
    """Seconds of ingesting one more document, and until a row of it is found."""
    _, printed = next(printed_documents(_ROWS_ADDED, _ANOTHER_SEED))
    names = [row[2] for project in printed for row in project.rows[1:]]
    marker = next((name for name in names if name not in known), names[0])
    path = folder / "one_more.txt"
    path.write_text(next(documents(_ROWS_ADDED, _ANOTHER_SEED))[0], encoding="utf-8")
    begin = time.perf_counter()
    run = run_verb("ingest", str(path), "--home", str(home))
    with Session.open(Home.open(home)) as session:
        hits = session.search(SearchRequest(marker)).hits
    searchable = time.perf_counter() - begin
    if not hits or hits[0].name != marker:
        raise BenchmarkError(
            f"expected {marker!r} of the document added as the first hit, "
            f"found {hits[0].name if hits else 'none'!r}"
        )
    return run.seconds, searchable
