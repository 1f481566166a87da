"""PDF documents with text: ruled tables with their spans, lines of text around them.

Pages without text are images of paper; they are reported, never guessed at.
"""

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from corpus.blocks import Cell, Item, Paragraph, Row, Unread
from corpus.readers.grid import SpanCell, rows_of
from errors import LimitError, UnreadableError

if TYPE_CHECKING:
    from pdfplumber.page import Page

MAX_PAGES = 500
"""Pages read from one document; a department's whole budget has a hundred."""

_SAME_EDGE = 2.0  # points: edges nearer than this are one ruling
_GAP = 1.2  # of a character's width: a wider gap between words parts cells
_PAGE_NUMBER = re.compile(r"^[\W_]*(第?\s*\d{1,4}\s*页?)(\s*[/共]\s*\d{1,4}\s*页?)?[\W_]*$")

Box = tuple[float, float, float, float]


def read_pdf(data: bytes) -> Iterator[Item]:
    """Rows, paragraphs and unread pages of a PDF, in order.

    Raises UnreadableError if it is damaged or locked, LimitError beyond `MAX_PAGES`.
    """
    import pdfplumber
    from pdfminer.psparser import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise LimitError(
                    f"expected at most {MAX_PAGES} pages, found {len(document.pages)};"
                    " split the document by unit"
                )
            for number, page in enumerate(document.pages, start=1):
                yield from _page(page, number)
                page.close()
    except (PdfminerException, PSException, ValueError, TypeError, KeyError) as error:
        raise UnreadableError(
            f"expected an intact PDF without a password, found one that cannot be opened"
            f" ({type(error).__name__}); print it to a new PDF"
        ) from error


def _page(page: "Page", number: int) -> Iterator[Item]:
    if not page.chars:
        if page.images:
            yield Unread(f"page {number}", "the page is an image of paper: it has no text to read")
        return
    tables = sorted(page.find_tables(), key=lambda t: t.bbox[1])
    outside = page
    for table in tables:
        outside = outside.outside_bbox(_within(table.bbox, page.bbox))
    lines = outside.extract_text_lines(return_chars=True)
    for index, table in enumerate(tables, start=1):
        above = [line for line in lines if line["top"] < table.bbox[1]]
        yield from _text(above, number)
        lines = lines[len(above) :]
        cells = tuple(_cells(table.cells, page.chars))
        yield from rows_of(cells, place=f"page {number} table {index}")
    yield from _text(lines, number)


def _within(box: Box, page: Box) -> Box:
    return max(box[0], page[0]), max(box[1], page[1]), min(box[2], page[2]), min(box[3], page[3])


def _cells(boxes: Sequence[Box], chars: Sequence[dict[str, Any]]) -> Iterator[SpanCell]:
    from pdfplumber.utils.text import extract_text

    lefts = _edges([b[0] for b in boxes])
    tops = _edges([b[1] for b in boxes])
    for box in boxes:
        inside = [c for c in chars if _holds(box, c)]
        row, column = _index(tops, box[1]), _index(lefts, box[0])
        yield SpanCell(
            row,
            column,
            extract_text(inside).strip() if inside else "",
            max(1, _index(tops, box[3]) - row),
            max(1, _index(lefts, box[2]) - column),
        )


def _holds(box: Box, char: dict[str, Any]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x < box[2] and box[1] <= y < box[3])


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    return sum(edge < value - _SAME_EDGE for edge in edges)


def _text(lines: Sequence[dict[str, Any]], page: int) -> Iterator[Item]:
    """Lines outside ruled tables: wide gaps part cells, so unruled tables give rows too."""
    for number, line in enumerate(lines, start=1):
        if _PAGE_NUMBER.match(line["text"]):
            continue
        words = _split_at_gaps(line["chars"])
        if len(words) > 1:
            yield Row(tuple(Cell(w, number) for w in words), f"page {page}")
        elif words:
            yield Paragraph(words[0], number, f"page {page}")


def _split_at_gaps(chars: Sequence[dict[str, Any]]) -> list[str]:
    words = [""]
    previous: dict[str, Any] | None = None
    for char in sorted(chars, key=lambda c: float(c["x0"])):
        width = char["x1"] - char["x0"]
        if previous is not None and char["x0"] - previous["x1"] > _GAP * max(width, 4.0):
            words.append("")
        words[-1] += char["text"]
        previous = char
    return [w.strip() for w in words if w.strip()]
