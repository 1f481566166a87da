"""suggest and draft on the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import Answer, Run

Lines = Callable[[Answer], list[dict[str, Any]]]


def test_a_suggestion_or_a_refusal_is_an_answer(run: Run, home: Path, lines: Lines) -> None:
    done = run(
        "suggest", "--name", "校舍维修面积", "--level2", "数量指标", "--home", home, "--json"
    )
    assert done.exit_code == 0, done.stderr
    (answer,) = lines(done)
    assert (answer["suggestion"] is None) is (answer["refusal"] is not None)
    assert run("suggest", "--name", "社会影响力", "--home", home).exit_code == 0


def test_a_batch_is_answered_in_order_and_bad_lines_by_their_error(
    run: Run, home: Path, lines: Lines, tmp_path: Path
) -> None:
    asked = [
        {"id": "a", "name": "满意度", "level2": "满意度", "budget_wan": 12.5},
        {"id": "b", "name": "满意度", "level2": "幸福"},
        {"id": "c", "name": ""},
        {"id": "d", "name": "满意度", "budget_wan": "12"},
        {"id": "e", "name": "满意度", "where": {"year": 2024}, "scale_like": True},
        {"id": "f", "title": "满意度"},
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in asked) + "\nnone\n"
    path = tmp_path / "drafts.jsonl"
    path.write_text(text, "utf-8")
    done = run("suggest", "--batch", path, "--home", home)
    assert done.exit_code == 1
    found = lines(done)
    assert [line["id"] for line in found] == [*"abcdef", None]
    assert [("error" in line) for line in found] == [False, True, True, True, False, True, True]
    assert "level2 expects one of" in found[1]["error"]
    assert lines(run("suggest", "--batch", "-", "--home", home, stdin=text)) is not None


def test_wrong_options_are_one_line(run: Run, home: Path, refused: Callable[[Answer], str]) -> None:
    at = ("--home", home)
    assert "--name TEXT, or --batch" in refused(run("suggest", *at))
    assert "level2 expects" in refused(run("suggest", "--name", "x", "--level2", "y", *at))
    assert "budget_wan" in refused(run("suggest", "--name", "x", "--budget-wan", "-1", *at))
    assert "--where expects" in refused(run("suggest", "--name", "x", "--where", "y", *at))
    assert "expected a field" in refused(run("suggest", "--name", "x", "--where", "y=z", *at))
    assert "hebei, hunan" in refused(run("draft", "--project", "x", "--form", "y", *at))
    assert ".xlsx or .docx" in refused(run("draft", "--project", "x", "--out", "y.pdf", *at))


def test_a_draft_is_printed_and_written(run: Run, home: Path, lines: Lines, tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    asked = ("draft", "--project", "校舍维修改造", "--budget-wan", "50", "--home", home)
    done = run(*asked, "--out", path, "--form", "hunan", "--json")
    assert done.exit_code == 0, done.stderr
    (table,) = lines(done)
    assert path.stat().st_size > 1000
    assert all(row["support"]["n"] == len(table["similar_projects"]) for row in table["indicators"])
    assert "同类项目" in run(*asked).stdout
