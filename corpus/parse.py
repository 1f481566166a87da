"""One document's bytes to its records."""

from collections.abc import Callable, Iterator

from corpus.blocks import Item
from corpus.jsonlines import from_lines, looks_like_lines
from corpus.layouts.assemble import assemble
from corpus.layouts.families import family_of
from corpus.readers.doc import read_doc
from corpus.readers.docx import read_docx
from corpus.readers.html import read_html
from corpus.readers.kind import Kind, kind_of
from corpus.readers.pdf import read_pdf
from corpus.readers.sheet import read_csv, read_xls, read_xlsx
from corpus.readers.text import lines_of
from corpus.records import Parsed
from errors import NoTableError

_READERS: dict[Kind, Callable[[bytes], Iterator[Item]]] = {
    Kind.DOCX: read_docx,
    Kind.DOC: read_doc,
    Kind.XLSX: read_xlsx,
    Kind.XLS: read_xls,
    Kind.HTML: read_html,
    Kind.PDF: read_pdf,
    Kind.CSV: read_csv,
}


def parse_bytes(data: bytes, name: str) -> Parsed:
    """Read one document; `name` is its file name, for the sources of the records.

    Raises UnreadableError, LimitError, or NoTableError when nothing in it is a target.
    """
    if looks_like_lines(data):
        return from_lines(data, name)
    parsed = assemble(tuple(_items(data, name)), name)
    if not parsed.problems and not any(p.indicators or p.goals for p in parsed.projects):
        raise NoTableError(
            "expected a table with 三级指标 and 指标值 or a goal text, found neither;"
            " check that this is a performance-target document"
        )
    return parsed


def _items(data: bytes, name: str) -> Iterator[Item]:
    kind = kind_of(data, name)
    match kind:
        case Kind.TEXT:
            lines = lines_of(data)
            return family_of(lines)(lines)
        case _:
            return _READERS[kind](data)
