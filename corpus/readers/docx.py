"""Word documents (.docx): paragraphs and tables in order, tables with their true spans."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.blocks import Item, Paragraph
from corpus.readers.grid import SpanCell, rows_of
from errors import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(data: bytes) -> Iterator[Item]:
    """Rows and paragraphs of a Word document; a table inside a cell follows its outer row.

    Raises UnreadableError if the bytes are no intact .docx.
    """
    body = _body(data)
    counter = _Counter()
    for number, child in enumerate(body, start=1):
        if child.tag == f"{_W}p":
            text = _text(child).strip()
            if text:
                yield Paragraph(text, number)
        elif child.tag == f"{_W}tbl":
            yield from _table(child, counter)


class _Counter:
    """Numbers the tables of a document from 1."""

    def __init__(self) -> None:
        self.tables = 0

    def next_place(self) -> str:
        self.tables += 1
        return f"table {self.tables}"


def _body(data: bytes) -> "_Element":
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            xml = archive.read("word/document.xml")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        body = etree.fromstring(xml, parser).find(f"{_W}body")
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, EOFError, OSError) as error:
        raise UnreadableError(
            f"expected an intact .docx, found a damaged one ({error}); save it again in Word"
        ) from error
    if body is None:
        raise UnreadableError("expected a .docx with a body, found none; save it again in Word")
    return body


def _table(table: "_Element", counter: _Counter) -> Iterator[Item]:
    place = counter.next_place()
    cells, nested = _cells(table)
    for row in rows_of(cells, place=place):
        yield row
        for inner in nested.get(row.cells[0].number - 1, ()):
            yield from _table(inner, counter)
    for index, tables in nested.items():
        if not any(c.row == index and c.text for c in cells):
            for inner in tables:
                yield from _table(inner, counter)


def _cells(table: "_Element") -> tuple[list[SpanCell], dict[int, list["_Element"]]]:
    """Cells of one table, and the tables inside its cells by row."""
    found: list[SpanCell] = []
    open_above: dict[int, int] = {}
    nested: dict[int, list[_Element]] = {}
    for row, line in enumerate(table.findall(f"{_W}tr")):
        column = _attribute(line, "trPr/gridBefore", 0)
        for cell in line.findall(f"{_W}tc"):
            colspan = _attribute(cell, "tcPr/gridSpan", 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart" and column in open_above:
                above = found[open_above[column]]
                found[open_above[column]] = SpanCell(
                    above.row, above.column, above.text, row - above.row + 1, above.colspan
                )
            else:
                open_above[column] = len(found)
                found.append(SpanCell(row, column, _cell_text(cell), 1, colspan))
                nested.setdefault(row, []).extend(cell.findall(f"{_W}tbl"))
            column += colspan
    return found, {row: tables for row, tables in nested.items() if tables}


def _attribute(element: "_Element", path: str, default: int) -> int:
    found = element.find("/".join(f"{_W}{part}" for part in path.split("/")))
    value = found.get(f"{_W}val") if found is not None else None
    return int(value) if value and re.fullmatch(r"\d{1,3}", value) else default


def _cell_text(cell: "_Element") -> str:
    return "\n".join(t for p in cell.findall(f"{_W}p") if (t := _text(p).strip()))


def _text(paragraph: "_Element") -> str:
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab":
            parts.append("\t")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
    return "".join(parts)
