"""Tables whose cells nothing parts (families F, G, H, I): found again by words and values.

The words of level 1 and level 2 anchor the rows; within one level 2, a row ends where a value
ends. Lines, spaces and full stops are hints, never more: names are cut in the middle of a word,
or run into their values. What cannot be told apart that way is left to the report.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.blocks import Cell, Item, Line, Paragraph, Row, Unread
from corpus.layouts.align import align_rows
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import Content, Role, content_of, role_of_head
from corpus.layouts.run_head import head_rows
from corpus.layouts.run_values import split_value
from text.normalise import one_line, squeeze

_HEAD_WORDS = (
    "一级指标", "二级指标", "三级指标", "指标内容", "指标名称", "年度(/项目)指标值",
    "年度（/项目）指标值", "年度指标值", "全年实际值", "实际完成值", "全年完成值", "指标值",
    "目标值", "计量单位", "度量单位", "指标性质", "指标方向", "分值", "权重", "得分", "备注",
    "偏差原因分析及改进措施", "未完成原因及改进措施", "未完成原因分析", "偏差原因分析",
)  # fmt: skip
_LEVEL_WORDS = (
    "社会公众或服务对象满意度指标", "服务对象满意度指标", "社会公众满意度指标", "可持续影响指标",
    "可持续发展指标", "生态环境成本指标", "经济效益指标", "社会效益指标", "生态效益指标",
    "经济成本指标", "社会成本指标", "产出指标", "效益指标", "满意度指标", "成本指标",
    "数量指标", "质量指标", "时效指标",
)  # fmt: skip


def _spaced(word: str) -> str:
    """A pattern for a word that line ends may cut anywhere."""
    return r"\s*".join(re.escape(c) for c in word)


_HEADER = re.compile(r"一\s*级\s*指\s*标\s*二\s*级\s*指\s*标")
_HEAD_WORD = re.compile(r"\s*(" + "|".join(_spaced(w) for w in _HEAD_WORDS) + ")")
_ANCHOR = re.compile(
    r"(?:(?<![^\s。；;：:、，,.])|(?<=指标)|(?<=分[)）]))("
    + "|".join(_spaced(w) for w in _LEVEL_WORDS)
    + r")"
    r"(?:\s*[（(]\d+分[)）])?\s*[:：]?"
)
_FOOTER = re.compile(r"\n\s*(附件|扫一扫|总分|合计|分享到|注[:：])|\s总分\s+\d|\n.*[（(]盖章[)）]")
_DEFAULT_HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
_BODY_ANCHORS = 3  # level words in one line
_PROSE_END = re.compile(r"[。；;]")


def holds_body(line: Line) -> bool:
    """Does one line hold a table's body too (family G), not only its header?"""
    return len(_ANCHOR.findall(line.text)) >= _BODY_ANCHORS


def looks_like_runs(lines: Sequence[Line]) -> bool:
    """Is there a table header, or at least level words with colons, in text without cells?"""
    text = "\n".join(line.text for line in lines)
    return bool(_HEADER.search(text)) or len(re.findall(r"指标[:：]", text)) >= 3


def run_items(lines: Sequence[Line]) -> Iterator[Item]:
    """Rows and paragraphs of a table whose cells nothing parts."""
    text = _Text(lines)
    header = _HEADER.search(text.all)
    first_anchor = _ANCHOR.search(text.all, header.end() if header else 0)
    if first_anchor is None:
        yield from (Paragraph(line.text.strip(), line.number) for line in lines if line.text)
        return
    heads, body_start = _header(text.all, header, first_anchor.start())
    yield from head_rows(lines, text.all[: header.start() if header else body_start])
    yield Row(tuple(Cell(h, text.line_at(body_start)) for h in heads))
    footer = _FOOTER.search(text.all, body_start)
    body_end = footer.start() if footer else len(text.all)
    yield from _body(text, heads, body_start, body_end)


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between a level-2 word and the next level word."""

    level1: str
    level2: str
    start: int
    end: int


class _Text:
    """All lines as one string, with the way back from a position to its line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.all = "\n".join(line.text.replace("\u00a0", " ") for line in lines)
        self._numbers = [line.number for line in lines]
        self._starts: list[int] = []
        position = 0
        for line in lines:
            self._starts.append(position)
            position += len(line.text) + 1

    def line_at(self, position: int) -> int:
        return self._numbers[bisect_right(self._starts, position) - 1]


