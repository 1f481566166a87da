"""Corrections from ingest to search, with the index in step."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.records import Indicator, Project, Source
from corpus.values import parse_value
from errors import HomeLockedError, UsageError
from index.results import Hit, Scope, SearchRequest
from service.correct import correct, corrections, strike, undo
from service.home import Home
from service.refresh import ingest
from service.report import export, write_lines
from service.search import Session

Write = Callable[..., Path]
ROWS = (("培训教师人次", "1200人次"), ("验收合格率", "95%"), ("学生受益人数", "5000人"))


def table(*rows: tuple[str, str], year: int = 2023) -> Project:
    return Project(
        unit="某县教育局",
        name="校舍维修",
        code="1307",
        year=year,
        indicators=tuple(
            Indicator(name, parse_value(raw), source=Source("a.txt", "", line))
            for line, (name, raw) in enumerate(rows, start=11)
        ),
    )


def best(home: Home, text: str, scope: Scope = Scope.INDICATOR) -> Hit:
    with Session.open(home) as session:
        assert not session.behind
        return session.search(SearchRequest(text, scope)).hits[0]


def names(home: Home, text: str) -> list[str]:
    with Session.open(home) as session:
        return [hit.name for hit in session.search(SearchRequest(text)).hits]


@pytest.fixture
def ready(home: Home, write: Write, documents: Path) -> Home:
    write("a.jsonl", table(*ROWS))
    ingest(home, [documents])
    return home


def test_search_shows_what_is_right_and_marks_it(ready: Home) -> None:
    own = best(ready, "培训教师人次")
    report = correct(ready, own.id, {"value": "≥1500人次", "name": "培训骨干教师人次"})
    assert report.record == own.id
    found = best(ready, "培训骨干教师")
    assert (found.id, found.value, found.corrected) == (own.id, "≥1500人次", True)
    assert not best(ready, "验收合格率").corrected
    assert not best(ready, "校舍维修", Scope.PROJECT).corrected
    correct(ready, own.project_id, {"name": "校舍加固"})
    assert best(ready, "校舍加固", Scope.PROJECT).corrected
    with Session.open(ready) as session:
        stored = session.project(best(ready, "校舍加固", Scope.PROJECT).id)
    assert {(one.field, one.old) for one in stored.corrections} == {
        ("name", "校舍维修"),
        ("name", "培训教师人次"),
        ("value", "1200人次"),
    }


def test_it_survives_another_ingest(ready: Home, write: Write, documents: Path) -> None:
    own = best(ready, "培训教师人次")
    correct(ready, own.id, {"value": "≥1500人次"})
    strike(ready, best(ready, "学生受益人数").id)
    for rows in (ROWS, (("新增一行", "3个"), *ROWS)):
        write("a.jsonl", table(*rows))
        ingest(ready, [documents])
        assert best(ready, "培训教师人次").value == "≥1500人次"
        assert "学生受益人数" not in names(ready, "学生受益人数")
        assert all(one.in_effect for one in corrections(ready).corrections)
    write("a.jsonl", table(("培训教师人次", "1300人次")))
    ingest(ready, [documents])
    assert best(ready, "培训教师人次").value == "1300人次"
    assert [bool(one.reason) for one in corrections(ready).corrections] == [True, True]


def test_prune_takes_the_document_and_leaves_the_correction(ready: Home, documents: Path) -> None:
    correct(ready, best(ready, "培训教师人次").id, {"value": "≥1500人次"})
    data = (documents / "a.jsonl").read_bytes()
    (documents / "a.jsonl").unlink()
    assert ingest(ready, [documents], prune=True).documents == 0
    (listed,) = corrections(ready).corrections
    assert not listed.in_effect
    assert "no longer in the corpus" in listed.reason
    (documents / "renamed.jsonl").write_bytes(data)
    ingest(ready, [documents])
    assert best(ready, "培训教师人次").value == "≥1500人次"


def test_an_export_carries_what_is_right(ready: Home, tmp_path: Path) -> None:
    correct(ready, best(ready, "培训教师人次").id, {"value": "≥1500人次"})
    strike(ready, best(ready, "学生受益人数").id)
    out = tmp_path / "all.jsonl"
    write_lines(out, export(ready))
    other = Home.open(tmp_path / "other", create=True)
    ingest(other, [out])
    with other.store() as store:
        rows = [row.indicator for row in store.indicators()]
        assert store.corrections() == ()
    assert [(row.name, row.value.number) for row in rows] == [
        ("培训教师人次", 1500),
        ("验收合格率", 95),
    ]
    ingest(ready, [out])  # beside its origin it changes nothing
    assert best(ready, "培训教师人次").count == 1
    assert best(ready, "培训教师人次").corrected


def test_undo_by_record_or_by_number(ready: Home) -> None:
    own = best(ready, "培训教师人次")
    made = correct(ready, own.id, {"value": "≥1500人次", "basis": "规划"}).corrections
    undo(ready, made[1].id)
    assert [one.field for one in corrections(ready).corrections] == [made[0].field]
    report = undo(ready, own.id)
    assert (report.record, [one.reason for one in report.withdrawn]) == (own.id, ["withdrawn"])
    assert corrections(ready).corrections == ()
    assert best(ready, "培训教师人次").value == own.value
    for name in (own.id, made[0].id, "", "c"):
        with pytest.raises(UsageError):
            undo(ready, name)


def test_nothing_is_done_without_the_right_to_write(ready: Home) -> None:
    own = best(ready, "培训教师人次")
    with ready.writing("ingest"), pytest.raises(HomeLockedError):
        correct(ready, own.id, {"value": "≥1500人次"})
    with pytest.raises(UsageError):
        correct(ready, own.id, {})
    assert corrections(ready).corrections == ()
