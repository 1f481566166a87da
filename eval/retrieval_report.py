"""The product beside other systems on one retrieval task, with what chance leaves open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from embed import Encoder, open_encoder
from eval.bootstrap import RESAMPLES, Estimate, Values, estimates
from eval.rankers import bm25_ranker, dense_ranker, product_ranker, tfidf_ranker
from eval.retrieval import ALL, QueryScore, SystemReport, Task, measure

PRODUCT, DENSE = "product", "dense"
LEXICAL = BM25, TFIDF = ("bm25", "tfidf")
SYSTEMS = (PRODUCT, DENSE, *LEXICAL)
"""What is always measured; the product stands first."""

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class RetrievalLine:
    """Measures of one system on one type of query, over the queries that have an answer.

    `…_low` and `…_high` bound 95 % of the resampled means. `ahead` is nDCG@10 of the product
    less that of this system, paired query by query.
    """

    system: str
    queries: str
    count: int
    ndcg10: float
    ndcg10_low: float
    ndcg10_high: float
    recall20: float
    recall20_low: float
    recall20_high: float
    mrr: float
    mrr_low: float
    mrr_high: float
    ahead: float
    ahead_low: float
    ahead_high: float


@dataclass(frozen=True, slots=True)
class LexicalLine:
    """The product against the lexical system that is best on one type of query.

    `worse`: the whole interval of the paired difference lies below 0.
    """

    queries: str
    baseline: str
    ahead: float
    ahead_low: float
    ahead_high: float
    worse: bool


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """The share refused of some queries, all of which have an answer, or none has.

    `queries` is "all", a type or a part of the set. `low` and `high` bound 95 % of the resampled
    shares; a share of 0 or 1 has no spread, however few the queries.
    """

    queries: str
    with_answer: bool
    count: int
    refused: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often the product says "nothing similar", rightly and wrongly.

    `missed` are the ids of queries without an answer that were not refused, `wrong` those of
    queries with an answer that were; the counts are None, and there are no `lines`, where the
    product has no such answer.
    """

    without_answer: int
    rightly_refused: int | None
    with_answer: int
    wrongly_refused: int | None
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    lines: tuple[RefusalLine, ...]


@dataclass(frozen=True, slots=True)
class RetrievalFigures:
    """Sizes of the task, a line per system and query type ("all" first), and two verdicts.

    `never_worse`: on no type is the product worse than the best lexical system.
    """

    set: str
    rows: int
    names: int
    queries: int
    resamples: int
    lines: tuple[RetrievalLine, ...]
    against_lexical: tuple[LexicalLine, ...]
    never_worse: bool
    refusals: Refusals


def evaluate(
    task: Task,
    name: str,
    encoder: Encoder | None = None,
    beside: Mapping[str, Encoder] | None = None,
) -> RetrievalFigures:
    """Measure the product, its encoder alone, lexical systems, and further encoders by name.

    `name` is what the set is called, `encoder` the product's (None: the default model).

    :raises ModelError: the default model cannot be loaded.
    """
    encoder = encoder or open_encoder()
    rankers = {
        PRODUCT: product_ranker(task, encoder),
        DENSE: dense_ranker(task, encoder),
        BM25: bm25_ranker(task),
        TFIDF: tfidf_ranker(task),
    }
    rankers |= {other: dense_ranker(task, found) for other, found in (beside or {}).items()}
    return figures(task, name, [measure(task, system, rank) for system, rank in rankers.items()])


def figures(task: Task, name: str, systems: Sequence[SystemReport]) -> RetrievalFigures:
    """The figures of systems measured on one task; the first is the product."""
    types = dict.fromkeys(s.type for s in systems[0].scores if s.answerable)
    kinds = (ALL, *types)
    lines = [line for kind in kinds for line in _lines(kind, systems)]
    lexical = tuple(_against_lexical(kind, lines) for kind in kinds)
    return RetrievalFigures(
        set=name,
        rows=len(task.names),
        names=len(set(task.names)),
        queries=len(task.queries),
        resamples=RESAMPLES,
        lines=tuple(line for s in systems for line in lines if line.system == s.system),
        against_lexical=lexical,
        never_worse=not any(line.worse for line in lexical),
        refusals=refusals(systems[0]),
    )


def _lines(kind: str, systems: Sequence[SystemReport]) -> list[RetrievalLine]:
    """One line a system for one type of query."""
    measured = [_measures(system, kind) for system in systems]
    columns = [np.column_stack([own, measured[0][:, 0] - own[:, 0]]) for own in measured]
    found = estimates(np.concatenate(columns, axis=1))
    return [
        _line(system.system, kind, len(measured[0]), found[4 * place : 4 * place + 4])
        for place, system in enumerate(systems)
    ]


def _measures(system: SystemReport, kind: str) -> Values:
    """`(queries, 3)`: nDCG@10, Recall@20 and reciprocal rank of the queries with an answer."""
    scores = system.answerable(kind)
    rows = [(score.ndcg, score.recall, score.reciprocal_rank) for score in scores]
    return np.asarray(rows, np.float64).reshape(-1, 3)


def _line(system: str, kind: str, count: int, found: Sequence[Estimate]) -> RetrievalLine:
    numbers = [round(n, _DECIMALS) for e in found for n in (e.mean, e.low, e.high)]
    return RetrievalLine(system, kind, count, *numbers)


def _against_lexical(kind: str, lines: Sequence[RetrievalLine]) -> LexicalLine:
    baselines = [line for line in lines if line.queries == kind and line.system in LEXICAL]
    best = max(baselines, key=lambda line: line.ndcg10)
    return LexicalLine(
        queries=kind,
        baseline=best.system,
        ahead=best.ahead,
        ahead_low=best.ahead_low,
        ahead_high=best.ahead_high,
        worse=best.ahead_high < 0,
    )


def refusals(product: SystemReport) -> Refusals:
    """What the product refused, and what it should have."""
    known = all(score.refused is not None for score in product.scores)
    answered = [score for score in product.scores if score.answerable]
    unanswered = [score for score in product.scores if not score.answerable]
    missed = tuple(score.id for score in unanswered if not score.refused)
    wrong = tuple(score.id for score in answered if score.refused)
    return Refusals(
        without_answer=len(unanswered),
        rightly_refused=len(unanswered) - len(missed) if known else None,
        with_answer=len(answered),
        wrongly_refused=len(wrong) if known else None,
        missed=missed if known else (),
        wrong=wrong if known else (),
        lines=tuple(_refusal_lines(product.scores)) if known else (),
    )


def _refusal_lines(scores: Sequence[QueryScore]) -> Iterator[RefusalLine]:
    """With an answer first; all of them, then each type, then each part."""
    for with_answer in (True, False):
        some = [score for score in scores if score.answerable is with_answer]
        types = dict.fromkeys(score.type for score in some)
        parts = sorted({score.part for score in some if score.part})
        groups = {ALL: some} | {kind: [s for s in some if s.type == kind] for kind in types}
        groups |= {part: [s for s in some if s.part == part] for part in parts}
        for name, found in groups.items():
            if found:
                yield _refusal_line(name, found, with_answer=with_answer)


def _refusal_line(name: str, scores: Sequence[QueryScore], *, with_answer: bool) -> RefusalLine:
    refused = np.asarray([[bool(score.refused)] for score in scores], np.float64)
    share = estimates(refused)[0]
    return RefusalLine(
        queries=name,
        with_answer=with_answer,
        count=len(scores),
        refused=int(refused.sum()),
        share=round(share.mean, _DECIMALS),
        low=round(share.low, _DECIMALS),
        high=round(share.high, _DECIMALS),
    )
