"""check, similar and compare on the command line: answers, exit codes, reports."""

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
POLICE = SAMPLES / "004_A1_gongan.txt"
Run = Callable[..., Any]


def answer(done: Any) -> dict[str, Any]:  # noqa: ANN401
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_findings_name_their_rule_row_and_basis(run: Run, home: Path) -> None:
    done = run("check", POLICE, "--home", home, "--json")
    assert done.exit_code == 0
    found = answer(done)
    cost = next(one for one in found["findings"] if one["rule"] == "T02")
    assert cost["name"] == "维护成本控制率"
    assert cost["head"] == "适当性"
    assert cost["basis"] and cost["basis_status"] == "seen"
    assert POLICE.read_text("gb18030").splitlines()[cost["row"] - 1].strip() == cost["name"]
    assert {one["outcome"] for one in found["findings"]} == {"finding"}
    project = next(one for one in found["projects"] if "信号" in one["project"])
    assert cost["row"] in project["weak_rows"]
    assert 0 < project["measurable_share"] < 1
    assert found["summary"]["files"] == 1


def test_all_lists_the_other_outcomes(run: Run, home: Path) -> None:
    found = answer(run("check", POLICE, "--home", home, "--json", "--all", "--peers", "none"))
    outcomes = {one["outcome"] for one in found["findings"]}
    assert outcomes == {"finding", "pass", "not_applicable", "not_enough_data"}


def test_fail_on(run: Run, tmp_path: Path) -> None:
    good = tmp_path / "好.csv"
    with good.open("w", newline="", encoding="utf-8") as file:
        rows = [("二级指标", "三级指标", "指标值"), ("数量指标", "植树株数", "≥500株")]
        csv.writer(file).writerows(rows)
    for severity in ("error", "warning"):
        assert run("check", POLICE, "--peers", "none", "--fail-on", severity).exit_code == 1
    assert run("check", good, "--peers", "none", "--fail-on", "error").exit_code == 0
    assert run("check", good, "--fail-on", "grave").exit_code == 2


def test_a_folder_gives_one_summary_and_names_what_was_not_read(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("001_A1_jiaoyu.txt", "004_A1_gongan.txt"):
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    (folder / "empty.txt").touch()
    done = run("check", folder, "--home", tmp_path / "none", "--peers", "none", "--json")
    assert done.exit_code == 1
    found = answer(done)
    assert found["summary"]["files"] == 3
    assert found["summary"]["unread"] == 1
    assert [one["file"] for one in found["skipped"]] == ["empty.txt"]
    assert found["summary"]["peers"] is False


def test_reports_hold_the_table_and_the_findings(run: Run, home: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"意见{ending}" for ending in (".xlsx", ".docx", ".html")]
    options = [part for path in paths for part in ("--report", path)]
    assert run("check", POLICE, "--home", home, *options).exit_code == 0
    book = openpyxl.load_workbook(paths[0])
    sheet = book["逐条意见"]
    head = [cell.value for cell in sheet[1]]
    rows = [
        dict(zip(head, (str(c.value or "") for c in row), strict=True)) for row in sheet.iter_rows()
    ]
    row = next(row for row in rows if row["三级指标"] == "维护成本控制率")
    assert row["指标值"] == "≥95%"
    assert row["结论"] == "应当修改"
    assert "T02" in row["问题"] and "依据" in row["问题"]
    words = "\n".join(
        cell.text for table in docx.Document(str(paths[1])).tables for cell in table._cells
    )
    assert "维护成本控制率" in words and "T02" in words
    page = paths[2].read_text("utf-8")
    assert "维护成本控制率" in page and "T02" in page and "<script" not in page
    assert zipfile.is_zipfile(paths[0])


def test_a_document_cannot_put_formulas_or_markup_into_a_report(run: Run, tmp_path: Path) -> None:
    draft, book, page = (tmp_path / name for name in ("稿.csv", "意见.xlsx", "意见.html"))
    draft.write_text("二级指标,三级指标,指标值\n数量指标,=1+1<b>植树</b>,=cmd()\n", "utf-8")
    options = ("--peers", "none", "--report", book, "--report", page)
    assert run("check", draft, "--home", tmp_path / "none", *options).exit_code == 0
    cells = [cell for row in openpyxl.load_workbook(book)["逐条意见"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert "<b>" not in page.read_text("utf-8")


def test_what_cannot_be_done_is_said_in_one_line(
    run: Run, refused: Callable[..., str], home: Path, tmp_path: Path
) -> None:
    assert "--report" in refused(run("check", POLICE, "--home", home, "--report", "意见.pdf"))
    assert "found nothing" in refused(run("check", tmp_path / "无", "--home", home))
    assert "PROJECT" in refused(run("similar", "--home", home))
    assert "two projects" in refused(run("compare", "--home", home))
    assert "near it" in refused(run("similar", "没有", "--home", home))


@pytest.fixture
def ids(home: Path) -> list[str]:
    from service.home import Home

    with Home.open(home).store() as store:
        return [stored.id for stored in store.projects()]


def test_similar(run: Run, home: Path, ids: list[str]) -> None:
    found = answer(run("similar", ids[0], "--home", home, "--json"))
    assert ids[0] not in {hit["id"] for hit in found["hits"]}
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    beside = answer(run("similar", "--file", POLICE, "--home", home, "--json", "--top", "1"))
    assert len(beside["hits"]) == 1


def test_compare(run: Run, home: Path, ids: list[str]) -> None:
    found = answer(run("compare", ids[0], ids[1], "--file", POLICE, "--home", home, "--json"))
    assert [project["id"] for project in found["projects"]][:2] == ids[:2]
    assert all(len(row["cells"]) == len(found["projects"]) for row in found["rows"])
    for place, project in enumerate(found["projects"]):
        cells = [row["cells"][place] for row in found["rows"] if row["cells"][place]]
        assert len(cells) == project["indicators"]
