"""Words that units copy from each other: descriptions, bases, goals, paragraphs; and slogans."""

from random import Random

from knowledge.concepts import Concept, MeasureClass

BASES = ("年度工作计划", "实施方案", "行业规范", "历史数据", "上级下达任务", "合同约定", "预算批复")
IDLE_BASES = ("部门标准", "工作要求", "计划")
SOURCES = ("验收资料", "统计台账", "业务系统数据", "会计凭证", "现场核查记录", "年度报表")

STOCK_DESCRIPTIONS = {
    "reflects": "反映{name}情况",
    "completion": "{name}完成情况",
    "examines": "考核{project}的{name}",
    "same": "{name}",
}
"""Descriptions that say nothing of their own, by the name of their family."""

STOCK_NAMES = {
    "done": ("{project}完成率", "质量"),
    "in time": ("{project}工作完成及时率", "时效"),
    "cost kept": ("{project}成本控制情况", "成本"),
    "effect": ("{project}社会影响力", "社会效益"),
}
"""Names made of the project's own name, with their level 2."""

STOCK_GOALS = {
    "ensures": "通过{project}的实施，保障{office}各项工作顺利开展，{aim}。",
    "good use": "做好{project}各项工作，确保资金及时足额到位，提高资金使用效益。",
}
OWN_GOAL = "{first}{first_value}，{second}{second_value}，使{effect}达到{effect_value}。"

TARGETS = (
    "{county}{office}全面贯彻落实上级决策部署，紧紧围绕县委、县政府中心工作，统筹推进各项重点任务，"
    "为全县经济社会高质量发展提供有力支撑。",
    "坚持以人民为中心的发展思想，聚焦主责主业，补短板、强弱项，推动{office}各项工作再上新台阶，"
    "不断增强群众的获得感、幸福感和安全感。",
)
MEASURES = (
    (
        "（一）完善制度建设。制定完善预算绩效管理制度、资金管理办法和内部控制制度，为{office}"
        "全年绩效目标的实现打牢制度基础。",
        "（二）加强支出管理。优化支出结构，尽早启动{count}个项目的政府采购手续，按进度支付资金，"
        "确保支出进度达标。",
        "（三）加强绩效运行监控。按季度开展绩效监控，对偏离目标的项目及时纠正，"
        "确保绩效目标如期实现。",
        "（四）做好绩效自评。年度终了对{count}个项目逐一开展自评，将结果作为下年度安排预算的依据。",
        "（五）规范财务资产管理。严格执行财务管理制度，按规定登记和处置固定资产，做到账实相符。",
    ),
    (
        "一是加强组织领导。成立由主要负责同志任组长的工作专班，明确责任分工，层层压实责任。",
        "二是严格资金使用。坚持专款专用，不得截留、挤占和挪用，年底前完成{budget}万元预算的支付。",
        "三是强化监督检查。{office}每半年对项目实施情况开展一次检查，发现问题限期整改。",
        "四是注重宣传引导。多渠道宣传工作成效，营造全社会关心支持的良好氛围。",
    ),
    (
        "1.强化政治引领。深入学习贯彻党的创新理论，把党的建设贯穿{office}工作全过程。",
        "2.建强干部队伍。开展业务培训和岗位练兵，打造一支政治过硬、本领高强的干部队伍。",
        "3.硬化作风纪律。严格落实中央八项规定精神，持续整治形式主义，树立为民务实清廉的良好形象。",
        "4.落实督导考核。将{count}项重点工作纳入考核，按月调度、按季通报、年终总评。",
    ),
)
"""Sets of paragraphs on how the work is made sure of; a county's units share one set."""

SLOGANS = ("有所提升", "不断增强", "长期", "显著", "持续改善", "进一步提高", "效果明显", "良好")


def stated(concept: Concept, name: str, rng: Random) -> tuple[str, str]:
    """A description that says what is counted and by which evidence, and its stock wording."""
    source = rng.choice(SOURCES)
    kind = concept.measure_class
    if concept.level2 == "满意度":
        return f"{name}，即有效问卷中评价满意的人数所占的比例", "survey"
    if kind in (MeasureClass.SHARE, MeasureClass.SCORE):
        return f"{name}，分子分母均按{source}计算", f"share by {source}"
    if kind in (MeasureClass.DATE, MeasureClass.DURATION):
        return f"{name}，自下达任务起算，以{source}记载为准", f"time by {source}"
    if kind in (MeasureClass.MONEY, MeasureClass.UNIT_COST):
        return f"{name}，不含预备费，依据{source}核定", f"money by {source}"
    return f"年度内{name}，按{source}统计", f"count by {source}"


def in_own_words(concept: Concept, rng: Random) -> str:
    """A description that nobody else would write: the concept in two of its phrasings."""
    one, other = rng.sample(concept.phrasings[:5], 2)
    return f"{one}，即{other}"
