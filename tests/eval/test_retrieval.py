import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from errors import UsageError
from eval.retrieval import (
    ALL,
    QUERY_TYPES,
    Ranker,
    Task,
    bm25_ranker,
    dense_ranker,
    evaluate,
    measure,
    rank_names,
    tfidf_ranker,
)

SHARED_EVAL = Path(__file__).parents[2].parent / "shared" / "eval"

ROWS = [
    ("r1", "培训人数", "参训人员"),
    ("r2", "粉丝量", ""),
    ("r3", "培训人数", ""),
    ("r4", "满意度", ""),
]
QUERIES = [("q1", "term", "培训人数"), ("q2", "goal", "粉丝量"), ("q3", "goal", "航天")]
GRADES = [("q1", "r1", 1), ("q1", "r3", 3), ("q1", "r2", 2), ("q2", "r2", 3), ("q3", "r4", 1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [{"id": i, "name": name, "description": text} for i, name, text in ROWS]
    queries = [{"qid": i, "type": kind, "query": text} for i, kind, text in QUERIES]
    grades = ["qid\tid\tgrade", *("\t".join(map(str, row)) for row in GRADES)]
    for name, items in (("indicators", rows), ("queries", queries)):
        lines = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("\n".join(grades) + "\n", encoding="utf-8")
    return tmp_path


def test_loading_takes_the_highest_grade_of_a_name(folder: Path) -> None:
    task = Task.load(folder)
    assert task.names == ("培训人数", "粉丝量", "培训人数", "满意度")
    assert task.texts == ("培训人数 参训人员", "粉丝量", "培训人数", "满意度")
    assert task.queries[0].grades == {"培训人数": 3, "粉丝量": 2}


def test_distinct_names_count_once_by_their_best_row() -> None:
    assert rank_names(["甲", "乙", "甲", "丙"], [0.1, 0.5, 0.9, 0.5]) == ["甲", "丙", "乙"]


def test_measures_by_hand(folder: Path) -> None:
    task = Task.load(folder)
    # 粉丝量 first, then 培训人数, then 满意度, whatever is asked
    report = measure(task, "fixed", lambda query: [0.1, 0.9, 0.2, 0.0])
    first, second, third = report.scores
    assert first.reciprocal_rank == 1
    assert first.ndcg == pytest.approx((3 + 7 * 0.63093) / (7 + 3 * 0.63093), abs=1e-4)
    assert (second.ndcg, second.recall, second.reciprocal_rank) == (1, 1, 1)
    assert (third.ndcg, third.recall, third.reciprocal_rank) == (None, None, None)
    assert report.ndcg("goal") == 1
    assert report.ndcg(ALL) == pytest.approx((1 + (first.ndcg or 0)) / 2)


@pytest.mark.parametrize("make", [tfidf_ranker, bm25_ranker])
def test_lexical_rankers_find_the_equal_text(make: Callable[[Sequence[str]], Ranker]) -> None:
    texts = ["培训人数", "粉丝量", "森林覆盖率", "群众满意度"]
    rank = make(texts)
    for place, text in enumerate(texts):
        scores = list(rank(text))
        assert scores.index(max(scores)) == place
    assert list(rank("zzz")) == [0, 0, 0, 0]


def test_evaluate(folder: Path) -> None:
    report = evaluate(folder)
    assert (report.rows, report.names, report.queries) == (4, 3, 3)
    assert [system.system for system in report.systems] == ["product", "tfidf", "bm25", "dense"]
    assert all(system.mrr(ALL) == 1 for system in report.systems)


@pytest.mark.parametrize("name", ["indicators.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_or_damaged_file_is_a_usage_error(folder: Path, name: str) -> None:
    (folder / name).write_text("head\n{broken\t", encoding="utf-8")
    with pytest.raises(UsageError, match=r"expected .* found"):
        Task.load(folder)
    (folder / name).unlink()
    with pytest.raises(UsageError, match="FileNotFoundError"):
        Task.load(folder)


def test_the_default_model_beats_character_tfidf() -> None:
    if not SHARED_EVAL.is_dir():
        pytest.skip("the shared evaluation data are not here")
    report = evaluate(SHARED_EVAL)
    scores = {system.system: system.ndcg(ALL) for system in report.systems}
    assert min(scores["dense"], scores["product"]) > scores["tfidf"]
    assert {query.type for query in Task.load(SHARED_EVAL).queries} == set(QUERY_TYPES)


def test_dense_scores_are_cosines() -> None:
    from embed import open_encoder

    rank = dense_ranker(["培训人数", ""], open_encoder())
    assert list(rank("培训人数")) == pytest.approx([1, 0], abs=1e-5)
