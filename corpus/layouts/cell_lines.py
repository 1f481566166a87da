"""Text exports with one cell per line, each starting with a tab (family A1).

A merged cell is a lone tab; rows are parted by blank lines, but blank lines also stand inside
rows and cells, and a cell may hold line breaks. So a row ends at a blank line only if it has as
many cells as its header, and a line without a tab belongs to the cell before it as long as the
row is not complete.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.blocks import Block, Cell, Lines, Paragraph, Row, as_cell
from corpus.layouts.labels import Field, label_of, stands_outside
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import is_header, role_of_head
from text.normalise import squeeze

_BOOKMARK = re.compile(r"\[bookmark:[^\]\[]*\]")
_HEADING = re.compile(r"^\s*(?:[(（][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+部分)")


def without_bookmark(text: str) -> str:
    """A line without the bookmarks that the export left in it."""
    return _BOOKMARK.sub("", text)


def items_of(lines: Lines) -> Iterator[Block]:
    """Rows and paragraphs of a one-cell-per-line export."""
    builder = _Builder()
    run: list[Cell] = []  # cells between which nothing stands
    said = map(str.strip, lines.texts)
    for printed, text, number in zip(lines.texts, said, lines.numbers, strict=True):
        if printed[:1] == "\t":
            if "[" in text:
                text = without_bookmark(text).strip()
            # a lone tab (or two) is a merged cell; a no-break space is an empty one
            run.append(as_cell((text, number, not text and not printed.strip("\t"))))
        else:
            if run:
                builder.feed_cells(run)
                run = []
            if text and squeeze(text):
                builder.feed(text, number)
            else:
                builder.after_blank = True
    if run:
        builder.feed_cells(run)
    builder.flush()
    return iter(builder.items)


_OPENING = (Field.PROJECT, Field.CODE, Field.UNIT, Field.DEPARTMENT, Field.FILLED_BY)


def _opens_head(text: str) -> bool:
    """Does a cell that begins a row begin the head of the next table?"""
    return label_of(text) in _OPENING or stands_outside(text)


def _are_heads(cells: Sequence[Cell], text: str = "") -> bool:
    """Are these cells, and a next one, the second row of a header: blank cells and head words?"""
    said = [cell.text for cell in cells if cell.text]
    return bool(said or text) and all(role_of_head(word) for word in (*said, text) if word)


@dataclass(slots=True)
class _Builder:
    """Collects cells until a row is complete."""

    items: list[Block] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    width: int | None = None
    after_blank: bool = False
    below_header: bool = False

    def feed_cells(self, cells: Sequence[Cell]) -> None:
        """Take cells between which nothing stands."""
        self._begin_cell(cells[0])
        if self.width is None or (
            not self.below_header and len(self.cells) + len(cells) <= self.width
        ):
            self.cells += cells  # no row ends among them
        else:
            self.cells.append(cells[0])
            for cell in cells[1:]:
                self._begin_cell(cell)
                self.cells.append(cell)

    def _begin_cell(self, cell: Cell) -> None:
        """End the row before, where this cell begins another."""
        if self.cells and self._row_ends(cell.text):
            self.flush()
        if not self.cells and self.width is not None and _opens_head(cell.text):
            self.width = None
        self.after_blank = False

    def feed(self, text: str, number: int) -> None:
        """Take a line without a tab that says something."""
        if self._continues(text):
            self._extend(text, number)
        else:
            self.flush()
            self.width = None
            self.items.append(Paragraph(without_bookmark(text).strip(), number))

    def _row_ends(self, text: str) -> bool:
        if self.width is None:
            return self.after_blank and not self._only_blank()
        if self.below_header and not self.after_blank and _are_heads(self.cells, text):
            return False  # the second row of a header, which is wider than its first
        cells = len(self.cells)
        return cells >= self.width or (self.after_blank and cells > 2 and self._starts_row(text))

    def _only_blank(self) -> bool:
        return not any(c.text for c in self.cells)

    @staticmethod
    def _starts_row(text: str) -> bool:
        return bool(level1_of(text) or level2_of(text))

    def _continues(self, text: str) -> bool:
        """Does a line without a tab belong to the cell before it?"""
        if not self.cells or _BOOKMARK.search(text) or _HEADING.match(text):
            return False
        if not self.cells[-1].text and self.after_blank and self._full():
            return False
        if not self.after_blank or not self.cells[-1].text:
            return True
        return self.width is not None and not self._full()

    def _full(self) -> bool:
        return self.width is not None and len(self.cells) >= self.width

    def _extend(self, text: str, number: int) -> None:
        last = self.cells[-1]
        if last.text:
            self.cells[-1] = Cell(f"{last.text}\n{text}", last.number)
        else:
            self.cells[-1] = Cell(text, number)
        self.after_blank = False

    def flush(self) -> None:
        """End the row collected so far, if any."""
        if self.cells:
            row = Row(tuple(self.cells))
            header = is_header(row.texts)
            if header or (self.below_header and _are_heads(row.cells)):
                self.width = len(row.cells)
            self.below_header = header
            self.items.append(row)
        self.cells = []
        self.after_blank = False
