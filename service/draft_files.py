"""A draft as a file to paste from: .xlsx or .docx.

First the form itself, then for each row where it comes from.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from errors import UsageError
from service.draft_forms import Form, FormKind, Line, filled_form, source_lines
from service.draft_records import KeptDraft
from service.office_text import put_text, xml_text

if TYPE_CHECKING:
    from docx.document import Document
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIXES = (".xlsx", ".docx")
SOURCES = "来源"

_FORM_WIDTHS = (12, 18, 28, 26, 16, 18, 14)  # of columns, in characters
_SOURCE_WIDTH = 120


def draft_bytes(draft: KeptDraft, kind: FormKind, suffix: str) -> bytes:
    """The file that `write_draft` writes, for a download."""
    with tempfile.TemporaryDirectory(prefix="duibiao-draft-") as folder:
        path = Path(folder) / f"draft{suffix}"
        write_draft(path, draft, kind)
        return path.read_bytes()


def write_draft(path: Path, draft: KeptDraft, kind: FormKind) -> None:
    """Write a draft; the suffix says as what.

    :raises UsageError: another suffix than .xlsx and .docx, or the file cannot be written.
    """
    form = filled_form(draft, kind)
    sources = tuple(source_lines(draft))
    try:
        if path.suffix.lower() == ".xlsx":
            _write_xlsx(path, form, sources)
        elif path.suffix.lower() == ".docx":
            _write_docx(path, form, sources)
        else:
            raise UsageError(
                f"draft: expected a file named .xlsx or .docx to write to, found {path.name}"
            )
    except OSError as error:
        raise UsageError(
            f"draft: expected a place to write to at {path}, found: {error.strerror or error}; "
            "cure: close the file where it is open, or name another one"
        ) from error


def _write_xlsx(path: Path, form: Form, sources: Sequence[str]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "绩效目标表"
    width = len(form.table[0])
    _fill(sheet, ((form.title,), *form.head, *form.table), _FORM_WIDTHS[:width])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    edge = Side(style="thin")
    for cells in sheet.iter_rows(min_row=2, max_col=width):
        for cell in cells:
            cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    second = book.create_sheet(SOURCES)
    _fill(second, [(line,) for line in sources], (_SOURCE_WIDTH,))
    book.save(path)


def _fill(sheet: "Worksheet", lines: Sequence[Line], widths: Sequence[int]) -> None:
    """Cells as text: =100% is a target and no formula."""
    from openpyxl.utils import get_column_letter

    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            if text:
                put_text(sheet.cell(row, column), text)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _write_docx(path: Path, form: Form, sources: Sequence[str]) -> None:
    import docx

    document = docx.Document()
    document.add_heading(xml_text(form.title), level=1)
    _add_table(document, form.head)
    document.add_paragraph()
    _add_table(document, form.table)
    document.add_page_break()  # type: ignore[no-untyped-call]
    document.add_heading(SOURCES, level=1)
    for line in sources:
        document.add_paragraph(xml_text(line))
    document.save(str(path))


def _add_table(document: "Document", lines: Sequence[Line]) -> None:
    table = document.add_table(rows=0, cols=len(lines[0]))
    table.style = "Table Grid"
    for line in lines:
        cells = table.add_row().cells
        for cell, text in zip(cells, line, strict=True):
            cell.text = xml_text(text)
