"""PDF documents with text: ruled tables with their spans, lines of text around them.

Pages without text are images of paper; they are reported, never guessed at.
"""

import io
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from corpus import limits
from corpus.blocks import Item, Unread
from corpus.readers.grid import SpanCell, rows_of
from corpus.readers.pdf_bounds import bound_pdfminer
from corpus.readers.pdf_rows import Piece
from corpus.readers.pdf_unruled import UnruledTables
from corpus.watchdog import more_time
from errors import InputError, UnreadableError

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

_SAME_EDGE = 2.0  # points: edges nearer than this are one ruling
_GAP = 1.2  # of a character's width: a wider gap between words parts cells
_NARROW_GAP = 0.45  # as `_GAP`, where head words tell the columns
_PAGE_NUMBER = re.compile(r"^[\W_]*(第?\s*\d{1,4}\s*页?)(\s*[/共]\s*\d{1,4}\s*页?)?[\W_]*$")

Box = tuple[float, float, float, float]


def read_pdf(data: bytes) -> Iterator[Item]:
    """Rows, paragraphs and unread pages of a PDF, in order.

    Raises UnreadableError if it is damaged or locked, LimitError beyond `corpus.limits`.
    """
    import pdfplumber

    bound_pdfminer()
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            _count_pages(document)
            unruled = UnruledTables()
            for number, page in enumerate(document.pages, start=1):
                yield from _items(page, number, unruled)
                page.close()
    except Exception as error:  # pdfminer raises whatever comes on damaged files
        raise _reason(error) from error


def _count_pages(document: "PDF") -> None:
    from pdfminer.pdfpage import PDFPage

    pages = sum(1 for _ in islice(PDFPage.create_pages(document.doc), limits.PAGES + 1))
    limits.check_count(pages, limits.PAGES, "pages (or more)")
    if not pages:
        raise UnreadableError("expected a PDF with pages, found none; print it to a new PDF")
    more_time(pages * limits.SECONDS_PER_PAGE)


def _reason(error: BaseException) -> InputError:
    """Our own error for one of pdfminer's, which may stand inside another."""
    inner = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
    if isinstance(inner, InputError):
        return inner
    name = type(inner).__name__
    if "Password" in name or "Encryption" in name:
        return UnreadableError(
            "expected a PDF without a password, found an encrypted one;"
            " print it to a new PDF with its password"
        )
    return UnreadableError(
        f"expected an intact PDF, found one that cannot be read ({name}); print it to a new PDF"
    )


def _items(page: "Page", number: int, unruled: UnruledTables) -> Iterator[Item]:
    """What one page says; a page that cannot be read is reported and the others are read."""
    try:
        yield from _page(page, number, unruled)
    except Exception as error:
        if isinstance(error, MemoryError):
            raise
        yield Unread(f"page {number}", str(_reason(error)))


def _page(page: "Page", number: int, unruled: UnruledTables) -> Iterator[Item]:
    limits.check_count(
        sum(map(len, page.objects.values())),
        limits.PAGE_OBJECTS,
        "characters and lines on a page",
        "print this page anew without pictures made of lines",
    )
    if not page.chars:
        if page.images:
            yield Unread(f"page {number}", "the page is an image of paper: it has no text to read")
        return
    tables = sorted(page.find_tables(), key=lambda t: t.bbox[1])
    outside = page
    for table in tables:
        outside = outside.outside_bbox(_within(table.bbox, page.bbox))
    lines = outside.extract_text_lines(return_chars=True)
    chars = _Chars(page.chars)
    for index, table in enumerate(tables, start=1):
        above = [line for line in lines if line["top"] < table.bbox[1]]
        yield from _text(above, number, unruled)
        lines = lines[len(above) :]
        yield from rows_of(tuple(_cells(table.cells, chars)), place=f"page {number} table {index}")
    yield from _text(lines, number, unruled)


class _Chars:
    """The characters of a page, found by the box they stand in."""

    def __init__(self, chars: Sequence[dict[str, Any]]) -> None:
        middles = [((c["top"] + c["bottom"]) / 2, index) for index, c in enumerate(chars)]
        middles.sort()
        self._chars = chars
        self._middles = middles

    def inside(self, box: Box) -> list[dict[str, Any]]:
        """Those whose middle lies in the box, in their order on the page."""
        first = bisect_left(self._middles, box[1], key=itemgetter(0))
        last = bisect_left(self._middles, box[3], key=itemgetter(0))
        found = sorted(index for _, index in self._middles[first:last])
        return [
            c
            for index in found
            if box[0] <= ((c := self._chars[index])["x0"] + c["x1"]) / 2 < box[2]
        ]


def _within(box: Box, page: Box) -> Box:
    return max(box[0], page[0]), max(box[1], page[1]), min(box[2], page[2]), min(box[3], page[3])


def _cells(boxes: Sequence[Box], chars: _Chars) -> Iterator[SpanCell]:
    from pdfplumber.utils.text import extract_text

    lefts = _edges([b[0] for b in boxes])
    tops = _edges([b[1] for b in boxes])
    for box in boxes:
        inside = chars.inside(box)
        row, column = _index(tops, box[1]), _index(lefts, box[0])
        yield SpanCell(
            row,
            column,
            extract_text(inside).strip() if inside else "",
            max(1, _index(tops, box[3]) - row),
            max(1, _index(lefts, box[2]) - column),
        )


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    """How many edges lie clearly before a value."""
    return bisect_left(edges, value - _SAME_EDGE)


def _text(lines: Sequence[dict[str, Any]], page: int, tables: UnruledTables) -> Iterator[Item]:
    """Lines outside ruled tables: wide gaps part cells, so unruled tables give rows too."""
    said = [line for line in lines if not _PAGE_NUMBER.match(line["text"])]
    parted = [_pieces(line["chars"], _GAP) for line in said]
    closely = [_pieces(line["chars"], _NARROW_GAP) for line in said]
    yield from tables.items(parted, closely, page)


def _pieces(chars: Sequence[dict[str, Any]], gap: float) -> list[Piece]:
    """The characters of a line, parted at gaps so many times as wide as a character."""
    parts: list[list[dict[str, Any]]] = [[]]
    for char in sorted(chars, key=lambda c: float(c["x0"])):
        width = char["x1"] - char["x0"]
        if parts[-1] and char["x0"] - parts[-1][-1]["x1"] > gap * max(width, 4.0):
            parts.append([])
        parts[-1].append(char)
    found = []
    for part in parts:
        text = "".join(c["text"] for c in part).strip()
        if text:
            top, bottom = min(c["top"] for c in part), max(c["bottom"] for c in part)
            found.append(Piece(text, part[0]["x0"], part[-1]["x1"], top, bottom))
    return found
