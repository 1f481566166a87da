"""Our own retrieval set: rows, queries and grades written and judged by hand.

The product is tuned and its bands are calibrated on this set; the figures that are reported come
from the queries of `shared/eval`, which were not looked at when this set was made.

Judged were, for each query, the first 15 names of the encoder, of BM25 and of character TF-IDF, and
what a search by hand found. Grade 3: a drafter could take the row over as the same indicator; 2:
another aspect of the same thing, or a sibling measured alike; 1: the same topic. A goal that states
several things has several 3s.

The rows are those of the sample documents, the names of `band_pairs.jsonl` and `own_rows.jsonl`,
so a change of a reader or a layout may change them: the tests then say which grade lost its name.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from corpus.parse import read_document
from errors import UsageError
from eval.retrieval import Query, Task

T = TypeVar("T")

SHARED, OWN = SETS = ("shared", "own")
"""Sets of labelled data that are there by name: `../shared/eval` beside the checkout, and ours."""

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
SAMPLE_NAMES = "[0-9]*"  # the documents, without the readme beside them


class QueryType(StrEnum):
    """How a query is put; the last two have no answer in the rows."""

    TERM = "term"
    SYNONYM = "synonym"
    COLLOQUIAL = "colloquial"
    GOAL = "goal"
    CROSS = "cross"
    ABSENT = "absent"  # public administration, but no row has it
    FAR = "far"  # not of public administration, or not words


UNANSWERED = frozenset({QueryType.ABSENT, QueryType.FAR})


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One indicator as printed: its name, its description and its project, "" where none."""

    name: str
    description: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """How well a name answers a query: 3 same indicator, 2 close sibling, 1 loosely related."""

    query: str
    name: str
    grade: int


def own_rows() -> tuple[OwnRow, ...]:
    """All rows, each once.

    :raises UsageError: a file is missing or not what it should be.
    :raises InputError: a sample document cannot be read.
    """
    return tuple(dict.fromkeys((*_sample_rows(), *_pair_rows(), *written_rows())))


def written_rows() -> tuple[OwnRow, ...]:
    """The rows of `own_rows.jsonl`, which were written for this set."""
    return _each("own_rows.jsonl", lambda line: OwnRow(**json.loads(line)))


def own_grades() -> tuple[Grade, ...]:
    """All grades of `own_grades.tsv`, in the order of the file; what is not listed is 0."""
    return _each("own_grades.tsv", _grade)


def own_queries() -> tuple[Query, ...]:
    """All queries with their grades; those of the types `UNANSWERED` have none above 1."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for grade in own_grades():
        grades[grade.query][grade.name] = grade.grade

    def query(line: str) -> Query:
        item = json.loads(line)
        return Query(item["id"], QueryType(item["type"]), item["text"], grades[item["id"]])

    return _each("own_queries.jsonl", query)


def own_task() -> Task:
    """Rows and queries as `eval.retrieval.measure` takes them.

    :raises UsageError: a file is missing or not what it should be.
    :raises InputError: a sample document cannot be read.
    """
    rows = own_rows()
    return Task(
        names=tuple(row.name for row in rows),
        descriptions=tuple(row.description for row in rows),
        texts=tuple(f"{row.name} {row.description}".strip() for row in rows),
        queries=own_queries(),
        projects=tuple(row.project for row in rows),
    )


def _sample_rows() -> Iterator[OwnRow]:
    for path in sorted(SAMPLES.glob(SAMPLE_NAMES)):
        for project in read_document(path.read_bytes(), path.name).projects:
            for indicator in project.indicators:
                yield OwnRow(indicator.name, indicator.description, project.name)


def _pair_rows() -> tuple[OwnRow, ...]:
    return _each("band_pairs.jsonl", lambda line: OwnRow(json.loads(line)["name"]))


def _grade(line: str) -> Grade:
    query, name, grade = line.split("\t")
    return Grade(query, name, int(grade))


def _each(name: str, read: Callable[[str], T]) -> tuple[T, ...]:
    """What `read` makes of each line of a data file."""
    try:
        return tuple(map(read, (DATA / name).read_text(encoding="utf-8").splitlines()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"expected our own retrieval set in {DATA / name}, "
            f"found {type(error).__name__}: {error}; restore it from the repository"
        ) from error
