"""Tables whose cells nothing parts (families F, G, H, I): found again by words and values.

The words of level 1 and level 2 anchor the rows. Between two of them, the text is dealt out to
the columns of the header, row after row (`run_rows`). Lines, spaces and full stops are hints of
different weight, by the shape of the table. What cannot be told apart is left to the report.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.blocks import Cell, Item, Line, Row, Unread
from corpus.layouts.flat_streams import unflattened_line
from corpus.layouts.levels import STEMS, level2_of
from corpus.layouts.page_marks import without_page_numbers
from corpus.layouts.run_anchors import Anchor, Shape, anchors_of, segments_of
from corpus.layouts.run_body import body_rows
from corpus.layouts.run_columns import DEFAULT_HEADS, HEADER, heads_of
from corpus.layouts.run_damaged import LineAt
from corpus.layouts.run_head import head_rows, starts_head
from corpus.layouts.run_prose import prose_rows
from corpus.layouts.run_told import SIGNED
from corpus.layouts.run_values import is_certain_value, split_value
from text.normalise import squeeze

_FOOTER = re.compile(
    r"\n\s*(?:附件|附[:：]|扫一扫|总\s*分|合\s*计|分享|注[:：]|备注[:：]|说明[:：]|填[表报]人|联系人|经办人"
    r"|公示(?:期|时间)|监督(?:电话|举报)|(?:举报|咨询|联系)电话|单位负责人|项目负责人|责任编辑|上一篇|下一篇|打印|关闭|\[|【|主办|版权|审核意见)"
    r"|\s(?:总分|合计)\s+\d|(?<=\d)(?:总分|合计)(?=\d)|\s(?:填[表报]人|分享到|扫一扫|注[:：]|说明[:：]|附件[:：])|\n.*[（(]盖章[)）]"
)
_SPACES = re.compile(r"[ \t\u3000]{4,}")
_LONGEST_PIECE = 12  # characters
_MOSTLY = 0.8
_TELLING = 3  # level words that are cells of their own
_GLUED_LEVEL = re.compile(rf"(?:{'|'.join(STEMS)})指标[^\W\d_]{{2}}")
_GLUED_FLAT_HEADS = re.compile(r"(?:单位|部门)(?:名称)?项目(?:名称)?\S{0,20}\Z")
_HEADS_BEFORE = 40  # characters
_RUN_IN = re.compile(rf"指标(?:[:：]|—)|^\s*(?:{'|'.join(STEMS)})[:：]", re.MULTILINE)
_HEADING_ALONE = re.compile(
    rf"^[\d一二三四（()）.、\s]{{2,8}}(?:{'|'.join(STEMS)})(?:指标)?\s*$", re.MULTILINE
)
_CLAUSE = re.compile(r"[^。；;]{3,80}(?=[。；;])")
_RUN_INS = 3  # level words with a colon, where there is no header
_ANCHORS_IN_LINE = 3  # of one line that holds a whole table
_ANCHORS_IN_RUN = 5  # 成本指标经济成本指标, and words of levels in names, are fewer in a row
_PROJECT_LABEL = re.compile(r"项\s*目\s*名\s*称\s*[:：]?\s*\S")
_CUT_DATE = re.compile(r"\s*20\d\d[./-](?:\d{1,2}[./-])?\s*")
_DAY = re.compile(r"\s*\d{1,2}(?:[./-]\d{1,2})?\s*")
_SIGN_LINE = re.compile(r"^(?:[≥≤=><＝]|定性|正向指标|反向指标)$")


def holds_body(line: Line) -> bool:
    """Does one line hold a table's body too (family G), not only its header?"""
    text = line.text.replace("\u00a0", " ")
    header = HEADER.search(text)
    anchors = anchors_of(text, Shape.ONE_LINE, header.end() if header else 0)
    return len(anchors) >= _ANCHORS_IN_LINE


def holds_head(line: Line) -> bool:
    """Does the line of a table's header hold its head too, with the name of its project?"""
    header = HEADER.search(line.text)
    return header is not None and _PROJECT_LABEL.search(line.text, 0, header.start()) is not None


