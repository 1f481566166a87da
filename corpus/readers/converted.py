"""Formats read through LibreOffice: rich text, old WPS files, OpenDocument, XML of Office 2003."""

from collections.abc import Iterator

from corpus.blocks import Item
from corpus.readers.docx import read_docx
from corpus.readers.kind import Kind
from corpus.readers.office import convert
from corpus.readers.xlsx import read_xlsx

_TEXTS = {
    Kind.RTF: ("rtf", "rich text (.rtf)"),
    Kind.WPS: ("wps", "an old WPS or Works file"),
    Kind.ODT: ("odt", "an OpenDocument text (.odt)"),
    Kind.WORD_XML: ("xml", "a Word 2003 XML file"),
}
_SHEETS = {
    Kind.ODS: ("ods", "an OpenDocument sheet (.ods)"),
    Kind.XLSB: ("xlsb", "a binary Excel workbook (.xlsb)"),
    Kind.OLD_XLS: ("xls", "an .xls from before Excel 5"),
    Kind.EXCEL_XML: ("xml", "an Excel 2003 XML file"),
}


def read_converted(data: bytes, kind: Kind) -> Iterator[Item]:
    """Rows and paragraphs of a document in one of the formats above.

    Raises UnreadableError if LibreOffice is missing or cannot read it, LimitError beyond
    `corpus.limits`.
    """
    if kind in _TEXTS:
        ending, what = _TEXTS[kind]
        return read_docx(convert(data, ending, "docx", what))
    ending, what = _SHEETS[kind]
    return read_xlsx(convert(data, ending, "xlsx", what))
