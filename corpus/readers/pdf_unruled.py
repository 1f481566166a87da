"""Tables of a PDF page without rulings, whose cells are broken over several lines.

The words of the header and the white space between columns tell the columns, and the places of
the text its rows (`pdf_rows`). Where they leave a row open, the page is reported and not guessed.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from corpus.blocks import Cell, Item, Paragraph, Row, Unread
from corpus.layouts.labels import is_foot, label_of, stands_outside
from corpus.layouts.roles import Role, is_header, role_of_head, roles_of_heads
from corpus.layouts.run_values import is_approving, is_certain_value
from corpus.readers.pdf_rows import Columns, Line, Piece, rows_by_place

_FEWEST_HEADS = 3
_BESIDE = 0.9  # of a line's height: so near stand the halves of a head of two lines
_LONGEST_REST = 4  # characters of a head word on its second line
_ALIGNED = 1.5  # points: so far apart lines of one cell may begin
_CLOSE = 0.45  # of a line's height: the white space between lines of one cell is less
_TOUCH = 1.0  # points: columns nearer than this touch
_UNCERTAIN = (
    "a table without rulings whose cells are broken over lines: rows cannot be told apart;"
    " give the .docx or .xlsx it was printed from"
)


class UnruledTables:
    """Reads the lines outside ruled tables, page after page: a table may go on without header."""

    def __init__(self) -> None:
        self._open: Columns | None = None

    def items(self, lines: Sequence[Line], closely: Sequence[Line], page: int) -> Iterator[Item]:
        """Tables whose cells are broken over lines by their places, all else line by line.

        `closely` are the same lines, parted at narrow gaps too.
        """
        while (at := header_at(closely)) is not None:
            first, start = at, at + 1
            while first and _is_beside(closely[first - 1], closely[at]):
                first -= 1
            while start < len(closely) and (
                _is_beside(closely[start], closely[at]) or _ends_heads(closely[start], closely[at])
            ):
                start += 1
            end = body_end(closely, start, closely[at])
            heads = [piece for line in closely[first:start] for piece in line]
            columns = columns_of(heads, closely[start:end])
            rows = rows_by_place(closely[start:end], columns) if columns else None
            self._open = columns if columns and rows and end == len(lines) else None
            if columns and rows:
                yield from _line_items(lines[:first], page)
                yield from _numbered((columns.heads, *rows), page)
            elif are_whole_rows(closely[start:end]):
                yield from _line_items(lines[:end], page)
            else:
                yield from _line_items(lines[:first], page)
                yield Unread(f"page {page}", _UNCERTAIN)
            lines, closely = lines[end:], closely[end:]
        if lines:
            yield from self._without_header(lines, closely, page)

    def _without_header(
        self, lines: Sequence[Line], closely: Sequence[Line], page: int
    ) -> Iterator[Item]:
        """The rest of a table of the page before, if these lines fit its columns."""
        columns, self._open = self._open, None
        edges = [Piece("", x0, x1, 0, 0) for x0, x1 in columns.edges] if columns else []
        end = body_end(closely, 0, edges) if columns else 0
        rows = rows_by_place(closely[:end], columns) if columns else None
        if columns and rows:
            self._open = columns if end == len(lines) else None
            yield from _numbered(rows, page)
            lines = lines[end:]
        yield from _line_items(lines, page)


def _numbered(rows: Sequence[Sequence[str]], page: int) -> Iterator[Row]:
    for number, texts in enumerate(rows, start=1):
        yield Row(tuple(Cell(text, number) for text in texts), f"page {page}")


def _line_items(lines: Sequence[Line], page: int) -> Iterator[Item]:
    for index, line in _with_rests(lines):
        if len(line) > 1:
            yield Row(tuple(Cell(piece.text, index) for piece in line), f"page {page}")
        elif line:
            yield Paragraph(line[0].text, index, f"page {page}")


def _with_rests(lines: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    """Lines and their numbers; the second line of cells in a row of several is a part of it."""
    row: Line = ()
    number = 0
    for index, line in enumerate(lines, start=1):
        whole = _with_rest(row, line) if 0 < len(line) <= len(row) > 1 else None
        if whole is not None:
            row = whole
            continue
        if row:
            yield number, row
        row, number = line, index
    if row:
        yield number, row


def _with_rest(row: Line, rest: Line) -> Line | None:
    """The row with the rests of its cells, which stand close below them and begin where they do."""
    cells = list(row)
    for piece in rest:
        height = piece.bottom - piece.top
        above = [
            k
            for k, cell in enumerate(cells)
            if abs(cell.x0 - piece.x0) < _ALIGNED
            and 0 <= piece.top - cell.bottom < _CLOSE * height
            and piece.x1 < cell.x1 + height
        ]
        if not above or is_certain_value(piece.text) or is_approving(piece.text):
            return None
        cell = cells[above[0]]
        text = cell.text + piece.text
        if label_of(piece.text) and not label_of(text):
            return None
        cells[above[0]] = Piece(text, cell.x0, cell.x1, cell.top, piece.bottom)
    return cells


def _is_beside(line: Line, heads: Line) -> bool:
    """Does a line stand beside the header, as the halves of heads of two lines do?"""
    height = heads[0].bottom - heads[0].top
    return bool(line) and abs(line[0].middle - heads[0].middle) < _BESIDE * height


def _ends_heads(line: Line, heads: Line) -> bool:
    """Is a line below the header the rest of its words (一级指 | 标)?"""
    return bool(line) and all(
        len(piece.text) <= _LONGEST_REST
        and not (is_certain_value(piece.text) or is_approving(piece.text))
        and any(
            piece.x0 < head.x1
            and piece.x1 > head.x0
            and role_of_head(head.text) is not role_of_head(head.text + piece.text)
            for head in heads
        )
        for piece in line
    )


def header_at(lines: Sequence[Line]) -> int | None:
    """The line that holds the head words of a table, or None."""
    for index, line in enumerate(lines):
        if len(line) >= _FEWEST_HEADS and is_header([piece.text for piece in line]):
            return index
    return None


def body_end(lines: Sequence[Line], start: int, heads: Line) -> int:
    """Where the rows below a header end: at text across columns, or at the foot."""
    for index in range(start, len(lines)):
        for piece in lines[index]:
            across = sum(piece.x0 < head.x1 and piece.x1 > head.x0 for head in heads)
            if across > 1 or is_foot(piece.text) or stands_outside(piece.text):
                return index
    return len(lines)


def are_whole_rows(body: Sequence[Line]) -> bool:
    """Does each line hold a value beside other text, so that lines may be read as rows?"""
    return all(
        len(line) > 1 and any(is_certain_value(p.text) or is_approving(p.text) for p in line)
        for line in body
    )


def columns_of(heads: Sequence[Piece], body: Sequence[Line]) -> Columns | None:
    """The columns between the white space that no piece crosses; None if some share one."""
    edges = _with_heads(_joined_spans((p.x0, p.x1) for line in (heads, *body) for p in line), heads)
    words = []
    for left, right in edges:
        inside = [h for h in heads if left <= h.x0 and h.x1 <= right]
        inside.sort(key=lambda h: (round(h.middle), h.x0))
        if not inside or any(_are_two(a, b) for a, b in pairwise(inside)):
            return None
        words.append("".join(h.text for h in inside))
    roles = tuple(role or Role.OTHER for role in roles_of_heads(words))
    if Role.NAME not in roles or Role.VALUE not in roles:
        return None
    return Columns(tuple(edges), tuple(words), roles)


def _are_two(one: Piece, other: Piece) -> bool:
    """Are these two head words beside each other, not two parts of one?"""
    beside = abs(one.middle - other.middle) < (one.bottom - one.top) / 2
    return beside and bool(role_of_head(one.text) and role_of_head(other.text))


def _joined_spans(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans that touch as one."""
    joined: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if joined and left < joined[-1][1] + _TOUCH:
            joined[-1] = joined[-1][0], max(joined[-1][1], right)
        else:
            joined.append((left, right))
    return joined


def _with_heads(edges: Sequence[tuple[float, float]], heads: Line) -> list[tuple[float, float]]:
    """Columns that each have a head: one without (≥ before its numbers) joins the nearest."""
    found = list(edges)
    k = 0
    while k < len(found) > 1:
        if any(found[k][0] <= h.x0 and h.x1 <= found[k][1] for h in heads):
            k += 1
            continue
        before = found[k][0] - found[k - 1][1] if k else float("inf")
        after = found[k + 1][0] - found[k][1] if k + 1 < len(found) else float("inf")
        other = k - 1 if before <= after else k
        found[other : other + 2] = [(found[other][0], found[other + 1][1])]
        k = other
    return found
