"""Texts of documents for the files that Office opens: they stay texts, whatever they look like."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

# What XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\\t\\n\\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_CELL = 32_000  # characters; Excel takes 32,767
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def xml_text(text: str) -> str:
    """The text without the characters that no .docx or .xlsx can hold."""
    return _NOT_XML.sub("", text)


def put_text(cell: "Cell | MergedCell", text: str) -> None:
    """Write a text into a cell: =100% is a target and no formula, also once it was edited."""
    cell.value = xml_text(text)[:_LONGEST_CELL]
    cell.data_type = "s"
    cell.number_format = "@"


def csv_text(text: str) -> str:
    """A text for a .csv: one that a spreadsheet would calculate gets a quotation mark in front."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
