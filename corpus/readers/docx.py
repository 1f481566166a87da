"""Word documents (.docx): paragraphs and tables in order, tables with their true spans."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus import limits
from corpus.blocks import Item, Paragraph
from corpus.readers.grid import SpanCell, rows_of
from corpus.readers.xml import parse_xml
from corpus.readers.zips import open_zip, read_part
from errors import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc"))
_T, _TAB, _BR, _CR, _SYM = (f"{_W}{name}" for name in ("t", "tab", "br", "cr", "sym"))
_HYPHEN = f"{_W}noBreakHyphen"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SAYING = (_T, _TAB, _BR, _CR, _SYM, _HYPHEN, _FORMULA)
_VAL, _CHAR = f"{_W}val", f"{_W}char"
_GRID_BEFORE = f"{_W}trPr/{_W}gridBefore"
_CELL_PROPERTIES, _SPAN, _MERGE = f"{_W}tcPr", f"{_W}gridSpan", f"{_W}vMerge"

_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
_REPEATED = (  # what is said a second time, or was taken back
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{_W}del",
    f"{_W}moveFrom",
)
_BOX = f"{_W}txbxContent"
_SYMBOLS = {"B3": "≥", "A3": "≤", "B1": "±", "B4": "×", "B9": "≠", "25": "%", "3D": "="}
"""Signs of the font Symbol, by the end of their code: drafters insert them from Word's menu."""


def read_docx(data: bytes) -> Iterator[Item]:
    """Rows and paragraphs of a Word document; a table inside a cell follows its outer row.

    Raises UnreadableError if the bytes are no intact .docx, LimitError beyond `corpus.limits`.
    """
    counter = _Counter()
    for number, child in enumerate(_children(_body(data)), start=1):
        if child.tag == _P:
            text = _text(child).strip()
            if text:
                yield Paragraph(text, number)
        elif child.tag == _TBL:
            yield from _table(child, counter)


class _Counter:
    """Numbers the tables of a document from 1."""

    def __init__(self) -> None:
        self.tables = 0

    def next_place(self) -> str:
        self.tables += 1
        return f"table {self.tables}"


def _body(data: bytes) -> "_Element":
    with open_zip(data) as archive:
        names = [n for n in archive.namelist() if re.fullmatch(r"word[/\\]document\d*\.xml", n)]
        if not names:
            raise UnreadableError(
                "expected a .docx with a text, found none; save it again in Word or WPS"
            )
        xml = read_part(archive, min(names, key=len))
    root = parse_xml(xml, "its text")
    body = root.find(f"{_W}body")
    if body is None:
        raise UnreadableError("expected a .docx with a body, found none; save it again in Word")
    for element in list(body.iter(*_REPEATED)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for box in list(body.iter(_BOX)):
        _lift(box)
    return body


def _lift(box: "_Element") -> None:
    """Let what a text box says follow the paragraph that it hangs on."""
    anchor = next(box.iterancestors(_P), None)
    holder, place = (None if anchor is None else anchor.getparent()), box.getparent()
    if anchor is None or holder is None or place is None:
        return
    place.remove(box)
    for child in reversed(box):
        holder.insert(holder.index(anchor) + 1, child)


def _children(element: "_Element") -> Iterator["_Element"]:
    """Children of an element; content controls and marks of revision are looked through."""
    for child in element:
        if child.tag in _WRAPPERS:
            yield from _children(child)
        else:
            yield child


def _table(table: "_Element", counter: _Counter, depth: int = 1) -> Iterator[Item]:
    limits.check_count(
        depth, limits.TABLE_DEPTH, "tables inside each other", "save it with simpler tables"
    )
    place = counter.next_place()
    cells, nested = _cells(table)
    for row in rows_of(cells, place=place):
        yield row
        for inner in nested.pop(row.cells[0].number - 1, ()):
            yield from _table(inner, counter, depth + 1)
    for tables in nested.values():  # of rows that say nothing themselves
        for inner in tables:
            yield from _table(inner, counter, depth + 1)


def _cells(table: "_Element") -> tuple[list[SpanCell], dict[int, list["_Element"]]]:
    """Cells of one table, and the tables inside its cells by row."""
    found: list[SpanCell] = []
    open_above: dict[int, int] = {}
    nested: dict[int, list[_Element]] = {}
    rows = (child for child in _children(table) if child.tag == _TR)
    for row, line in enumerate(rows):
        column = _number(line.find(_GRID_BEFORE), 0)
        for cell in _children(line):
            if cell.tag != _TC:
                continue
            colspan, continues = _spans(cell)
            if continues and column in open_above:
                above = found[open_above[column]]
                found[open_above[column]] = above._replace(rowspan=row - above.row + 1)
            else:
                open_above[column] = len(found)
                text, tables = _content(cell)
                found.append(SpanCell(row, column, text, 1, colspan))
                if tables:
                    nested.setdefault(row, []).extend(tables)
            column += colspan
    return found, nested


def _spans(cell: "_Element") -> tuple[int, bool]:
    """How many columns a cell reaches, and whether it continues the one above."""
    properties = cell.find(_CELL_PROPERTIES)
    if properties is None:
        return 1, False
    merge = properties.find(_MERGE)
    continues = merge is not None and merge.get(_VAL) != "restart"
    return max(1, _number(properties.find(_SPAN), 1)), continues


def _number(element: "_Element | None", default: int) -> int:
    value = element.get(_VAL) if element is not None else None
    return int(value) if value and re.fullmatch(r"[0-9]{1,3}", value) else default


def _content(cell: "_Element") -> tuple[str, list["_Element"]]:
    """The text of a cell, a line for each paragraph, and the tables in it."""
    lines: list[str] = []
    tables: list[_Element] = []
    for child in _children(cell):
        if child.tag == _P:
            text = _text(child).strip()
            if text:
                lines.append(text)
        elif child.tag == _TBL:
            tables.append(child)
    return "\n".join(lines), tables


def _text(paragraph: "_Element") -> str:
    parts: list[str] = []
    for node in paragraph.iter(*_SAYING):
        tag = node.tag
        if tag == _T or tag == _FORMULA:
            parts.append(node.text or "")
        elif tag == _TAB:
            parts.append("\t")
        elif tag == _SYM:
            parts.append(_SYMBOLS.get((node.get(_CHAR) or "")[-2:].upper(), ""))
        elif tag == _HYPHEN:
            parts.append("-")
        else:
            parts.append("\n")
    return "".join(parts)
