"""The head of a target table: labels and the cells they announce."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from corpus.blocks import Block, Cell, Paragraph, Row
from corpus.frozen import frozen
from corpus.layouts.align import names_unit
from corpus.layouts.labels import Field, label_of
from corpus.records import SpendingStep
from text.normalise import fold, one_line, squeeze
from text.numbers import parse_money_wan

_INLINE = re.compile(r"^\s*([^:：\s]{2,16}(?:[(（][^)）]{1,6}[)）])?)\s*[:：]\s*(\S.*)$", re.DOTALL)
_OWN_UNIT = ("部门", "单位")
_CODE_AND_NAME = re.compile(r"^[\[(（]?(\d{3,9})[\])）]?[-—\s]*([^\d\W].*)$", re.DOTALL)
_LONG_CODE_AND_NAME = re.compile(r"^([0-9A-Z]{16,})\s*[-—]\s*(.+)$")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%?")
_PAGE_BREAK = re.compile(r"(?<=[^\W\d_a-zA-Z])\s*\n\s*(?=[^\W\d_a-zA-Z])")
_BARE_UNIT = re.compile(r"^\d{6}[^\d\W]")
_UNIT_BESIDE_MONEY = re.compile(r"\s*(\d{6}[^\d\W]\S*)\s+(?:金额)?单位[:：]")
_NEXT_LABEL = re.compile(r"(?<=[^\s:：])\s+([^:：\s]{2,12})[:：]")
_TAG = re.compile(r"<[^<>]{1,40}>")
_MONEY_UNIT = re.compile(r"单位[:：]?(亿元|万元|元)|\((亿元|万元|元)\)")
_GOAL_NUMBER = re.compile(r"^1\s*[.、．]\s*(?!\d)")
_SECOND_NUMBER = re.compile(r"(?<!\d)2\s*[.、．]\s*(?!\d)")
_AMOUNT = re.compile(r"^[^\d\w]?(?:约|共|合?计|总计)?[:：]?-?[\d０-９]|元")
_ALL_FUNDS = re.compile(r"^(项目|专项)?资金")
_ONE_AMOUNT = re.compile(r"[\d,]+(?:\.\d+)?(?:万?元)?")
_MONTHS = re.compile(r"^\d{1,2}[-~至—]?\d{0,2}月")  # 1-7月执行数: a head of its own
_GLUED = re.compile(r"\d\.\d+\.\d|^\D*[\d,.]+[%％]")  # amounts that nothing parts, or a share
_TEMPLATE_GOAL = re.compile(r"^(?:(?:\d+[.、．]?)?目标(?:内容)?\d*[:：]?[;；]?)+$")


@frozen
class Announced:
    """One label of the head and the cell it announces; rows count within the head."""

    field: Field
    label: str
    cell: Cell


@frozen
class Head:
    """What stands above a table: its items, the labels found in them, the goal of the year."""

    items: tuple[Block, ...]
    announced: tuple[Announced, ...]
    goal: Cell | None
    money_unit: str

    def value(self, *fields: Field) -> str:
        """The text announced for the first of these fields that is there, or ""."""
        for field in fields:
            for found in self.announced:
                if found.field is field:
                    return found.cell.text
        return ""


def read_head(items: tuple[Block, ...]) -> Head:
    """Understand the head of one table."""
    rows = [_cells(item) for item in items]
    announced = _announcements(rows)
    return Head(items, announced, _goal_cell(rows, announced), money_unit(items))


def _announcements(rows: Sequence[Sequence[Cell]]) -> tuple[Announced, ...]:
    """Pair the labels in the head of a table with their values: to the right, else below."""
    found: list[Announced] = []
    for index, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            text = cell.text
            if text and (":" in text or "：" in text) and (one := _inline(cell)):
                found.append(one)
            elif text and (field := label_of(text)):
                value = _right_of(cells, column) or _below(rows, index)
                if value is not None:
                    found.append(Announced(field, squeeze(text), value))
    return tuple(found)


def _cells(item: Block) -> tuple[Cell, ...]:
    if isinstance(item, Row):
        return item.cells
    if ":" not in item.text and "：" not in item.text:
        return (Cell(item.text, item.number),)
    return tuple(Cell(text, item.number) for text in _parted(item.text))


def _parted(text: str) -> Iterator[str]:
    """A line with several labels (实施单位：…　预算金额：…), label by label."""
    start = 0
    for match in _NEXT_LABEL.finditer(text):
        if label_of(match[1]) or match[1].endswith("单位"):
            yield text[start : match.start()]
            start = match.start(1)
    yield text[start:]


def _inline(cell: Cell) -> Announced | None:
    """A label with its value in one cell: 项目名称：校舍维修."""
    found = _INLINE.match(cell.text)
    if not found:
        return None
    field = label_of(found.group(1))
    if found.group(1) in _OWN_UNIT and names_unit(squeeze(found.group(2))):
        field = Field.FILLED_BY  # but 单位：万元
    if not field:
        return None
    return Announced(field, squeeze(found.group(1)), Cell(found.group(2), cell.number))


def _right_of(cells: Sequence[Cell], column: int) -> Cell | None:
    """The next cell that says something, unless it is a label itself."""
    for cell in cells[column + 1 :]:
        if cell.text:
            return None if label_of(cell.text) else cell
    return None


def _below(rows: Sequence[Sequence[Cell]], index: int) -> Cell | None:
    """What stands below a merged label: the first text of rows that begin with blank cells."""
    for cells in rows[index + 1 :]:
        if not cells or cells[0].text:
            return None
        said = [c for c in cells if c.text]
        if said and not label_of(said[0].text):
            return said[0]
    return None


_GOAL_FIELDS = frozenset((Field.GOAL, Field.LONG_GOAL, Field.GOAL_ACHIEVED))


def _goal_cell(rows: Sequence[Sequence[Cell]], announced: Sequence[Announced]) -> Cell | None:
    """The cell of the annual goal.

    Its label may stand in a run of labels (总体目标, 中期目标, 年度目标; 年初设定目标, 完成情况)
    whose values follow in the same order; the first label of a run may head the others.
    """
    cells = [cell for row in rows for cell in row if cell.text]
    fields = [label_of(cell.text) for cell in cells]
    for index, field in enumerate(fields):
        if field not in _GOAL_FIELDS or (index and fields[index - 1] in _GOAL_FIELDS):
            continue
        end = next((k for k in range(index, len(cells)) if fields[k] not in _GOAL_FIELDS), None)
        run = fields[index:end]
        if end is None or Field.GOAL not in run:
            continue
        headed = run[0] is Field.GOAL and Field.GOAL in run[1:]
        parallel = run[1:] if headed else run
        value = cells[end : end + len(parallel)]
        wanted = len(parallel) - 1 - parallel[::-1].index(Field.GOAL)
        return value[wanted] if wanted < len(value) and not fields[end + wanted] else None
    for field in (Field.GOAL, Field.LONG_GOAL):
        for found in announced:
            if found.field is field:
                return found.cell
    return None


def clean_unit(text: str) -> tuple[str, str]:
    """Unit name and code: 425001乐亭县广播电视台本级 → ("乐亭县广播电视台本级", "425001")."""
    text = squeeze(text)
    if not any(character.isalnum() for character in text):
        return "", ""
    match = _CODE_AND_NAME.match(text)
    return (match.group(2), match.group(1)) if match else (text, "")


def split_code(name: str) -> tuple[str, str]:
    """Part a project name from the long code in front of it (51902325T…-2025年城镇改造)."""
    match = _LONG_CODE_AND_NAME.match(name)
    return (match.group(2), match.group(1)) if match else (name, "")


def bare_unit(items: Sequence[Block]) -> tuple[str, str]:
    """Unit and code of a cell that stands without a label (Hebei: below the title), or blanks."""
    for index, item in enumerate(items):
        if isinstance(item, Paragraph):
            if not item.text.lstrip()[:6].isdigit():
                continue
            below = items[index + 1 : index + 2]
            lines = [i.text for i in (item, *below) if isinstance(i, Paragraph)]
            beside = _UNIT_BESIDE_MONEY.match("\n".join(lines))
            if beside:
                return clean_unit(beside.group(1))
            continue
        first = squeeze(item.texts[0]) if item.texts else ""
        if _BARE_UNIT.match(first) and all(":" in fold(t) for t in item.texts[1:]):
            return clean_unit(first)
    return "", ""


def money_unit(items: Sequence[Block]) -> str:
    """The unit of money that the head states (元, 万元, 亿元), or ""."""
    for item in items:
        for text in item.texts if isinstance(item, Row) else (item.text,):
            match = _MONEY_UNIT.search(squeeze(text).replace("（", "(").replace("）", ")"))
            if match:
                return match.group(1) or match.group(2)
    return ""


def budget_wan(head: Head) -> float | None:
    """Budget of the year in 万元: the amount for the year before the total."""
    for field in (Field.BUDGET, Field.TOTAL):
        for found in head.announced:
            if found.field is field:
                hint = unit_in_label(found.label) or head.money_unit or "万元"
                amount = _amount(found.cell.text, hint)
                if amount is not None:
                    return amount
    return _funds(head)


def _funds(head: Head) -> float | None:
    """The amount right behind 项目资金, where no label below it parts it into kinds."""
    for found in head.announced:
        if found.field is Field.FUNDS and _ALL_FUNDS.match(fold(found.label)):
            hint = unit_in_label(found.label) or head.money_unit or "万元"
            if _ONE_AMOUNT.fullmatch(squeeze(found.cell.text)):
                return parse_money_wan(found.cell.text, hint)
    return None


def _amount(text: str, hint: str) -> float | None:
    """Money of a cell that holds an amount, and not the number of a task (任务1)."""
    word = squeeze(text)
    if _GLUED.search(word) or _MONTHS.search(word) or not _AMOUNT.search(word):
        return None
    return parse_money_wan(text, hint)


def first_amount(rows: Sequence[Row], unit: str) -> float | None:
    """The first amount of money in these rows, in 万元: the figures below a row of heads."""
    for row in rows[:3]:
        for text in row.texts:
            if re.fullmatch(r"[\d,]+(\.\d+)?", squeeze(text)):
                return parse_money_wan(text, unit or "万元")
    return None


@lru_cache(maxsize=1024)
def unit_in_label(label: str) -> str:
    """The unit of money in a label: 项目资金(万元) → 万元."""
    match = _MONEY_UNIT.search(fold(label))
    return (match.group(1) or match.group(2)) if match else ""


def spending_plan(items: Sequence[Block]) -> tuple[SpendingStep, ...]:
    """The spending plan: a row of dates after its label, and the shares in the row below."""
    rows = [item for item in items if isinstance(item, Row)]
    for row, below in pairwise(rows):
        if label_of(row.cells[0].text) is Field.SPENDING and len(row.cells) > 1:
            return tuple(
                _spending_step(by.text, share.text)
                for by, share in zip(row.cells[1:], below.cells[1:], strict=False)
                if by.text
            )
    return ()


@lru_cache(maxsize=4096)  # most plans have the same dates and shares
def _spending_step(by: str, share: str) -> SpendingStep:
    return SpendingStep(squeeze(by), squeeze(share), _percent(share))


def _percent(text: str) -> float | None:
    match = _SHARE.fullmatch(fold(text))
    return float(match.group(1)) if match else None


def clean_goal(text: str) -> str:
    """A goal text without tags; "" where only the template stands.

    The number of a goal that is the only one (1.完成…) goes; numbers of several goals stay.
    """
    text = one_line(_TAG.sub(" ", text)) if "<" in text else one_line(_unwrapped(text))
    if not _SECOND_NUMBER.search(text):
        text = _GOAL_NUMBER.sub("", text)
    return "" if _TEMPLATE_GOAL.match(squeeze(text)) else text


def _unwrapped(text: str) -> str:
    return _PAGE_BREAK.sub("", text) if "\n" in text else text


def tasks(items: Sequence[Block]) -> tuple[tuple[str, Cell], ...]:
    """Tasks of the year of a whole-unit table: pairs of a task's name and its content."""
    found: list[tuple[str, Cell]] = []
    inside = False
    for row in (item for item in items if isinstance(item, Row)):
        first = row.cells[0].text
        if label_of(first) is Field.TASKS:
            inside = True
        elif first:
            inside = False
        elif inside and len(row.texts) == 2:
            content = next(c for c in row.cells if c.text == row.texts[1])
            found.append((one_line(row.texts[0]), content))
    return tuple(found)


def paragraphs(items: Sequence[Block]) -> tuple[Paragraph, ...]:
    """The paragraphs among the items of a head."""
    return tuple(item for item in items if isinstance(item, Paragraph))
