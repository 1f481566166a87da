"""Our own retrieval set: its files are sound, and no query is one that anything was trained on."""

import json
from collections import Counter
from pathlib import Path

import pytest

from errors import UsageError
from eval import own_set
from eval.metrics import RELEVANT
from eval.own_set import (
    OWN,
    OWN2,
    UNANSWERED,
    OwnRow,
    Part,
    QueryType,
    own_grades,
    own_queries,
    own_rows,
    own_task,
    written_rows,
)
from eval.retrieval import Query
from index.texts import indexed_form
from knowledge.concepts import LEVEL2, concepts

FIRST_TYPES = ("term", "synonym", "colloquial", "goal", "cross")
QUERIES_OF_TYPE = {
    OWN: {**dict.fromkeys(FIRST_TYPES, 14), "absent": 20, "far": 10},
    OWN2: {
        **{"term": 24, "synonym": 24, "colloquial": 32, "abbreviation": 17, "note": 22},
        **{"typo": 18, "wording": 19, "goal": 16, "cross": 16},
        **{"near": 30, "homonym": 12, "absent": 14, "far": 20, "noise": 14},
    },
}
# The grade that some name has at least for a query with an answer.
LEAST_ANSWER = {OWN: 3, OWN2: RELEVANT}
# Of so many written names so many at most are those of concepts, which the encoder was trained on.
WRITTEN = {OWN: (348, 8), OWN2: (485, 34)}
LONG_GOAL = range(100, 251)
SHORT_GOAL = range(15, 61)


@pytest.fixture(scope="module", params=[OWN, OWN2])
def chosen(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def rows(chosen: str) -> tuple[OwnRow, ...]:
    return own_rows(chosen)


@pytest.fixture(scope="module")
def queries(chosen: str) -> tuple[Query, ...]:
    return own_queries(chosen)


def test_every_graded_name_is_in_the_rows(chosen: str, rows: tuple[OwnRow, ...]) -> None:
    names = {row.name for row in rows}
    assert {grade.name for grade in own_grades(chosen)} - names == set()


def test_a_name_has_one_grade_of_three_for_a_query_that_exists(
    chosen: str, queries: tuple[Query, ...]
) -> None:
    pairs = Counter((grade.query, grade.name) for grade in own_grades(chosen))
    assert [pair for pair, n in pairs.items() if n > 1] == []
    assert {grade.grade for grade in own_grades(chosen)} == {1, 2, 3}
    assert {grade.query for grade in own_grades(chosen)} <= {query.id for query in queries}


def test_types_are_complete_and_no_query_stands_twice(
    chosen: str, queries: tuple[Query, ...]
) -> None:
    assert Counter(query.type for query in queries) == QUERIES_OF_TYPE[chosen]
    assert len({query.id for query in queries}) == len(queries)
    assert len({indexed_form(query.text) for query in queries}) == len(queries)


def test_an_answer_is_there_where_the_type_says_so(chosen: str, queries: tuple[Query, ...]) -> None:
    least = LEAST_ANSWER[chosen]
    for query in queries:
        best = max(query.grades.values(), default=0)
        assert (best < RELEVANT) if query.type in UNANSWERED else (best >= least), query.id


def test_goals_are_sentences_and_four_are_paragraphs() -> None:
    lengths = [len(query.text) for query in own_queries() if query.type == QueryType.GOAL]
    assert sum(length in LONG_GOAL for length in lengths) == 4
    assert all(length in LONG_GOAL or length in SHORT_GOAL for length in lengths)


def test_no_query_was_seen_in_training_or_is_judged_elsewhere(queries: tuple[Query, ...]) -> None:
    pairs = (own_set.DATA / "band_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    seen = {text for concept in concepts() for text in (concept.name, *concept.phrasings)}
    seen |= {json.loads(line)[field] for line in pairs for field in ("query", "name")}
    known = {indexed_form(text) for text in seen}
    assert [query.text for query in queries if indexed_form(query.text) in known] == []


def test_written_rows_are_new_names(chosen: str) -> None:
    names = [row.name for row in written_rows(chosen)]
    trained = {text for concept in concepts() for text in (concept.name, *concept.phrasings)}
    count, verbatim = WRITTEN[chosen]
    assert len(names) == count
    assert len(set(names)) == len(names)
    assert sum(name in trained for name in names) <= verbatim
    assert all(name == name.strip() and name for name in names)


def test_the_rows_of_the_second_judge_are_whole_and_of_no_name_of_the_first() -> None:
    rows = written_rows(OWN2)
    assert {row.name for row in rows} & {row.name for row in own_rows()} == set()
    assert {f"{name}指标" for name in LEVEL2} >= {row.level2 for row in rows}
    assert all(row.project and row.value for row in rows)


def test_the_halves_of_the_second_set_are_fixed() -> None:
    queries = own_queries(OWN2)
    assert Counter(query.part for query in queries) == {Part.DEVELOPMENT: 137, Part.HELD_OUT: 141}
    assert {query.part for query in own_queries()} == {""}
    told = {query.text: query.part for query in queries}
    assert told["案件办结数量"] == Part.DEVELOPMENT
    assert told["婴幼儿托位数"] == Part.HELD_OUT


def test_rows_stand_once_and_the_task_pairs_them(chosen: str, rows: tuple[OwnRow, ...]) -> None:
    task = own_task(chosen)
    assert len(set(rows)) == len(rows) == len(task.names) == len(task.texts)
    assert OwnRow("每公里补助标准", "", "农村公路建设与养护") in rows
    assert "寄宿生补助标准（小学） 元/生·年" in task.texts


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("own_grades.tsv", "o001\t病险库除险加固座数"),
        ("own_grades.tsv", "o001\t病险库除险加固座数\t三"),
        ("own_queries.jsonl", '{"id": "o001"'),
        ("own_queries.jsonl", '{"id": "o001", "text": "巡河"}'),
        ("own_queries.jsonl", '{"id": "o001", "type": "poem", "text": "巡河"}'),
    ],
)
def test_a_damaged_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, text: str
) -> None:
    for name in ("own_grades.tsv", "own_queries.jsonl"):
        (tmp_path / name).write_bytes((own_set.DATA / name).read_bytes())
    (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.setattr(own_set, "DATA", tmp_path)
    with pytest.raises(UsageError, match=file):
        own_queries()
