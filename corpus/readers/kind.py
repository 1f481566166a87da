"""What a file is, told by its bytes and never by its name."""

import io
import zipfile
from enum import StrEnum

from corpus.readers.html import looks_like_html
from errors import UnreadableError


class Kind(StrEnum):
    """The formats that documents come in."""

    TEXT = "text"
    CSV = "csv"
    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    DOC = "doc"
    PDF = "pdf"
    HTML = "html"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "WordDocument".encode("utf-16-le")


def kind_of(data: bytes, name: str = "") -> Kind:
    """Tell the kind of a file. The name only parts .csv from other text.

    Raises UnreadableError for archives that hold no document.
    """
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return Kind.DOC if _WORD in data else Kind.XLS
    if data[:1024].lstrip().startswith(b"%PDF"):
        return Kind.PDF
    if looks_like_html(data):
        return Kind.HTML
    return Kind.CSV if name.lower().endswith((".csv", ".tsv")) else Kind.TEXT


def _zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableError(
            f"expected an intact Office file, found a damaged archive ({error}); save it again"
        ) from error
    if "word/document.xml" in names:
        return Kind.DOCX
    if any(n.startswith("xl/workbook") for n in names):
        return Kind.XLSX
    raise UnreadableError(
        "expected a .docx or .xlsx, found an archive of something else; unpack it first"
    )
