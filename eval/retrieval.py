"""How well an indicator is found: systems ranked against the graded queries of `shared/eval`.

Measuring only: queries and grades never go into training, calibration or word lists.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from errors import UsageError
from eval.metrics import RELEVANT, mean, ndcg, recall, reciprocal_rank

ALL = "all"
_CURE = "give the folder that holds indicators.jsonl, queries.jsonl and qrels.tsv"


@dataclass(frozen=True, slots=True)
class Query:
    """One query with the highest grade of each name that has one.

    `part`: the part of a set that it belongs to, where the set has parts.
    """

    id: str
    type: str
    text: str
    grades: Mapping[str, int]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Rows and queries. `texts[i]` is the searched text (name and description) of `names[i]`.

    `projects` are the names of the rows' projects, () where none is known.
    """

    names: tuple[str, ...]
    descriptions: tuple[str, ...]
    texts: tuple[str, ...]
    queries: tuple[Query, ...]
    projects: tuple[str, ...] = ()

    @classmethod
    def load(cls, folder: Path) -> "Task":
        """Read an evaluation folder.

        :raises UsageError: a file is missing or not what it should be.
        """
        try:
            rows = _json_lines(folder / "indicators.jsonl")
            queries = _json_lines(folder / "queries.jsonl")
            name_of = {row["id"]: row["name"] for row in rows}
            grades = _grades(folder / "qrels.tsv", name_of)
            return cls(
                names=tuple(row["name"] for row in rows),
                descriptions=tuple(row["description"] or "" for row in rows),
                texts=tuple(f"{row['name']} {row['description'] or ''}".strip() for row in rows),
                queries=tuple(
                    Query(query["qid"], query["type"], query["query"], grades[query["qid"]])
                    for query in queries
                ),
                projects=tuple(row.get("project") or "" for row in rows),
            )
        except (OSError, ValueError, KeyError) as error:
            raise UsageError(
                f"expected retrieval data in {folder}, "
                f"found {type(error).__name__}: {error}; {_CURE}"
            ) from error


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a system answers: names, best first, each once; names left out come last.

    `refused`: it says that nothing is similar; None where the system has no such answer.
    """

    names: Sequence[str]
    refused: bool | None = None


Ranker = Callable[[str], Ranking]
"""A system: the text of a query in, its ranking out."""


@dataclass(frozen=True, slots=True)
class QueryScore:
    """Measures of one query, None where nothing answers it (then only a refusal is right)."""

    id: str
    type: str
    ndcg: float | None
    recall: float | None
    reciprocal_rank: float | None
    refused: bool | None = None
    part: str = ""

    @property
    def answerable(self) -> bool:
        """Whether some name answers it."""
        return self.ndcg is not None


@dataclass(frozen=True, slots=True)
class SystemReport:
    """Measures of one system, query by query."""

    system: str
    scores: tuple[QueryScore, ...]

    def ndcg(self, query_type: str = ALL) -> float:
        """Mean nDCG@10 of a query type, over the queries that have an answer."""
        return mean([score.ndcg for score in self.answerable(query_type)])

    def answerable(self, query_type: str = ALL) -> list[QueryScore]:
        """The scores of the queries of a type that have an answer."""
        return [s for s in self.scores if s.answerable and query_type in (ALL, s.type)]


def measure(task: Task, system: str, ranker: Ranker) -> SystemReport:
    """Measure one system on every query, on distinct names."""
    return SystemReport(
        system,
        tuple(_score(task, query, ranker(query.text)) for query in task.queries),
    )


def rank_names(names: Sequence[str], scores: Sequence[float]) -> list[str]:
    """Distinct names by their best score; equal scores in the order of the names."""
    best: dict[str, float] = {}
    for name, score in zip(names, scores, strict=True):
        best[name] = max(float(score), best.get(name, float("-inf")))
    return sorted(best, key=lambda name: (-round(best[name], 6), name))


def _score(task: Task, query: Query, ranking: Ranking) -> QueryScore:
    listed = dict.fromkeys((*ranking.names, *sorted(set(task.names))))
    grades = [query.grades.get(name, 0) for name in listed]
    answerable = max(grades, default=0) >= RELEVANT
    return QueryScore(
        id=query.id,
        type=query.type,
        ndcg=ndcg(grades) if answerable else None,
        recall=recall(grades),
        reciprocal_rank=reciprocal_rank(grades),
        refused=ranking.refused,
        part=query.part,
    )


def _grades(path: Path, name_of: Mapping[str, str]) -> Mapping[str, Mapping[str, int]]:
    """Query id → name → highest grade, from lines of query id, row id and grade."""
    best: dict[str, dict[str, int]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, row, grade = line.split("\t")
        name = name_of[row]
        best[query][name] = max(int(grade), best[query].get(name, 0))
    return best


def _json_lines(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
