"""The words of level 1 and level 2 in text whose cells nothing parts: they anchor its rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.layouts.levels import PARENTS, STEMS, level1_of, level2_of
from corpus.layouts.run_values import split_value
from corpus.records import Level1, Level2
from text.normalise import squeeze


class Shape(StrEnum):
    """How a table without cells is written."""

    LINES = "a row per line"
    GLUED = "a table per line, and nothing between its cells"
    ONE_LINE = "the whole table on one line"
    WRAPPED = "pieces of cells, a line each"
    PROSE = "sentences"

    @property
    def parted(self) -> bool:
        """Are cells parted from each other?"""
        return self not in (Shape.LINES, Shape.GLUED)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A level word; `end` is behind its points and colon."""

    word: str
    start: int
    end: int

    @property
    def level2(self) -> Level2 | None:
        """The level 2 it names, if any."""
        return level2_of(self.word)


@dataclass(frozen=True, slots=True)
class Segment:
    """The rows between two anchors, with the level words printed before them, if any."""

    level1: str
    level2: str
    start: int
    end: int


def spaced(word: str) -> str:
    """A pattern for a word that line ends and spaces may cut anywhere."""
    return r"\s*".join(re.escape(c) for c in word)


# no digit that numbers a row (指标1：), but 数量指标110接警数 and 数量指标2026年新建
_NO_NUMBER = r"(?!\d{1,2}[:：.、]|\d(?![\d岁年月日天小%个]))"
_STEM = "|".join(spaced(stem) for stem in STEMS)
_BEHIND = (
    r"(?:\s*[（(]\s*(?:[\dOoIl][\dOoIl.]*\s*分|\d+\s*%|必\s*填)\s*[)）])?"
    r"(?P<colon>\s*(?:[:：]|—+))?"
)
_WITH_SUFFIX = re.compile(
    rf"(?P<word>(?:{_STEM})\s*指\s*标{_NO_NUMBER}"
    rf"|[\u4e00-\u9fff]{{2,12}}满意(?:度|程度)指标{_NO_NUMBER}){_BEHIND}"
)
_BARE = re.compile(rf"(?P<word>(?:{_STEM})(?:\s*指\s*标{_NO_NUMBER})?){_BEHIND}")
_BARE_COLON = re.compile(rf"(?<![^\n\s。；;.、)）]){_BARE.pattern}(?<=[:：])")
_BARE_BELOW = re.compile(rf"\s*{_BARE.pattern}")
_MARK_BEFORE = "★☆*|"
_STOPS_BEFORE = "。；;：:、，,.)）—-①②③④⑤⑥⑦⑧⑨"
_LOOKED_BACK = 40  # characters in which the value before a level word stands
_VALUE_NEXT = re.compile(r"\s*[\d≥≤=＝><≧≦±]")
_BOTH_LEVELS = re.compile(r"产出(?:数量|质量|时效|成本)")
_FEW = 2  # level words with 指标: with fewer, a table writes them without


def anchors_of(text: str, shape: Shape, start: int = 0, end: int | None = None) -> list[Anchor]:
    """The level words of a table body in document order.

    Words are taken with 指标; without it only where the table writes none with it, right
    below a level 1, or in a sentence where a colon follows. On one line, and in wrapped
    cells, a level word is a cell of its own.
    """
    stop = len(text) if end is None else end
    full = list(_anchors(_WITH_SUFFIX, text, shape, start, stop))
    if shape is Shape.PROSE:
        taken = {place for anchor in full for place in range(anchor.start, anchor.end)}
        run_in = _anchors(_BARE_COLON, text, shape, start, stop)
        more = (anchor for anchor in run_in if anchor.start not in taken)
        return sorted((*full, *more), key=lambda anchor: anchor.start)
    if sum(a.level2 is not None and level1_of(a.word) is None for a in full) >= _FEW:
        return list(_with_bare_below(full, text, shape, stop))
    bare = _parted(list(_anchors(_BARE, text, shape, start, stop)), text)
    return list(_first_of_each(bare, shape))


def _parted(anchors: Sequence[Anchor], text: str) -> list[Anchor]:
    """产出数量 is 产出 and 数量 where no other level 2 of the table begins with 产出."""
    both = [a for a in anchors if _BOTH_LEVELS.fullmatch(a.word)]
    if len(both) != 1:
        return list(anchors)
    place = anchors.index(both[0])
    middle = text.index("出", both[0].start) + 1
    one = Anchor(both[0].word[:2], both[0].start, middle)
    return [
        *anchors[:place],
        one,
        Anchor(both[0].word[2:], middle, both[0].end),
        *anchors[place + 1 :],
    ]


def _anchors(
    pattern: re.Pattern[str], text: str, shape: Shape, start: int, stop: int
) -> Iterator[Anchor]:
    position = start
    behind_level1 = -1
    while match := pattern.search(text, position, stop):
        free = _stands_free(text, match, shape, glued=match.start() == behind_level1)
        if free or (shape is Shape.GLUED and _is_behind_value(text, match, position)):
            anchor = Anchor(squeeze(match["word"]), *match.span())
            yield anchor
            position = match.end()
            behind_level1 = position if level1_of(anchor.word) else -1
        else:
            position = match.start() + 1


