"""What kind of quantity a name asks for, and which way is better.

A known concept tells it. Of other names the form does: a unit in brackets, else the end, as the
head of a Chinese noun stands last (…合格率, …人数, …面积), else a verb of change in front (提升…,
促进…), which tells that nothing is counted.
"""

import re
from functools import lru_cache

from knowledge.concepts import MeasureClass, Polarity
from text.concept_names import concept_of
from text.normalise import fold
from text.unit_classes import class_of_measure
from text.units import is_measure

_QUOTES = str.maketrans("", "", '“”"')
_UNIT = re.compile(r"[(\[【](?:计量单位|单位)?:?[≥≤=><]{0,2}\**([^()\[\]【】]{1,10})[)\]】]$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_END = re.compile(r"(?:指标|情况|统计|[%‰。.,;:、!*])+$")
_FACTOR = re.compile(r"^(?:[百千万亿]+|个(?=[月小季学]))")

# The class of names with such an end: the first that matches holds.
_ENDS: tuple[tuple[MeasureClass, re.Pattern[str]], ...] = (
    (
        MeasureClass.DURATION,
        re.compile(
            r"(?:时长|[天月年日]数|小时数|(?:服务|工作)时数|年限|周期|寿命|工期|[课学]时数?)$"
            r"|(?:播出|播发|服务|使用|运行|开放|持续|到达)时间$"
            r"|(?:响应|处置|处理|办理|办结|核查|修复|受理|审批|审核|维修|救援|反馈|送达)(?:时间|时限|期限)$"
        ),
    ),
    (MeasureClass.FREQUENCY, re.compile(r"(?:频次|频率|频度)$")),
    (MeasureClass.SCORE, re.compile(r"(?:得分|评分|分数|指数|评分值|系数)$")),
    (
        MeasureClass.UNIT_COST,
        re.compile(
            r"(?:单价|均价|单位成本|(?:补助|补贴|奖补|发放|救助|保障|资助|收费|工资|奖励|经费|供养|津贴|生活费"
            r"|慰问|伙食|住宿|人均|户均|平均|月均|支付|支出|薪酬|报酬|开支|费用|低保)标准)$"
            r"|(?:[人户亩村生次件台套期场座]均|平均|单[位座台套次件个株批]|每\w{1,2})\w*"
            r"(?:成本|造价|费用?|经费|补助|补贴|投资|投入|支出|标准|价格)$"
        ),
    ),
    (
        MeasureClass.SHARE,
        re.compile(
            r"(?<![频速])(?<![^成]功)(?<![^有见]效)率(?:提升值?|增加值?)?$|增[速幅]$|降幅$|盖度$|密度$|比例$"
            r"|占比$|比重$|百分比$|覆盖面$|(?<![性同环])比$|满意度$|知晓度$|满意(?:程度)?$|专款专用$|合规性$"
            r"|(?:认可|支持|覆盖|达标|完成|准确|及时|参与|精准|好评|认同|信任)度$"
        ),
    ),
    (MeasureClass.AREA, re.compile(r"(?:面积|亩数)$")),
    (MeasureClass.LENGTH, re.compile(r"(?:里程|长度|公里数|延米)$")),
    (
        MeasureClass.COUNT,
        re.compile(
            r"(?<!控制)(?<!预算)数$|人次$|场次$|期次$|批次$|件次$|户次$|档期$|台套$|规模$|名额$"
            r"|(?<![质含])量$"
        ),
    ),
    (
        MeasureClass.MONEY,
        re.compile(
            r"费用?$|经费$|预算$|投资$|投入$|成本$|收入$|支出$|产值$|产出值$|税收$|利润$|造价$|薪酬$|工资$"
            r"|补贴$|补助$|[金款额]$|增加值$"
            r"|(?:成本|费用?|经费|资金|金额|总额|收入|支出|预算|投资|投入)(?:总量|控制|控制[数额]|投入|数)$"
            r"|控制数$"
        ),
    ),
    (MeasureClass.DATE, re.compile(r"(?:时间|时限|期限|日期|时效|进度|节点|时点|完成及时)$")),
)
_GENERAL = frozenset((MeasureClass.COUNT, MeasureClass.MONEY, MeasureClass.DATE, None))
"""What the end tells only roughly: a unit in brackets tells it better (处置量（吨）)."""
_ROUGH = frozenset((MeasureClass.COUNT, MeasureClass.SCORE, None))
"""What a unit tells roughly itself: it may be one of several (数量（台/套）)."""
_OFTEN = re.compile(r"[按每][年月季周日旬]")
_ABOUT_TIME = re.compile(
    r"及时|按时|按期|如期|准时|限期|时限|期限|时间|时效|日期|进度|工期|周期|时长|频[次率度]|当[年月日天期]"
    r"|准点|截[至止]|响应|提前|逾期|延误|完工期|[按每][年月季周日旬]"
)
_SATISFACTION = re.compile(r"满意|好评率|认可[度率]|评议")
_CHANGE = re.compile(
    r"增长|增[速幅]|降幅|增加|提升|提高|下降|降低|减少|上升|增值|增收|减排|收益|回报|产出比|复种|负荷|负债|超额"
    r"|同比|环比|倍"
)
_MAY_EXCEED = re.compile(r"完成率|执行率|利用率|使用率|周转|杠杆|容积|投资率|自给率")
_DEGREE_HEAD = re.compile(
    r"^(?:提升|提高|增强|促进|推动|带动|拉动|改善|优化|维护|加强|营造|弘扬|扩大|夯实|巩固|助力|加快|深化|丰富"
    r"|传承|坚守|守好|把握|进一步|持续|不断|逐步)|得到|有所|更加|日益|不断|逐步|进一步"
)
_DEGREE_TAIL = re.compile(
    r"(?:(?:持续|积极|主动|创造|相关|必要|重要|公益)性|影响力?|能力|[动活实合凝]力|水平|环境|意识|氛围|形象|作用|效[果益率]|成效|质量|程度|稳定|发展"
    r"|秩序|和谐|面貌|条件|显著|明显|良好|改善|提升|提高|增强|繁荣|振兴|文明|素质|知名度|美誉度)$"
)

# What is bad as the head of a name: nothing but its own measure follows (投诉件数, 事故发生率);
# in front of another head it only tells whose (失业人员培训, 工伤保险参保).
_LOWER_WORDS = (
    r"(?:逾期|违规|违法|违纪|违约|事故|伤亡|死亡|致残|投诉|信访|上访|受害|病死|发病|感染|流失|离职|差错|错误|失误"
    r"|故障|(?:群体性?|安全|责任|舆情|负面|恶性|泄密|中毒|突发)事件|(?:负面|不良|不利)影响"
    r"|损耗|损失|遗漏|漏报|浪费|排放|超标|超支|结余|结转|能耗|耗[电水能油气]|消耗|辍学|返贫|失业|犯罪|发案"
    r"|火灾|拥堵|闲置|空置|撂荒|积压|负债|不合格|不良|退货|拖欠|缺勤|空岗|时限|响应时间|耗时|用时)"
)
_LOWER = re.compile(
    _LOWER_WORDS + r"(?:发生|事件|案件|案|事故|问题|行为|现象|不良|产生|面积|资金|人员|人)*"
    r"(?:率|数量?|次数|起数|件数|宗数|人数|人次|量|金?额|比[例重]|占比|天数|时间|总[量额]|强度|浓度|水平|成本)?$"
    r"|(?:逾期|违规|违法|拖欠|超标|超支|差错|错误|延误).{1,6}(?:率|数|比例)$"
)
_FREE = re.compile(r"[无零未](?=" + _LOWER_WORDS + ")")
_REDUCED = re.compile(r"下降|降低|减少|降幅|控制|压[减降]|避免|防止|预防|消除|遏制|达标|[无零]$")
_TURNED = re.compile(
    r"下降|降低|减少|降幅|控制率|处理|处置|查处|整改|治理|防治|防控|预防|避免|挽回|减损|化解|办结|回复|答复|解决"
    r"|破[案获]|侦破|打击|清理|清零|消除|压[减降]|节约|达标|监测|检测|检查|排查|演练|培训|救助|救治|合格|修复"
    r"|应急|利用|回收|完成|知晓|满意|覆盖|理赔|调查|报告|宣传|普及|受理|调解|执行|及时|按时"
)
_BETTER = re.compile(
    r"满意|合格|覆盖|达标|及时|按[时期]|知晓|到位|完成|成活|优良|优秀|通过|准确|参与|入学|巩固|普及|就业|好评|支持"
    r"|处置|处理|整改|办结|验收|完好|正常|发放|拨付|保障|签约|履约|治愈|救治|回复|答复|解决|公开|录取|获奖"
)
_DONE = re.compile(
    r"培训|服务|惠及|受益|覆盖|救助|完成|开展|举办|组织|新增|发放|播[发出]|维护|检查|巡查|建设|改造|新建|种植"
    r"|保障|资助|补助|扶持|参与|参加|宣传|救治|就业|安置|购置|采购|制作|编发|刊[发登]|监测|检[测验]"
)


@lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """A name as it is compared: folded, without a unit in brackets, quotes and closing words."""
    plain = fold(name).translate(_QUOTES)
    found = _UNIT.search(plain)
    if found and is_measure(found[1]):
        plain = plain[: found.start()]
    return _END.sub("", plain) or plain


@lru_cache(maxsize=65536)
def head_of_name(name: str) -> str:
    """A plain name without anything in brackets, so that its head stands at the end."""
    plain = plain_name(name)
    return _END.sub("", _BRACKETS.sub("", plain)) or plain


@lru_cache(maxsize=65536)
def class_of_name(name: str) -> MeasureClass | None:
    """The kind of quantity that a name asks for: as its concept, else as its form; None: not told.

    `degree`: nothing is counted (工程质量, 提升形象).
    """
    concept = concept_of(name)
    return class_of_form(name) if concept is None else concept.measure_class


@lru_cache(maxsize=65536)
def class_of_form(name: str) -> MeasureClass | None:
    """The kind of quantity that the words of a name tell, whatever concepts know."""
    head = head_of_name(name)
    told = next((kind for kind, end in _ENDS if end.search(head)), None)
    if told in _GENERAL:
        found = _UNIT.search(fold(name))
        measured = _class_of_unit(found[1]) if found and is_measure(found[1]) else None
        told = told or measured if measured in _ROUGH else measured
    if told is None and (_DEGREE_HEAD.match(head) or _DEGREE_TAIL.search(head)):
        return MeasureClass.DEGREE
    return told


def class_of_time(name: str) -> MeasureClass | None:
    """The sort of time that a name speaks of where its end tells nothing: 按月发放, 及时维护."""
    if _OFTEN.search(fold(name)):
        return MeasureClass.FREQUENCY
    return MeasureClass.DATE if is_about_time(name) else None


def _class_of_unit(unit: str) -> MeasureClass | None:
    return class_of_measure(_FACTOR.sub("", unit))


def is_about_time(name: str) -> bool:
    """Whether a name speaks of when, how soon or how often."""
    return _ABOUT_TIME.search(fold(name)) is not None


def is_satisfaction(name: str) -> bool:
    """Whether a name asks how content people are."""
    return _SATISFACTION.search(fold(name)) is not None


def is_share_of_whole(name: str) -> bool:
    """Whether a name is a part of a whole, which 100 % is the most of (合格率, not 增长率)."""
    plain = plain_name(name)
    if _CHANGE.search(plain) or _MAY_EXCEED.search(plain):
        return False
    return class_of_form(name) is MeasureClass.SHARE


def is_change(name: str) -> bool:
    """Whether a name is about growth or yield, whose percentage has no upper end."""
    return _CHANGE.search(plain_name(name)) is not None


@lru_cache(maxsize=16384)
def polarity_of_name(name: str) -> Polarity:
    """Which way is better, by the words of a name: 逾期率 lower, 合格率 and 培训人次 higher."""
    plain = plain_name(name)
    kind = class_of_form(name)
    turned = _TURNED.search(plain) is not None or _FREE.search(plain) is not None
    if _is_harm(plain, kind):
        return Polarity.LOWER
    if re.search(_LOWER_WORDS, plain):
        return Polarity.HIGHER if turned and kind is MeasureClass.SHARE else Polarity.NONE
    if kind is MeasureClass.SHARE and not _CHANGE.search(plain):
        return Polarity.HIGHER if _BETTER.search(plain) else Polarity.NONE
    counted = kind in (MeasureClass.COUNT, MeasureClass.AREA, MeasureClass.LENGTH)
    return Polarity.HIGHER if counted and _DONE.search(plain) else Polarity.NONE


def _is_harm(plain: str, kind: MeasureClass | None) -> bool:
    """Whether a name counts something bad, and not what is done about it.

    What is done may follow (投诉办结率) or stand before (查处违法案件数); before a rate it only
    tells of what the rate is (检验报告差错率), unless it makes less of it (降低差错率).
    """
    found = _LOWER.search(plain)
    if found is None:
        return False
    before, after = plain[: found.start()], plain[found.start() :]
    done_before = _REDUCED if kind is MeasureClass.SHARE else _TURNED
    return not (_TURNED.search(after) or _REDUCED.search(before) or done_before.search(before))
