"""Text exports with one row per line whose cells bars part, where nothing closes a row.

A line with a bar is a row. What stands in lines of its own beside it is the rest of a cell that
was broken: a label down the side (产 / 出 / 指标 | …), a name, or the end of a long last cell.
"""

from collections.abc import Iterator, Sequence

from corpus.blocks import Block, Cell, Line, Paragraph, Row
from corpus.layouts.contents import Content, content_of
from corpus.layouts.labels import is_foot, label_of, stands_outside
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import is_header, role_of_head
from text.normalise import squeeze

_CUT_CELL = 12  # characters of a cell's first part
_LONG_CELL = 8  # characters of a last cell that may go on in the next line


def are_open(head: Sequence[Line], header: Line) -> bool:
    """Do bars only part cells, so that neither the header nor most lines above end with one?

    Rows below may end with one all the same, where their last cell is empty.
    """
    barred = [text for line in head if "|" in line.text and (text := line.text.rstrip())]
    closed = sum(text.endswith("|") for text in barred)
    return 2 * closed <= len(barred) and not header.text.rstrip().endswith("|")


def open_bar_items(lines: Sequence[Line]) -> Iterator[Block]:
    """Rows and paragraphs where a bar stands between two cells, and none behind the last."""
    builder = _Builder()
    for line in lines:
        if "|" in line.text:
            builder.row(line)
        elif line.text.strip():
            builder.loose.append(line)
    builder.flush()
    return iter(builder.items)


def is_word(text: str) -> bool:
    """Is this a word of the form: a level, a head, or a label?"""
    return bool(
        level1_of(text) or level2_of(text) or role_of_head(text) or label_of(text)
    ) or squeeze(text) in ("绩效指标", "项目绩效指标")


class _Builder:
    """The rows so far; the last one is kept apart, for a cell of it may go on."""

    def __init__(self) -> None:
        self.items: list[Block] = []
        self.loose: list[Line] = []
        self._last: list[Cell] = []
        self._in_body = False

    def row(self, line: Line) -> None:
        """Take one line with bars, and the lines without that stand before it."""
        cells = [Cell(part.strip(), line.number) for part in line.text.split("|")]
        if self._last and not self.loose and self._goes_on(cells[0].text):
            last = self._last.pop()
            self._last += [Cell(last.text + cells[0].text, last.number), *cells[1:]]
            return
        held = self._first_part(cells[0].text)
        self._end_row()
        if held:
            cells[0] = Cell(held + cells[0].text, line.number)
        self._last = cells

    def flush(self) -> None:
        """End the last row; what stands below it is no part of it."""
        loose, self.loose = self.loose, []
        self._end_row()
        self.loose = loose
        self._paragraphs()

    def _goes_on(self, first: str) -> bool:
        """Does the first cell of a line end the last word of the line above?"""
        above = self._last[-1].text
        if not above or not first or not is_word(above + first):
            return False
        return squeeze(first) == "指标" or not (is_word(above) or is_word(first))

    def _first_part(self, first: str) -> str:
        """The loose lines, as the first part of the cell that they stand before, or ""."""
        held = "".join(squeeze(line.text) for line in self.loose)
        if not held or len(held) > _CUT_CELL:
            return ""
        whole = held + squeeze(first)
        if stands_outside(held) or is_foot(held):
            return ""
        if level2_of(whole) or (is_word(whole) and not is_word(first)):
            self.loose = []
            return held
        if not self._in_body or is_word(first) or is_word(held) or self._breaks_last():
            return ""
        if content_of(first) is not Content.WORDS:
            return ""
        self.loose = []
        return held

    def _breaks_last(self) -> bool:
        """Is the last cell of the row above a text that may go on in the next line?"""
        text = self._last[-1].text if self._last else ""
        return len(text) > _LONG_CELL and content_of(text) is Content.WORDS

    def _end_row(self) -> None:
        held = "".join(line.text.strip() for line in self.loose)
        goes_on = self._in_body and self._breaks_last() and not stands_outside(held)
        if held and goes_on and not is_foot(held) and not label_of(held):
            last = self._last.pop()
            self._last.append(Cell(last.text + held, last.number))
            self.loose = []
        if self._last:
            row = Row(tuple(self._last))
            self._in_body = self._in_body or is_header(row.texts)
            self.items.append(row)
            self._last = []
        self._paragraphs()

    def _paragraphs(self) -> None:
        self.items += [Paragraph(line.text.strip(), line.number) for line in self.loose]
        self.loose = []
