"""What a name promises: which class of measure, which family of indicators, or nothing at all.

A known concept tells its class. Of other names the end tells it, as the head of a Chinese noun
stands last (…合格率, …人数, …时间). Official types and rules behind it: rules N01, T01, T02 and V03
of the catalogue of weak targets.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.measures import canonical
from corpus.records import Level2
from knowledge.concepts import MeasureClass
from peers.scales import scale_of
from text.concept_names import concept_of
from text.normalise import fold
from text.units import is_measure

_MEASURE = re.compile(r"[(\[【](?:单位:)?([^()\[\]【】]{1,8})[)\]】]$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_TAIL = re.compile(r"(?:指标|情况统计|%|‰|[。.,、;:!]|\s)+$")

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
    r"(?<!效)(?<!频)(?<!速)率$|比例$|占比$|比重$|百分比$|比率$|[满知]\w度$|覆盖面$|密度$"
)
_FAMILY_PATTERNS = tuple(
    (name, re.compile(rf"(?:{pattern})$")) for name, pattern in _SHARE_FAMILIES
)

_ENDS: tuple[tuple[MeasureClass, re.Pattern[str]], ...] = (
    (MeasureClass.AREA, re.compile(r"面积$|亩数$")),
    (MeasureClass.LENGTH, re.compile(r"里程$|长度$|公里数$")),
    (
        MeasureClass.UNIT_COST,
        re.compile(
            r"单价$|(?:补助|补贴|发放|收费|资助|救助|支出|供养|奖补|保障)标准$"
            r"|(?:[人户亩村生次件台套期场座]均|平均|单[位座台套次件个株批]|每\w{1,2})\w*"
            r"(?:成本|造价|费用?|经费|补助|补贴|投资|投入|支出|标准|价格)$"
        ),
    ),
    (
        MeasureClass.DURATION,
        re.compile(
            r"时长$|天数$|年限$|工期$|周期$|月数$|小时数$|时数$|寿命$"
            r"|(?:播出|播发|服务|使用|运行|开放|持续|到达)时间$"
            r"|(?:响应|处置|处理|办理|办结|核查|修复|受理|审批|审核|维修|救援|反馈|送达)(?:时间|时限|期限)$"
        ),
    ),
    (MeasureClass.FREQUENCY, re.compile(r"频次$|频率$")),
    (
        MeasureClass.MONEY,
        re.compile(
            r"(?:成本|费用?|经费|资金|金额|总额|收入|支出|产值|投资额?|税收|预算|造价|产出值|销售额|贷款额|投入|投资)"
            r"(?:总额|总量|控制|控制数|控制额|投入|数)?$|(?:预算|成本)\w{0,4}控制数$|\w额$"
        ),
    ),
    (MeasureClass.DATE, re.compile(r"时间$|日期$|时限$|期限$|时点$|时效$|完成及时$")),
    (
        MeasureClass.COUNT,
        re.compile(
            r"(?<!指)数$|(?<!质)量$|人次$|场次$|次数$|规模$|件次$|户次$|人数$|台套$|档期$|集数$"
        ),
    ),
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


# Names come again and again; a lookup is some ten microseconds.
known_concept = lru_cache(maxsize=65536)(concept_of)


@lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """A name without brackets and 指标 at its end, folded."""
    bare = _BRACKETS.sub("", fold(name))
    return _TAIL.sub("", bare) or _TAIL.sub("", fold(name))


@lru_cache(maxsize=65536)
def class_of_name(name: str) -> MeasureClass | None:
    """The class of measure that a name promises; None where it promises none."""
    concept = known_concept(name)
    if concept is not None:
        return concept.measure_class
    in_brackets = _MEASURE.search(fold(name))
    if in_brackets and is_measure(in_brackets[1]):
        return _class_of_measure(in_brackets[1])
    plain = plain_name(name)
    if not plain:
        return None
    if _ANY_SHARE.search(plain) or any(found.search(plain) for _, found in _FAMILY_PATTERNS):
        return MeasureClass.SHARE
    return next((told for told, end in _ENDS if end.search(plain)), None)


def _class_of_measure(measure: str) -> MeasureClass:
    return scale_of(canonical(None, measure)[1])[0]


@lru_cache(maxsize=65536)
def family_of(name: str) -> Family | None:
    """The family of a name; None where values of other objects tell nothing about its own."""
    plain, told = plain_name(name), class_of_name(name)
    if told is MeasureClass.SHARE:
        for family, found in _FAMILY_PATTERNS:
            if found.search(plain):
                return Family(family, MeasureClass.SHARE)
        return Family(plain[-3:], MeasureClass.SHARE) if _ANY_SHARE.search(plain) else None
    if told is MeasureClass.DATE:
        return None if _OTHER_DATE.search(plain) else Family("完成时间", MeasureClass.DATE)
    if told is MeasureClass.MONEY and _is_total_cost(plain):
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


def _is_total_cost(plain: str) -> bool:
    return _TOTAL_COST.fullmatch(plain) is not None
