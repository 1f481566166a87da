"""Texts with marks where words of their own project stand: what is left is what units share.

完成高标准农田建设1200亩 of the project 高标准农田建设 becomes 完成〈项目〉〈N〉亩, and 反映受益人数
情况 of the row 受益人数 becomes 反映〈指标〉情况. The marks are characters of the private use area;
those of a document are taken out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from corpus.records import Project
from corpus.where import settled
from text.normalise import fold

PROJECT, UNIT, NUMBER, INDICATOR, PLACE = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
LABELS: Mapping[str, str] = MappingProxyType(
    {
        PROJECT: "〈项目〉",
        UNIT: "〈单位〉",
        NUMBER: "〈N〉",
        INDICATOR: "〈指标〉",
        PLACE: "〈地区〉",
    }
)

_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_NUMBER = r"\d+(?:[.,]\d+)*"
_MARKED = re.compile(rf"{INDICATOR}|{_NUMBER}")
_ORDINAL = re.compile(
    r"^(?:[(\[]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)\]、:]|\d{1,2}\.(?!\d)|"
    r"[一二三四五六七八九十]是|第[一二三四五六七八九十]+[,:、])+"
)
_ENDS = re.compile(r"[。.,;:、!]+$")
_YEAR = re.compile(r"^(?:20\d\d年度?)+")
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_IDLE_END = re.compile(r"(?:项目|专项|资金|经费|工作|补助|补贴|工程|费用?)+$")
_IDLE_UNIT = re.compile(r"(?:本级|机关)$|^\d+")
_SEAT = re.compile(r"[\u4e00-\u9fff]{2,4}?[县市区旗](?=[^场民政域委].{2})")
_SHORTEST = 4  # characters of a project's core name that are told from common words
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Masked:
    """A comparable text with marks, and the words that stood there in order."""

    text: str
    fills: tuple[str, ...] = ()


class Masker:
    """Marks the words of one project in its texts; each of them once."""

    def __init__(self, project: Project) -> None:
        self._marks = _marks(project)
        self._words = sorted(self._marks, key=len, reverse=True)
        self._known: dict[tuple[str, str], Masked] = {}

    def __call__(self, text: str, indicator: str = "") -> Masked:
        """The text with marks; `indicator` is the name of its row where that may be marked."""
        known = self._known.get((text, indicator))
        if known is None:
            known = self._known[text, indicator] = self._masked(text, indicator)
        return known

    def _masked(self, text: str, indicator: str) -> Masked:
        plain = comparable(text)
        name = comparable(indicator)
        if len(name) >= _SHORTEST_NAME:
            plain = plain.replace(name, INDICATOR)
        parts: list[str] = []
        fills: list[str] = []
        at = 0
        while (found := self._next(plain, at)) is not None:
            start, word, mark = found
            parts += (plain[at:start], mark)
            fills.append(name if mark == INDICATOR else word)
            at = start + len(word)
        return Masked("".join(parts) + plain[at:], tuple(fills))

    def _next(self, plain: str, at: int) -> tuple[int, str, str] | None:
        """The next word that gets a mark, of several at one place the longest; with its mark."""
        found = _MARKED.search(plain, at)
        best = None if found is None else (found.start(), found[0], _mark_of(found[0]))
        for word in self._words:
            start = plain.find(word, at)
            if start >= 0 and (best is None or start < best[0] or _yields(best, start)):
                best = start, word, self._marks[word]
        return best


def _mark_of(found: str) -> str:
    return INDICATOR if found == INDICATOR else NUMBER


def _yields(best: tuple[int, str, str], start: int) -> bool:
    """At one place a word of the project goes before a number."""
    return best[0] == start and best[2] == NUMBER


@lru_cache(maxsize=1 << 17)
def comparable(text: str) -> str:
    """Width, case and white space made equal; without numbering in front and stops behind."""
    plain = fold(_PRIVATE.sub("", text))
    return _ENDS.sub("", _ORDINAL.sub("", plain)) or plain


def core_of(name: str) -> str:
    """A project's name without year, brackets and idle endings: 2026年路灯维护经费 → 路灯维护."""
    plain = _YEAR.sub("", _BRACKETS.sub("", comparable(name)))
    return _IDLE_END.sub("", plain) or plain


def _marks(project: Project) -> dict[str, str]:
    """Marks by the words for which they stand."""
    marks: dict[str, str] = {}
    place = settled(project)
    for name in (place.county, place.city, place.province):
        stem = re.sub(r"[省市县区]$", "", name)
        for word in (name, stem):
            if len(word) > 1:
                marks[fold(word)] = PLACE
    unit = _IDLE_UNIT.sub("", fold(project.unit))
    seat = _SEAT.match(unit)
    if seat:
        marks.setdefault(seat[0], PLACE)
    for word in (unit, unit[seat.end() :] if seat else ""):
        if len(word) >= _SHORTEST_NAME:
            marks[word] = UNIT
    name = comparable(project.name)
    for word in (name, _YEAR.sub("", name), core_of(name)):
        if len(word) >= _SHORTEST:
            marks[word] = PROJECT
    return marks
