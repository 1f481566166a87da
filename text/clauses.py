"""Goal texts cut into clauses: one aim each, in order, without numbering.

A text is cut at line ends, full stops and semicolons, before run-in numbering (1、 1. 一、 （一）
（1） ① 一是 目标1：), and at commas between items that each carry a number (《新闻综述》52期，
新闻720条). What stands in 《…》, “…” or brackets is kept whole.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from text.numbers import quantities
from text.units import half_width

_PAIRS = {"《": "》", "“": "”", "（": "）", "(": ")", "【": "】", "「": "」", "〈": "〉"}
_CHINESE = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARKER = re.compile(
    rf"(?P<aim>(?:绩效|总体|年度|具体)?目标(?:内容)?\s*(?:[0-9]{{1,2}}|[{_CHINESE}]{{1,3}})\s*[:：、.．])"
    r"|(?P<content>(?:绩效|总体|年度|具体)?目标(?:内容)?\s*[:：])"
    r"|(?P<arabic>(?<![0-9.])[0-9]{1,2}\s*(?:、|[.．](?![0-9])|[.．](?=(?:19|20)[0-9]{2}年))"
    r"(?!\s*[0-9]{1,2}[月日号、]))"
    r"|(?P<arabic_bracket>[（(]\s*[0-9]{1,2}\s*[)）][、.]?|(?<![0-9])[0-9]{1,2}[)）])"
    rf"|(?P<chinese>[{_CHINESE}]{{1,3}}[、.．])"
    rf"|(?P<chinese_bracket>[（(]\s*[{_CHINESE}]{{1,3}}\s*[)）][、.]?)"
    rf"|(?P<circled>[{_CIRCLED}][、.]?)"
    rf"|(?P<run>[{_CHINESE}]是(?=[^,，。；;]))"
    rf"|(?P<ordinal>第[{_CHINESE}]{{1,3}}[,，、:：])"
)
# where a marker may begin: not inside a number
_MARKER_START = re.compile(rf"[绩总年具目第（(0-9{_CHINESE}{_CIRCLED}](?<![0-9][0-9])")
_STOP = re.compile(r"[。；;！!？?\r\n]+")
_COMMA = re.compile(r"[，,]")
_BRACKET = re.compile("[" + "".join(_PAIRS) + "".join(_PAIRS.values()) + "]")
_BOUNDARY = frozenset("。；;：:！!？?，,")
_EDGE = " \t\r\n\u3000\u00a0\u200b\ufeff，,。；;、"
# A part without number that opens a new year or a share belongs to what follows it.
_LEAD_IN = re.compile(r"\s*(?:(?:19|20)[0-9]{2}年|其中)")
_DIGITS = re.compile(r"[0-9]+")
_DIGIT = re.compile(r"[0-9０-９]")
_COUNTED_TIME = re.compile(r"\s*[0-9]{1,2}[月日号年、]")
_COUNTED_PART = re.compile(rf"[{_CHINESE}][期季批级月、]")
_LONGEST_BRACKET = 200


def clauses(text: str) -> list[str]:
    """Clauses of a goal text, in order; none empty, numbering and closing marks left out."""
    inside = _bracketed(text)
    cuts = _numbering(text, inside)
    cuts += [stop.span() for stop in _STOP.finditer(text) if not inside[stop.start()]]
    found = []
    for piece, start in _between(text, sorted(cuts)):
        for clause in _items(piece, inside, start):
            kept = clause.strip(_EDGE)
            if kept:
                found.append(kept)
    return found


def _bracketed(text: str) -> list[bool]:
    """For every place whether it stands inside a closed pair of brackets or quotation marks."""
    inside = [False] * (len(text) + 1)
    if not _BRACKET.search(text):
        return inside
    open_at: dict[str, list[int]] = {closing: [] for closing in _PAIRS.values()}
    for found in _BRACKET.finditer(text):
        char, place = found.group(), found.start()
        if char in _PAIRS:
            open_at[_PAIRS[char]].append(place)
        elif open_at[char]:
            start = open_at[char].pop() + 1
            if place - start <= _LONGEST_BRACKET:
                inside[start:place] = [True] * (place - start)
    return inside


def _ordinal(marker: str) -> int:
    """Number of a marker: 3 of （三）, 3、 or ③; 0 where it has none."""
    digits = _DIGITS.search(half_width(marker))
    if digits:
        return int(digits.group())
    for char in marker:
        if char in _CIRCLED:
            return _CIRCLED.index(char) + 1
    words = [char for char in marker if char in _CHINESE]
    if not words:
        return 0
    if words[0] == "十":
        return 10 + (_CHINESE.index(words[1]) + 1 if len(words) > 1 else 0)
    tens = 10 * (_CHINESE.index(words[0]) + 1) if len(words) > 1 else 0
    last = words[-1]
    return tens + (0 if last == "十" else _CHINESE.index(last) + 1)


def _numbering(text: str, inside: list[bool]) -> list[tuple[int, int]]:
    """Spans of the numbering: at the beginning of a clause, or as the next of its series."""
    spans: list[tuple[int, int]] = []
    last: dict[str, int] = {}
    for found in _markers(text):
        if inside[found.start()]:
            continue
        kind = found.lastgroup or ""
        value = _ordinal(found.group())
        follows = bool(spans) and not text[spans[-1][1] : found.start()].strip()
        opens = follows or _begins_clause(text, found.start())
        next_of_series = value > 1 and last.get(kind) == value - 1
        if (opens or next_of_series) and not _is_enumeration(text, found):
            spans.append(found.span())
            last[kind] = value
    return spans


def _markers(text: str) -> Iterator[re.Match[str]]:
    """As `_MARKER.finditer`; to try all its forms at every place would take most of the time."""
    place = _MARKER_START.search(text)
    while place:
        found = _MARKER.match(text, place.start())
        if found:
            yield found
        place = _MARKER_START.search(text, found.end() if found else place.end())


def _begins_clause(text: str, place: int) -> bool:
    """Whether a place stands at the beginning of the text, after a stop or after white space."""
    before = text[place - 1] if place else " "
    return before.isspace() or before in _BOUNDARY


def _is_enumeration(text: str, found: re.Match[str]) -> bool:
    """A number of an enumeration (3、5月, 一、二期) rather than a list number."""
    following = text[found.end() : found.end() + 3]
    if found.lastgroup == "arabic":
        return _COUNTED_TIME.match(following) is not None
    if found.lastgroup == "chinese":
        return _COUNTED_PART.match(following) is not None
    return False


def _between(text: str, cuts: list[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Pieces of the text around the cuts, with the place where each begins."""
    last = 0
    for start, end in cuts:
        if start > last:
            yield text[last:start], last
        last = max(last, end)
    if last < len(text):
        yield text[last:], last


