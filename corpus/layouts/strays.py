"""Rows that look like indicators and belong to no table that was read: they are reported."""

from collections.abc import Iterator, Sequence

from corpus.blocks import Block, Row
from corpus.layouts.contents import Content, content_of
from corpus.layouts.graded import GRADES
from corpus.layouts.labels import is_foot, label_of
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.sheets import Sheet
from corpus.records import Remark
from text.normalise import one_line

_NARROWEST = 3  # cells: level, name, value
_SHOWN = 60  # characters of a row
_VALUES = (Content.NUMBER, Content.MEASURED, Content.SIGN)


def strays(sheets: Sequence[Sheet], file: str) -> Iterator[Remark]:
    """A remark for each row that says level, name and value below no header."""
    for sheet in sheets:
        for row in _below_no_header(sheet.head):
            yield _remark(row, file, "no header with 三级指标 above this row")
        for row in sheet.body if sheet.graded else ():
            if len(row.texts) > 1 and len(row.texts) != 1 + len(GRADES):
                yield _remark(row, file, "a name and four standards were expected")


def _below_no_header(head: Sequence[Block]) -> Iterator[Row]:
    """The rows from the first one with a level word and a value on, up to a label."""
    inside = False
    for item in head:
        if not isinstance(item, Row) or not item.texts:
            continue
        if label_of(item.texts[0]) or is_foot(item.texts[0]):
            inside = False
        elif _is_indicator(item):
            inside = True
        if inside and len(item.texts) > 1:
            yield item


def _is_indicator(row: Row) -> bool:
    if len(row.texts) < _NARROWEST or not (level2_of(row.texts[0]) or level2_of(row.texts[1])):
        return False
    if level2_of(row.texts[1]) and not (level1_of(row.texts[0]) or level2_of(row.texts[0])):
        return False
    return any(content_of(text) in _VALUES for text in row.texts[2:])


def _remark(row: Row, file: str, reason: str) -> Remark:
    return Remark(file, row.stands, f"{reason}: {one_line(' | '.join(row.texts))[:_SHOWN]}")
