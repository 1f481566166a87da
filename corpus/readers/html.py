"""Web pages: tables with rowspan and colspan, paragraphs around them."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.blocks import Item, Paragraph
from corpus.readers.grid import SpanCell, rows_of
from corpus.readers.text import decode
from errors import UnreadableError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SKIPPED = frozenset({"script", "style", "noscript", "template", "head"})
_BLOCK = frozenset(
    {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "td", "tr", "br"}
)
_LARGEST_SPAN = 1000


def looks_like_html(data: bytes) -> bool:
    """Do these bytes begin like a web page?"""
    start = data[:4096].lower()
    return b"<html" in start or b"<!doctype html" in start or b"<table" in start


def read_html(data: bytes) -> Iterator[Item]:
    """Rows and paragraphs of a web page, in order. Raises UnreadableError if it has no body."""
    import lxml.html
    from lxml import etree

    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False)
    try:
        root = lxml.html.document_fromstring(_text(data), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableError(
            f"expected a web page, found none that can be read ({error}); save it again"
        ) from error
    walker = _Walker()
    yield from walker.walk(root)
    yield from walker.flush()


def _text(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name in ("gb2312", "gbk", "gb18030"):
        return data.decode("gb18030", errors="replace")
    return decode(data)


class _Walker:
    """Walks the page once; text outside tables is gathered into paragraphs."""

    def __init__(self) -> None:
        self.tables = 0
        self.paragraphs = 0
        self.words: list[str] = []

    def walk(self, element: "HtmlElement") -> Iterator[Item]:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        if element.tag == "table" and not element.xpath(".//table"):
            yield from self.flush()
            yield from self._table(element)
            return
        if element.tag in _BLOCK:
            yield from self.flush()
        self.words.append(element.text or "")
        for child in element:
            yield from self.walk(child)
            self.words.append(child.tail or "")
        if element.tag in _BLOCK:
            yield from self.flush()

    def flush(self) -> Iterator[Item]:
        """Give the text gathered so far as a paragraph."""
        text = " ".join("".join(self.words).split())
        self.words = []
        if text:
            self.paragraphs += 1
            yield Paragraph(text, self.paragraphs)

    def _table(self, table: "HtmlElement") -> Iterator[Item]:
        self.tables += 1
        taken: set[tuple[int, int]] = set()
        cells: list[SpanCell] = []
        for row, line in enumerate(table.iter("tr")):
            column = 0
            for cell in line.iterchildren("td", "th"):
                while (row, column) in taken:
                    column += 1
                rowspan, colspan = _span(cell, "rowspan"), _span(cell, "colspan")
                cells.append(SpanCell(row, column, _cell_text(cell), rowspan, colspan))
                taken.update(
                    (r, c)
                    for r in range(row, row + rowspan)
                    for c in range(column, column + colspan)
                )
                column += colspan
        yield from rows_of(cells, place=f"table {self.tables}")


def _span(cell: "HtmlElement", name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return max(1, min(int(value), _LARGEST_SPAN)) if value.isdigit() else 1


def _cell_text(cell: "HtmlElement") -> str:
    for br in cell.iter("br"):
        br.tail = "\n" + (br.tail or "")
    return "\n".join(
        t for line in str(cell.text_content()).split("\n") if (t := " ".join(line.split()))
    )