def are_glued(lines: Sequence[Line]) -> bool:
    """Does nothing part the level words of most lines from the names behind them?"""
    glued = alone = 0
    for line in lines:
        for word in line.text.split() if "指标" in line.text else ():
            if "指标" not in word:
                continue
            if level2_of(word):
                alone += 1
            elif _GLUED_LEVEL.match(word):
                glued += 1
        if alone > _TELLING:
            break
    return glued > alone


def are_pieces(lines: Sequence[Line]) -> bool:
    """Are these lines pieces of cells, as a page of narrow columns gives them, and no rows?"""
    said = [line.text.strip() for line in lines if line.text.strip()]
    single = sum(len(text) <= _LONGEST_PIECE and " " not in text for text in said)
    alone = sum(is_certain_value(text) for text in said)
    return alone > _TELLING and single > _MOSTLY * len(said)


def looks_like_runs(lines: Sequence[Line]) -> bool:
    """Is there a table header, or at least level words with colons, in text without cells?"""
    text = "\n".join(line.text for line in lines)
    if HEADER.search(text) or len(_RUN_IN.findall(text)) >= _RUN_INS:
        return True
    return len(_HEADING_ALONE.findall(text)) >= _RUN_INS <= _clauses_with_values(lines)


def _clauses_with_values(lines: Sequence[Line]) -> int:
    """How many clauses that a stop ends say a name and a value?"""
    clauses = (clause for line in lines for clause in _CLAUSE.findall(line.text))
    return sum(all(split_value(squeeze(clause))) for clause in clauses)


def run_items(lines: Sequence[Line]) -> Iterator[Item]:
    """Rows and paragraphs of the tables of a document whose cells nothing parts."""
    text = _Text([unflattened_line(line) for line in without_page_numbers(_whole_dates(lines))])
    headers = list(HEADER.finditer(text.all))
    if not headers:
        yield from _prose(text)
        return
    start = 0
    for part in _parts(text.all, headers):
        yield from _table(text, start, part)
        start = part.end


def _whole_dates(lines: Sequence[Line]) -> list[Line]:
    """The lines with a date as one that its column cuts before the day: 2026.05. / 31."""
    found: list[Line] = []
    for line in lines:
        cut = found and _DAY.fullmatch(line.text) and _CUT_DATE.fullmatch(found[-1].text)
        if cut:
            found[-1] = Line(found[-1].text.rstrip() + line.text.strip(), found[-1].number)
        else:
            found.append(line)
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """One table: where its header begins, where its header ends, and where it ends."""

    header: int
    header_end: int
    end: int


