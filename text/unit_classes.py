"""What sort of quantity a unit of measure counts, and what sort a name asks for in its unit."""

import re

from knowledge.concepts import MeasureClass

_RATE = re.compile(r"[/·每]")
_MANY = re.compile(r"^[0-9个]+")
_CLASSES: tuple[tuple[MeasureClass, frozenset[str]], ...] = (
    (MeasureClass.SHARE, frozenset(("%", "‰", "百分点", "成", "倍"))),
    (MeasureClass.MONEY, frozenset(("万元", "元", "美元", "角", "千元", "百元", "亿元"))),
    (
        MeasureClass.DURATION,
        frozenset(
            "天 日 工作日 月 年 周 季度 小时 分钟 秒 秒钟 学年 学期 课时 学时 机时 工时 周岁 岁"
            " 交易日 个交易日".split()
        ),
    ),
    (
        MeasureClass.AREA,
        frozenset(("平方米", "平方公里", "公顷", "亩", "亩次", "km²", "㎡", "平方厘米")),
    ),
    (MeasureClass.LENGTH, frozenset(("公里", "米", "厘米", "毫米", "里", "延米", "㎞"))),
    (MeasureClass.VOLUME, frozenset(("立方米", "升", "毫升", "立升", "m³", "㎥"))),
    (MeasureClass.MASS, frozenset(("吨", "公斤", "斤", "克", "mg", "㎏"))),
    (MeasureClass.ENERGY, frozenset(("千瓦", "千瓦时", "兆瓦", "瓦", "伏", "安"))),
    (MeasureClass.SCORE, frozenset(("分",))),
)
_BY_UNIT = {unit: kind for kind, units in _CLASSES for unit in units}
_EVENTS = frozenset(("次", "场", "场次", "期", "期次", "批", "批次", "班次", "轮", "轮次", "届"))
_PEOPLE = frozenset(("人", "人次", "人天", "人月", "人份", "户", "户次", "家", "家庭", "家次"))
_PEOPLE |= frozenset(("生", "职工", "学生", "农户", "床日", "户头"))


def class_of_measure(measure: str) -> MeasureClass | None:
    """The class of a canonical measure (`Value.canonical_measure`); None where there is none.

    Rates of money are unit costs, other rates of the class of what is counted (平方米/人); rates of
    pieces are frequencies by time (次/年) and scores by anything else (微克/立方米). What is in no
    list counts pieces.
    """
    if not measure:
        return None
    head, *rates = _RATE.split(measure)
    if rates:
        timed = _BY_UNIT.get(_MANY.sub("", rates[-1])) is MeasureClass.DURATION
        told = _BY_UNIT.get(head, MeasureClass.FREQUENCY if timed else MeasureClass.SCORE)
        return MeasureClass.UNIT_COST if told is MeasureClass.MONEY else told
    return _BY_UNIT.get(measure, MeasureClass.COUNT)


def is_activity(measure: str) -> bool:
    """Whether a canonical measure counts people or events, and no goods (人次, 场; not 台)."""
    return counts_people(measure) or _RATE.split(measure)[0] in _EVENTS


def counts_people(measure: str) -> bool:
    """Whether a canonical measure counts people or households, also per year (人/年)."""
    return _RATE.split(measure)[0] in _PEOPLE
