"""A kept draft as a file: our own readers find the same rows in it, and no cell is a formula."""

from pathlib import Path

import pytest

from corpus.records import Indicator, Level2, Parsed, Source
from service.draft_files import SUFFIXES, draft_bytes
from service.draft_forms import FormKind
from service.draft_records import KeptDraft, KeptRow, Origin, in_form_order, kept_row
from service.parse import parse_files

ORIGIN = Origin(
    *("abc-i001", "砚禾县融媒体中心", "广播节目制作", 2024, "播出期数", "≥52期"),
    Source("砚禾.txt", "表1", 7),
)
ROWS = (
    kept_row("广播节目播出期数", "≥48期", level2=Level2.QUANTITY, description="全年播出的期数"),
    kept_row("培训人次", "200人次", level2=Level2.QUANTITY, origins=[ORIGIN]),
    kept_row("公众号粉丝数量", "≥5万人", level2=Level2.QUANTITY, description="年末粉丝总数"),
    kept_row("设备验收合格率", "=100%", level2=Level2.QUALITY, basis="验收规范"),
    kept_row("节目差错率", "≤0.5%", level2=Level2.QUALITY, description="差错条数占比"),
    kept_row("工程完工时间", "12月底前", level2=Level2.TIMELINESS),
    kept_row("项目总成本", "≤77.5万元", level2=Level2.COST, basis="项目预算"),
    kept_row("带动就业人数", "30-50人", level2=Level2.ECONOMIC),
    kept_row("群众知晓度", "明显提升", level2=Level2.SOCIAL),
    kept_row("听众满意度", "≥95%", level2=Level2.SATISFACTION, description="满意人数占比"),
)
DRAFT = KeptDraft(
    project="广播节目制作", unit="青禾县融媒体中心", budget_wan=77.5, rows=in_form_order(ROWS)
)


def read_back(draft: KeptDraft, kind: FormKind, suffix: str, folder: Path) -> list[Indicator]:
    path = folder / f"draft{suffix}"
    path.write_bytes(draft_bytes(draft, kind, suffix))
    ((_, parsed),) = parse_files([path])
    assert isinstance(parsed, Parsed)
    (project,) = parsed.projects
    assert (project.name, project.budget_wan) == (draft.project, draft.budget_wan)
    assert project.unit == draft.unit
    return list(project.indicators)


def told(row: Indicator) -> tuple[object, ...]:
    value = row.value
    level2 = Level2.COST if row.level2 is Level2.ECONOMIC_COST else row.level2
    words = "" if value.canonical_number is not None or value.deadline else value.raw
    return (
        row.name,
        level2,
        value.operator,
        value.canonical_number,
        value.number_high,
        value.canonical_measure,
        value.deadline,
        words,
    )


def expected(row: KeptRow) -> tuple[object, ...]:
    return told(row.indicator())


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", tuple(FormKind))
def test_the_same_rows_are_read_back(kind: FormKind, suffix: str, tmp_path: Path) -> None:
    found = read_back(DRAFT, kind, suffix, tmp_path)
    cost_last = kind is FormKind.HUNAN
    rows = sorted(DRAFT.rows, key=lambda row: cost_last and row.level2 is Level2.COST)
    assert [told(row) for row in found] == [expected(row) for row in rows]
    if kind is FormKind.HEBEI:
        assert [row.description for row in found] == [
            row.description or row.name for row in DRAFT.rows
        ]
        assert [row.basis for row in found] == [row.basis for row in DRAFT.rows]


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    signs = ("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)")
    rows = tuple(kept_row(f"{sign}名", sign, description=sign, basis=sign) for sign in signs)
    path = tmp_path / "draft.xlsx"
    for kind in FormKind:
        path.write_bytes(draft_bytes(KeptDraft(project="=1", unit="@x", rows=rows), kind, ".xlsx"))
        for sheet in load_workbook(path).worksheets:
            cells = [cell for line in sheet.iter_rows() for cell in line if cell.value]
            assert {cell.data_type for cell in cells} == {"s"}


def test_every_row_names_its_source(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "draft.xlsx"
    path.write_bytes(draft_bytes(DRAFT, FormKind.HEBEI, ".xlsx"))
    lines = [str(line[0].value) for line in load_workbook(path)["来源"].iter_rows()]
    assert sum(line.endswith("自行填写。") for line in lines) == len(ROWS) - 1
    (source,) = [line for line in lines if "出自" in line]
    assert "砚禾县融媒体中心" in source and "播出期数，≥52期。出自 砚禾.txt 表1 第7行" in source
