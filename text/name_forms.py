"""What the form of an indicator's name tells, where no concept knows it.

Chinese names end in what they count: …率 is a share, …人数 a count, …面积 an area; a verb of
change in front (提升…, 促进…) tells that nothing is counted. General morphology only: what an
indicator of a department means is for `knowledge.concepts`.
"""

import re
from functools import lru_cache

from knowledge.concepts import MeasureClass, Polarity
from text.normalise import fold
from text.units import is_measure

LONGEST_NAME = 20
"""Characters that a name may have (rule N04)."""

_CLAUSE = re.compile(r"[，,；;。]")
_BRACKETS = re.compile(r"[（(\[【][^（）()\[\]【】]*[)）\]】]")
_UNIT = re.compile(r"[(\[](?:计量单位|单位)?:?[≥≤=><]{0,2}\**([^()\[\]]{1,10})[)\]]$")
_END = re.compile(r"(?:指标|情况|[%‰。.,;:、])+$")
_TAILS: tuple[tuple[MeasureClass, re.Pattern[str]], ...] = (
    (
        MeasureClass.DURATION,
        re.compile(r"(?:时长|[天月年日]数|小时数|年限|周期|寿命|[课学]时数?)$"),
    ),
    (MeasureClass.FREQUENCY, re.compile(r"(?:频次|频率|频度)$")),
    (MeasureClass.SCORE, re.compile(r"(?:得分|评分|分数|指数|评分值|系数)$")),
    (
        MeasureClass.UNIT_COST,
        re.compile(
            r"(?:单价|均价|单位成本|(?:补助|补贴|发放|救助|保障|资助|收费|工资|奖励|经费|供养|津贴|生活费"
            r"|慰问|伙食|住宿|人均|月均|支付|薪酬|报酬|开支|费用|低保)标准)$"
        ),
    ),
    (
        MeasureClass.SHARE,
        re.compile(
            r"(?<!频)(?<![^成]功)(?<![^有见]效)率(?:提升值?|增加值?)?$|增[速幅]$|降幅$|盖度$|密度$|比例$|占比$|比重$|百分比$|覆盖面$|(?<![性同环])比$"
            r"|(?:满意|知晓|认可|支持|覆盖|达标|完成|准确|及时|参与|精准|知晓|好评|认同|信任)度$"
        ),
    ),
    (MeasureClass.AREA, re.compile(r"面积$")),
    (MeasureClass.LENGTH, re.compile(r"(?:里程|长度|公里数|延米)$")),
    (
        MeasureClass.COUNT,
        re.compile(
            r"(?<!控制)数$|数量$|人次$|场次$|期次$|批次$|档期$|次数$|规模$|名额$"
            r"|(?:点击|浏览|阅读|推送|粉丝|播放|关注|业务|受理|发稿|访问|转发|收听|收视|播出|发行)量$|(?<![质含])量$"
        ),
    ),
    (
        MeasureClass.MONEY,
        re.compile(
            r"费用?$|经费$|资金$|金额$|总额$|预算$|投资$|投入$|成本$|收入$|支出$|产值$|税收$|利润$|造价$"
            r"|薪酬$|工资$|补贴$|补助$|[金款额]$|控制数$|增加值$|销售额$"
        ),
    ),
    (MeasureClass.DATE, re.compile(r"(?:时间|时限|期限|日期|时效|进度|工期|节点|时点)$")),
)
_ABOUT_TIME = re.compile(
    r"及时|按时|按期|如期|准时|限期|时限|期限|时间|时效|日期|进度|工期|周期|时长|频[次率度]|当[年月日天期]"
    r"|准点|截[至止]|响应|提前|逾期|延误|完工期|[按每][年月季周日旬]"
)
_OFTEN = re.compile(r"[按每][年月季周日旬]")
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
_STEADY = re.compile(r"稳定|正常|平稳|安全运行|不间断|全天候")

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
_REDUCED = re.compile(r"下降|降低|减少|降幅|控制|压[减降]|避免|防止|预防|消除|遏制|[无零]$")
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