def _header(
    text: str, header: re.Match[str] | None, first_anchor: int
) -> tuple[tuple[str, ...], int]:
    if header is None:
        return _DEFAULT_HEADER, first_anchor
    heads: list[str] = []
    for word in text[header.start() : first_anchor].split():
        glued = [squeeze(m) for m in _HEAD_WORD.findall(word)]
        if "".join(glued) == squeeze(word) or not role_of_head(word):
            heads.extend(glued)
        else:
            heads.append(word)
    return tuple(heads), first_anchor


def _body(text: _Text, heads: Sequence[str], start: int, end: int) -> Iterator[Row | Unread]:
    tail = [role for role in map(role_of_head, heads) if role not in (Role.LEVEL1, Role.LEVEL2)]
    roles = [role or Role.OTHER for role in tail]
    glued = not set(roles) & {Role.WEIGHT, Role.SCORE, Role.ACTUAL, Role.SIGN, Role.MEASURE}
    for segment in _segments(text.all, start, end):
        pieces = tuple(_pieces(text, segment, prose=len(heads) == len(_DEFAULT_HEADER) and glued))
        if not glued and all(content_of(p.text) is Content.WORDS for p in pieces):
            yield _unread(text, segment)
            continue
        rows = _glued_rows(pieces) if glued else align_rows(pieces, roles)
        level1: str = segment.level1
        for cells in rows:
            number = cells[0].number
            yield Row((Cell(level1, number), Cell(segment.level2, number), *cells))


def _unread(text: _Text, segment: _Segment) -> Unread:
    words = one_line(text.all[segment.start : segment.end])
    return Unread(
        f"line {text.line_at(segment.start)}",
        f"{segment.level2}: values, points and results run together, as in a scan: {words[:40]}",
    )


def _segments(text: str, start: int, end: int) -> Iterator[_Segment]:
    level1 = ""
    anchors = [*_ANCHOR.finditer(text, start, end)]
    for index, anchor in enumerate(anchors):
        word = squeeze(anchor.group(1))
        stop = anchors[index + 1].start() if index + 1 < len(anchors) else end
        empty = not squeeze(text[anchor.end() : stop])
        if level1_of(word) and (not level2_of(word) or empty):
            level1 = word
        if level2_of(word) and not empty:
            yield _Segment(level1, word, anchor.end(), stop)


def _pieces(text: _Text, segment: _Segment, *, prose: bool) -> Iterator[Cell]:
    """The texts of a segment, cut at spaces and line ends, in prose also at full stops."""
    content = text.all[segment.start : segment.end]
    for match in re.finditer(r"\S+", content):
        position = match.start()
        for part in _PROSE_END.split(match.group()) if prose else (match.group(),):
            for clause in _clauses(part) if prose else (part,):
                if clause:
                    yield Cell(clause, text.line_at(segment.start + position))
            position += len(part) + 1


def _clauses(part: str) -> Iterator[str]:
    """Cut at commas that part two rows: what stands before must end with a value."""
    words = re.split(r"[，,](?!\d{3})", part)
    held = ""
    for word in words:
        held = f"{held}，{word}" if held else word
        if split_value(held)[1]:
            yield held
            held = ""
    if held:
        yield held


def _glued_rows(pieces: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    """Rows of a name and a value; a name may be cut into pieces, or run into its value."""
    names: list[Cell] = []
    for piece in pieces:
        name, value = split_value(piece.text)
        if value and (name or names):
            joined = "".join(c.text for c in names) + name
            first = names[0] if names else piece
            yield Cell(joined, first.number), Cell(value, piece.number)
            names = []
        else:
            names.append(piece)
    if len(names) > 1:
        joined = "".join(c.text for c in names[:-1])
        yield Cell(joined, names[0].number), names[-1]
    elif names:
        yield names[0], Cell("", names[0].number)
