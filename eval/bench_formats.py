"""The invented documents of the benchmarks as .docx and .xlsx, with true merged cells."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path

from eval.bench_documents import INDICATORS_PER_PROJECT, PrintedProject, printed_documents

_COLUMNS = 7
_RUN = (
    '<w:rPr><w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体" w:hint="eastAsia"/>'
    '<w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'
)
_CELL = (
    '<w:tcW w:w="1300" w:type="dxa"/>{span}{merge}<w:tcBorders><w:top w:val="single" w:sz="4"/>'
    '<w:bottom w:val="single" w:sz="4"/></w:tcBorders><w:vAlign w:val="center"/>'
)
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body>'
    "</w:document>"
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns='
    '"http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns='
    '"http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def write_as(ending: str, folder: Path, indicators: int, projects: int) -> int:
    """Write documents with at least so many rows as .docx or .xlsx; return the row count."""
    written = 0
    found = printed_documents(indicators, projects=projects)
    for number, (opening, printed) in enumerate(found, start=1):
        (folder / f"bench_{number:05d}.{ending}").write_bytes(FORMATS[ending](opening, printed))
        written += len(printed) * INDICATORS_PER_PROJECT
    return written


def word_document(opening: str, projects: Sequence[PrintedProject]) -> bytes:
    """A .docx as Word writes it: every run and cell with its properties."""
    body = [_paragraph(line) for line in _lines(opening)]
    for number, project in enumerate(projects, start=1):
        body.append(_paragraph(f"{number}.{project.title}"))
        body += ["<w:tbl>", *_rows(project.head), "</w:tbl>", _paragraph("")]
        body += ["<w:tbl>", *_rows(project.rows), "</w:tbl>", _paragraph("")]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _LINKS)
        archive.writestr("word/document.xml", _DOCUMENT.format(body="".join(body)))
    return packed.getvalue()


def _lines(opening: str) -> list[str]:
    """The narrative part without the bookmarks of the text export."""
    lines = (re.sub(r"\[bookmark:[^\]]*\]", "", line).strip() for line in opening.split("\n"))
    return [line for line in lines if line]


def _paragraph(text: str) -> str:
    return f'<w:p><w:r>{_RUN}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows whose last cell reaches to the right edge; an empty first cell goes on from above."""
    for row in rows:
        cells = []
        for column, text in enumerate(row):
            span = _COLUMNS - column if column == len(row) - 1 else 1
            down = column < 2 and len(row) == _COLUMNS - 1
            merge = "<w:vMerge/>" if down and not text else '<w:vMerge w:val="restart"/>'
            reach = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            properties = _CELL.format(span=reach, merge=merge if down else "")
            cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraph(text)}</w:tc>")
        yield f"<w:tr>{''.join(cells)}</w:tr>"


def workbook(opening: str, projects: Sequence[PrintedProject]) -> bytes:
    """An .xlsx with a sheet for the narrative part and one for each project."""
    import openpyxl

    book = openpyxl.Workbook(write_only=False)
    sheet = book.worksheets[0]
    sheet.title = "总体目标"
    for line in _lines(opening):
        sheet.append([line])
    for number, project in enumerate(projects, start=1):
        sheet = book.create_sheet(f"项目{number}")
        sheet.append([f"{number}.{project.title}"])
        for row in project.head:
            sheet.append([_typed(text) for text in row])
        first = len(project.head) + 2
        for row in project.rows:
            sheet.append([text or None for text in row])
        for column in (1, 2):
            for start, end in _runs(project.rows, column - 1):
                sheet.merge_cells(
                    start_row=first + start,
                    end_row=first + end,
                    start_column=column,
                    end_column=column,
                )
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _typed(text: str) -> str | float | None:
    """A budget is a number, as a person types it."""
    return float(text) if text.replace(".", "", 1).isdigit() else text or None


def _runs(rows: Sequence[Sequence[str]], column: int) -> Iterator[tuple[int, int]]:
    """First and last row of labels that reach over the empty cells below them."""
    start = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or rows[index][column]:
            if index - 1 > start:
                yield start, index - 1
            start = index


FORMATS: dict[str, Callable[[str, Sequence[PrintedProject]], bytes]] = {
    "docx": word_document,
    "xlsx": workbook,
}
