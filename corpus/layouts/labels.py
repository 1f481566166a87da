"""The labels in the head of a target table, and the field each stands for."""

import re
from enum import StrEnum
from functools import lru_cache

from corpus.layouts.anchored import either
from text.normalise import fold, squeeze


class Field(StrEnum):
    """What a label in the head of a table announces."""

    PROJECT = "project"
    CODE = "code"
    UNIT = "implementing unit"
    DEPARTMENT = "competent department"
    UPPER_DEPARTMENT = "competent department of a higher level"
    FILLED_BY = "reporting unit"
    BUDGET = "budget of the year"
    TOTAL = "budget"
    FUNDS = "funds by kind"
    PURPOSE = "purpose"
    GOAL = "annual goal"
    GOAL_ACHIEVED = "what was achieved"
    LONG_GOAL = "medium-term goal"
    TASKS = "tasks of the year"
    SPENDING = "spending plan"
    PUBLISHER = "who published the page"
    PERSON = "person or telephone"
    YEAR = "budget year"
    OTHER = "other"


# first match wins
_LABELS: tuple[tuple[re.Pattern[str], Field], ...] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"^(项目)?实施单位/(项目)?负责人$", Field.UNIT),
        (r"负责人|联系人|联系电话|经办人|填报人|填表人|电话$", Field.PERSON),
        (
            r"^项目(\((专项|政策)\))?名称$|^(专项|政策)(资金|\(项目\)|项目)?名称$|^项目[名全]称?$|^(支出|预算|一级|二级|具体|子)项目名称$|^(项目支出|资金)名称$|^转移支付(\(?(项目|资金)\)?)?名称$",
            Field.PROJECT,
        ),
        (r"^项目(编码|代码|编号)$", Field.CODE),
        (r"^(发布|发文)(机构|单位)$|^信息来源$", Field.PUBLISHER),
        (
            r"^(具体|项目|资金)?(实施|执行|承担|使用|用款|建设|责任|承办)(单位|部门)(\((盖章|公章)\))?(名称)?$"
            r"|^业主单位$|^(项目)?实施主体$",
            Field.UNIT,
        ),
        (
            r"^(项目|业务|预算|市县|一级|县级|区县|县区|区级|地方|本级)?主管(部门|单位)((及|\()?(编码|代码|单位|盖章|公章)\)?)?(名称)?$"
            r"|^一级预算(单位|部门)$",
            Field.DEPARTMENT,
        ),
        (r"^(省级?|自治区|市级?)主管(部门|单位)(名称)?$", Field.UPPER_DEPARTMENT),
        (
            r"^(填报|申报|编报|编制|预算|项目|项目申报|[基二][层级]预算)(单位|部门)(\((盖章|公章)\))?(名称)?$"
            r"|^(部门|单位)(\(单位\))?名称(\((盖章|公章)\))?$",
            Field.FILLED_BY,
        ),
        (r"^单位\(部门\)名称$|^部门\(单位\)$", Field.FILLED_BY),
        (
            r"^(年度|当年|本年度?)(资金|预算)?(总额|申请总额|资金申请总额|年度预算|预算数?|资金总额|金额)$",
            Field.BUDGET,
        ),
        (
            r"^(年度|当年|本年度?|全年|总体|项目)+预算(资金|总?金额|总资金|总额|安排)?$",
            Field.BUDGET,
        ),
        (
            r"^(年度|当年)资金(申请)?总额$|^当年年度预算$|^全年预算数|^20\d\d年度?(部门|项目)?预算(数|金额|资金|安排|总额)?$"
            r"|^(本年度?|年度|当年|年初|本次)?(预算)?(申请|安排|下达)(预算|资金|金额)?(总额|金额|数|额度)$|^(拟|年初|年度|预算)安排(资金|金额)?$|^年初预算安排$",
            Field.BUDGET,
        ),
        (
            r"^((年初)?预算数|(项目|投资|资金)规模|项目金额|项目总预算|预算金额|资金总额|项目资金总额|项目总额|预算总额|总额|资金|金额合计|预算合计|(项目)?预算(安排|资金|额度?))$",
            Field.TOTAL,
        ),
        (
            r"^其中.*(资金|拨款|财政|补助)|(财政(拨款|资金)|其他资金)(\(.*\))?$|^[0-9一二三四][.、].*资金$|^资金情况|^项目资金$",
            Field.FUNDS,
        ),
        (r"预算规模及资金用途|^资金用途$", Field.PURPOSE),
        (r"资金支出计划", Field.SPENDING),
        (
            r"^(本?年度?|全年|总体|绩效|目标|实际|预期|预算|任务|项目|年初设定)*(完成|实现)情况([综概简]述|说明)?(\(.*\))?$",
            Field.GOAL_ACHIEVED,
        ),
        (
            r"(中期|长期|中长期|实施周?期).{0,8}目标(\(.*\))?$|^项目总目标$",
            Field.LONG_GOAL,
        ),
        (r"^年度主要任务$|^主要任务$", Field.TASKS),
        (r"^(预算|项目|所属)?年[度份]$", Field.YEAR),
        (
            r"^(本?年度|本年|当年|项目|预期|总体|整体|部门|年初设定)*(绩效|总体|履职|主要|工作)*(总)?目标(和成果|描述)?"
            r"(\((文字|定性|\d+分)\)|\d+分)?$",
            Field.GOAL,
        ),
        (r"^年度主要目标和成果$|^年度(绩效)?总?目标$", Field.GOAL),
        (
            r"^((中央|国家)主管部门|项目(类别|属性|性质|类型|期|分类|概况.*)|建设周期|项目支出实施期|归口科室|部门编码"
            r"|预算情况|任务名称|主要内容|财政.*分类|.*科目代码|按(收入|支出)性质分|一般公共预算|政府性基金.*"
            r"|基本支出|项目支出|.*起止时间|计划(开始|完成)日期|资金来源|分值|得分|执行率|部门职能.*)$",
            Field.OTHER,
        ),
    )
)
_IS_LABEL = either("|".join(pattern.pattern for pattern, _ in _LABELS))
_UNIT = re.compile(r"\((万?元|%)\)")
_MARKS = "*★☆"
_LONGEST_LABEL = 24