class _Text:
    """All lines that say something as one string, with the way back from a place to its line.

    Runs of spaces are kept short: nothing tells their length apart, and patterns are slow there.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        said = [line for line in lines if line.text.strip()]
        texts = [_SPACES.sub("   ", line.text.replace("\u00a0", " ")) for line in said]
        self.all = "\n".join(texts)
        self._numbers = [line.number for line in said] or [1]
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)][: len(said) or 1]

    def line_at(self, position: int) -> int:
        return self._numbers[bisect_right(self._starts, position) - 1]

    def lines_from(self, start: int) -> LineAt:
        """As `line_at`, for places counted from `start`."""
        return lambda position: self.line_at(start + position)


def _parts(text: str, headers: Sequence[re.Match[str]]) -> Iterator[_Part]:
    """Cut a text into tables; a header printed again on the next page begins none."""
    first = last = headers[0]
    for following in headers[1:]:
        end = starts_head(text, last.end(), following.start())
        if end is not None:
            yield _Part(first.start(), first.end(), end)
            first = following
        last = following
    yield _Part(first.start(), first.end(), len(text))


def _table(text: _Text, start: int, part: _Part) -> Iterator[Item]:
    shape = _shape(text.all, part.header_end, part.end)
    body_end = _body_end(text.all, part, shape)
    anchors = anchors_of(text.all, shape, part.header_end, body_end)
    yield from head_rows(text.all[start : part.header], text.lines_from(start))
    if not anchors:
        place = f"line {text.line_at(part.header)}"
        yield Unread(place, "no word of level 1 or 2 was found below the header")
        return
    heads = heads_of(text.all[part.header : anchors[0].start])
    number = text.line_at(part.header)
    yield Row(tuple(Cell(head, number) for head in heads))
    content = _without_headers(text.all, part.header_end, body_end, anchors)
    if shape is Shape.LINES and _GLUED_FLAT_HEADS.search(
        text.all[max(0, part.header - _HEADS_BEFORE) : part.header]
    ):
        content, glued = _without_projects(content, anchors)
        if glued:
            place = f"line {text.line_at(glued[0])}"
            yield Unread(place, f"units and projects run together in {len(glued)} lines: left out")
    segments = segments_of(content, anchors, body_end)
    yield from body_rows(content, tuple(segments), heads, shape, text.line_at)


def _body_end(text: str, part: _Part, shape: Shape) -> int:
    """Where the rows end: at the foot of the table, behind its first level word."""
    anchors = anchors_of(text, shape, part.header_end, part.end)
    if not anchors:
        return part.end
    footer = _FOOTER.search(text, anchors[0].end, part.end)
    end = footer.start() if footer else part.end
    signed = SIGNED.search(text, max([a.end for a in anchors if a.end <= end]), end)
    return signed.start() if signed else end


def _without_projects(text: str, anchors: Sequence[Anchor]) -> tuple[str, list[int]]:
    """The text without what stands before level words at the start of lines, and those places."""
    found: list[int] = []
    kept: list[str] = []
    last = above = 0
    for anchor in anchors:
        start = text.rfind("\n", 0, anchor.start) + 1
        if text[start : anchor.start].strip() and above <= start:
            kept += [text[last:start], " " * (anchor.start - start)]
            last = anchor.start
            found.append(start)
        above = anchor.end
    return "".join((*kept, text[last:])), found


def _without_headers(text: str, start: int, end: int, anchors: Sequence[Anchor]) -> str:
    """The text with the headers of later pages blanked, up to the next level word."""
    starts = [anchor.start for anchor in anchors]
    kept: list[str] = []
    last = 0
    for header in HEADER.finditer(text, start, end):
        below = bisect_left(starts, header.end())
        stop = starts[below] if below < len(starts) else header.end()
        run = squeeze(text[header.start() : stop])
        if sum(map(len, heads_of(run))) == len(run):
            kept += [text[last : header.start()], " " * (stop - header.start())]
            last = stop
    return "".join((*kept, text[last:]))


def _shape(text: str, start: int, end: int) -> Shape:
    lines = [line for line in text[start:end].split("\n") if line.strip()]
    if any(len(anchors_of(line, Shape.ONE_LINE)) >= _ANCHORS_IN_LINE for line in lines):
        return Shape.ONE_LINE
    for line in lines:
        if line.count("指标") >= _ANCHORS_IN_RUN <= len(anchors_of(line, Shape.GLUED)):
            return Shape.GLUED
    words = [squeeze(line) for line in lines]
    alone = sum(is_certain_value(word) or _sign(word) for word in words)
    glued = sum(_ends_in_number(word) for word in words)
    return Shape.WRAPPED if alone and alone >= glued else Shape.LINES


def _ends_in_number(line: str) -> bool:
    name, value = split_value(line)
    return bool(name) and is_certain_value(value)


def _sign(line: str) -> bool:
    return _SIGN_LINE.match(line) is not None


def _prose(text: _Text) -> Iterator[Item]:
    """A notice in sentences, with the levels as run-in heads."""
    anchors = anchors_of(text.all, Shape.PROSE)
    if not anchors:
        yield from head_rows(text.all, text.line_at)
        return
    end = _body_end(text.all, _Part(0, 0, len(text.all)), Shape.PROSE)
    anchors = [a for a in anchors if a.start < end]
    number = text.line_at(anchors[0].start)
    yield from head_rows(text.all[: anchors[0].start], text.line_at, tail=text.all[end:])
    yield Row(tuple(Cell(head, number) for head in DEFAULT_HEADS))
    yield from prose_rows(text.all, tuple(segments_of(text.all, anchors, end)), text.line_at)
