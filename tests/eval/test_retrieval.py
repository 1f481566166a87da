import json
from collections.abc import Callable
from pathlib import Path

import pytest

from embed import DEFAULT_MODEL, open_encoder
from errors import ModelError, UsageError
from eval.commands import retrieval
from eval.rankers import bm25_ranker, dense_ranker, product_ranker, tfidf_ranker
from eval.retrieval import ALL, Ranker, Ranking, Task, measure, rank_names

SHARED_EVAL = Path(__file__).parents[2].parent / "shared" / "eval"

ROWS = [
    ("r1", "培训人数", "参训人员", "干部培训"),
    ("r2", "粉丝量", "", "融媒体宣传"),
    ("r3", "培训人数", "", "干部培训"),
    ("r4", "满意度", "", ""),
]
QUERY_TYPES = {ALL, "term", "synonym", "colloquial", "goal", "cross"}
QUERIES = [("q1", "term", "培训人数"), ("q2", "goal", "粉丝量"), ("q3", "goal", "航天")]
GRADES = [("q1", "r1", 1), ("q1", "r3", 3), ("q1", "r2", 2), ("q2", "r2", 3), ("q3", "r4", 1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keys = ("id", "name", "description", "project")
    rows = [dict(zip(keys, row, strict=True)) for row in ROWS]
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
    assert task.projects == ("干部培训", "融媒体宣传", "干部培训", "")
    assert task.queries[0].grades == {"培训人数": 3, "粉丝量": 2}


def test_distinct_names_count_once_by_their_best_row() -> None:
    assert rank_names(["甲", "乙", "甲", "丙"], [0.1, 0.5, 0.9, 0.5]) == ["甲", "丙", "乙"]


def test_measures_by_hand(folder: Path) -> None:
    task = Task.load(folder)
    # 粉丝量 first, then 培训人数, then (not named) 满意度, whatever is asked
    fixed = Ranking(["粉丝量", "培训人数", "粉丝量"], refused=False)
    report = measure(task, "fixed", lambda query: fixed)
    first, second, third = report.scores
    assert first.reciprocal_rank == 1
    assert first.ndcg == pytest.approx((3 + 7 * 0.63093) / (7 + 3 * 0.63093), abs=1e-4)
    assert (second.ndcg, second.recall, second.reciprocal_rank) == (1, 1, 1)
    assert (third.ndcg, third.recall, third.reciprocal_rank) == (None, None, None)
    assert [score.answerable for score in report.scores] == [True, True, False]
    assert report.ndcg("goal") == 1
    assert report.ndcg(ALL) == pytest.approx((1 + (first.ndcg or 0)) / 2)


def test_a_system_that_answers_nothing_scores_by_the_order_of_names(folder: Path) -> None:
    report = measure(Task.load(folder), "silent", lambda query: Ranking([], refused=True))
    assert report.scores[0].reciprocal_rank == 1  # 培训人数 is the first of all names
    assert report.scores[1].reciprocal_rank == 1 / 3
    assert all(score.refused for score in report.scores)


def task_of(*names: str, projects: tuple[str, ...] = ()) -> Task:
    return Task(names, ("",) * len(names), names, (), projects)


@pytest.mark.parametrize("make", [tfidf_ranker, bm25_ranker])
def test_lexical_rankers_find_the_equal_text(make: Callable[[Task], Ranker]) -> None:
    names = ("培训人数", "粉丝量", "森林覆盖率", "群众满意度")
    rank = make(task_of(*names))
    for name in names:
        assert rank(name).names[0] == name
    assert list(rank("zzz").names) == sorted(names)
    assert rank("zzz").refused is None


def test_dense_ranks_by_the_cosine() -> None:
    task = task_of("粉丝量", "培训人数", "")
    assert dense_ranker(task, open_encoder())("培训人数").names[0] == "培训人数"


def test_the_product_is_asked_as_it_stands() -> None:
    names = ("培训人数", "粉丝量", "培训人数", "群众满意度")
    task = task_of(*names, projects=("甲项目", "", "乙项目", "甲项目"))
    rank = product_ranker(task, open_encoder())
    for name in names:
        assert rank(name).names[0] == name
        assert not rank(name).refused
    assert set(rank("培训").names) <= set(names)


def test_the_command_measures_all_systems_side_by_side(folder: Path) -> None:
    beside = [f"second={DEFAULT_MODEL}"]
    found = retrieval(folder, beside=beside)
    assert (found.set, found.rows, found.names, found.queries) == (str(folder), 4, 3, 3)
    systems = list(dict.fromkeys(line.system for line in found.lines))
    assert systems == ["product", "dense", "bm25", "tfidf", "second"]
    assert [line.queries for line in found.lines[:3]] == [ALL, "term", "goal"]
    assert {line.mrr for line in found.lines} == {1}
    dense, second = ([x for x in found.lines if x.system == s] for s in ("dense", "second"))
    assert [(x.ndcg10, x.ahead) for x in dense] == [(x.ndcg10, x.ahead) for x in second]


@pytest.mark.parametrize("pair", ["first", "=folder", "name=", "bm25=folder"])
def test_an_encoder_that_is_not_named_right(pair: str, folder: Path) -> None:
    with pytest.raises(UsageError, match=r"--beside expects .* found"):
        retrieval(folder, beside=[pair])


def test_an_encoder_that_is_not_there(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"expected .* found"):
        retrieval(folder, beside=["first=/no/such/folder"])


def test_a_set_that_is_not_there(folder: Path) -> None:
    with pytest.raises(UsageError, match="shared, own, own2, found 'mine'"):
        retrieval(chosen="mine")
    with pytest.raises(UsageError, match="found both"):
        retrieval(folder, "own")


@pytest.mark.parametrize("name", ["indicators.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_or_damaged_file_is_a_usage_error(folder: Path, name: str) -> None:
    (folder / name).write_text("head\n{broken\t", encoding="utf-8")
    with pytest.raises(UsageError, match=r"expected .* found"):
        Task.load(folder)
    (folder / name).unlink()
    with pytest.raises(UsageError, match="FileNotFoundError"):
        Task.load(folder)


def test_the_product_beats_what_words_alone_find() -> None:
    if not SHARED_EVAL.is_dir():
        pytest.skip("the shared evaluation data are not here")
    found = retrieval()
    assert found.set == "shared"
    assert {line.queries for line in found.lines} == QUERY_TYPES
    assert found.never_worse
    ahead = {line.queries: line.ahead_low for line in found.against_lexical}
    assert min(ahead[kind] for kind in (ALL, "synonym", "colloquial")) > 0
    assert found.refusals.without_answer == 5