@lru_cache(maxsize=8192)
def label_of(text: str) -> Field | None:
    """The field that a whole cell announces, or None if the cell is no label."""
    word = fold(text).lstrip(_MARKS).removesuffix(":").removesuffix(":")
    if len(word) > _LONGEST_LABEL or word.isascii():  # no label is without a Chinese word
        return None
    word = _UNIT.sub("", word) if "(" in word else word
    if not _IS_LABEL(word):
        return None
    return next(field for pattern, field in _LABELS if pattern.search(word))


_OUTSIDE = either(
    r"(绩效|目标|自评|监控|申报|审批|批复).{0,12}表|^附[件表录]?[:：\d]*$|^附[件表]"
    r"|^[(（]20\d\d年?(度|年度)?[)）]$|^20\d\d年(度|年度)?$|^(金额)?单位[:：]|^[备附]?注[:：]|^(总分|合计|总计)$"
    r"|[(（](盖章|公章|签字)[)）]"
    r"|^(扫一扫|分享到|\[?(打印|关闭|下载|收藏)|上一[篇条]|下一[篇条]|相关(链接|阅读|文档|附件)|责任编辑"
    r"|版权所有|主办(单位)?[:：]|承办(单位)?[:：]|网站(地图|标识码)|当前位置|返回(顶部|首页)|浏览次数|来源[:：])"
)
_LONGEST_OUTSIDE = 60  # characters


@lru_cache(maxsize=8192)
def stands_outside(text: str) -> bool:
    """Is this a title, a footer, or a part of the web page around, and no cell of a table body?"""
    word = squeeze(text)
    return len(word) <= _LONGEST_OUTSIDE and _OUTSIDE(word)


_FOOT = either(
    r"[(（](盖章|公章|签字)[)）]|(初审|审核)意见|原因分析$|^评价结论|^[备附]?注[:：\d]|^(填[表报])?说明[:：]"
    r"|^(项目|财务|单位|部门)?负责人[:：]|^(填[表报]|制表|经办|审核|联系)人?[:：]|^(联系电话|填[表报](日期|时间))[:：]"
)


@lru_cache(maxsize=8192)
def is_foot(text: str) -> bool:
    """Is this what stands below a table: notes, opinions, who filled it in and when?"""
    return _FOOT(text)