def _items(piece: str, inside: list[bool], start: int) -> list[str]:
    """A sentence cut at commas into items that each carry a number.

    Parts without a number stay with the next numbered part (a lead-in) or, at the end, with the
    last one. `inside` is of the whole text, in which the sentence begins at `start`.
    """
    commas = [
        place
        for place in map(re.Match[str].start, _COMMA.finditer(piece))
        if not inside[start + place] and not _is_grouping(piece, place)
    ]
    if not commas:
        return [piece]
    edges = [0, *(place + 1 for place in commas), len(piece)]
    parts = [piece[start:end] for start, end in pairwise(edges)]
    if "其中" not in piece and sum(map(bool, map(_DIGIT.search, parts))) < 2:
        return [piece]
    items: list[list[str]] = [[]]
    counted = False
    for place, part in enumerate(parts):
        has_number = bool(quantities(part))
        leads = place + 1 < len(parts) and _LEAD_IN.match(part) is not None
        if counted and (has_number or leads):
            items.append([part])
            counted = has_number
        else:
            items[-1].append(part)
            counted = counted or has_number
    return ["".join(item) for item in items]


def _is_grouping(piece: str, place: int) -> bool:
    """A comma between digits groups thousands: 3,420."""
    return piece[place - 1 : place].isdigit() and piece[place + 1 : place + 2].isdigit()
