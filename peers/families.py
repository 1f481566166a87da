"""Families of indicators: names whose values can be told from each other's."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.records import Level2
from knowledge.concepts import MeasureClass
from text.name_classes import class_of_name, head_of_name

# Names of families of shares by what stands at the end; other shares are named by their last
# three characters.
_SHARE_FAMILIES: tuple[tuple[str, str], ...] = (
    ("满意度", r"满意(?:度|率|程度|数|情况)?|好评率|认可度|认可率|好评度"),
    ("合格率", r"(?:合格|达标|优良|优秀|优质|通过)(?:率|比例|比率)|验收率"),
    ("及时率", r"(?:及时|按时|按期|准时|如期|时效)(?:[\u4e00-\u9fff]{0,4})率"),
    ("到位率", r"(?:到位|拨付|发放|兑付|兑现|支付|支出|足额|补助|缴纳)(?:率|比例|比率)"),
    ("合规率", r"(?:合规|规范|合法|专款专用|合理|合规性)率|合规性|专款专用"),
    ("完成率", r"(?:完成|完工|竣工|实施|落实|达成|开展)(?:率|比例|比率|度)"),
    ("办结率", r"(?:办结|办理|整改|处置|处理|查处|核查|回复|答复|结案)(?:率|比例)"),
    ("执行率", r"(?:执行|使用|利用)(?:率|比率|比例)"),
    ("覆盖率", r"(?:覆盖|普及|参保|建档|入户|服务覆盖)(?:率|面|度|比例)"),
    ("知晓率", r"知晓(?:率|度)?|普法率"),
    ("运行率", r"(?:运行|完好|在线|正常|可用|稳定|运转|畅通)(?:率|比例)"),
    ("准确率", r"(?:准确|正确|精准)(?:率|度)"),
    ("增长率", r"(?:增长|提升|提高|增加|上升)(?:率|幅度|比例|比率)|增幅|增速"),
    ("下降率", r"(?:下降|降低|减少)(?:率|幅度|比例)|降幅"),
    ("节约率", r"(?:节约|控制)(?:率|比例)"),
    ("差错率", r"(?:超支|偏离|偏差|差错|误差|错误|争议|结余|逾期|投诉)(?:率|比例)"),
)
_ANY_SHARE = re.compile(
    r"(?<!效)(?<!频)(?<!速)率$|比例$|占比$|比重$|百分比$|比率$|满意度$|知晓度$|覆盖面$|密度$"
)
_FAMILY_PATTERNS = tuple(
    (name, re.compile(rf"(?:{pattern})$")) for name, pattern in _SHARE_FAMILIES
)


@dataclass(frozen=True, slots=True)
class Family:
    """Indicators whose values can be told from each other's: 合格率, 完成时间, 总成本.

    Values of a family are alike whatever their object: rates of one head, months of completion,
    total cost as a share of the budget.
    """

    name: str
    measure_class: MeasureClass


TOTAL_COST = Family("总成本", MeasureClass.MONEY)
COSTS = Family("成本", MeasureClass.MONEY)
_COST_LEVELS = (Level2.COST, Level2.ECONOMIC_COST)


@lru_cache(maxsize=65536)
def family_of(name: str) -> Family | None:
    """The family of a name; None where values of other objects tell nothing about its own."""
    head, told = head_of_name(name), class_of_name(name)
    if told is MeasureClass.SHARE:
        for family, found in _FAMILY_PATTERNS:
            if found.search(head):
                return Family(family, MeasureClass.SHARE)
        return Family(head[-3:], MeasureClass.SHARE) if _ANY_SHARE.search(head) else None
    if told is MeasureClass.DATE:
        return None if _OTHER_DATE.search(head) else Family("完成时间", MeasureClass.DATE)
    if told is MeasureClass.MONEY and _is_total_cost(head):
        return TOTAL_COST
    return None


# Days on which something begins or is paid tell nothing of when work is done.
_OTHER_DATE = re.compile(
    r"开工|启动|开始|开展|拨付|发放|支付|兑付|支出|返还|分红|缴纳|报销|发布|播出|播发|上报|保障|使用"
)
_TOTAL_COST = re.compile(
    r"(?:年度|本年|全年|项目|预算|资金|实际|经济|工程|投入|支出|完成|工作|所需|需要|专项|费用|建设|运行|运维|维护|活动)*"
    r"(?:总|所需|需要|费用)*(?:成本|总成本|控制数|成本控制|成本控制数|预算控制数|预算控制|总额|总投入|预算总额|总预算|预算|支出|经费|资金)"
    r"(?:总额|总量|控制|控制数|控制额|控制金额|投入|金额|数)*"
)


def family_of_row(name: str, description: str, level2: str = "") -> Family | None:
    """The family that a name tells, else that of the description (完成及时性, 项目完成时间).

    Amounts of a cost row that are no total are of the family of costs.
    """
    told = class_of_name(name)
    family = family_of(description) if description and told is None else family_of(name)
    if family is None and level2 in _COST_LEVELS and told in (None, MeasureClass.MONEY):
        return COSTS
    return family


def is_akin(family: Family, other: Family | None) -> bool:
    """Whether values of one family tell something of another: a total cost is a cost too."""
    return family == other or (family == COSTS and other == TOTAL_COST)


def _is_total_cost(head: str) -> bool:
    return _TOTAL_COST.fullmatch(head) is not None
