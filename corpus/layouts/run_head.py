"""The head of a table whose cells nothing parts: labels found inside running text."""

import re
from collections.abc import Iterator, Sequence

from corpus.blocks import Block, Cell, Line, Paragraph, Row
from corpus.layouts.labels import label_of
from text.normalise import one_line, squeeze

_LABELS = (
    "项目主管部门", "项目执行单位", "项目实施单位", "项目名称", "项目编码", "主管部门", "实施单位",
    "项目资金总额", "年度资金申请总额", "年度资金总额", "资金总额", "项目负责人", "联系电话",
    "其中：财政资金", "其中：当年财政拨款", "其中：本年财政拨款", "其中 ：上级资金", "其他资金",
    "上年结转资金", "项目总目标", "年度总体目标", "总体目标", "年度绩效目标", "年度目标",
    "预期目标", "实际完成情况", "项目性质", "项目类别", "计划开始日期", "计划完成日期",
    "资金情况", "项目资金", "绩效指标", "发布机构",
)  # fmt: skip
_SENTENCES = (
    (
        "项目名称",
        re.compile(r"关于([^，。：:]{4,60}?)绩效(?:目标|自评)[^，。]{0,12}的?(?:公示|公告|通知)"),
    ),
    ("年度资金总额", re.compile(r"(?:安排|投入|下达)[^，。]{0,12}?资金([\d,.]+万?元)")),
    ("年度目标", re.compile(r"绩效目标(?:是|为)[:：]?([^。]+。)")),
)
_LONGEST_TITLE = 60
_MONEY = r"(?:\s*[（(]\s*万?元\s*[)）])?"
_LABEL = re.compile(
    "(" + "|".join(r"\s*".join(map(re.escape, w)) for w in _LABELS) + rf"){_MONEY}\s*[:：]?"
)


def head_rows(lines: Sequence[Line], head: str) -> Iterator[Block]:
    """Lines as paragraphs, for their titles; each label with the text up to the next as a row."""
    number = lines[0].number if lines else 1
    head = head.replace("|", " ")
    for offset, line in enumerate(head.split("\n")):
        if len(line) <= _LONGEST_TITLE or not _LABEL.search(line):
            yield from (Paragraph(word, number + offset) for word in line.split())
        else:
            yield from (Paragraph(w, number + offset) for w in _before_label(line).split())
    yield from _told(head, number)
    labels = [*_LABEL.finditer(head)]
    for index, match in enumerate(labels):
        stop = labels[index + 1].start() if index + 1 < len(labels) else len(head)
        at = number + head.count("\n", 0, match.start())
        value = _joined(head[match.end() : stop])
        label = squeeze(match.group(1))
        if label_of(label):
            words = [_with_unit(label, match.group()), *value.split()]
            yield Row(tuple(Cell(word, at) for word in words))


def _before_label(line: str) -> str:
    first = _LABEL.search(line)
    return line[: first.start()] if first else line


def _told(head: str, number: int) -> Iterator[Row]:
    """What a notice tells in sentences: the project, its money, its goal."""
    for label, pattern in _SENTENCES:
        match = pattern.search(squeeze(head))
        if match:
            yield Row((Cell(label, number), Cell(match.group(1), number)))


def _with_unit(label: str, printed: str) -> str:
    unit = re.search(r"[（(]\s*(万?元)\s*[)）]", printed)
    return f"{label}({unit.group(1)})" if unit else label


def _joined(text: str) -> str:
    """Join lines cut by the width of the page."""
    return one_line(re.sub(r"(?<=[^\x00-\x7f。])\n\s*(?=[^\x00-\x7f])", "", text.strip()))
