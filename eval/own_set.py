"""Our own retrieval sets: rows, queries and grades written and judged by hand.

The product is tuned and its bands are calibrated on these; the figures that are reported come
from the queries of `shared/eval`, which were not looked at when these were made.

`own`: 100 queries over the rows of the sample documents, the names of `band_pairs.jsonl` and
`own_rows.jsonl`. A change of a reader or a layout may change the samples: the tests then say which
grade lost its name. Judged were, for each query, the first 15 names of the encoder, of BM25 and of
character TF-IDF, and what a search by hand found.

`own2`: 278 queries of a second judge over the same rows and 485 more of other departments
(`own2_rows.jsonl`), written before the queries of `own` were read and without a look at any answer.
They are of more kinds (rough notes, abbreviations, slips, a verb or measure word for a name), and
90 of them have no answer. Judged were the first 14 names of the product, which refused nothing,
and the first nine each of BM25, the encoder and character TF-IDF, in the order of the alphabet so
that no rank or score was seen. A fixed hash keeps one half of the queries back (`Part`): the floor
of "nothing similar" (`index.floor`) was chosen on the other.

Both are of one hand each, and that hand knew the rows it asked for. Nobody's real queries are among
them; what people really type is found less well and refused more often.

Grade 3: a drafter could take the row over as the same indicator; 2: another aspect of the same
thing, or a sibling measured alike; 1: the same topic. A goal that states several things has several
3s. A query has no answer where no row is worth a 2.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from corpus.parse import read_document
from errors import UsageError
from eval.retrieval import Query, Task

T = TypeVar("T")

SHARED, OWN, OWN2 = SETS = ("shared", "own", "own2")
"""Sets of labelled queries that are there by name: `../shared/eval` beside the checkout, ours."""

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
SAMPLE_NAMES = "[0-9]*"  # the documents, without the readme beside them


class QueryType(StrEnum):
    """How a query is put; those in `UNANSWERED` have no answer in the rows."""

    TERM = "term"
    SYNONYM = "synonym"
    COLLOQUIAL = "colloquial"
    ABBREVIATION = "abbreviation"
    NOTE = "note"  # two rough words
    TYPO = "typo"  # a slip of the input method
    WORDING = "wording"  # a verb or a measure word in the place of the name
    GOAL = "goal"
    CROSS = "cross"
    NEAR = "near"  # a department that the rows have, a thing that they have not
    HOMONYM = "homonym"  # words of the rows with another meaning
    ABSENT = "absent"  # public administration, but no row has it
    FAR = "far"  # not of public administration, or not words
    NOISE = "noise"  # nothing that anyone means


UNANSWERED = frozenset(
    {QueryType.NEAR, QueryType.HOMONYM, QueryType.ABSENT, QueryType.FAR, QueryType.NOISE}
)


class Part(StrEnum):
    """What a query of `own2` may be used for."""

    DEVELOPMENT = "development"
    HELD_OUT = "held out"


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One indicator as printed: its name, its description and its project, "" where none.

    `level2` and `value` are there in the rows of `own2` only; they are not searched.
    """

    name: str
    description: str = ""
    project: str = ""
    level2: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """How well a name answers a query: 3 same indicator, 2 close sibling, 1 loosely related."""

    query: str
    name: str
    grade: int


def own_rows(chosen: str = OWN) -> tuple[OwnRow, ...]:
    """All rows of a set, each once.

    :raises UsageError: a file is missing or not what it should be.
    :raises InputError: a sample document cannot be read.
    """
    more = written_rows(OWN2) if chosen == OWN2 else ()
    return tuple(dict.fromkeys((*_sample_rows(), *_pair_rows(), *written_rows(), *more)))


def written_rows(chosen: str = OWN) -> tuple[OwnRow, ...]:
    """The rows of `own_rows.jsonl` or `own2_rows.jsonl`, which were written for the set."""
    return _each(f"{chosen}_rows.jsonl", lambda line: OwnRow(**json.loads(line)))


def own_grades(chosen: str = OWN) -> tuple[Grade, ...]:
    """All grades of a set, in the order of the file; what is not listed is 0."""
    return _each(f"{chosen}_grades.tsv", _grade)


def own_queries(chosen: str = OWN) -> tuple[Query, ...]:
    """All queries with their grades; those of the types `UNANSWERED` have none above 1."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for grade in own_grades(chosen):
        grades[grade.query][grade.name] = grade.grade

    def query(line: str) -> Query:
        item = json.loads(line)
        part = _part(item["text"]) if chosen == OWN2 else ""
        return Query(item["id"], QueryType(item["type"]), item["text"], grades[item["id"]], part)

    return _each(f"{chosen}_queries.jsonl", query)


def own_task(chosen: str = OWN) -> Task:
    """Rows and queries as `eval.retrieval.measure` takes them.

    :raises UsageError: a file is missing or not what it should be.
    :raises InputError: a sample document cannot be read.
    """
    rows = own_rows(chosen)
    return Task(
        names=tuple(row.name for row in rows),
        descriptions=tuple(row.description for row in rows),
        texts=tuple(f"{row.name} {row.description}".strip() for row in rows),
        queries=own_queries(chosen),
        projects=tuple(row.project for row in rows),
    )


def _part(text: str) -> Part:
    """The half that a query belongs to, by its text alone."""
    odd = sha256(text.encode()).digest()[0] % 2
    return Part.HELD_OUT if odd else Part.DEVELOPMENT


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
