"""How well an indicator is found: systems ranked against the graded queries of `shared/eval`.

Measuring only: queries and grades never go into training, calibration or word lists.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.records import Source
from embed import Encoder, open_encoder
from errors import UsageError
from eval.metrics import RELEVANT, mean, ndcg, recall, reciprocal_rank
from index.results import Scope
from index.rows import FILTERS, Row
from index.scope import ScopeIndex
from index.texts import indexed_form
from text.words import bigrams, words

Ranker = Callable[[str], Sequence[float]]
"""Scores of all rows for one query, in the order of `Task.texts`; higher is better."""

ALL = "all"
QUERY_TYPES = ("term", "synonym", "colloquial", "goal", "cross")
_CURE = "give the folder that holds indicators.jsonl, queries.jsonl and qrels.tsv"


@dataclass(frozen=True, slots=True)
class Query:
    """One query with the highest grade of each name that has one."""

    id: str
    type: str
    text: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Task:
    """Rows and queries. `texts[i]` is the searched text (name and description) of `names[i]`."""

    names: tuple[str, ...]
    descriptions: tuple[str, ...]
    texts: tuple[str, ...]
    queries: tuple[Query, ...]

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
            )
        except (OSError, ValueError, KeyError) as error:
            raise UsageError(
                f"expected retrieval data in {folder}, "
                f"found {type(error).__name__}: {error}; {_CURE}"
            ) from error


@dataclass(frozen=True, slots=True)
class QueryScore:
    """Measures of one query, None where nothing answers it (then only a refusal is right)."""

    id: str
    type: str
    ndcg: float | None
    recall: float | None
    reciprocal_rank: float | None


@dataclass(frozen=True, slots=True)
class SystemReport:
    """Measures of one system, query by query."""

    system: str
    scores: tuple[QueryScore, ...]

    def ndcg(self, query_type: str = ALL) -> float:
        """Mean nDCG@10 of a query type, over the queries that have an answer."""
        return mean([score.ndcg for score in self._of(query_type)])

    def recall(self, query_type: str = ALL) -> float:
        """Mean Recall@20 of grades 2 and 3, over the queries that have an answer."""
        return mean([score.recall for score in self._of(query_type)])

    def mrr(self, query_type: str = ALL) -> float:
        """Mean reciprocal rank of the first answer, over the queries that have one."""
        return mean([score.reciprocal_rank for score in self._of(query_type)])

    def _of(self, query_type: str) -> list[QueryScore]:
        return [score for score in self.scores if query_type in (ALL, score.type)]


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """Measures of several systems on one task."""

    rows: int
    names: int
    queries: int
    systems: tuple[SystemReport, ...]


def evaluate(shared_eval: Path, encoder: Encoder | None = None) -> RetrievalReport:
    """Measure the product, its encoder alone (default: the default model), and lexical baselines.

    :raises UsageError: the folder does not hold the evaluation data.
    :raises ModelError: the default model cannot be loaded.
    """
    task = Task.load(shared_eval)
    encoder = encoder or open_encoder()
    systems = {
        "product": product_ranker(task.names, task.descriptions, encoder),
        "tfidf": tfidf_ranker(task.texts),
        "bm25": bm25_ranker(task.texts),
        "dense": dense_ranker(task.texts, encoder),
    }
    return RetrievalReport(
        rows=len(task.names),
        names=len(set(task.names)),
        queries=len(task.queries),
        systems=tuple(measure(task, name, ranker) for name, ranker in systems.items()),
    )


def measure(task: Task, system: str, ranker: Ranker) -> SystemReport:
    """Measure one system on every query, on distinct names: a name scores as its best row."""
    return SystemReport(
        system,
        tuple(_score(query, rank_names(task.names, ranker(query.text))) for query in task.queries),
    )


def rank_names(names: Sequence[str], scores: Sequence[float]) -> list[str]:
    """Distinct names by their best score; equal scores in the order of the names."""
    best: dict[str, float] = {}
    for name, score in zip(names, scores, strict=True):
        best[name] = max(float(score), best.get(name, float("-inf")))
    return sorted(best, key=lambda name: (-round(best[name], 6), name))


def product_ranker(names: Sequence[str], descriptions: Sequence[str], encoder: Encoder) -> Ranker:
    """Score rows as the product does: vectors of the fields and BM25, fused."""
    filters = tuple("" for _ in FILTERS[Scope.INDICATOR])
    pairs = zip(names, descriptions, strict=True)
    index = ScopeIndex.of(
        Scope.INDICATOR,
        [
            Row(f"{number:09d}", "", "", name, description, "", Source(), filters)
            for number, (name, description) in enumerate(pairs)
        ],
        encoder.encode_documents,
    )

    def rank(query: str) -> Sequence[float]:
        text = indexed_form(query)
        scores: list[float] = index.score(text, encoder.encode_queries([text])[0]).fused.tolist()
        return scores

    return rank


def tfidf_ranker(texts: Sequence[str]) -> Ranker:
    """Cosine of character 1- and 2-gram TF-IDF."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 2))
    matrix = vectorizer.fit_transform(texts)

    def rank(query: str) -> Sequence[float]:
        scores: list[float] = (matrix @ vectorizer.transform([query]).T).toarray().ravel().tolist()
        return scores

    return rank


def bm25_ranker(texts: Sequence[str]) -> Ranker:
    """BM25 over jieba words and character bigrams."""
    import bm25s

    index = bm25s.BM25()
    index.index([_terms(text) for text in texts], show_progress=False)

    def rank(query: str) -> Sequence[float]:
        terms = [term for term in _terms(query) if term in index.vocab_dict]
        return index.get_scores(terms).tolist() if terms else [0.0] * len(texts)

    return rank


def dense_ranker(texts: Sequence[str], encoder: Encoder) -> Ranker:
    """Inner product of an encoder's vectors."""
    documents = encoder.encode_documents(texts)

    def rank(query: str) -> Sequence[float]:
        scores: list[float] = (documents @ encoder.encode_queries([query])[0]).tolist()
        return scores

    return rank


def _terms(text: str) -> list[str]:
    return words(text) + bigrams(text)


def _score(query: Query, ranking: Sequence[str]) -> QueryScore:
    grades = [query.grades.get(name, 0) for name in ranking]
    answerable = max(grades, default=0) >= RELEVANT
    return QueryScore(
        id=query.id,
        type=query.type,
        ndcg=ndcg(grades) if answerable else None,
        recall=recall(grades),
        reciprocal_rank=reciprocal_rank(grades),
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