def _is_behind_value(text: str, match: re.Match[str], behind: int) -> bool:
    """Does a level word with 指标 stand right behind a value (≥24期质量指标…)?"""
    word = squeeze(match["word"])
    if not word.endswith("标") or word.removesuffix("指标") not in STEMS:
        return False
    above = squeeze(text[max(behind, match.start() - _LOOKED_BACK) : match.start()])
    return not above or split_value(above)[1] != ""


def _stands_free(text: str, match: re.Match[str], shape: Shape, *, glued: bool) -> bool:
    """Does a level word begin a cell (or sentence), and does it end one where cells are parted?"""
    before = text[match.start() - 1 : match.start()]
    marks = _MARK_BEFORE + (_STOPS_BEFORE if shape is Shape.PROSE else "")
    if not shape.parted and match["word"].endswith("标"):  # right behind points: …20质量指标
        marks += "0123456789%％"
    if before and not before.isspace() and before not in marks and not glued:
        # 产出指标（50分）数量指标 in one run is no name, whatever stands before it
        both = not shape.parted and level1_of(match["word"]) is not None
        return both and _WITH_SUFFIX.match(text, match.end()) is not None
    if not shape.parted or shape is Shape.PROSE or match["colon"]:
        return True
    after = text[match.end() : match.end() + 1]
    return not after or after.isspace() or _WITH_SUFFIX.match(text, match.end()) is not None


def _with_bare_below(
    anchors: Sequence[Anchor], text: str, shape: Shape, stop: int
) -> Iterator[Anchor]:
    """Add level 2 words without 指标 right below a level 1 (满意度指标 服务对象满意度)."""
    for index, anchor in enumerate(anchors):
        yield anchor
        if level1_of(anchor.word) is None:
            continue
        match = _BARE_BELOW.match(text, anchor.end, stop)
        if match is None or level2_of(match["word"]) is None or squeeze(match["word"])[-1] == "标":
            continue
        free = _stands_free(text, match, shape, glued=True)
        if free and not _VALUE_NEXT.match(text, match.end()):
            yield Anchor(squeeze(match["word"]), *match.span())
            if shape.parted:
                end = anchors[index + 1].start if index + 1 < len(anchors) else stop
                yield from _further_bare(text, match, shape, end, level1_of(anchor.word))


def _further_bare(
    text: str, first: re.Match[str], shape: Shape, stop: int, level1: Level1 | None
) -> Iterator[Anchor]:
    """Other level 2 words without 指标 under the same level 1, each a cell of its own."""
    seen = {level2_of(first["word"])}
    for match in _BARE.finditer(text, first.end(), stop):
        level2 = level2_of(match["word"])
        if level2 is None or level2 in seen or level1 not in PARENTS[level2]:
            continue
        free = _stands_free(text, match, shape, glued=False)
        if free and not _VALUE_NEXT.match(text, match.end()):
            seen.add(level2)
            yield Anchor(squeeze(match["word"]), *match.span())


def _first_of_each(anchors: Sequence[Anchor], shape: Shape) -> Iterator[Anchor]:
    """Names begin with 质量, and end in a line with 成本 alone: each level 2 is one once only."""
    seen: set[Level2] = set()
    for index, anchor in enumerate(anchors):
        level2, suffixed = anchor.level2, anchor.word.endswith("指标")
        is_level1 = level1_of(anchor.word) is not None and (
            suffixed or _goes_on(anchor, anchors[index + 1 : index + 2], shape)
        )
        if level2 is None and not shape.parted and not suffixed:
            continue  # 项目完成时间: a level 1 without 指标 begins a name
        below = shape.parted and index > 0 and _is_right_below(anchor, anchors[index - 1])
        if level2 is None or is_level1 or below or level2 not in seen:
            yield anchor
        if level2 is not None and not is_level1:
            seen.add(level2)


def _is_right_below(anchor: Anchor, above: Anchor) -> bool:
    """Does a level 2 stand right behind its level 1, as where both are printed in every row?"""
    level1, level2 = level1_of(above.word), anchor.level2
    if level1 is None or level2 is None or not above.word.endswith("指标"):
        return False
    return level1 in PARENTS[level2] and anchor.start <= above.end + 1


def _goes_on(anchor: Anchor, following: Sequence[Anchor], shape: Shape) -> bool:
    """Does another level word follow at once? In 成本成本控制率, a name does."""
    if not following or following[0].start > anchor.end + 1:
        return False
    return shape.parted or following[0].word != anchor.word


def segments_of(text: str, anchors: Sequence[Anchor], end: int) -> Iterator[Segment]:
    """The stretches of text that hold rows, each with the level words printed right before it.

    A word of both levels (满意度指标, 成本指标) is the level 1 where another level word follows.
    """
    level1 = level2 = ""
    for index, anchor in enumerate(anchors):
        stop = anchors[index + 1].start if index + 1 < len(anchors) else end
        empty = not text[anchor.end : stop].strip()
        if anchor.level2 and not (level1_of(anchor.word) and empty):
            level2 = anchor.word
        else:
            level1 = anchor.word
        if not empty:
            yield Segment(level1, level2, anchor.end, stop)
            level1 = level2 = ""
