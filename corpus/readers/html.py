"""Web pages: tables with rowspan and colspan, paragraphs around them."""

import codecs
import re
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from corpus import limits
from corpus.blocks import Item, Paragraph
from corpus.readers.grid import SpanCell, rows_of
from corpus.readers.text import decode
from errors import UnreadableError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_GBK = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "cp936", "936"})
_SKIPPED = frozenset({"script", "style", "noscript", "template", "head"})
_BLOCK = frozenset(
    {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "td", "tr", "br"}
)
_LARGEST_COLSPAN, _LARGEST_ROWSPAN = 1_000, 65_534  # HTML Standard, 4.9.11
_BEGINNINGS = (
    b"<p>",
    b"<p ",
    b"<div",
    b"<span",
    b"<meta",
    b"<head",
    b"<body",
)  # of a part of a page


def looks_like_html(data: bytes) -> bool:
    """Do these bytes begin like a web page?"""
    start = data[:4096].replace(b"\0", b"").lower()  # the zeros are those of UTF-16
    begun = start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_BEGINNINGS)
    return begun or b"<html" in start or b"<!doctype html" in start or b"<table" in start


def read_html(data: bytes, charset: str = "") -> Iterator[Item]:
    """Rows and paragraphs of a web page, in order. `charset`: what its envelope says.

    Raises UnreadableError if it has no body, LimitError beyond `corpus.limits`.
    """
    import lxml.html
    from lxml import etree

    limits.check_bytes(len(data), limits.TEXT_BYTES, "a web page")
    # depth is checked here: libxml2 would drop what comes after the first 256 levels
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        root = lxml.html.document_fromstring(_text(data, charset).encode(), parser=parser)
    except (etree.ParserError, ValueError, AssertionError) as error:
        raise UnreadableError(
            f"expected a web page, found none that can be read ({error}); save it again"
        ) from error
    yield from _Walker(root).items()


def _text(data: bytes, charset: str) -> str:
    """The text of a page. What it declares is often wrong, so it only helps where bytes are bad."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.replace(b"\0", b"")
    try:
        return decode(data)
    except UnreadableError:
        declared = _CHARSET.search(data[:4096])
        name = charset or (declared.group(1).decode("ascii") if declared else "")
        if name.lower() not in (*_GBK, "utf-8", "utf8"):
            raise
        return data.decode("gb18030" if name.lower() in _GBK else "utf-8", errors="replace")


class _Walker:
    """Walks the page once; text outside tables is gathered into paragraphs."""

    def __init__(self, root: "HtmlElement") -> None:
        self.root = root
        self.tables = 0
        self.paragraphs = 0
        self.words: list[str] = []
        self.outer = _with_tables_inside(root)

    def items(self) -> Iterator[Item]:
        """Rows and paragraphs; without recursion, for pages nest without end."""
        open_elements: list[HtmlElement] = []
        element: HtmlElement | None = self.root
        while element is not None:
            inside = yield from self._enter(element)
            if inside and len(element):
                open_elements.append(element)
                limits.check_count(
                    len(open_elements), limits.HTML_DEPTH, "levels in a web page", "save it again"
                )
                element = element[0]
                continue
            yield from self._leave(element)
            after = element.getnext()
            while after is None and open_elements:
                element = open_elements.pop()
                yield from self._leave(element)
                after = element.getnext()
            element = after if open_elements else None
        yield from self._flush()

    def _enter(self, element: "HtmlElement") -> Generator[Item, None, bool]:
        """Take an element up to its first child; says whether to look at its children."""
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return False
        if element.tag == "table" and element not in self.outer:
            yield from self._flush()
            yield from self._table(element)
            return False
        if element.tag in _BLOCK:
            yield from self._flush()
        self.words.append(element.text or "")
        return True

    def _leave(self, element: "HtmlElement") -> Iterator[Item]:
        if element.tag in _BLOCK:
            yield from self._flush()
        self.words.append(element.tail or "")

    def _flush(self) -> Iterator[Item]:
        """Give the text gathered so far as a paragraph."""
        text = " ".join("".join(self.words).split())
        self.words = []
        if text:
            self.paragraphs += 1
            yield Paragraph(text, self.paragraphs)

    def _table(self, table: "HtmlElement") -> Iterator[Item]:
        self.tables += 1
        lines = list(table.iter("tr"))
        until: dict[int, int] = {}  # column: the row down to which a cell above reaches
        cells: list[SpanCell] = []
        for row, line in enumerate(lines):
            column = 0
            for cell in line.iterchildren("td", "th"):
                while until.get(column, 0) > row:
                    column += 1
                limits.check_count(column, 4 * limits.COLUMNS, "columns in a table")
                colspan = max(1, _span(cell, "colspan", _LARGEST_COLSPAN))
                rowspan = _span(cell, "rowspan", _LARGEST_ROWSPAN)
                rowspan = min(rowspan or len(lines), len(lines) - row)  # 0: to the end
                cells.append(SpanCell(row, column, _cell_text(cell), rowspan, colspan))
                if rowspan > 1:
                    until.update(dict.fromkeys(range(column, column + colspan), row + rowspan))
                column += colspan
        yield from rows_of(cells, place=f"table {self.tables}")


def _with_tables_inside(root: "HtmlElement") -> "set[HtmlElement]":
    found: set[HtmlElement] = set()
    for table in root.iter("table"):
        for above in table.iterancestors("table"):
            if above in found:
                break
            found.add(above)
    return found


def _span(cell: "HtmlElement", name: str, largest: int) -> int:
    found = re.match(r"\s*([0-9]{1,9})", cell.get(name) or "")
    return min(int(found.group(1)), largest) if found else 1


def _cell_text(cell: "HtmlElement") -> str:
    for br in cell.iter("br"):
        br.tail = "\n" + (br.tail or "")
    return "\n".join(
        t for line in str(cell.text_content()).split("\n") if (t := " ".join(line.split()))
    )
