"""Putting a misread row right from the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Lines = Callable[[Any], list[dict[str, Any]]]
NAME = "农村公路养护里程"


@pytest.fixture
def asked(run: Run, home: Path) -> Callable[..., Any]:
    """Run a verb on the home and give its JSON object."""

    def ask(*arguments: object) -> Any:  # noqa: ANN401 - any JSON
        done = run(*arguments, "--home", home, "--json")
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def hit(asked: Callable[..., Any], text: str = NAME) -> dict[str, Any]:
    found: dict[str, Any] = asked("search", text, "--top", 1)["hits"][0]
    return found


def test_a_corrected_row_is_found_by_what_is_right(asked: Callable[..., Any]) -> None:
    before = hit(asked)
    assert not before["corrected"]
    right = {"name": "村道除险里程", "value": "≥12.5公里"}
    done = asked("correct", before["id"], *(f"--set={k}={v}" for k, v in right.items()))
    assert done["record"] == before["id"]
    assert {(one["field"], one["new"]) for one in done["corrections"]} == set(right.items())
    after = hit(asked, right["name"])
    assert (after["id"], after["name"], after["value"]) == (before["id"], *right.values())
    assert after["corrected"]
    listed = asked("correct", "--list")["corrections"]
    assert listed == done["corrections"]
    undone = asked("correct", before["id"], "--undo")
    assert [one["id"] for one in undone["withdrawn"]] == [one["id"] for one in listed]
    assert asked("correct", "--list") == {"corrections": []}
    assert {k: hit(asked)[k] for k in ("id", "name", "value")} == {
        k: before[k] for k in ("id", "name", "value")
    }


def test_export_names_what_correct_takes(
    asked: Callable[..., Any], run: Run, lines: Lines, home: Path
) -> None:
    rows = lines(run("export", "--home", home))
    assert len({row["id"] for row in rows}) == len(rows)
    project = next(row for row in rows if row["type"] == "project")
    done = asked("correct", project["id"], "--set", "unit=某某县教育局")
    assert done["record"] != project["id"]
    exported = lines(run("export", "--home", home))
    changed = next(row for row in exported if row["id"] == done["record"])
    assert (changed["unit"], changed["corrected"]) == ("某某县教育局", True)
    assert sum(row["corrected"] for row in exported) == 1


def test_a_row_is_taken_out_and_comes_back(asked: Callable[..., Any]) -> None:
    own, before = hit(asked)["id"], asked("stats")["indicators"]
    done = asked("correct", own, "--delete")
    (made,) = done["corrections"]
    assert (made["field"], made["new"], made["in_effect"]) == ("row", "", True)
    assert asked("stats")["indicators"] == before - 1
    assert hit(asked)["id"] != own
    back = asked("correct", made["id"], "--undo")
    assert back["record"] == own
    assert asked("stats")["indicators"] == before
    assert hit(asked)["id"] == own


def test_people_see_tables(run: Run, home: Path, asked: Callable[..., Any]) -> None:
    own = hit(asked)["id"]
    assert "没有更正" in run("correct", "--list", "--home", home).stdout
    made = run("correct", own, "--set", "value=≥99%", "--home", home)
    assert made.exit_code == 0
    assert all(word in made.stdout for word in ("已更正", "指标值", "≥99%", "已生效"))
    assert "没有改动" in run("correct", own, "--set", "basis=", "--home", home).stdout
    assert "已撤销：c1" in run("correct", "c1", "--undo", "--home", home).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--list"),
        (("OWN",), "--set"),
        (("OWN", "--list"), "--list"),
        (("OWN", "--delete", "--undo"), "--delete"),
        (("OWN", "--set", "value"), "field=text"),
        (("OWN", "--set", "value=1", "--set", "value=2"), "twice"),
        (("OWN", "--set", "colour=red"), "colour"),
        (("OWN", "--set", "level2=杂项"), "level2"),
        (("OWN", "--undo"), "--list"),
        (("c7", "--undo"), "c7"),
        (("nothing", "--delete"), "nothing"),
        (("OWN", "--delete", "--model", "none/such"), "none/such"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    run: Run,
    home: Path,
    asked: Callable[..., Any],
    refused: Callable[[Any], str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    own = hit(asked)["id"]
    given = [own if one == "OWN" else one for one in arguments]
    assert said in refused(run("correct", *given, "--home", home, "--json"))
    assert asked("correct", "--list") == {"corrections": []}


def test_ingest_and_parse_count_what_they_mask(run: Run, lines: Lines, tmp_path: Path) -> None:
    form = tmp_path / "a.txt"
    form.write_text(
        "项目名称\t维修\t项目负责人\t李小兰\n填报单位\t某县教育局\t联系电话\t13812345678\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t培训人次\t≥120人次\n",
        "utf-8",
    )
    note = lines(run("parse", form, "--json"))[-1]
    assert note == {
        "type": "note",
        "file": "a.txt",
        "place": "",
        "reason": "masked: 1 name, 1 phone",
    }
    assert "masked: 1 name, 1 phone" in run("parse", form).stdout
    done = run("ingest", form, "--home", tmp_path / "home", "--json")
    assert json.loads(done.stdout)["masked"] == {
        "names": 1,
        "phones": 1,
        "ids": 0,
        "emails": 0,
        "accounts": 0,
    }
    again = run("ingest", form, "--home", tmp_path / "home")
    assert "姓名 1，电话 1" in again.stdout
    assert "李小兰" not in again.stdout