_CATEGORY = (
    r"(?:经济|社会|生态|环境|可持续|持续)(?:效益|影响|效果|发展|增长|环境|稳定|保障)力?|可持续性|影响力"
    r"|(?:产出)?(?:数量|质量|时效|成本)|效益|(?:服务对象|社会公众|群众)?满意[度率]?"
)
_CATEGORY_NAME = re.compile(
    rf"(?:{_CATEGORY})(?:指标|增长率?|增加值?|提升[率值比]?|显著|明显|良好|达标率?|[率度性值%])*"
)
_BARE = re.compile(
    r"(?:实际|按时|按期|全部|总体)?(?:完成|合格|达标|及时|优良|优秀|准确|通过|覆盖|使用|执行|到位|增长|达成|验收"
    r"|质量|正常|改善|达到)+(?:率|性|度|量|数|程度|情况)"
    r"|(?:全年|年度|当年|年内|及时|按时|按期|如期|完成|长期|持续)+"
    r"|(?:20\d\d年)?(?:度|初|底|\d{1,2}月|[上中下]旬|\d{1,2}日|之?前|以前|完成)+"
)
_ANYWHERE = re.compile(
    r"(?:项目|工作|任务|资金|各项|各类|业务|年度|本年|全年|总体|整体|计划|预期|实际|按时|按期|目标|质量|数量"
    r"|内容|完成|合格|及时|达标|优良|优秀|验收|使用|执行|控制|覆盖|增长|提升|有效|保障|开展|情况|程度|水平|效果"
    r"|作用|发挥|时间|时限|时效|率|度|性|值|数|量|的)+"
)
_PROCESS = re.compile(
    r"制度(?:的)?(?:健全|完善|建设|执行|有效|落实)|(?:健全|完善).{0,6}制度|专款专用|合规|规范性|资金(?:使用|管理)"
    r".{0,4}(?:规范|合法|安全)|台账|档案(?:管理|归档|完整)|监督机制|内控|管理办法|长效机制|管理制度"
)
_ACHIEVED = re.compile(
    r"完成|完工|竣工|发放|拨付|支付|兑付|兑现|缴纳|验收|覆盖|到位|达标|合格|落实|保障|执行|使用|利用|处[理置]|整改|办结"
    r"|回复|答复|消除|清零|日清|合规|规范|正常|完好|准确|通过|达到|实现|控制|达成|配备|履行|履约|公开|入户|清零|建成|知晓|普及"
)
_SPENDING = re.compile(
    r"(?:资金|经费|预算|专款)[^，、]{0,4}(?:支出|使用|执行|拨付)(?:情况|进度|比例|比率|率)?$"
)
_INPUT = re.compile(r"投入(?!产出|使用|运[行营])|资金到位|配套资金")
_OUTCOME = re.compile(
    r"减少|增加|带动|受益|惠及|就业|避免|提升|提高|节约|创收|增收|收入|点击|阅读|观看|粉丝|参与|获奖|下降|降低"
    r"|改善|满意|知晓|利润|税|产值|产量|引[进资]|挽回|防止|存活|成活|吸引|接待|游客|访问|浏览|转发|使用人"
)
_OUTPUT = re.compile(
    r"完成|开展|举办|培训|发放|购置|采购|维修|维护|建设|播[发出]|制作|印[发刷]|检查|巡查|安装|更新|新建|改造|编[发印]"
    r"|组织|召开|拍摄|报道|发布|刊[登发]|验收|推送|种植|采集|配备|修缮|清运|下乡"
)


@lru_cache(maxsize=16384)
def plain_name(name: str) -> str:
    """A name for looking at its form: folded, without a unit in brackets and closing words."""
    plain = fold(name).replace("“", "").replace("”", "").replace('"', "")
    found = _UNIT.search(plain)
    if found and is_measure(found[1]):
        plain = plain[: found.start()]
    return _END.sub("", plain) or plain


@lru_cache(maxsize=16384)
def class_of_name(name: str) -> MeasureClass | None:
    """The kind of quantity that a name asks for by its ending or its verb; None: not told."""
    plain = plain_name(name)
    for kind, tail in _TAILS:
        if tail.search(plain):
            return kind
    if _OFTEN.search(plain):
        return MeasureClass.FREQUENCY
    if is_about_time(plain):
        return MeasureClass.DATE
    if _DEGREE_HEAD.match(plain) or _DEGREE_TAIL.search(plain):
        return MeasureClass.DEGREE
    return None


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
    return class_of_name(name) is MeasureClass.SHARE


def is_change(name: str) -> bool:
    """Whether a name is about growth or yield, whose percentage has no upper end."""
    return _CHANGE.search(plain_name(name)) is not None


def is_steadiness(name: str) -> bool:
    """Whether a name says that something runs without break (设备稳定运行)."""
    return _STEADY.search(plain_name(name)) is not None


@lru_cache(maxsize=16384)
def polarity_of_name(name: str) -> Polarity:
    """Which way is better, by the words of a name: 逾期率 lower, 合格率 and 培训人次 higher."""
    plain = plain_name(name)
    kind = class_of_name(name)
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


def is_sentence(name: str) -> bool:
    """Whether a name is longer than twenty characters, brackets left out, or has clauses."""
    bare = _BRACKETS.sub("", name).strip("。，；,; ")
    return len(bare) > LONGEST_NAME or _CLAUSE.search(bare) is not None


def is_management(name: str) -> bool:
    """Whether a name is a duty of management (制度健全性, 专款专用), no output and no effect."""
    return _PROCESS.search(plain_name(name)) is not None


def is_achievement(name: str) -> bool:
    """Whether a name says that something is achieved, so that a percentage is its rate.

    补贴发放, 设备验收合格 and 政策落实 may be 100 %; 宣传活动 may not.
    """
    return _ACHIEVED.search(plain_name(name)) is not None


def is_input(name: str) -> bool:
    """Whether a name speaks of what is put in: 人员投入数, 资金到位."""
    return _INPUT.search(plain_name(name)) is not None


def is_spending(name: str) -> bool:
    """Whether a name only says that money is spent: 资金支出率, 预算执行进度."""
    return _SPENDING.search(plain_name(name)) is not None


def is_output(name: str) -> bool:
    """Whether a name says what was done, and nothing of what came of it: 播发条数."""
    plain = plain_name(name)
    return _OUTPUT.search(plain) is not None and _OUTCOME.search(plain) is None


def is_outcome(name: str) -> bool:
    """Whether a name says that something becomes better, more or less for somebody."""
    return _OUTCOME.search(plain_name(name)) is not None
