"""Which values cannot be the target of a name.

Rules T01 and T02 (wrong type, cost not money) and V06 (more than the whole) of the catalogue of
weak targets.
"""

from corpus.records import Level2
from knowledge.concepts import MeasureClass
from peers.records import Quantity
from text.hollow_names import is_hollow
from text.name_classes import class_of_name, is_satisfaction, is_share_of_whole

_TIMES = frozenset((MeasureClass.DATE, MeasureClass.DURATION))
_MONIES = frozenset((MeasureClass.MONEY, MeasureClass.UNIT_COST))
_SHARED = frozenset((MeasureClass.SHARE,))
_ALL = frozenset(MeasureClass)
_FITTING: dict[MeasureClass | None, frozenset[MeasureClass]] = {
    MeasureClass.SHARE: _SHARED,
    MeasureClass.COUNT: _ALL - _SHARED - {MeasureClass.DATE},
    MeasureClass.FREQUENCY: _ALL - _SHARED - _MONIES - {MeasureClass.DATE},
    MeasureClass.MONEY: _MONIES,
    MeasureClass.UNIT_COST: _MONIES,
    MeasureClass.DURATION: _TIMES | {MeasureClass.COUNT, MeasureClass.FREQUENCY},
    MeasureClass.DATE: _TIMES,
    MeasureClass.DEGREE: _ALL - _SHARED,
    MeasureClass.SCORE: _ALL - _MONIES - {MeasureClass.DATE},
    None: _ALL,
}
_WHOLE = 100.0  # %
_SIZED = _ALL - _SHARED - _MONIES - {MeasureClass.DATE}


def fits(name: str, level2: Level2 | None, measure_class: MeasureClass) -> bool:
    """Whether a value of this class can be the target of such a name.

    完成项目数量 ≥95%, 成本控制 ≥95% and 社会影响力 ≥95% do not fit.
    """
    if is_hollow(name):
        return measure_class in _ALL - _SHARED - {MeasureClass.DATE}
    told = class_of_name(name)
    if told is None and level2 is Level2.SATISFACTION:
        told = MeasureClass.SHARE
    return measure_class in _FITTING.get(told, _SIZED)


def can_be(name: str, level2: Level2 | None, quantity: Quantity | None) -> bool:
    """Whether a quantity can be the target of such a name: its class fits, and so does its size.

    A share of a whole above 100 % (满意度 ≥150%, rule V06) cannot be met.
    """
    if quantity is None or not fits(name, level2, quantity.measure_class):
        return False
    beyond = quantity.measure_class is MeasureClass.SHARE and quantity.number > _WHOLE
    return not (beyond and (is_share_of_whole(name) or is_satisfaction(name)))
