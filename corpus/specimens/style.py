"""How a table is printed: its columns and their heads, its labels, where merged words stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from corpus.layouts.roles import Role
from corpus.specimens.entries import Entry, Table

HEADS: Mapping[Role, tuple[str, ...]] = {
    Role.LEVEL1: ("一级指标", "一级绩效指标"),
    Role.LEVEL2: ("二级指标", "二级绩效指标"),
    Role.NAME: ("三级指标", "三级绩效指标", "指标内容", "指标名称"),
    Role.VALUE: ("指标值", "年度指标值", "目标值", "绩效指标值", "预期指标值"),
    Role.SIGN: ("指标性质", "计算符号", "指标值类型", "指标方向"),
    Role.MEASURE: ("度量单位", "计量单位"),
    Role.DIRECTION: ("指标方向性", "指标性质"),
    Role.WEIGHT: ("权重", "分值", "分值权重"),
    Role.DESCRIPTION: ("绩效指标描述", "指标解释", "指标说明", "指标值说明"),
    Role.BASIS: ("指标值确定依据", "指标值设定依据", "指标标准或依据"),
    Role.ACTUAL: ("实际完成值", "全年实际值", "指标实际完成值"),
    Role.SCORE: ("得分", "指标得分"),
    Role.NOTE: ("备注",),
}
_PROJECT_LABELS = ("项目名称", "项目（专项）名称", "专项名称")
_UNIT_LABELS = ("实施单位", "项目实施单位", "预算单位", "填报单位", "项目单位", "申报单位")
_BUDGET_LABELS = ("年度资金总额", "预算数", "资金总额", "预算金额", "年度预算数")
_GOAL_LABELS = ("年度目标", "总体目标", "绩效目标", "年度绩效目标", "年度总体目标")

# Sets of columns after the three levels; a shuffled order must change nothing.
_VALUE_ALONE: tuple[tuple[Role, ...], ...] = (
    (Role.VALUE,),
    (Role.VALUE, Role.NOTE),
    (Role.DESCRIPTION, Role.VALUE, Role.BASIS),
    (Role.VALUE, Role.WEIGHT),
    (Role.VALUE, Role.DESCRIPTION),
)
_SPLIT: tuple[tuple[Role, ...], ...] = (
    (Role.SIGN, Role.VALUE, Role.MEASURE, Role.WEIGHT, Role.DIRECTION),
    (Role.SIGN, Role.VALUE, Role.MEASURE, Role.DESCRIPTION),
    (Role.MEASURE, Role.SIGN, Role.VALUE),
    (Role.VALUE, Role.MEASURE, Role.SIGN),
    (Role.DIRECTION, Role.SIGN, Role.VALUE, Role.MEASURE, Role.WEIGHT),
)
_EVALUATED: tuple[tuple[Role, ...], ...] = (
    (Role.WEIGHT, Role.VALUE, Role.ACTUAL, Role.SCORE),
    (Role.VALUE, Role.ACTUAL, Role.WEIGHT, Role.SCORE),
    (Role.VALUE, Role.WEIGHT, Role.ACTUAL, Role.SCORE, Role.NOTE),
)
_LOWER_IS_BETTER = ("成本", "差错", "响应", "时限", "投资")


@dataclass(frozen=True, slots=True)
class Style:
    """Everything about the print that must not change what is read."""

    columns: tuple[Role, ...]
    heads: Mapping[Role, str]
    label_row: str = "first"
    suffix: bool = True
    side: bool = False
    points: bool = False
    mark: str = ""
    unused_rows: bool = False
    pairs_in_row: int = 1
    fully_marked: bool = False
    spaced: bool = False
    broken: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    money_in_yuan: bool = False

    @property
    def split(self) -> bool:
        """Whether sign, number and measure stand in columns of their own."""
        return Role.SIGN in self.columns

    def header(self) -> list[str]:
        """The head words of all columns."""
        return [self.heads[role] for role in (Role.LEVEL1, Role.LEVEL2, Role.NAME, *self.columns)]

    def level1(self, entry: Entry) -> str:
        """The level 1 as printed."""
        points = {"产出": "(50分)", "效益": "(30分)", "满意度": "(10分)", "成本": "(10分)"}
        word = f"{entry.level1}指标"
        return f"{' '.join(word) if self.spaced else word}{points[entry.level1] * self.points}"

    def level2(self, entry: Entry) -> str:
        """The level 2 as printed: with 指标, or short."""
        if not self.suffix:
            return entry.level2
        return f"{entry.level2}\n指标" if self.broken else f"{entry.level2}指标"

    def cells(self, entry: Entry) -> list[str]:
        """The cells of one row after its levels: the name and the other columns."""
        name = f"{self.mark}{entry.name}"
        return [name, *(self._cell(role, entry) for role in self.columns)]

    def _cell(self, role: Role, entry: Entry) -> str:
        lower = any(word in entry.name for word in _LOWER_IS_BETTER)
        written: dict[Role, str] = {
            Role.VALUE: entry.amount if self.split else entry.value,
            Role.SIGN: entry.sign or ("=" if entry.measure else "定性"),
            Role.MEASURE: entry.measure,
            Role.DIRECTION: "反向指标" if lower else "正向指标",
            Role.WEIGHT: "10",
            Role.DESCRIPTION: entry.description,
            Role.BASIS: entry.basis,
            Role.ACTUAL: entry.value.lstrip("≥≤="),
            Role.SCORE: "10",
        }
        return written.get(role, "")

    def rows(self, table: Table) -> list[tuple[str, str, list[str]]]:
        """Level 1, level 2 and the other cells of each row; a merged level is empty."""
        found: list[tuple[str, str, list[str]]] = []
        for _, inside in table.groups():
            total = sum(len(entries) for _, entries in inside)
            at1, done = self._label_at(total), 0
            for _, entries in inside:
                for number, entry in enumerate(entries):
                    one = self.level1(entry) if done == at1 else ""
                    two = self.level2(entry) if number == 0 else ""
                    found.append((one, two, self.cells(entry)))
                    done += 1
        return found

    def _label_at(self, rows: int) -> int:
        return rows // 2 if self.label_row == "centred" else 0

    def head_rows(self, table: Table) -> list[list[str]]:
        """Labels and what they announce, one pair or two in a row."""
        pairs = [list(pair) for pair in self.head(table)]
        if self.pairs_in_row == 1:
            return pairs
        others = [["项目负责人", "周禾生"], ["联系电话", "0000-3305566"], ["项目属性", "延续性"]]
        goal = pairs.pop()
        return [*(a + b for a, b in zip(pairs, others, strict=True)), goal]

    def head(self, table: Table) -> list[tuple[str, str]]:
        """Labels and what they announce."""
        money = table.budget_wan * (10_000 if self.money_in_yuan else 1)
        return [
            (self.labels["project"], table.project),
            (self.labels["unit"], table.unit),
            (f"{self.labels['budget']}", f"{money:,.2f}"),
            (self.labels["goal"], table.goal),
        ]

    @property
    def money_line(self) -> str:
        """What says in which unit money is printed."""
        return "金额单位：元" if self.money_in_yuan else "金额单位：万元"


def drawn_style(rng: Random, *, split: bool = True, evaluated: bool = True) -> Style:
    """A style at random; without `split` and `evaluated` the value stands alone."""
    kinds = [*_VALUE_ALONE, *(_SPLIT if split else ()), *(_EVALUATED if evaluated else ())]
    columns = list(rng.choice(kinds))
    if Role.ACTUAL not in columns:
        rng.shuffle(columns)
    heads = {role: rng.choice(words) for role, words in HEADS.items()}
    while heads[Role.DIRECTION] == heads[Role.SIGN]:
        heads[Role.DIRECTION] = rng.choice(HEADS[Role.DIRECTION])
    return Style(
        columns=tuple(columns),
        heads=heads,
        label_row=rng.choice(("first", "first", "centred")),
        suffix=rng.random() < 0.7,
        side=rng.random() < 0.3,
        points=rng.random() < 0.3,
        mark=rng.choice(("", "", "", "★", "指标1：")),
        unused_rows=rng.random() < 0.3,
        pairs_in_row=rng.choice((1, 2)),
        fully_marked=rng.random() < 0.5,
        spaced=rng.random() < 0.15,
        broken=rng.random() < 0.15,
        labels={
            "project": rng.choice(_PROJECT_LABELS),
            "unit": rng.choice(_UNIT_LABELS),
            "budget": rng.choice(_BUDGET_LABELS),
            "goal": rng.choice(_GOAL_LABELS),
        },
        money_in_yuan=rng.random() < 0.3,
    )
