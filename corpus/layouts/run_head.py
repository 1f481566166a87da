"""The head of a table whose cells nothing parts: labels found inside running text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.blocks import Block, Cell, Paragraph, Row
from corpus.layouts.align import names_unit
from corpus.layouts.labels import Field, label_of, stands_outside
from corpus.layouts.run_anchors import spaced
from corpus.layouts.run_told import told
from text.normalise import one_line, squeeze

# labels that no other text holds: found anywhere, also right behind a value
_FREE = (
    "实施单位/项目负责人", "项目实施单位/项目负责人",
    "项目（专项）名称", "项目(专项)名称", "专项资金名称", "专项名称", "项目名称", "项目编码",
    "项目代码", "项目编号", "具体实施单位", "项目实施单位", "项目执行单位", "项目承担单位",
    "项目使用单位", "实施单位", "执行单位", "承担单位", "项目主管部门", "项目主管单位",
    "业务主管部门", "市县主管部门", "一级主管部门", "主管部门及代码", "主管部门", "主管单位",
    "资金使用单位", "用款单位", "项目责任单位", "填报部门", "申报部门",
    "填报单位", "申报单位", "编报单位", "预算单位", "项目单位", "部门名称", "单位名称",
    "项目负责人", "单位负责人", "联系电话", "联系人", "填报人", "填表人", "项目属性", "项目性质",
    "项目类别", "项目类型", "项目分类", "项目周期", "项目起止时间", "计划开始日期",
    "计划完成日期", "发布机构", "发布单位", "部门（单位）名称", "部门(单位)名称",
    "单位（部门）名称", "转移支付名称", "专项（项目）名称", "专项(项目)名称", "项目（政策）名称",
    "中央主管部门", "省级主管部门", "省级财政部门", "年度主要任务", "任务名称", "金额合计",
)  # fmt: skip
# labels whose words stand in names and sentences too: found where a cell may begin
_BOUND = (
    "年度资金申请总额", "项目资金总额", "年度资金总额", "年度预算总额", "项目预算总额",
    "项目总预算", "年初预算数", "全年预算数", "年度预算数", "年度预算", "当年预算数",
    "本年预算数", "资金规模", "预算金额", "预算总额", "预算数", "项目金额", "项目总额", "资金总额",
    "其中：财政资金",
    "其中：当年财政拨款", "其中：本年财政拨款", "其中：上级资金", "其中：财政拨款", "财政拨款",
    "财政资金", "其他资金", "上年结转资金", "资金情况", "项目资金", "资金来源", "资金用途",
    "预算规模及资金用途", "年初设定目标", "实际完成情况", "全年实际完成情况", "项目年度绩效目标",
    "项目总体绩效目标", "项目绩效目标", "项目年度目标", "项目总目标", "年度绩效总目标",
    "年度总体绩效目标", "年度总体目标", "年度绩效目标", "总体绩效目标", "绩效总目标",
    "年度总目标", "年度目标", "总体目标", "预期目标", "绩效目标", "中期目标", "长期目标",
    "项目目标", "绩效指标", "年度金额", "实施期金额", "中期资金总额", "其中：中央补助", "地方资金",
    "全年执行数", "主要内容", "项目期",
)  # fmt: skip
_UNIT = r"(?:\s*[（(]\s*(?:[万亿]\s*)?元\s*[)）])?"
_NO_TITLE = r"(?!\s*(?:申报|自评|审批|公开|批复|监控|设定|完成)?\s*表)"
_LABEL = re.compile(
    r"(?P<label>"
    + "|".join(spaced(word) for word in sorted((*_FREE, *_BOUND), key=len, reverse=True))
    + rf"){_NO_TITLE}(?P<unit>{_UNIT})(?:\s*[（(]\s*(?:盖章|公章|[A-Z])\s*[)）])?"
    + r"(?P<colon>\s*[:：])?"
)
_FREE_WORDS = frozenset(squeeze(word) for word in _FREE)
_MAY_PRECEDE = re.compile(r"(?:[\s:：|\d元*)）。；;]|^)$")
_TAIL_AND_LABEL = re.compile(r"\S{2}\s+(?P<label>\S+)$")
_DOCUMENT_NUMBER = re.compile(r"[〕\]）)]\d*号$|^[0-9A-Z-]{6,}$")
_UNITS = (Field.UNIT, Field.FILLED_BY, Field.DEPARTMENT, Field.UPPER_DEPARTMENT)
_SENTENCE_UNIT = re.compile(r"[为是]([^，。；、]{3,30})[，。；]")
_CLAUSE_ENDS = "；;。，, "
_CUT_UNIT = 12  # characters of a unit's name on its second line
_SEVERAL_AMOUNTS = re.compile(r"(\d{2,}(?:\.\d+)?)\1+0?$")  # 126126: one amount twice, not one
_AMOUNTS = re.compile(r"([1-9]\d{0,2}(?:,?\d{3})*\.\d\d)([1-9]\d{0,2}(?:,?\d{3})*\.\d\d)")
_RESULT = re.compile(
    r"(?<=[。；])(?=(?:20\d\d年度?)?(?:已|全年|实际|均已|完成|按[时期]|达成|截至))"
)
_SENTENCE_END = re.compile(r"(?<=。)(?=.)")
_LONG_LABEL = 6  # characters: 年度总体目标
_MONEY_ENDS = re.compile(r"(?:资金|拨款|补助|金额|元|[\d%])$")
_YEAR_BEFORE = re.compile(r"20\d\d$")
_WITH_PERSON = re.compile(r"单位/.*负责人$")
_SPACED_YEAR = re.compile(r"(?<=20\d\d)\s+(?=年)")
_NAME_END = re.compile(r"[\u4e00-\u9fff（）()]+")
_LONGEST_TITLE = 60
_GOALS = (Field.GOAL, Field.LONG_GOAL, Field.GOAL_ACHIEVED)
_NEW_TABLE = re.compile(
    r"(?:^|(?<=\s))(?:\S{0,30}(?:绩效|目标|自评|监控|申报)\S{0,12}表(?=\s|$)|项\s*目\s*(?:[（(]\s*专项\s*[)）]\s*)?名\s*称)"
)


_HEADING = r"[ \t\u3000]*[（(]?[一二三四五六\d]{1,2}[)）、.．]"
_GOAL_SECTION = re.compile(
    rf"^{_HEADING}\s*(?:项目|年度|总体|绩效)+目标[:：]?[ \t]*\n"
    rf"((?:(?!{_HEADING}).+(?:\n|$))+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class _Label:
    """A label found in the text; `end` is behind its unit and colon."""

    word: str
    unit: str
    start: int
    end: int

    @property
    def field(self) -> Field | None:
        return label_of(self.word)


def starts_head(text: str, start: int, end: int) -> int | None:
    """Where the head of another table begins in this stretch of text, or None."""
    match = _NEW_TABLE.search(text, start, end)
    return match.start() if match else None


def head_rows(head: str, line_at: Callable[[int], int], tail: str | None = None) -> Iterator[Block]:
    """Lines before the first label as paragraphs, for their titles; each label as a row.

    `line_at` gives the line of a place in the head. `tail` is what follows the rows of a
    notice: its last lines name unit and date. Its goal is a sentence, not a cell.
    """
    text = head.replace("|", " ")
    goal = _GOAL_SECTION.search(text) if tail is not None else None
    if goal:
        said = ("年度目标", _unwrapped(goal[1]))
        yield Row(tuple(Cell(word, line_at(goal.start(1))) for word in said))
        text = text[: goal.start()] + _blank(goal.group()) + text[goal.end() :]
    labels = [x for x in _labels(text) if tail is None or x.field not in _GOALS]
    first = labels[0].start if labels else len(text)
    cut = text[first - 1 : first] not in ("", "\n")
    yield from _paragraphs(text, 0, first, line_at, cut=cut)
    for index, label in enumerate(labels):
        stop = labels[index + 1].start if index + 1 < len(labels) else len(text)
        values, rest = _values(text[label.end : stop], labels, index)
        if _WITH_PERSON.search(label.word):
            values = [value.split("/")[0] for value in values[:1]]
        if label.field is not None:
            words = (label.word + label.unit, *values)
            yield Row(tuple(Cell(word, line_at(label.start)) for word in words))
        yield from _paragraphs(text, stop - len(rest), stop, line_at, cut=True)
    stated = {f for label in labels if (f := label.field) is not None}
    yield from told(head, tail, line_at(0), stated)


def _blank(text: str) -> str:
    """White space in place of a text, line by line."""
    return re.sub(r"[^\n]", " ", text)


def _paragraphs(
    text: str, start: int, stop: int, line_at: Callable[[int], int], *, cut: bool
) -> Iterator[Paragraph]:
    """Lines as paragraphs; short ones, and with `cut` the last one, word by word."""
    for line in text[start:stop].split("\n"):
        last = cut and start + len(line) == stop
        shown = _SPACED_YEAR.sub("", line)
        words = shown.split() if last or len(line) <= _LONGEST_TITLE else [line.strip()]
        yield from (Paragraph(word, line_at(start)) for word in words)
        start += len(line) + 1


def _labels(text: str) -> list[_Label]:
    """The labels of the head, in order: none inside a value."""
    found: list[_Label] = []
    position = 0
    while match := _LABEL.search(text, position):
        glued = bool(found) and match.start() == found[-1].end
        tail = None if glued else _TAIL_AND_LABEL.match(match["label"])
        if tail and tail["label"] in _FREE_WORDS:
            position = match.start("label") + tail.start("label")  # …建设|项目 实施单位
            continue
        if found and (shorter := _without_project(text, match, found[-1])):
            position = shorter
            continue
        label = _Label(squeeze(match["label"]), squeeze(match["unit"]), *match.span())
        if _may_stand(text, match, label, glued=glued):
            found.append(label)
            position = match.end()
        else:
            position = match.start() + 1
    return found


def _without_project(text: str, match: re.Match[str], above: _Label) -> int | None:
    """Where 实施单位 begins in …推广项目实施单位, if a title says that 项目 ends the name."""
    words = match["label"]
    if above.field is not Field.PROJECT or not words.startswith("项目"):
        return None
    name = f"{squeeze(text[above.end : match.start()])}项目"
    titled = len(name) > len("项目") and name in squeeze(text[: above.start])
    return match.start() + len("项目") if titled and words[2:] in _FREE_WORDS else None


def _may_stand(text: str, match: re.Match[str], label: _Label, *, glued: bool) -> bool:
    """May a label begin here? Words of names and sentences do so only where a cell begins."""
    above = text[max(0, match.start() - 4) : match.start()]
    before = above[-1:]
    follows = text[match.end() : match.end() + 1]
    alone = not follows or follows.isspace() or bool(match["colon"] or match["unit"])
    if label.word[0] == "年" and _YEAR_BEFORE.search(above):
        return False  # 2026年度预算
    if match["unit"] and label.field is Field.FUNDS:
        return True
    if glued or label.word in _FREE_WORDS or before in ("", "\n"):
        return True
    line_start = text.rfind("\n", 0, match.start()) + 1
    if not text[line_start : match.start()].strip():
        return True
    if label.field is Field.GOAL and len(label.word) >= _LONG_LABEL and _MONEY_ENDS.search(above):
        return True
    money = label.field in (Field.BUDGET, Field.TOTAL) and follows.isdigit()
    behind_number = before.isdigit() or before == "元"
    return money or (_MAY_PRECEDE.match(before) is not None and (alone or behind_number))


def _values(text: str, labels: Sequence[_Label], index: int) -> tuple[list[str], str]:
    """The cells that a label announces, and what stands below them.

    A goal is one text, unless several goals run on.
    """
    if labels[index].field in _GOALS:
        return _goals(text, labels, index), ""
    line, _, below = text.partition("\n")
    if not (line.strip() and below.strip()):
        line, below = _unwrapped(text), ""
    words = line.split()
    if labels[index].field is Field.PROJECT and _goes_on(words, below.strip()):
        words, below = [squeeze(line + below)], ""
    if labels[index].field in _UNITS:
        words, below = _unit_words(line.rstrip(_CLAUSE_ENDS), below)
    elif labels[index].field is Field.PROJECT and len(words) == 1:
        words = [words[0].rstrip(_CLAUSE_ENDS)]
    glued = not text[:1].isspace() and labels[index].field in (Field.BUDGET, Field.TOTAL)
    if glued and words:
        words = _first_amount(words)
    if labels[index].field is Field.PROJECT and words and _DOCUMENT_NUMBER.search(words[0]):
        words[:2] = [" ".join(words[:2])]
    return words, below


def _goes_on(words: Sequence[str], below: str) -> bool:
    """Is what stands below a project's name, up to the next label, the end of the name?"""
    if len(words) != 1 or len(squeeze(below)) > len(words[0]) or stands_outside(below):
        return False
    return _NAME_END.fullmatch(below) is not None


