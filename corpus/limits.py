"""How much of a document is read at most: every limit in one place, with its reason.

A limit is set well above what a disclosure needs (the largest is a province's export in one
file) and below what would fill the memory or the day of a small office computer. Beyond one, the
document is refused with a `LimitError` that says so; nothing is cut off in silence.
"""

import re
from collections.abc import Sequence

from errors import LimitError

_MB = 2**20

# Files

FILE_BYTES = 200 * _MB
"""Largest file read. Budgets with scanned pages reach 100 MB."""

TEXT_BYTES = 64 * _MB
"""Largest file read as text, web page or .csv: a hundred thousand rows of a flat export are 30 MB,
and text takes some ten times its size in memory."""

LINE_CHARACTERS = 1_000_000
"""Longest line of a text. A whole table on one line is a few thousand."""

CELL_CHARACTERS = 200_000
"""Characters in one cell or paragraph. Excel allows 32,767; the goals of a whole unit are 5,000."""

BLANKS = 10_000
"""Blanks, tabs, bars and empty lines in a row inside a text; patterns that look for their end take
the square of their number. Empty rows at the end of an export do not count."""

ITEMS = 1_000_000
"""Lines, rows and paragraphs of one document; also stops a file of nothing but line ends."""

# Archives and the parts of Office files

ARCHIVE_BYTES = 4096 * _MB
"""Largest .zip opened: the documents of a city for one year are 1 to 2 GB."""

MEMBERS = 10_000
"""Documents in one .zip; more are better unpacked into folders."""

UNPACKED_BYTES = 16_384 * _MB
"""All members of a .zip unpacked, read one by one."""

DIRECTORY_BYTES = 8 * _MB
"""Table of contents of a .zip: `MEMBERS` with long names take 3 MB."""

PART_BYTES = 128 * _MB
"""One part of a .docx or .xlsx unpacked: three hundred projects in a document are 25 MB of XML."""

RATIO = 200
"""Unpacked to packed bytes, of members and parts above `RATIO_FROM`. Documents pack 5 to 60
times; bombs up to a thousand."""

RATIO_FROM = 16 * _MB
"""Small things pack in any ratio and do no harm."""

# Inside a document

PAGES = 500
"""Pages of a .pdf; a department's whole budget has a hundred."""

PAGE_OBJECTS = 60_000
"""Characters and lines on one page of a .pdf. A dense sheet of A3 has eight thousand; tables are
found by comparing lines with each other."""

STREAM_BYTES = 64 * _MB
"""One stream of a .pdf unpacked. The text of a page is 1 MB at most; fonts reach 20 MB."""

CELLS = 2_000_000
"""Cells of one table or workbook, with the places that merged cells cover. A disclosure of a whole
province has some hundred thousand."""

COLUMNS = 1_000
"""Columns of one table. Exports have up to forty."""

TABLE_DEPTH = 8
"""Tables inside cells of tables. Forms made with Word nest two or three deep."""

XML_DEPTH = 256
"""Elements inside elements in the XML of Office files; a table in three tables has forty."""

HTML_DEPTH = 2_000
"""The same for web pages, where forgotten end tags pile up."""

MAIL_PARTS = 2_000
"""Parts of an .mht: page, frames, pictures."""

# Time and memory

SECONDS = 60.0
"""Time to read one file. A usual one takes some hundredths of a second."""

SECONDS_PER_PAGE = 2.0
"""More time for every page of a .pdf: on a slow computer a page takes half a second."""

SECONDS_PER_ITEM = 0.005
"""More time for every row and paragraph that was read: a usual one takes a two-thousandth of a
second."""

SECONDS_OF_CONVERSION = 90.0
"""Time for LibreOffice to convert one file, its first start on a slow disk included."""

SECONDS_OF_PROCESS = 1_800.0
"""A process that read one file longer than this is ended, whatever it is doing."""

PROCESS_BYTES = 4096 * _MB
"""Memory of one reading process, where the system can hold it to that. The largest files that the
other limits let through take half."""


def too_much(what: str, found: str, cure: str) -> LimitError:
    """The error of a limit: `what` was expected at most, `found` is there, `cure` helps."""
    return LimitError(f"expected at most {what}, found {found}; {cure}")


def megabytes(size: float) -> str:
    """A size in bytes as people read it."""
    return f"{size / _MB:,.0f} MB"


def check_bytes(size: int, limit: int, what: str = "a file") -> None:
    """Raise LimitError if `what` has more than `limit` bytes."""
    if size > limit:
        raise too_much(
            f"{megabytes(limit)} in {what}",
            megabytes(size),
            "split it into smaller documents, or take the pictures out",
        )


def check_packing(unpacked: int, packed: int, what: str) -> None:
    """Raise LimitError if something unpacks to far more than documents do."""
    if unpacked > RATIO_FROM and unpacked > RATIO * max(packed, 1):
        raise too_much(
            f"{RATIO} times the packed size in {what}",
            f"{unpacked // max(packed, 1):,} times ({megabytes(unpacked)})",
            "this is how archive bombs are made; open it with care and save it again",
        )


def check_blanks(text: str) -> None:
    """Raise LimitError if a text has more than `BLANKS` blanks or bars in a row."""
    if len(text) <= BLANKS:
        return
    spaced = text.replace("|", " ")
    if len(spaced) - sum(map(len, spaced.split())) > BLANKS:
        longest = max(map(len, re.findall(r"\s+", spaced)))
        check_count(longest, BLANKS, "blanks or empty lines in a row", "delete the empty ones")


def check_texts(texts: Sequence[str]) -> None:
    """Raise LimitError if a cell or paragraph is too long, or has too many blanks in a row."""
    for text in texts:
        if len(text) > BLANKS:
            check_count(len(text), CELL_CHARACTERS, "characters in a cell")
            check_blanks(text)


def check_count(found: int, limit: int, what: str, cure: str = "split it by unit") -> None:
    """Raise LimitError if there are more than `limit` of something."""
    if found > limit:
        raise too_much(f"{limit:,} {what}", f"{found:,}", cure)
