"""Rows of a damaged scan in which value, points and result run together.

Where a name ends can be told, at the first number or sign; what the numbers say cannot. So the
rows come out with their names, and their values are marked as not readable.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.blocks import Cell, Row, Unread
from corpus.layouts.roles import Role, role_of_head
from corpus.layouts.run_anchors import Segment
from corpus.values import UNREADABLE
from text.normalise import squeeze

LineAt = Callable[[int], int]

_ROW = re.compile(r"指标\d{1,2}[:：.、]?")
_NAME = re.compile(r"([\u4e00-\u9fff、，（）()“”]{3,40}?)(?=[\d≥≤=<>＝二]*\d)")
# another name and its number behind the first number: a second row, or a value in words
_ANOTHER = re.compile(r"\d[^\u4e00-\u9fff]*[\u4e00-\u9fff]{5,}\d")
_SHOWN = 40


def damaged_rows(
    text: str, segment: Segment, heads: Sequence[str], line_at: LineAt, reason: str
) -> Iterator[Row | Unread]:
    """The rows between two level words that can be named; `reason` is said of the others."""
    roles = [role_of_head(head) or Role.OTHER for head in heads]
    levels = {Role.LEVEL1: segment.level1, Role.LEVEL2: segment.level2}
    for start, end in _stretches(text, segment):
        words, line = squeeze(text[start:end]), line_at(start)
        name = _NAME.match(words)
        if name is None or _ANOTHER.search(words, name.end()):
            level = segment.level2 or segment.level1
            yield Unread(f"line {line}", f"{level}: {reason}: {words[:_SHOWN]}")
            continue
        said = {**levels, Role.NAME: name[1], Role.VALUE: words[name.end() :] + UNREADABLE}
        levels = {}
        yield Row(tuple(Cell(said.get(role, ""), line) for role in roles))


def _stretches(text: str, segment: Segment) -> Iterator[tuple[int, int]]:
    """The rows of a segment as the marks 指标1 part it; without marks, the whole."""
    marks = list(_ROW.finditer(text, segment.start, segment.end))
    starts = [mark.start() for mark in marks]
    ends = [*starts[1:], segment.end]
    if text[segment.start : min(starts, default=segment.end)].strip():
        yield segment.start, min(starts, default=segment.end)
    yield from ((mark.end(), end) for mark, end in zip(marks, ends, strict=False))
