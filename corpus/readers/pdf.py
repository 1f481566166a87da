"""PDF documents with text: ruled tables with their spans, lines of text around them.

Pages without text are images of paper; they are reported, never guessed at.
"""

import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from corpus import limits
from corpus.blocks import Item, Unread
from corpus.readers.grid import rows_of
from corpus.readers.pdf_bounds import bound_pdfminer
from corpus.readers.pdf_cells import Box, Chars, cells_of
from corpus.readers.pdf_rows import Piece
from corpus.readers.pdf_unruled import UnruledTables
from corpus.watchdog import more_time
from errors import InputError, UnreadableError
from text.normalise import one_line

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

_GAP = 1.2  # of a character's width: a wider gap between words parts cells
_NARROW_GAP = 0.45  # as `_GAP`, where head words tell the columns
_SHOWN = 60  # characters
_PAGE_NUMBER = re.compile(r"^[\W_]*(第?\s*\d{1,4}\s*页?)(\s*[/共]\s*\d{1,4}\s*页?)?[\W_]*$")


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
    chars = Chars(page.chars)
    for index, table in enumerate(tables, start=1):
        above = [line for line in lines if line["top"] < table.bbox[1]]
        yield from _text(above, number, unruled)
        lines = lines[len(above) :]
        cells, unclear = cells_of(table.cells, chars)
        place = f"page {number} table {index}"
        yield from rows_of(cells, place=place)
        for text in unclear:
            yield Unread(place, f"lines printed over each other: {one_line(text)[:_SHOWN]}")
    yield from _text(lines, number, unruled)


def _within(box: Box, page: Box) -> Box:
    return max(box[0], page[0]), max(box[1], page[1]), min(box[2], page[2]), min(box[3], page[3])


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
