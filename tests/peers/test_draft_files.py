"""Drafted tables as files: what our own readers find in them is what was drafted."""

from pathlib import Path

import pytest

from corpus.records import Level2, Parsed
from errors import UsageError
from peers.tables import DraftTable, ProjectDraft
from service.draft_files import SUFFIXES, write_draft
from service.draft_forms import Form, FormKind, filled_form, source_lines
from service.draft_made import kept_table
from service.draft_records import KeptDraft
from service.parse import parse_files
from service.suggest import Advisor
from tests.peers.conftest import UNITS


@pytest.fixture(scope="module")
def table(advisor: Advisor) -> DraftTable:
    """A table to write."""
    return advisor.draft(ProjectDraft("广播节目制作", budget_wan=77.5, exclude_unit=UNITS[0]))


@pytest.fixture(scope="module")
def draft(table: DraftTable) -> KeptDraft:
    """That table as a draft."""
    return kept_table(table, "砚禾县融媒体中心")


def _printed(form: Form) -> list[tuple[str, str]]:
    """Level 2 and name of every row of a form; a blank level 2 is that of the row above."""
    rows: list[tuple[str, str]] = []
    for _, level2, name, *_ in form.table[1:]:
        rows.append((level2 or rows[-1][0], name))
    return rows


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", tuple(FormKind))
def test_a_file_reads_back(
    kind: FormKind, suffix: str, table: DraftTable, draft: KeptDraft, tmp_path: Path
) -> None:
    path = tmp_path / f"draft{suffix}"
    write_draft(path, draft, kind)
    ((_, parsed),) = parse_files([path])
    assert isinstance(parsed, Parsed)
    (project,) = parsed.projects
    assert (project.name, project.budget_wan) == ("广播节目制作", 77.5)
    read = project.indicators
    assert [(row.level2_raw, row.name) for row in read] == _printed(filled_form(draft, kind))
    drafted = {row.name: row.suggestion for row in table.indicators}
    for row in read:
        suggestion = drafted[row.name]
        assert suggestion is not None
        if suggestion.deadline:
            assert row.value.deadline == suggestion.deadline
        else:
            assert row.value.canonical_number == pytest.approx(suggestion.number)
            assert row.value.operator == suggestion.operator


def test_a_target_is_no_formula(draft: KeptDraft, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "draft.xlsx"
    write_draft(path, draft, FormKind.HEBEI)
    book = load_workbook(path)
    assert book.sheetnames == ["绩效目标表", "来源"]
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert "=100%" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s"}


def test_cost_stands_where_each_form_has_it(draft: KeptDraft) -> None:
    hebei = filled_form(draft, FormKind.HEBEI).table
    hunan = filled_form(draft, FormKind.HUNAN).table
    assert [line[1] for line in hebei if line[2] == "项目总成本"] == ["成本指标"]
    assert hunan[-1][:3] == ("成本指标", "经济成本指标", "项目总成本")
    assert "成本指标" not in {line[0] for line in hebei}


def test_sources_name_every_example(table: DraftTable, draft: KeptDraft) -> None:
    text = "\n".join(source_lines(draft))
    for row in table.indicators:
        assert row.name in text
        for peer in row.examples:
            assert f"{peer.name}，{peer.value}。出自 {peer.source.file}" in text
    assert {row.level2 for row in table.indicators} >= {Level2.COST, Level2.QUANTITY}


def test_another_suffix_or_no_room_is_refused(draft: KeptDraft, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.xlsx or \.docx"):
        write_draft(tmp_path / "draft.pdf", draft, FormKind.HEBEI)
    for suffix in SUFFIXES:
        with pytest.raises(UsageError, match="place to write to"):
            write_draft(tmp_path / "none" / f"draft{suffix}", draft, FormKind.HEBEI)
