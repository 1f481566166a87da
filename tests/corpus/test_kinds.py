"""What a file is shows in its bytes; what is no document is named with a cure."""

import io
import zipfile
from pathlib import Path

import pytest

from corpus.parse import read_document
from corpus.readers.kind import Kind, kind_of
from errors import UnreadableError

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
DOC = SAMPLES / "027_A2_keji_doc.doc"
XLS = SAMPLES / "028_E_yingji_xls.xls"


def packed(*names: str, **contents: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, contents.get(name, b""))
    return buffer.getvalue()


def renamed(data: bytes, old: str, new: str) -> bytes:
    """An OLE file whose stream `old` has another name."""
    at = data.index(old.encode("utf-16-le") + b"\0\0")
    name = new.encode("utf-16-le") + b"\0\0"
    entry = name.ljust(64, b"\0") + len(name).to_bytes(2, "little")
    return data[:at] + entry + data[at + 66 :]


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".txt", Kind.TEXT),
        (".docx", Kind.DOCX),
        (".xlsx", Kind.XLSX),
        (".html", Kind.HTML),
        (".pdf", Kind.PDF),
        (".doc", Kind.DOC),
        (".xls", Kind.XLS),
    ],
)
def test_samples_under_a_false_name(suffix: str, kind: Kind) -> None:
    for path in SAMPLES.glob(f"*{suffix}"):
        assert kind_of(path.read_bytes(), "a.wps") is kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"{\\rtf1\\ansi x}", Kind.RTF),
        (b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", Kind.MHT),
        (b"\xef\xbb\xbfMIME-Version: 1.0\nContent-Type: text/html\n\n<html>", Kind.MHT),
        (b"\x09\x02\x06\x00\x00\x00\x10\x00", Kind.OLD_XLS),
        ("<table><tr><td>a".encode("utf-16"), Kind.HTML),
        (b'<?xml version="1.0"?><w:w xmlns:o="urn:schemas-microsoft-com:office:spreadsheet">',
         Kind.EXCEL_XML),
        (packed("a.txt", "b/c.docx"), Kind.ZIP),
        (packed("xl\\worksheets\\sheet1.xml"), Kind.XLSX),
        (packed("word/document2.xml"), Kind.DOCX),
        (packed("xl/workbook.bin"), Kind.XLSB),
        (packed("mimetype", "content.xml",
                mimetype=b"application/vnd.oasis.opendocument.text"), Kind.ODT),
        ("MZ镇2024年绩效目标\n".encode(), Kind.TEXT),
        (b"BM,GIF89a,Rar!\n", Kind.TEXT),
    ],
)  # fmt: skip
def test_kinds_by_content(data: bytes, kind: Kind) -> None:
    assert kind_of(data, "x.doc") is kind


def test_only_the_name_tells_separated_values_from_text() -> None:
    assert kind_of(b"a,b", "x.CSV") is Kind.CSV
    assert kind_of(b"a\tb", "x.tsv") is Kind.CSV
    assert kind_of(b"a,b", "x.txt") is Kind.TEXT


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "a picture; recognise its text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        (b"BM\x36\x10\x0e\0\0\0\0\0\x36\0\0\0", "a picture"),
        (b"MZ\x90\0\x03\0\0\0\x04", "a program"),
        (b"\x7fELF\x02\x01\x01\0", "a program"),
        (b"Rar!\x1a\x07\x01\0", "an archive that is no .zip; unpack it"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "an archive that is no .zip"),
        (b"PK\x05\x06" + b"\0" * 18, "an empty archive"),
        (b"\0\0\0\x18ftypmp42", "sound or film"),
        (b"SQLite format 3\0", "a database"),
        (packed("ppt/presentation.xml"), "slides"),
        (packed("OFD.xml"), "an .ofd; print or save it as .pdf"),
        (packed("[Content_Types].xml", "visio/document.xml"), "another Office file"),
        (renamed(XLS.read_bytes(), "Workbook", "EncryptedPackage"), "an encrypted one"),
        (renamed(DOC.read_bytes(), "WordDocument", "PowerPoint Document"), "slides"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000, "a damaged one"),
    ],
)
def test_what_is_no_document_is_named(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        kind_of(data, "绩效.docx")
    assert "expected" in str(caught.value)
    assert f"found {word}" in str(caught.value)
    assert ";" in str(caught.value)


def test_locked_old_files_are_named() -> None:
    doc = DOC.read_bytes()
    at = doc.index(b"\xec\xa5")  # the header of the text
    flags = int.from_bytes(doc[at + 10 : at + 12], "little") | 0x0100
    locked_doc = doc[: at + 10] + flags.to_bytes(2, "little") + doc[at + 12 :]
    xls = XLS.read_bytes()
    at = xls.index(b"\x42\x00\x02\x00")  # the record of the code page
    locked_xls = xls[:at] + b"\x2f" + xls[at + 1 :]
    for data in (locked_doc, locked_xls):
        with pytest.raises(UnreadableError, match=r"without a password.*take the password off"):
            read_document(data, "a.doc")


def test_any_exception_of_a_reader_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus import parse

    for error in (RecursionError, MemoryError, KeyError, AssertionError):

        def raises(data: bytes, name: str, *rest: str, error: type[Exception] = error) -> None:
            raise error

        monkeypatch.setattr(parse, "parse_bytes", raises)
        with pytest.raises(UnreadableError, match=rf"internal error: {error.__name__}\)"):
            read_document(b"", "a.txt")