def _unit_words(line: str, below: str) -> tuple[list[str], str]:
    """A unit that a sentence names (为某某局。), or whose name goes on in the next line."""
    first, _, rest = below.strip("\n").partition("\n")
    if not names_unit(line) and first and len(first) <= _CUT_UNIT and names_unit(line + first):
        return [squeeze(line + first)], rest
    sentence = _SENTENCE_UNIT.match(squeeze(line))
    return ([sentence[1]] if sentence else line.split()), below


def _first_amount(words: list[str]) -> list[str]:
    """The first of several amounts that nothing parts (860.00842.80), if it is certain.

    Each has two decimals, and the second, what was spent or changed, is near the first.
    """
    several = _AMOUNTS.match(words[0])
    if several:
        first, second = (float(amount.replace(",", "")) for amount in several.groups())
        return [several[1]] if first / 2 <= second <= first * 2 else []
    return [] if _SEVERAL_AMOUNTS.match(words[0]) else words


def _goals(text: str, labels: Sequence[_Label], index: int) -> list[str]:
    """Goals side by side (目标, 完成情况) stand behind all their labels, each ended by a stop."""
    run = 1
    while (
        index >= run
        and labels[index - run].field in _GOALS
        and (
            labels[index - run].end == labels[index - run + 1].start
            or _next_to(labels, index - run)
        )
    ):
        run += 1
    text = _unwrapped(text)
    if not text:
        return []
    fields = [labels[i].field for i in range(index - run + 1, index + 1)]
    heading = len(fields) > 1 and fields[0] is Field.GOAL and Field.GOAL in fields[1:]
    if len(fields) - heading <= 1:
        return [text]
    parts = [part.strip() for part in re.split(r"(?<=[。；])\s+|\s{2,}", text) if part.strip()]
    if len(parts) == 1 and fields[-1] is Field.GOAL_ACHIEVED:
        return _goal_and_result(text)
    return parts


def _goal_and_result(text: str) -> list[str]:
    """Part a goal from its result that nothing parts: each is a sentence, or 已… begins the result.

    The whole is one text where neither tells.
    """
    sentences = _SENTENCE_END.split(text)
    if len(sentences) == 2:
        return sentences
    result = _RESULT.search(text, 1)
    return [text[: result.start()], text[result.start() :]] if result else [text]


def _next_to(labels: Sequence[_Label], index: int) -> bool:
    """Is there nothing between a label and the next but white space?"""
    return labels[index + 1].start - labels[index].end <= 2


def _unwrapped(text: str) -> str:
    """Join lines cut by the width of the page; a full stop ends a text."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    joined = ""
    for line in lines:
        apart = not joined or joined[-1] in "。；" or (joined[-1].isascii() and line[0].isascii())
        joined += f" {line}" if apart else line
    return one_line(joined)
