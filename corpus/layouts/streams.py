"""Text exports with one cell per line and no mark for the row end (families A2 and B).

Cells merged downwards vanish; empty cells are mostly kept (a no-break space, a bare bar).
"""

from collections.abc import Iterator, Sequence

from corpus.blocks import Block, Cell, Line, Paragraph, Row
from corpus.layouts.flat_streams import unflattened
from corpus.layouts.labels import label_of
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import Role, is_header, role_of_head, unfolded
from corpus.layouts.row_lines import with_cut_levels_joined
from corpus.layouts.stream_body import body_rows
from text.normalise import squeeze

_ROW_END = "||"
_FEWEST_ROWS = 3
_LONGEST_HEADER = 24  # cells


def ends_row(line: Line) -> bool:
    """Do doubled bars mark the end of a row here?"""
    return line.text.rstrip().endswith(_ROW_END)


def bar_cell_items(lines: Sequence[Line]) -> Iterator[Block]:
    """One cell per line with a bar after it, where doubled bars end a row (part of family B)."""
    cells: list[Cell] = []
    for line in with_cut_levels_joined(_bars_behind(lines)):
        text = line.text.strip()
        if "|" not in text:
            if text:
                yield Paragraph(text, line.number)
            continue
        words = text.strip("| ")
        if words or (cells and not text.endswith(_ROW_END)):
            cells.append(Cell(words, line.number))
        elif line.text.startswith((" ", "\u00a0")) and not text.endswith(_ROW_END):
            cells.append(Cell("", line.number))
        if text.endswith(_ROW_END) and cells:
            yield from _head_and_row(cells)
            cells = []
    if cells:
        yield Row(tuple(cells))


