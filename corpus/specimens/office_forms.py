"""One table as an office document or a web page, with true merged cells."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from html import escape
from itertools import pairwise
from random import Random

from corpus.specimens.entries import Table
from corpus.specimens.style import Style
from corpus.specimens.text_forms import TITLE, grid

_TIME = re.compile(rb"(<dcterms:(?:created|modified) [^>]*>)[^<]*")

OfficeForm = Callable[[Table, Style, Random], bytes]


def _laid_out(table: Table, style: Style) -> tuple[list[list[str]], int]:
    """All rows of one width, and where the body begins (after its header)."""
    body = grid(table, style)
    width = len(body[0])
    top = [[TITLE], [f"（{table.year}年度）"], [style.money_line], *style.head_rows(table)]
    return [row + [""] * (width - len(row)) for row in (*top, *body)], len(top) + 1


def _merges(rows: list[list[str]], body: int, style: Style) -> list[tuple[int, int, int]]:
    """Column, first and last row of what is merged downwards: the labels of the levels."""
    found = []
    for column in range(3 if style.side else 2):
        starts = [r for r in range(body, len(rows)) if rows[r][column]]
        for start, following in pairwise([*starts, len(rows)] if starts else []):
            end = following - 1
            # a level 2 never reaches over the next level 1
            for row in range(start + 1, following):
                if any(rows[row][other] for other in range(column)):
                    end = row - 1
                    break
            if end > start and style.label_row == "first":
                found.append((column, start, end))
    return found


def word_file(table: Table, style: Style, rng: Random) -> bytes:
    """A .docx with the title as a paragraph and one table."""
    import docx

    rows, body = _laid_out(table, style)
    document = docx.Document()
    document.add_paragraph(f"{table.unit}{TITLE}")
    printed = document.add_table(rows=len(rows), cols=len(rows[0]))
    cells = [row.cells for row in printed.rows]  # all at once: each look-up lays out the table
    for row, line in zip(rows, cells, strict=True):
        for text, cell in zip(row, line, strict=True):
            if text:
                cell.text = text
    for column, start, end in _merges(rows, body, style):
        cells[start][column].merge(cells[end][column])
    buffer = io.BytesIO()
    document.save(buffer)
    return _undated(buffer)


def workbook(table: Table, style: Style, rng: Random) -> bytes:
    """A .xlsx with one sheet."""
    import openpyxl

    rows, body = _laid_out(table, style)
    book = openpyxl.Workbook()
    del book["Sheet"]
    sheet = book.create_sheet("目标表")
    for row in rows:
        sheet.append([_number(text) for text in row])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # =450套 is what the cell says, not a formula
    for column, start, end in _merges(rows, body, style):
        sheet.merge_cells(
            start_row=start + 1, end_row=end + 1, start_column=column + 1, end_column=column + 1
        )
    buffer = io.BytesIO()
    book.save(buffer)
    return _undated(buffer)


def _undated(package: io.BytesIO) -> bytes:
    """The same package without the time of its writing, so that every run gives the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            part = _TIME.sub(rb"\g<1>2026-01-01T00:00:00Z", source.read(name))
            target.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _number(text: str) -> str | float | None:
    """A cell as a person types it: plain numbers become numbers."""
    if text.replace(".", "", 1).isdigit() and not text.startswith("0"):
        return float(text) if "." in text else int(text)
    return text or None


def web_page(table: Table, style: Style, rng: Random) -> bytes:
    """An .html page with rowspans, in UTF-8 or GBK."""
    rows, body = _laid_out(table, style)
    spans = {(start, column): end - start + 1 for column, start, end in _merges(rows, body, style)}
    covered = {
        (row, column)
        for (start, column), height in spans.items()
        for row in range(start + 1, start + height)
    }
    charset = rng.choice(("utf-8", "gbk"))
    lines = [f"<html><head><meta charset='{charset}'></head><body><p>{TITLE}</p><table>"]
    for r, row in enumerate(rows):
        cells = [
            f"<td rowspan={spans.get((r, c), 1)}><p>{escape(text)}</p></td>"
            for c, text in enumerate(row)
            if (r, c) not in covered
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines.append("</table></body></html>")
    return "\n".join(lines).encode(charset)


def separated(table: Table, style: Style, rng: Random) -> bytes:
    """A .csv with quoted cells, in UTF-8 with BOM or GB18030."""
    rows, _ = _laid_out(table, style)
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(rng.choice(("utf-8-sig", "gb18030")))


OFFICE_FORMS: dict[str, OfficeForm] = {
    "docx": word_file,
    "xlsx": workbook,
    "html": web_page,
    "csv": separated,
}
