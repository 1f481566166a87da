"""Rows of a notice in sentences (family I), such as 数量指标：新建圈棚24座；补助良种羊360只."""

import re
from collections.abc import Iterator, Sequence

from corpus.blocks import Cell, Row, Unread
from corpus.layouts.run_anchors import Segment
from corpus.layouts.run_damaged import LineAt
from corpus.layouts.run_values import split_value
from text.normalise import one_line, squeeze

_END = re.compile(r"[。；;\n]")
_COMMA = re.compile(r"[，,](?!\d{3})")
_NUMBERING = re.compile(r"(?:\d{1,2}[.．])*[（(]?[一二三四五六七八九十\d]{0,3}[)）]?[、.．]?[—-]*")
_COLON = re.compile(r"[:：]")
_MARK = re.compile(r"^指标\d{1,2}[:：]")
_TWO = 2
_RESULT = re.compile(
    r"实际(?:完成|补贴|支出|发放|培训|执行|达到|为)|[得扣]\s*\d+(?:\.\d+)?\s*分|完成率(?:为|达到?)?\d"
    r"|发放(?:调查)?问卷|完成情况分析"
)
_MOSTLY = 3  # one segment in so many: then the text is a report
_SHOWN = 40


def prose_rows(text: str, segments: Sequence[Segment], line_at: LineAt) -> Iterator[Row | Unread]:
    """The rows of sentences: each ends where a value ends; the rest is reported.

    So are sentences that tell what was achieved, and with them the others of such a report.
    """
    told = [_RESULT.search(text, s.start, s.end) is not None for s in segments]
    report = sum(told) * _MOSTLY > len(told)
    for segment, is_result in zip(segments, told, strict=True):
        if is_result or report:
            words = squeeze(text[segment.start : segment.end])[:_SHOWN]
            reason = f"{segment.level2 or segment.level1}: tells a result, no target: {words}"
            yield Unread(f"line {line_at(segment.start)}", reason)
            continue
        level1, level2 = segment.level1, segment.level2
        for part in _clauses(text, segment):
            number = line_at(part.start)
            name, value = _name_and_value(part.text)
            if not name or not value:
                reason = f"{segment.level2}: no value can be told from its name: {part.text}"
                yield Unread(f"line {number}", one_line(reason)[: 2 * _SHOWN])
                continue
            cells = (level1, level2, name, value)
            yield Row(tuple(Cell(cell, number) for cell in cells))
            level1 = level2 = ""


def _name_and_value(clause: str) -> tuple[str, str]:
    """Name and value of a clause: what a colon parts, or a value at its end."""
    parts = _COLON.split(_MARK.sub("", clause))
    if len(parts) == _TWO and all(parts):
        return parts[0], parts[1]
    return split_value(clause)


class _Clause:
    __slots__ = ("start", "text")

    def __init__(self, start: int, text: str) -> None:
        self.start, self.text = start, text


def _clauses(text: str, segment: Segment) -> Iterator[_Clause]:
    """Sentences and their parts; a comma ends a row only behind a value."""
    position = segment.start
    for sentence in _END.split(text[segment.start : segment.end]):
        held, start = "", position
        for part in _COMMA.split(sentence):
            held = f"{held}，{part}" if held else part
            if split_value(squeeze(held))[1]:
                yield _Clause(start, squeeze(held))
                held, start = "", start + len(held) + 1
        if not _NUMBERING.fullmatch(squeeze(held)):
            yield _Clause(start, squeeze(held))
        position += len(sentence) + 1
