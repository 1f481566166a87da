"""What a file is, told by its bytes and never by its name."""

import io
import re
import zipfile
from enum import StrEnum

from corpus.readers.html import looks_like_html
from corpus.readers.zips import open_zip
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
    MHT = "mht"
    ZIP = "zip"
    RTF = "rtf"
    WPS = "wps"
    ODT = "odt"
    ODS = "ods"
    XLSB = "xlsb"
    OLD_XLS = "old xls"
    WORD_XML = "word xml"
    EXCEL_XML = "excel xml"


_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_XLS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_START = 4096
_MAIL = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*[A-Za-z][A-Za-z0-9-]*:[ \t]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x80\xff]")  # bytes that no text begins with
_PICTURE = ("a picture", "recognise its text first (OCR), or ask for the document itself")
_PACKED = ("an archive that is no .zip", "unpack it, or pack the documents as .zip")
_PROGRAM = ("a program", "check what this file really is")
_MEDIA = ("sound or film", "check what this file really is")

_NO_DOCUMENTS: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89PNG\r\n", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"Rar!\x1a\x07", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"\x1f\x8b\x08", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ\0", _PACKED),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"ID3", _MEDIA),
    (b"SQLite format 3\0", ("a database", "export its tables as .csv")),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
}


def kind_of(data: bytes, name: str = "") -> Kind:
    """Tell the kind of a file. The name only parts .csv from other text.

    Raises UnreadableError for what is no document, or is locked by a password.
    """
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"{\\rtf"):
        return Kind.RTF
    if data.startswith(_OLD_XLS):
        return Kind.OLD_XLS
    _refuse_others(data)
    return _text_kind(data, name)


def _text_kind(data: bytes, name: str) -> Kind:
    start = data[:_START].lower()
    if _MAIL.match(start) and b"mime-version:" in start:
        return Kind.MHT
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start and b"<?xml" in start:
        return Kind.EXCEL_XML
    if b"schemas.microsoft.com/office/word/2003/wordml" in start or (
        b"schemas.microsoft.com/office/2006/xmlpackage" in start
    ):
        return Kind.WORD_XML
    if looks_like_html(data):
        return Kind.HTML
    return Kind.CSV if name.lower().endswith((".csv", ".tsv")) else Kind.TEXT


def _refuse_others(data: bytes) -> None:
    """Name what is certainly no document; a text may begin with the same letters."""
    start = data[:512]
    if not _CONTROL.search(start):
        return
    found = next((said for mark, said in _NO_DOCUMENTS if data.startswith(mark)), None)
    if data.startswith(_EMPTY_ZIP):
        found = ("an empty archive", "pack the documents again")
    elif start[4:8] == b"ftyp" or start[8:12] in (b"WAVE", b"AVI "):
        found = _MEDIA
    elif start[8:12] == b"WEBP" or (start.startswith(b"BM") and start[6:10] == b"\0\0\0\0"):
        found = _PICTURE
    elif start[257:262] == b"ustar":
        found = _PACKED
    if found:
        raise UnreadableError(f"expected a document, found {found[0]}; {found[1]}")


def _zip_kind(data: bytes) -> Kind:
    with open_zip(data) as archive:
        return kind_of_zip(archive)


def kind_of_zip(archive: zipfile.ZipFile) -> Kind:
    """Tell an Office document from an archive of documents, by the names of the members."""
    names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if any(n.startswith("word/document") and n.endswith(".xml") for n in names):
        return Kind.DOCX
    if "xl/workbook.xml" in names or any(n.startswith("xl/worksheets/") for n in names):
        return Kind.XLSX
    if "ppt/presentation.xml" in names:
        raise UnreadableError("expected tables, found slides (.pptx); save them as .pdf")
    if "ofd.xml" in names:
        raise UnreadableError("expected a document, found an .ofd; print or save it as .pdf")
    if "mimetype" in names and "content.xml" in names:
        return _open_document_kind(archive)
    if "[content_types].xml" in names:
        raise UnreadableError(
            "expected a .docx or .xlsx, found another Office file; save it as .docx or .xlsx"
        )
    return Kind.ZIP


def _open_document_kind(archive: zipfile.ZipFile) -> Kind:
    info = next(i for i in archive.infolist() if i.filename.lower() == "mimetype")
    try:
        with archive.open(info) as part:
            said = part.read(100).strip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        said = b""
    kind = _OPEN_DOCUMENT.get(said)
    if kind is None:
        raise UnreadableError(
            "expected text or tables, found another kind of OpenDocument file; save it as .pdf"
        )
    return kind


def _ole_kind(data: bytes) -> Kind:
    """Old Office files are small file systems; what they are shows in the names at their root."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = {entry[0].lower() for entry in ole.listdir() if len(entry) == 1}
    except Exception as error:  # olefile raises whatever comes on damaged files
        raise UnreadableError(
            f"expected an intact old Office file, found a damaged one ({type(error).__name__});"
            " save it again as .docx or .xlsx"
        ) from error
    if "encryptedpackage" in names:
        raise UnreadableError(
            "expected a document without a password, found an encrypted one;"
            " take the password off in Word, Excel or WPS and save it again"
        )
    if "worddocument" in names:
        return Kind.DOC
    if names & {"workbook", "book"}:
        return Kind.XLS
    if "powerpoint document" in names:
        raise UnreadableError("expected tables, found slides (.ppt); save them as .pdf")
    return Kind.WPS
