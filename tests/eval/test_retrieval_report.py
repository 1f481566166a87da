"""What the report says of systems whose measures are known."""

import pytest

from eval.retrieval import ALL, QueryScore, SystemReport, Task
from eval.retrieval_report import SYSTEMS, RetrievalFigures, figures, refusals

NOTHING = Task((), (), (), ())


def system(
    name: str, *ndcg: float, refused: bool | None = None, kind: str = "term"
) -> SystemReport:
    """A system with these measures on queries of one type, and one query without an answer."""
    scores = [
        QueryScore(f"q{number}", "term", value, value / 2, 1.0, refused=refused)
        for number, value in enumerate(ndcg)
    ]
    none = QueryScore("none", "term", None, None, None, refused=refused)
    return SystemReport(name, (*scores, none))


def report(
    product: SystemReport, bm25: SystemReport, tfidf: SystemReport, *others: SystemReport
) -> RetrievalFigures:
    """Put the systems side by side; the encoder alone is as BM25."""
    dense = SystemReport("dense", bm25.scores)
    return figures(NOTHING, "made up", [product, dense, bm25, tfidf, *others])


LOW = (0.1, 0.2, 0.15, 0.1, 0.3, 0.2, 0.1, 0.25)
HIGH = tuple(value + 0.5 for value in LOW)
MIXED = tuple(1 - value for value in LOW[:4]) + LOW[4:]


def test_the_lines_in_order() -> None:
    found = report(
        system("product", *HIGH), system("bm25", *LOW), system("tfidf", *MIXED), system("x", *LOW)
    )
    assert [(line.system, line.queries) for line in found.lines] == [
        (name, kind) for name in (*SYSTEMS, "x") for kind in (ALL, "term")
    ]
    best = found.lines[0]
    assert best.count == 8
    assert best.ndcg10 == pytest.approx(0.675)
    assert best.recall20 == pytest.approx(0.675 / 2, abs=1e-4)
    assert (best.mrr, best.mrr_low, best.mrr_high) == (1, 1, 1)
    assert (best.ahead, best.ahead_low, best.ahead_high) == (0, 0, 0)
    assert best.ndcg10_low < best.ndcg10 < best.ndcg10_high
    lexical = next(line for line in found.lines if line.system == "bm25")
    assert (lexical.ahead, lexical.ahead_low, lexical.ahead_high) == (0.5, 0.5, 0.5)


def test_worse_than_the_best_lexical_system_of_a_type() -> None:
    found = report(system("product", *LOW), system("bm25", *LOW), system("tfidf", *HIGH))
    assert [line.baseline for line in found.against_lexical] == ["tfidf", "tfidf"]
    assert all(line.worse and line.ahead == -0.5 for line in found.against_lexical)
    assert not found.never_worse


def test_behind_by_chance_is_not_worse() -> None:
    less = tuple(value - 0.01 for value in MIXED)
    found = report(
        system("product", *reversed(less)), system("bm25", *MIXED), system("tfidf", *LOW)
    )
    assert not any(line.worse for line in found.against_lexical)
    assert found.against_lexical[0].ahead_low < 0 < found.against_lexical[0].ahead_high
    assert found.never_worse


@pytest.mark.parametrize(
    ("refused", "rightly", "wrongly"), [(True, 1, 8), (False, 0, 0), (None, None, None)]
)
def test_refusals(refused: bool | None, rightly: int | None, wrongly: int | None) -> None:
    product = system("product", *HIGH, refused=refused)
    found = report(product, system("bm25", *LOW), system("tfidf", *LOW)).refusals
    assert (found.without_answer, found.with_answer) == (1, 8)
    assert (found.rightly_refused, found.wrongly_refused) == (rightly, wrongly)
    assert found.missed == (("none",) if refused is False else ())
    assert len(found.wrong) == (8 if refused else 0)


def test_refusals_by_type_and_part() -> None:
    scores = [
        QueryScore("a", "term", 0.5, 0.5, 1.0, refused=False, part="kept"),
        QueryScore("b", "goal", 0.5, 0.5, 1.0, refused=True, part="kept"),
        QueryScore("c", "far", None, None, None, refused=True, part="other"),
    ]
    lines = refusals(SystemReport("product", tuple(scores))).lines
    assert [(line.queries, line.with_answer, line.count, line.refused) for line in lines] == [
        (ALL, True, 2, 1),
        ("term", True, 1, 0),
        ("goal", True, 1, 1),
        ("kept", True, 2, 1),
        (ALL, False, 1, 1),
        ("far", False, 1, 1),
        ("other", False, 1, 1),
    ]
    assert (lines[0].share, lines[0].low, lines[0].high) == (0.5, 0, 1)
