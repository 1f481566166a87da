"""One document's bytes to its records."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TypeVar

from corpus import limits
from corpus.blocks import Item, Paragraph, Row
from corpus.jsonlines import from_lines, looks_like_lines
from corpus.layouts.assemble import assemble, holds_template
from corpus.layouts.explain import TableReading, explained
from corpus.layouts.families import family_of
from corpus.layouts.page_marks import plain_lines
from corpus.layouts.written_out import tables_in_paragraphs
from corpus.person_cells import seen_in
from corpus.privacy import masked
from corpus.readers.kind import Kind, kind_of
from corpus.readers.text import lines_of
from corpus.records import Parsed
from corpus.watchdog import more_time, within_time
from corpus.where import located
from errors import InputError, NoTableError, UnreadableError
from text.personal import masked_path, masked_text

T = TypeVar("T")


def read_document(data: bytes, name: str, folder: str = "") -> Parsed:
    """As `parse_bytes`, within the time that a document may take, and whatever is wrong with it.

    Any exception of a reader is taken here, and nowhere else: one strange file must not end a
    run over thousands. Raises InputError only.
    """
    return _guarded(lambda: parse_bytes(data, name, folder))


def _guarded(read: Callable[[], T]) -> T:
    try:
        return within_time(read)
    except InputError as error:
        raise type(error)(masked_text(str(error))) from error
    except Exception as error:  # also RecursionError and MemoryError
        raise UnreadableError(
            "expected a document that can be read, found one that its reader fails on"
            f" (internal error: {type(error).__name__}); save it in another format"
        ) from error


def parse_bytes(data: bytes, name: str, folder: str = "") -> Parsed:
    """Read one document; `name` is its file name, for the sources of the records.

    Name and `folder` (the folders it stands in) may tell its place and year (`corpus.where`).
    Personal data are masked in all that is given back (see `corpus.privacy`).
    Raises UnreadableError, LimitError, or NoTableError when nothing in it is a target; on damaged
    documents also whatever a library raises (see `read_document`).
    """
    name = masked_path(name)
    if looks_like_lines(data):
        return masked(located(from_lines(data, name), name, folder), name)
    items = _all_items(data, name)
    parsed = located(assemble(items, name), name, folder)
    if not parsed.problems and not any(p.indicators or p.goals for p in parsed.projects):
        if holds_template(parsed):
            raise NoTableError(
                "expected a table that is filled in, found only its template; check that this"
                " is the form that was handed in"
            )
        raise NoTableError(
            "expected a table with 三级指标 and 指标值 or a goal text, found neither;"
            " check that this is a performance-target document"
        )
    return masked(parsed, name, seen_in(items))


def explain_document(data: bytes, name: str) -> tuple[TableReading, ...]:
    """How each table of a document was understood; nothing for JSON lines, which are records.

    Raises InputError as `read_document`.
    """
    if looks_like_lines(data):
        return ()
    return _guarded(lambda: _explained(data, masked_path(name)))


def _explained(data: bytes, name: str) -> tuple[TableReading, ...]:
    tables = explained(_all_items(data, name), name)
    return tuple(replace(t, left_out=tuple(map(masked_text, t.left_out))) for t in tables)


def _all_items(data: bytes, name: str) -> tuple[Item, ...]:
    items = tuple(islice(_items(data, name), limits.ITEMS + 1))
    limits.check_count(len(items), limits.ITEMS, "rows and paragraphs")
    more_time(len(items) * limits.SECONDS_PER_ITEM)
    limits.check_texts([text for item in items for text in _texts(item)])
    return items


def _texts(item: Item) -> Sequence[str]:
    if isinstance(item, Row):
        return item.texts
    return (item.text,) if isinstance(item, Paragraph) else ()


def _items(data: bytes, name: str) -> Iterator[Item]:
    kind = kind_of(data, name)
    if kind is Kind.TEXT:
        lines = plain_lines(lines_of(data))
        more_time(len(lines) * limits.SECONDS_PER_ITEM)
        return family_of(lines)(lines)
    if kind is Kind.ZIP:
        raise UnreadableError(
            "expected a document, found an archive inside an archive; unpack the inner one"
        )
    read = _reader_of(kind)(data)
    if kind is Kind.PDF:
        return read  # whose lines are those of the page
    return iter(tables_in_paragraphs(tuple(islice(read, limits.ITEMS + 1))))


def _reader_of(kind: Kind) -> Callable[[bytes], Iterator[Item]]:
    """The reader of a format, loaded with the first such document: a process meets few formats."""
    match kind:
        case Kind.DOCX:
            from corpus.readers.docx import read_docx as read
        case Kind.DOC:
            from corpus.readers.doc import read_doc as read
        case Kind.XLSX:
            from corpus.readers.xlsx import read_xlsx as read
        case Kind.XLS:
            from corpus.readers.xls import read_xls as read
        case Kind.HTML:
            from corpus.readers.html import read_html as read
        case Kind.MHT:
            from corpus.readers.mht import read_mht as read
        case Kind.PDF:
            from corpus.readers.pdf import read_pdf as read
        case Kind.CSV:
            from corpus.readers.separated import read_csv as read
        case _:
            from corpus.readers.converted import read_converted

            return partial(read_converted, kind=kind)
    return read
