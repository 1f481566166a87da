"""The cells of a ruled table on a PDF page: which text stands in which box.

A program that prints a sheet whose rows are too low lets the lines of a cell run over its edges,
into the cells above and below: such lines are put together again and go to the box that their
middle lies in.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

from corpus.readers.grid import SpanCell

_SAME_EDGE = 2.0  # points: edges nearer than this are one ruling
_OVER_EDGE = 0.25  # of a character's height: so much of it lies beyond the edge of its box
_OFF_MIDDLE = 0.35  # of a character's height
_PART, _LINE_OF_ITS_OWN, _MISPLACED = 2, 3, 100  # what parts of a text cost, see `_price`
_MOST_LINES = 40  # of one cell
_SAME_LINE = 0.3  # of a character's height
_OVERPRINTED = 0.75  # of a character's height: lines nearer than this hide each other
_LEAST_STEP, _NEXT_LINE = 0.9, 1.8  # of a character's height, from top to top

Box = tuple[float, float, float, float]
Char = dict[str, Any]


class Chars:
    """The characters of a page, found by the box they stand in."""

    def __init__(self, chars: Sequence[Char]) -> None:
        middles = [((c["top"] + c["bottom"]) / 2, index) for index, c in enumerate(chars)]
        middles.sort()
        self._chars = chars
        self._middles = middles

    def inside(self, box: Box) -> list[int]:
        """Places of those whose middle lies in the box, in the order they were printed."""
        first = bisect_left(self._middles, box[1], key=itemgetter(0))
        last = bisect_left(self._middles, box[3], key=itemgetter(0))
        found = sorted(index for _, index in self._middles[first:last])
        return [
            index
            for index in found
            if box[0] <= ((c := self._chars[index])["x0"] + c["x1"]) / 2 < box[2]
        ]

    def __getitem__(self, index: int) -> Char:
        return self._chars[index]


def cells_of(boxes: Sequence[Box], chars: Chars) -> tuple[list[SpanCell], list[str]]:
    """The cells of a table with their texts and the rows and columns they reach over.

    The second list holds texts printed over each other: their cells are blank.
    """
    from pdfplumber.utils.text import extract_text

    lefts = _edges([b[0] for b in boxes])
    tops = _edges([b[1] for b in boxes])
    inside = [chars.inside(box) for box in boxes]
    crossed = any(
        _over_edge(chars[k], box) for box, held in zip(boxes, inside, strict=True) for k in held
    )
    if crossed:
        inside = _put_back(boxes, inside, chars, lefts)
    cells: list[SpanCell] = []
    unclear: list[str] = []
    for box, held in zip(boxes, inside, strict=True):
        row, column = _index(tops, box[1]), _index(lefts, box[0])
        text = extract_text([chars[k] for k in held]).strip() if held else ""
        if crossed and text and _overlap(held, chars):
            unclear.append(text)
            text = ""
        rows, columns = _index(tops, box[3]) - row, _index(lefts, box[2]) - column
        cells.append(SpanCell(row, column, text, max(1, rows), max(1, columns)))
    return cells, unclear


def _overlap(held: Sequence[int], chars: Chars) -> bool:
    """Are lines printed over each other?"""
    lines = sorted({(c["top"], c["bottom"]) for k in held if not (c := chars[k])["text"].isspace()})
    return any(
        _SAME_LINE < (below[0] - above[0]) / (above[1] - above[0]) < _OVERPRINTED
        for above, below in pairwise(lines)
    )


def _over_edge(char: Char, box: Box) -> bool:
    beyond = max(box[1] - char["top"], char["bottom"] - box[3])
    return bool(beyond > _OVER_EDGE * (char["bottom"] - char["top"]))


def _put_back(
    boxes: Sequence[Box], inside: Sequence[Sequence[int]], chars: Chars, lefts: Sequence[float]
) -> list[list[int]]:
    """The characters of each box, those of a text that runs over its edges with it."""
    box_of = {k: place for place, held in enumerate(inside) for k in held}
    found: list[list[int]] = [[] for _ in boxes]
    over: list[list[int]] = []
    for text in _texts(sorted(box_of), chars, lefts):
        if any(_over_edge(chars[k], boxes[box_of[k]]) for k in text):
            over.append(text)
        else:
            for k in text:
                found[box_of[k]].append(k)
    taken = frozenset(place for place, held in enumerate(found) if held)
    for text in over:
        for place, part in _parted(_lines(text, chars), boxes, taken, chars):
            for k in part:
                found[box_of[k] if place is None else place].append(k)
    return found


def _lines(text: Sequence[int], chars: Chars) -> list[list[int]]:
    lines: list[list[int]] = []
    for k in text:
        height = chars[k]["bottom"] - chars[k]["top"]
        if lines and abs(chars[k]["top"] - chars[lines[-1][-1]]["top"]) <= _SAME_LINE * height:
            lines[-1].append(k)
        else:
            lines.append([k])
    return lines


Placed = tuple[int | None, list[int]]


def _parted(
    lines: Sequence[Sequence[int]], boxes: Sequence[Box], taken: frozenset[int], chars: Chars
) -> list[Placed]:
    """Lines put together, each part with the box that it stands in the middle of, if any."""
    best: list[tuple[int, list[Placed]]] = [(0, [])]
    for end in range(1, len(lines) + 1):
        found: tuple[int, list[Placed]] | None = None
        for start in range(max(0, end - _MOST_LINES), end):
            place, price = _price(lines[start:end], boxes, taken, chars)
            if found is None or best[start][0] + price < found[0]:
                part = [k for line in lines[start:end] for k in line]
                found = best[start][0] + price, [*best[start][1], (place, part)]
        assert found is not None  # noqa: S101 - there is a last line
        best.append(found)
    return best[-1][1]


def _price(
    part: Sequence[Sequence[int]], boxes: Sequence[Box], taken: frozenset[int], chars: Chars
) -> tuple[int | None, int]:
    """The box of a part, and what it costs: little in the middle of a box that is not taken.

    A line inside a box is rather a text of its own.
    """
    place = _box_around(boxes, [chars[k] for line in part for k in line])
    if place is None or place in taken:
        return None, _MISPLACED
    inside = sum(not _over_edge(chars[line[0]], boxes[place]) for line in part)
    return place, 1 if inside == len(part) == 1 else _PART + _LINE_OF_ITS_OWN * inside


def _texts(order: Sequence[int], chars: Chars, lefts: Sequence[float]) -> Iterator[list[int]]:
    """Characters printed one after the other in one column: along a line, or on the line below."""
    text: list[int] = []
    for k in order:
        if text and not (k == text[-1] + 1 and _goes_on(chars[text[-1]], chars[k], lefts)):
            yield text
            text = []
        text.append(k)
    if text:
        yield text


def _goes_on(above: Char, char: Char, lefts: Sequence[float]) -> bool:
    height = above["bottom"] - above["top"]
    down = char["top"] - above["top"]
    columns = {bisect_right(lefts, (c["x0"] + c["x1"]) / 2) for c in (above, char)}
    if len(columns) > 1:
        return False
    if abs(down) <= _SAME_LINE * height:
        return bool(char["x0"] >= above["x0"])
    return bool(_LEAST_STEP * height <= down <= _NEXT_LINE * height)


def _box_around(boxes: Sequence[Box], chars: Sequence[Char]) -> int | None:
    """The box that has its middle where a text has its own."""
    top, bottom = min(c["top"] for c in chars), max(c["bottom"] for c in chars)
    x, y = (min(c["x0"] for c in chars) + max(c["x1"] for c in chars)) / 2, (top + bottom) / 2
    off = _OFF_MIDDLE * (chars[0]["bottom"] - chars[0]["top"])
    return next(
        (
            k
            for k, (left, upper, right, lower) in enumerate(boxes)
            if left <= x < right and abs(y - (upper + lower) / 2) <= off
        ),
        None,
    )


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    """How many edges lie clearly before a value."""
    return bisect_left(edges, value - _SAME_EDGE)
