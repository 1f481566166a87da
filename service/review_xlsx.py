"""A review as a workbook: the whole, a sheet of all rows with their findings, the rules."""

import io
from typing import TYPE_CHECKING

from knowledge.rules import Severity
from service.office_text import put_text
from service.review_report import BASIS_NAMES, HEADS, SEVERITY_NAMES, Report

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


_COLOURS = {Severity.ERROR: "F8D7DA", Severity.WARNING: "FFF0CC", Severity.HINT: "EAF3FF"}
_WIDTHS = (6, 12, 14, 26, 20, 26, 16, 11, 60, 40, 40)


def to_xlsx(report: Report) -> bytes:
    """The report as the bytes of a workbook. Cells hold texts only, never formulas."""
    import openpyxl

    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "总体情况"
    _summary(first, report)
    _rows(book.create_sheet("逐条意见"), report)
    _rules(book.create_sheet("规则说明"), report)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _summary(sheet: "Worksheet", report: Report) -> None:
    _line(sheet, (report.title,), bold=True)
    for name, text in report.figures:
        _line(sheet, (name, text))
    _line(sheet, ())
    _line(sheet, ("单位等", "项目", "总体意见", "整表的问题"), bold=True)
    for table in report.tables:
        _line(sheet, ("　".join(table.facts), table.title, table.standing, "\n".join(table.whole)))
    for file, reason in report.unread:
        _line(sheet, (file, "", f"未读出：{reason}", ""))
    _widths(sheet, (34, 34, 60, 80))


def _rows(sheet: "Worksheet", report: Report) -> None:
    from openpyxl.styles import PatternFill

    _line(sheet, ("项目", *HEADS), bold=True)
    for table in report.tables:
        for row in table.rows:
            _line(sheet, (table.title, *row.cells))
            if row.worst is not None:
                fill = PatternFill("solid", fgColor=_COLOURS[row.worst])
                for cell in sheet[sheet.max_row]:
                    cell.fill = fill
    _widths(sheet, (24, *_WIDTHS))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _rules(sheet: "Worksheet", report: Report) -> None:
    _line(sheet, ("规则", "名称", "程度", "审核角度", "何时算问题", "依据", "依据状态"), bold=True)
    for rule in report.rules:
        name = SEVERITY_NAMES[rule.severity]
        status = BASIS_NAMES[rule.basis_status]
        _line(sheet, (rule.id, rule.title, name, rule.head, rule.weak_when, rule.basis, status))
    _widths(sheet, (7, 22, 10, 10, 60, 60, 12))


def _line(sheet: "Worksheet", texts: tuple[str, ...], *, bold: bool = False) -> None:
    """A row of texts; one that begins with = stays a text."""
    from openpyxl.styles import Alignment, Font

    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    if not texts:
        sheet.cell(row, 1, " ")
        return
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        put_text(cell, str(text))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            cell.font = Font(bold=True)


def _widths(sheet: "Worksheet", widths: tuple[int, ...]) -> None:
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
