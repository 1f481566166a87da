"""Names that hold too little: a category, a predicate without an object, a slogan, an aim.

Rules N01 (category as name) and V03 (slogan) of the catalogue of weak targets.
"""

import re
from functools import lru_cache

from knowledge.concepts import MeasureClass
from text.name_classes import class_of_name, head_of_name, is_satisfaction, plain_name

_CATEGORY = (
    r"(?:经济|社会|生态|环境|可持续|持续)(?:效益|影响|效果|发展|增长|环境|稳定|保障)力?|可持续性|影响力"
    r"|(?:产出)?(?:数量|质量|时效|成本)|产出|效益|影响|(?:服务对象|社会公众|群众)?满意[度率]?"
)
_CATEGORY_NAME = re.compile(
    rf"(?:项目对)?(?:{_CATEGORY})"
    r"(?:指标|增长率?|增加值?|提升[率值比]?|提高|显著|明显|良好|改善|达标率?|效果|程度|影响|[率度比性值%])*"
)
_BARE = re.compile(
    r"(?:实际|按时|按期|全部|总体)?(?:完成|合格|达标|及时|优良|优秀|准确|通过|覆盖|使用|执行|到位|增长|达成|验收"
    r"|质量|正常|改善|达到)+(?:率|性|度|量|数|程度|情况)"
    r"|(?:全年|年度|[当本]期|当年|年内|及时|按时|按期|如期|完成|长期|持续)+"
    r"|(?:20\d\d年)?(?:度|初|底|\d{1,2}月|[上中下]旬|\d{1,2}日|之?前|以前|完成)+"
)
_ANYWHERE = re.compile(
    r"(?:项目|工作|任务|资金|各项|各类|业务|年度|本年|全年|总体|整体|计划|预期|实际|按时|按期|目标|质量|数量"
    r"|内容|完成|合格|及时|达标|优良|优秀|验收|使用|执行|控制|覆盖|增长|提升|有效|保障|开展|情况|程度|水平|效果"
    r"|作用|发挥|时间|时限|时效|率|度|性|值|数|量|的)+"
)
_SLOGAN = re.compile(
    r"影响力|知名度|美誉度|影响程度|可持续性|可持续影响|凝聚力|竞争力|公信力|软实力|获得感|幸福感|"
    r"正能量|舆论导向|良好氛围|社会稳定|社会和谐|经济发展|文明程度|意识"
)
_AIM = re.compile(
    r"(?:有效|持续|不断|进一步|切实|全面|积极|大力|更好|逐步|着力|有力|充分)*(?:地|的)?"
    r"(?:提高|提升|增强|促进|推动|拉动|带动|改善|维护|保障|确保|加强|优化|助力|推进|完善|落实|把握|坚持|"
    r"守好|净化|保持|营造|丰富|巩固|扩大|强化|弘扬|树立|引导|满足|减少|降低|激发|规范|打造|维持|服务|持续|"
    r"支持|保证|发挥|实现|深化|构建|节约)"
)
_VAGUE = re.compile(r"(?:情况|程度|作用|效果|成效|成果|显著|明显|良好|有序|稳定|能力|水平|发展)$")
_CLAUSES = re.compile(r"[，,；;。]")


def is_category(name: str, *categories: str) -> bool:
    """Whether a name only says its category: 质量指标, 经济效益增长率, 社会影响力."""
    plain = plain_name(name)
    return _CATEGORY_NAME.fullmatch(plain) is not None or any(
        plain == plain_name(category) for category in categories if category
    )


def is_bare(name: str) -> bool:
    """Whether a name is a predicate without any object: 合格率, 完成率, 及时性."""
    return _BARE.fullmatch(plain_name(name)) is not None


def fits_anywhere(name: str) -> bool:
    """Whether every word of a name fits any project: 项目完成率, 工作任务完成情况."""
    return _ANYWHERE.fullmatch(plain_name(name)) is not None


@lru_cache(maxsize=65536)
def is_hollow(name: str) -> bool:
    """Whether a name has nothing that could be measured: a category, a slogan, an aim.

    A percentage printed for such a name is a slogan too (社会影响力 ≥95%). Bare names (合格率) and
    满意度 are measured, whatever of.
    """
    told = class_of_name(name)
    measured = is_bare(name) or is_satisfaction(name)
    if told is MeasureClass.DEGREE or (is_category(name) and not measured):
        return True
    aim = _AIM.match(head_of_name(name)) is not None
    if told is MeasureClass.MONEY and aim and _CLAUSES.search(name):
        return True
    vague = aim or _SLOGAN.search(name) is not None or _VAGUE.search(name.strip()) is not None
    return told is None and (vague or not plain_name(name))
