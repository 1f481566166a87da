"""Our own retrieval set: its files are sound, and no query is one that anything was trained on."""

import json
from collections import Counter
from pathlib import Path

import pytest

from errors import UsageError
from eval import own_set
from eval.metrics import RELEVANT
from eval.own_set import (
    UNANSWERED,
    OwnRow,
    QueryType,
    own_grades,
    own_queries,
    own_rows,
    own_task,
    written_rows,
)
from eval.retrieval import Query
from index.texts import indexed_form
from knowledge.concepts import concepts

QUERIES_OF_TYPE = {
    **{kind: 14 for kind in QueryType if kind not in UNANSWERED},
    QueryType.ABSENT: 20,
    QueryType.FAR: 10,
}
VERBATIM_CONCEPTS = 8  # of the written names: the encoder was trained on the concepts
LONG_GOAL = range(100, 251)
SHORT_GOAL = range(15, 61)


@pytest.fixture(scope="module")
def rows() -> tuple[OwnRow, ...]:
    return own_rows()


@pytest.fixture(scope="module")
def queries() -> tuple[Query, ...]:
    return own_queries()


def test_every_graded_name_is_in_the_rows(rows: tuple[OwnRow, ...]) -> None:
    names = {row.name for row in rows}
    assert {grade.name for grade in own_grades()} - names == set()


def test_a_name_has_one_grade_of_three_for_a_query_that_exists(queries: tuple[Query, ...]) -> None:
    pairs = Counter((grade.query, grade.name) for grade in own_grades())
    assert [pair for pair, n in pairs.items() if n > 1] == []
    assert {grade.grade for grade in own_grades()} == {1, 2, 3}
    assert {grade.query for grade in own_grades()} <= {query.id for query in queries}


def test_types_are_complete_and_no_query_stands_twice(queries: tuple[Query, ...]) -> None:
    assert Counter(query.type for query in queries) == QUERIES_OF_TYPE
    assert len({query.id for query in queries}) == len(queries)
    assert len({indexed_form(query.text) for query in queries}) == len(queries)


def test_an_answer_is_there_where_the_type_says_so(queries: tuple[Query, ...]) -> None:
    for query in queries:
        best = max(query.grades.values(), default=0)
        assert (best < RELEVANT) if query.type in UNANSWERED else (best == 3), query.id


def test_goals_are_sentences_and_four_are_paragraphs(queries: tuple[Query, ...]) -> None:
    lengths = [len(query.text) for query in queries if query.type == QueryType.GOAL]
    assert sum(length in LONG_GOAL for length in lengths) == 4
    assert all(length in LONG_GOAL or length in SHORT_GOAL for length in lengths)


def test_no_query_was_seen_in_training_or_is_judged_elsewhere(queries: tuple[Query, ...]) -> None:
    pairs = (own_set.DATA / "band_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    seen = {text for concept in concepts() for text in (concept.name, *concept.phrasings)}
    seen |= {json.loads(line)[field] for line in pairs for field in ("query", "name")}
    known = {indexed_form(text) for text in seen}
    assert [query.text for query in queries if indexed_form(query.text) in known] == []


def test_written_rows_are_new_names() -> None:
    names = [row.name for row in written_rows()]
    trained = {text for concept in concepts() for text in (concept.name, *concept.phrasings)}
    assert len(names) >= 250
    assert len(set(names)) == len(names)
    assert sum(name in trained for name in names) <= VERBATIM_CONCEPTS
    assert all(name == name.strip() and name for name in names)


def test_rows_stand_once_and_the_task_pairs_them(rows: tuple[OwnRow, ...]) -> None:
    task = own_task()
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
