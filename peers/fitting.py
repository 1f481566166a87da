"""Which names have nothing to measure, and which values cannot be the target of a name.

Rules N01 (category as name), T01 and T02 (wrong type, cost not money) and V03 (slogan) of the
catalogue of weak targets.
"""

import re
from functools import lru_cache

from corpus.records import Level2
from knowledge.concepts import MeasureClass
from peers.names import class_of_name, plain_name
from peers.records import Quantity
from text.name_forms import is_satisfaction, is_share_of_whole

_CATEGORY = re.compile(
    r"(?:(?:产出|效益)?(?:数量|质量|时效|成本|经济效益|社会效益|生态效益|环境效益|可持续影响|可持续性影响|"
    r"可持续性?|可持续发展|社会影响|生态影响|经济影响|效益|产出|影响))"
    r"(?:指标|情况|效果|率|值|程度|显著|明显|良好|增长|提升|提高|增加|改善|比|性|影响)*"
)
_BENEFIT = re.compile(r"(?:经济|社会|生态|环境)(?:社会)?效益")
_BENEFIT_REST = re.compile(
    r"(?:项目|工程|对|通过|开展|的|显著|明显|增长|提升|提高|增加|改善|促进|值|率|比|指标|情况|效果|程度|地区|"
    r"带来|产生|和|及|良好|水平|贡献|[%,、])*"
)
_HOLLOW_WORDS = re.compile(
    r"影响力|知名度|美誉度|影响程度|可持续性|可持续影响|凝聚力|竞争力|公信力|软实力|获得感|幸福感|"
    r"正能量|舆论导向|良好氛围|社会稳定|社会和谐|经济发展|文明程度|意识"
)
_AIM = re.compile(
    r"(?:有效|持续|不断|进一步|切实|全面|积极|大力|更好|逐步|着力|有力|充分)*(?:地|的)?"
    r"(?:提高|提升|增强|促进|推动|拉动|带动|改善|维护|保障|确保|加强|优化|助力|推进|完善|落实|把握|坚持|"
    r"守好|净化|保持|营造|丰富|巩固|扩大|强化|弘扬|树立|引导|满足|减少|降低|激发|规范|打造|维持|服务|持续|"
    r"支持|保证|发挥|实现|深化|构建|节约)"
)
_VAGUE = re.compile(
    r"(?:情况|程度|作用|效果|成效|成果|显著|明显|良好|有序|稳定|能力|水平|发展|建设)$"
)


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


@lru_cache(maxsize=65536)
def is_hollow(name: str) -> bool:
    """Whether a name has no object that could be measured: a category, a slogan, an aim.

    A percentage printed for such a name is a slogan too (社会影响力 ≥95%).
    """
    plain = plain_name(name)
    if not plain or _CATEGORY.fullmatch(plain):
        return True
    if _BENEFIT.search(plain) and _BENEFIT_REST.fullmatch(_BENEFIT.sub("", plain)):
        return True
    told = class_of_name(name)
    if told is MeasureClass.DEGREE:
        return True
    counted = told is not None and told is not MeasureClass.SHARE
    if counted:
        return False
    if _HOLLOW_WORDS.search(plain) and told is None:
        return True
    return told is None and (_AIM.match(plain) is not None or _VAGUE.search(plain) is not None)


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
