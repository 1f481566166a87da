"""Records to the JSON lines of the contract and back; lines of other writers."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.jsonlines import (
    LONGEST_LINE,
    from_lines,
    looks_like_lines,
    parsed_lines,
    remark_line,
    to_lines,
)
from corpus.records import (
    Goal,
    GradeStandard,
    Indicator,
    Level1,
    Level2,
    Masked,
    MeasureFrom,
    Operator,
    Parsed,
    Project,
    ProjectKind,
    Quantity,
    Remark,
    Source,
    SpendingStep,
    Value,
    ValueKind,
)
from errors import NoTableError, UnreadableError

PROJECT = Project(
    unit="怀来县融媒体中心",
    name="公众号运维",
    code="13073000",
    year=2023,
    budget_wan=12.5,
    spending_plan=(SpendingStep("3月底", "25%", 25.0),),
    goals=(Goal(1, "播出240期", quantities=(Quantity(240.0, "期", "240期"),)),),
    indicators=(
        Indicator(
            "粉丝量",
            Value(
                raw="≥5万人",
                kind=ValueKind.NUMERIC,
                operator=Operator.AT_LEAST,
                number=5.0,
                measure="万人",
                measure_from=MeasureFrom.VALUE,
                canonical_number=50000.0,
                canonical_measure="人",
            ),
            level1=Level1.OUTPUT,
            level2=Level2.QUANTITY,
            level1_raw="产出指标",
            level2_raw="数量指标",
            grades=(GradeStandard("优", "100%"), GradeStandard("差", "60%以下")),
            source=Source("a.txt", "表1", 12),
        ),
    ),
)

# DESIGN, section 5: the minimum of every line.
CONTRACT = {
    "project": "type unit unit_code project project_code year year_inferred budget_wan kind "
    "purpose goal spending_plan",
    "goal": "type unit project order text",
    "indicator": "type unit project project_code year budget_wan level1 level2 level1_raw "
    "level2_raw name description basis weight actual grades area value source",
    "problem": "type file place reason",
    "note": "type file place reason",
}
VALUE_KEYS = (
    "raw kind echo unreadable operator number number_high measure measure_from "
    "canonical_number canonical_measure deadline"
)


def encoded(lines: list[Any]) -> bytes:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_round_trip(any_project: st.SearchStrategy[Project], data: st.DataObject) -> None:
    project = data.draw(any_project)
    assert from_lines(encoded(list(to_lines(project))), "x").projects == (project,)


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_round_trip_of_whole_documents(
    any_parsed: st.SearchStrategy[Parsed], data: st.DataObject
) -> None:
    parsed = replace(data.draw(any_parsed), masked=Masked())  # lines say it in a note
    lines = list(parsed_lines(parsed))
    if parsed.projects:
        assert looks_like_lines(encoded(lines))
        assert from_lines(b"\xef\xbb\xbf\n" + encoded(lines), "x") == parsed


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_lines_hold_every_key(any_parsed: st.SearchStrategy[Parsed], data: st.DataObject) -> None:
    for line in parsed_lines(data.draw(any_parsed)):
        kind = str(line["type"])
        assert set(CONTRACT[kind].split()) <= line.keys()
        if kind == "indicator":
            assert isinstance(line["value"], dict)
            assert list(line["value"]) == VALUE_KEYS.split()
            assert line["level1"] in {"", *Level1}


def test_lines_say_what_the_contract_says() -> None:
    project, goal, indicator = to_lines(PROJECT)
    assert project["spending_plan"] == [{"by": "3月底", "share": "25%", "percent": 25.0}]
    assert (project["purpose"], project["year_inferred"], project["kind"]) == ("", None, "project")
    assert goal["quantities"] == [{"number": 240.0, "measure": "期", "text": "240期"}]
    assert indicator["grades"] == {"优": "100%", "差": "60%以下"}
    assert indicator["source"] == {"file": "a.txt", "place": "表1", "row": 12}
    assert indicator["project_code"] == "13073000"
    remark = Remark("a.txt", "line 3", "left out")
    assert remark_line("note", remark) == {
        "type": "note",
        "file": "a.txt",
        "place": "line 3",
        "reason": "left out",
    }


def test_no_text_of_a_repeated_grade_is_lost() -> None:
    twice = Indicator("x", grades=(GradeStandard("优", "甲"), GradeStandard("优", "乙")))
    line = list(to_lines(Project(indicators=(twice,))))[1]
    assert line["grades"] == {"优": "甲；乙"}


def test_rows_without_a_project_line_are_put_together() -> None:
    def row(unit: str, project: str, name: str, **more: object) -> dict[str, object]:
        return {"type": "indicator", "unit": unit, "project": project, "name": name, **more}

    lines = [
        row("甲", "运维", "一", project_code="7", year=2023, budget_wan=3),
        row("乙", "运维", "二", project_code="7", year=2023),
        row("甲", "运维", "三", project_code="7", year=2023),
        row("甲", "运维", "四", project_code="7", year=2024),
        row("甲", "", "五"),
        {"type": "goal", "unit": "乙", "project": "运维", "text": "目标"},
        {"type": "goal", "unit": "乙", "project": "运维", "text": "目标二"},
    ]
    found = from_lines(encoded(lines), "x").projects
    assert [(p.unit, p.name, p.year, [i.name for i in p.indicators]) for p in found] == [
        ("甲", "运维", 2023, ["一", "三"]),
        ("乙", "运维", 2023, ["二"]),
        ("甲", "运维", 2024, ["四"]),
        ("甲", "", None, ["五"]),
    ]
    assert found[0].budget_wan == 3
    assert found[3].kind is ProjectKind.WHOLE_UNIT
    assert [(goal.order, goal.text) for goal in found[1].goals] == [(1, "目标"), (2, "目标二")]


def test_rows_that_name_another_project_leave_the_one_before_them() -> None:
    other = replace(PROJECT, name="云平台", code="13073001", goals=(), indicators=())
    heads = [line for p in (PROJECT, other) for line in to_lines(p) if line["type"] == "project"]
    rows = [line for line in to_lines(PROJECT) if line["type"] != "project"]
    bare = {"type": "indicator", "name": "到场"}  # says nothing: belongs to the last head
    found = from_lines(encoded([*heads, *rows, bare]), "x").projects
    assert found == (PROJECT, replace(other, indicators=found[1].indicators))
    assert [indicator.name for indicator in found[1].indicators] == ["到场"]


def test_unknown_words_stay_raw() -> None:
    line = {
        "type": "indicator",
        "name": "x",
        "level1": "预期产出",
        "level2": "产出数量",
        "level2_raw": "产出数量指标",
        "value": {"raw": "≥95%", "kind": "rate", "operator": "no less than"},
    }
    (indicator,) = from_lines(encoded([line]), "x").projects[0].indicators
    assert (indicator.level1, indicator.level1_raw) == (None, "预期产出")
    assert (indicator.level2, indicator.level2_raw) == (None, "产出数量指标")
    assert indicator.value.raw == "≥95%"
    assert (indicator.value.kind, indicator.value.number) == (ValueKind.NUMERIC, 95)


def test_a_value_may_come_as_text() -> None:
    lines = [{"type": "indicator", "name": "x", "value": value} for value in ("≥95%", 12, None)]
    values = [row.value for row in from_lines(encoded(lines), "x").projects[0].indicators]
    assert [value.number for value in values] == [95, 12, None]
    assert [value.kind for value in values] == ["numeric", "numeric", "empty"]


BAD = [
    b"{not json",
    b'["a", "list"]',
    b'{"type": "hit", "rank": 1}',
    b"\xb2\xfa\xb3\xf6",  # GB18030
    b'{"type": "indicator", "name": ["x"]}',
    b'{"type": "indicator", "name": "x", "weight": "ten"}',
    b'{"type": "indicator", "name": "x", "weight": 1e999}',
    b'{"type": "indicator", "name": "x", "weight": NaN}',
    b'{"type": "indicator", "name": "x", "weight": true}',
    b'{"type": "indicator", "name": "x", "value": {"kind": "numeric", "echo": "yes"}}',
    b'{"type": "indicator", "name": "x", "grades": {"a": []}}',
    b'{"type": "project", "year": 2023.5}',
    b'{"type": "project", "year": 1e300}',
    b'{"type": "project", "spending_plan": {"by": "3"}}',
    b'{"type": "goal", "text": "x", "quantities": [{"text": "240"}]}',
    b'{"type": "goal", "text": "\\ud800"}',
    b"[" * 100_000,
    b'{"type": "project", "unit": "' + b"x" * LONGEST_LINE + b'"}',
    b'{"type": "project", "year": ' + b"9" * 5000 + b"}",
]


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_a_bad_line_costs_itself_only(bad: bytes) -> None:
    good = encoded(list(to_lines(PROJECT)))
    parsed = from_lines(b"\n" + bad + b"\r\n" + good, "a.jsonl")
    assert parsed.projects == (PROJECT,)
    (problem,) = parsed.problems
    assert (problem.file, problem.place) == ("a.jsonl", "line 2")
    assert problem.reason.startswith("line left out: ")
    assert len(problem.reason) < 200
    with pytest.raises(UnreadableError, match=r"a\.jsonl.*line 1"):
        from_lines(bad, "a.jsonl")


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    looks_like_lines(data)
    with pytest.raises(UnreadableError):
        from_lines(data, "x")


def test_remarks_alone_are_no_document() -> None:
    with pytest.raises(NoTableError, match="remarks only"):
        from_lines(encoded([remark_line("problem", Remark("a", "", "b"))]), "x")
    with pytest.raises(UnreadableError):
        from_lines(b" \n", "x")


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"{}", b'{"type": 3}', b'{"type": "hit"}', b"[1]", b'"type"', b"{" * 9, b"\xff{}"],
)
def test_other_files_are_not_taken_for_lines(data: bytes) -> None:
    assert not looks_like_lines(data)


def test_one_endless_line_is_not_taken_for_lines() -> None:
    assert not looks_like_lines(b'{"type": "note", "reason": "' + b"x" * LONGEST_LINE + b'"}')