def _bars_behind(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with the bar of each cell behind it, also where it stands in the line before.

    The bar that opens a row there is dropped: it parts nothing. So is the line break before bars
    that all stand on lines of their own.
    """
    barred = [text for line in lines if "|" in (text := line.text.strip())]
    if barred.count(_ROW_END) >= _FEWEST_ROWS and set(barred) <= {"|", _ROW_END}:
        return _bars_after(lines)
    bare = [k for k, line in enumerate(lines[:-1]) if line.text.strip() == "|"]
    before = [k for k in bare if not ("|" in lines[k + 1].text and _holds_its_bar(lines[k + 1]))]
    if 2 * len(before) < len(bare) or not bare:
        return lines
    opened, found, marked = frozenset(bare), list[Line](), False
    for index, line in enumerate(lines):
        if index in opened:
            if marked:
                found.append(Line(" |", lines[index - 1].number))
            marked = True
        elif marked and not _ends_in_bar(line, "||"):
            found.append(Line(f" {line.text.strip()} |", line.number))
            marked = False
        else:
            found.append(line)
            marked = False
    return found


def _bars_after(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of cells that bars on lines of their own part, doubled where a row ends."""
    found: list[Line] = []
    cell: Line | None = None
    for line in (line for line in lines if line.text.strip()):
        bar = line.text.strip()
        if bar in ("|", _ROW_END):
            text = cell.text.strip() if cell else ""
            found.append(Line(f" {text} {bar}", (cell or line).number))
            cell = None
            continue
        if cell:
            found.append(cell)
        cell = line
    return [*found, cell] if cell else found


def _holds_its_bar(line: Line) -> bool:
    """Has a cell the bar before or behind it on its own line?"""
    text = line.text.strip()
    return _ends_in_bar(line) or (text.startswith("|") and text != "|" and text != _ROW_END)


def _ends_in_bar(line: Line, bar: str = "|") -> bool:
    text = line.text.rstrip()
    return text.endswith(bar) and (bar == _ROW_END or not text.endswith(_ROW_END))


def _head_and_row(cells: Sequence[Cell]) -> Iterator[Block]:
    """One row, parted from the head above it where only the header's end is marked."""
    start = next((k for k, c in enumerate(cells) if role_of_head(c.text) is Role.LEVEL1), 0)
    if start > 1 and is_header([c.text for c in cells[start:]]):
        yield from _head(cells[:start])
        cells = cells[start:]
    yield Row(tuple(cells))


def stream_items(lines: Sequence[Line]) -> Iterator[Block]:
    """Rows of a stream of cells: head, header and body found by their words."""
    cells = unflattened(_joined(tuple(_cells(tuple(with_cut_levels_joined(lines))))))
    position = 0
    while position < len(cells):
        header = _header_at(cells, position)
        if header is None:
            break
        start, end = header
        yield from _head(cells[position:start])
        heads = _joined_header(cells[start:end])
        head_row = Row(tuple(heads[k] for k in unfolded([h.text for h in heads])))
        yield head_row
        position = yield from body_rows(cells, end, [c.text for c in head_row.cells])
    yield from _head(cells[position:])


def _cells(lines: Sequence[Line]) -> Iterator[Cell]:
    """Cells of the stream: bars after a cell are cut off, a bare bar is an empty cell.

    A line of nothing but a no-break space is an empty cell; truly empty lines part cells.
    """
    parted = _bars_part(lines)
    closes = False
    for line in lines:
        if not line.text or (line.text.isspace() and "\u00a0" not in line.text):
            continue
        text = line.text.strip()
        if not (parted and closes and text == "|"):
            yield Cell(text.strip("|").strip(), line.number)
        closes = "|" not in text


def _bars_part(lines: Sequence[Line]) -> bool:
    """Does a bar on a line of its own stand behind every cell, and is no empty cell?"""
    said = [text for line in lines if (text := line.text.strip())]
    bare, words = said.count("|"), sum("|" not in text for text in said)
    return 5 * bare > 4 * words > 16 * (len(said) - bare - words)


def _joined(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Join level words with their cut tail: 经济效益 / 指标."""
    joined: list[Cell] = []
    for cell in cells:
        before = joined[-1] if joined else None
        if before and squeeze(cell.text) == "指标" and level2_of(before.text):
            joined[-1] = Cell(before.text + "指标", before.number)
        else:
            joined.append(cell)
    return tuple(joined)


def _header_at(cells: Sequence[Cell], position: int) -> tuple[int, int] | None:
    """Where the next header runs: from a level head to the first level word of the body."""
    for start in range(position, len(cells)):
        if role_of_head(cells[start].text) not in (Role.LEVEL1, Role.LEVEL2):
            continue
        for end in range(start + 3, min(start + _LONGEST_HEADER, len(cells)) + 1):
            at_body = end < len(cells) and _is_level(cells[end].text)
            if at_body and is_header([c.text for c in _joined_header(cells[start:end])]):
                return start, end
    return None


def _is_level(text: str) -> bool:
    return role_of_head(text) is None and bool(level1_of(text) or level2_of(text))


def _joined_header(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Join head words broken over lines: 年度 / 指标值, 实际 / 完成值."""
    joined: list[Cell] = []
    for cell in cells:
        before = joined[-1] if joined else None
        role = role_of_head(cell.text)
        if before is not None and before.text and role is not None:
            before_role = role_of_head(before.text)
            whole = role_of_head(before.text + cell.text)
            broken = before_role is None and len(squeeze(before.text)) <= 4
            if whole is role and (broken or (before_role is role and role is Role.ACTUAL)):
                joined[-1] = Cell(before.text + cell.text, before.number)
                continue
        if cell.text:
            joined.append(cell)
    return tuple(joined)


def _head(cells: Sequence[Cell]) -> Iterator[Block]:
    """Titles as paragraphs; from the first label on, one row of labels and values."""
    first = next((k for k, c in enumerate(cells) if label_of(c.text)), len(cells))
    for cell in cells[:first]:
        if cell.text:
            yield Paragraph(cell.text, cell.number)
    if cells[first:]:
        yield Row(tuple(cells[first:]))
