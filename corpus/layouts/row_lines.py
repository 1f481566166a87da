"""Text exports with one row per line: tabs (family E), bars (C) or spaces (D) part the cells."""

import csv
import re
from collections.abc import Iterator, Sequence

from corpus.blocks import Block, Cell, Line, Paragraph, Row
from corpus.layouts.labels import label_of, stands_outside
from corpus.layouts.levels import STEMS, level1_of, level2_of
from corpus.layouts.roles import is_header
from text.normalise import squeeze

_CUT_CELL = 8  # characters: a level name cut by a line break, not a sentence
_MOST_LINES = 5  # that one row is broken over
_LAST_CELL = re.compile(r"[^\s|]{2,12}$")
_FIRST_CELL = re.compile(r"[^\s|]{2,12}(?![^\s|])|指标")
_LEVEL_TAILS = ("指标", "满意", "效益", "影响", "成本")
_AMOUNT = re.compile(r"-?[\d,]+(?:\.\d+)?(?:万?元|%)?$|[-—/]$")
_BAR = re.compile(r"\s*\|\s*")


def tab_items(lines: Sequence[Line]) -> Iterator[Block]:
    """Rows and paragraphs where tabs part the cells of a line; a cell may hold line breaks."""
    width = 0
    pending: Row | None = None
    for line in with_cut_levels_joined(lines):
        if "\t" not in line.text:
            if pending is not None and line.text.strip():
                yield pending
                pending = None
            if line.text.strip():
                yield Paragraph(line.text.strip(), line.number)
            continue
        row = Row(tuple(Cell(t.strip(), line.number) for t in line.text.split("\t")))
        if is_header(row.texts):
            width = len(row.cells)
        if pending is not None:
            whole = _continued(pending, row)
            if len(whole.cells) == width:
                yield whole
                pending = None
                continue
            yield pending
            pending = None
        if width and len(row.cells) < width and row.cells[-1].text:
            pending = row
        else:
            yield row
    if pending is not None:
        yield pending


def comma_items(lines: Sequence[Line]) -> Iterator[Block]:
    """Rows and paragraphs of a table of commas that is not named .csv."""
    for line in lines:
        cells = next(csv.reader([line.text]), [])
        if len(cells) > 1:
            yield Row(tuple(Cell(cell.strip(), line.number) for cell in cells))
        elif line.text.strip():
            yield Paragraph(line.text.strip(), line.number)


def _continued(row: Row, rest: Row) -> Row:
    """A row whose last cell was broken, with the line that goes on."""
    last, first = row.cells[-1], rest.cells[0]
    return Row((*row.cells[:-1], Cell(last.text + first.text, last.number), *rest.cells[1:]))


def space_items(lines: Sequence[Line]) -> Iterator[Block]:
    """Rows where single spaces part the cells of a line and empty cells leave nothing (family D).

    A label with one text after it keeps that text whole, whatever spaces it has.
    """
    for line in with_cut_levels_joined(lines):
        words = line.text.split()
        if words:
            others = [w for w in words[1:] if label_of(w)]
            if label_of(words[0]) and not others and not all(map(_AMOUNT.match, words[1:])):
                words = [words[0], line.text.strip()[len(words[0]) :].strip()]
            yield Row(tuple(Cell(w, line.number) for w in words))


def with_cut_levels_joined(lines: Sequence[Line]) -> Iterator[Line]:
    """Join a line that ends with the first part of a level word with the next: 社会效益 / 指标.

    The name of the row stands after it, so the row is counted by its second line.
    """
    held: Line | None = None
    for line in lines:
        start = line.text.lstrip(" ")
        if held is not None and start.startswith(_LEVEL_TAILS) and _cuts_level(held.text, start):
            held = Line(held.text.rstrip() + start, line.number)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _cuts_level(above: str, below: str) -> bool:
    """Do the last word of a line and the first of the next make one level word?"""
    last, first = _LAST_CELL.search(above.rstrip(" ")), _FIRST_CELL.match(below)
    if last is None or first is None or last.group().endswith("指标"):
        return False
    if below.startswith("指标") and (level1_of(last.group()) or level2_of(last.group())):
        return True
    return (last.group() + first.group()).removesuffix("指标") in STEMS


def bar_items(lines: Sequence[Line]) -> Iterator[Block]:
    """Rows and paragraphs where bars part the cells; a run of bars closes a row.

    Cells are broken over lines: a line that does not end with a bar goes on in the next one,
    and a short line without bars may be the start of a row's first cell.
    """
    pending: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        if pending and "|" in text and (text.startswith("|") or _is_apart(pending, text)):
            yield from _abandoned(pending)
            pending = []
        if "|" not in text and (len(squeeze(text)) > _CUT_CELL and not _has_bar(pending)):
            yield from _abandoned(pending)
            yield Paragraph(text, line.number)
            pending = []
            continue
        pending.append(line)
        if text.endswith("|"):
            yield _bar_row(pending)
            pending = []
        elif len(pending) > _MOST_LINES:
            yield from _abandoned(pending)
            pending = []
    yield from _abandoned(pending)


def _is_apart(pending: Sequence[Line], text: str) -> bool:
    """Are the lines without bars above a row no part of its first cell (a title, a year)?"""
    if _has_bar(pending):
        return False
    first = text.split("|", 1)[0].strip()
    above = "".join(squeeze(line.text) for line in pending)
    return stands_outside(above) or label_of(first) is not None or level1_of(first) is not None


def _has_bar(lines: Sequence[Line]) -> bool:
    return any("|" in line.text for line in lines)


def _abandoned(lines: Sequence[Line]) -> Iterator[Block]:
    """Lines that turned out not to be a row, or a row that was never closed."""
    bars = next((n for n, line in enumerate(lines) if "|" in line.text), len(lines))
    for line in lines[:bars]:
        yield Paragraph(line.text.strip(), line.number)
    if bars < len(lines):
        yield _bar_row(lines[bars:])


def _bar_row(lines: Sequence[Line]) -> Row:
    cells: list[Cell] = []
    for index, line in enumerate(lines):
        text = line.text.strip().lstrip("|")
        parts = _BAR.split(text.rstrip("|").rstrip())
        if index and cells:
            last = cells.pop()
            parts[0] = last.text + parts[0]
            cells.append(Cell(parts.pop(0), last.number))
        cells.extend(Cell(p.strip(), line.number) for p in parts)
    return Row(tuple(cells))
