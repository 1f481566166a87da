"""What a new index changes: the same queries asked before a build and after it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from errors import UsageError
from index.results import Hit, SearchRequest
from service import refresh
from service.home import Home
from service.refresh import BuildReport, Progress
from service.search import Session

TOP = 5
"""Hits of each query that are compared."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query that is asked twice; `id` tells it apart in the answer."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class TopHit:
    """One of the first hits, as it was shown."""

    rank: int
    id: str
    name: str
    description: str
    score: float


@dataclass(frozen=True, slots=True)
class Moved:
    """A hit of both lists, at another rank."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class QueryChange:
    """A query whose first hits are not the same, or not in the same order.

    `new` and `gone` name the hits that only one of the lists has. A hit is the same where name
    and description are, whichever record it is shown by.
    """

    id: str
    query: str
    before: tuple[TopHit, ...]
    after: tuple[TopHit, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class BuildDiff:
    """A build, what answered before it, and the queries it changed.

    `behind`: the index before was older than the corpus, so changes may come from either.
    """

    build: BuildReport
    generation_before: str
    model_before: str
    behind: bool
    queries: int
    changed: int
    changes: tuple[QueryChange, ...]


def build_and_compare(
    home: Home,
    questions: Sequence[Question],
    *,
    model: str | None = None,
    progress: Progress | None = None,
) -> BuildDiff:
    """Build the index anew and say which queries changed their first hits.

    :raises SearchIndexError: there is no sound index to compare with; nothing was built.
    :raises UsageError: a query is empty or too long; nothing was built.
    :raises ModelError: a model cannot be loaded.
    :raises HomeError: the home is locked, damaged, or cannot be written to.
    """
    with Session.open(home) as session:
        before = _answers(session, questions)
        generation, behind = session.generation, session.behind
        model_before = session.model_id
    report = refresh.build(home, model=model, progress=progress)
    with Session.open(home) as session:
        after = _answers(session, questions)
    changes = [
        compare(question, old, new)
        for question, old, new in zip(questions, before, after, strict=True)
        if list(map(_identity, old)) != list(map(_identity, new))
    ]
    return BuildDiff(
        build=report,
        generation_before=generation,
        model_before=model_before,
        behind=behind,
        queries=len(questions),
        changed=len(changes),
        changes=tuple(changes),
    )


def compare(question: Question, before: Sequence[TopHit], after: Sequence[TopHit]) -> QueryChange:
    """How two lists of first hits differ."""
    old = {_identity(hit): hit for hit in before}
    new = {_identity(hit): hit for hit in after}
    both = [(old[identity], hit) for identity, hit in new.items() if identity in old]
    return QueryChange(
        id=question.id,
        query=question.text,
        before=tuple(before),
        after=tuple(after),
        new=tuple(hit.name for identity, hit in new.items() if identity not in old),
        gone=tuple(hit.name for identity, hit in old.items() if identity not in new),
        moved=tuple(
            Moved(now.name, then.rank, now.rank) for then, now in both if then.rank != now.rank
        ),
    )


def read_questions(path: Path) -> tuple[Question, ...]:
    """Queries of a file: a text a line, or JSON lines with `query` or `text`, and `qid` or `id`.

    :raises UsageError: it cannot be read, or a line is no query.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise UsageError(
            f"--queries expects a readable UTF-8 file, found {path}: {error}"
        ) from None
    found = [_question(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise UsageError(f"--queries expects at least one query, found none in {path}")
    return tuple(found)


def _question(number: int, line: str) -> Question:
    if not line.lstrip().startswith("{"):
        return Question(str(number), line.strip())
    try:
        said = json.loads(line)
        text = said.get("query") or said["text"]
    except (ValueError, KeyError, RecursionError):
        text = None
    if not isinstance(text, str):
        raise UsageError(
            f"--queries expects a text, or an object with query or text, found in line {number}: "
            f"{line[:60]!r}"
        )
    return Question(str(said.get("qid") or said.get("id") or number), text)


def _answers(session: Session, questions: Iterable[Question]) -> list[tuple[TopHit, ...]]:
    requests = (SearchRequest(question.text, top=TOP) for question in questions)
    return [tuple(map(_top_hit, session.search(request).hits)) for request in requests]


def _top_hit(hit: Hit) -> TopHit:
    return TopHit(hit.rank, hit.id, hit.name, hit.description, hit.score)


def _identity(hit: TopHit) -> tuple[str, str]:
    return hit.name, hit.description
