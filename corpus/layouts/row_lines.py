"""Text exports with one row per line: tabs (family E), bars (C) or spaces (D) part the cells."""

import re
from collections.abc import Iterator, Sequence

from corpus.blocks import Block, Cell, Line, Paragraph, Row
from corpus.layouts.labels import label_of
from corpus.layouts.levels import level2_of
from text.normalise import squeeze

_BAR_ROW_END = re.compile(r"\s*\|+\s*$")
_CUT_CELL = 8  # characters: a level name cut by a line break, not a sentence
_MOST_LINES = 5  # that one row is broken over
_BAR = re.compile(r"\s*\|\s*")


def tab_items(lines: Sequence[Line]) -> Iterator[Block]:
    """Rows and paragraphs where tabs part the cells of a line."""
    for line in lines:
        if "\t" in line.text:
            yield Row(tuple(Cell(t.strip(), line.number) for t in line.text.split("\t")))
        elif line.text.strip():
            yield Paragraph(line.text.strip(), line.number)


def space_items(lines: Sequence[Line]) -> Iterator[Block]:
    """Rows where single spaces part the cells of a line and empty cells leave nothing (family D).

    A label with one text after it keeps that text whole, whatever spaces it has.
    """
    for line in _with_cut_levels_joined(lines):
        words = line.text.split()
        if words:
            others = [w for w in words[1:] if label_of(w)]
            if label_of(words[0]) and not others:
                words = [words[0], line.text.strip()[len(words[0]) :].strip()]
            yield Row(tuple(Cell(w, line.number) for w in words))


def _with_cut_levels_joined(lines: Sequence[Line]) -> Iterator[Line]:
    """Join a line that is only the first part of a level word with the next: 社会效益 / 指标."""
    held: Line | None = None
    for line in lines:
        text = line.text.strip()
        if held is not None:
            joins = text.startswith("指标")
            if not joins:
                yield held
            line = Line(held.text.strip() + text, held.number) if joins else line
            held = None
        if level2_of(line.text.strip()) and not squeeze(line.text).endswith("指标"):
            held = line
        else:
            yield line
    if held is not None:
        yield held


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
        if "|" in text and text.startswith("|") and pending:
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
        parts = _BAR.split(_BAR_ROW_END.sub("", text))
        if index and cells:
            last = cells.pop()
            parts[0] = last.text + parts[0]
            cells.append(Cell(parts.pop(0), last.number))
        cells.extend(Cell(p.strip(), line.number) for p in parts)
    return Row(tuple(cells))
