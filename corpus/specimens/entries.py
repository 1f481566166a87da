"""What stands in the invented tables: projects of several departments with their rows."""

from dataclasses import dataclass
from itertools import groupby
from random import Random


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the value apart in sign, amount and measure, as split columns print it.

    A value in words has them in `amount` and neither sign nor measure.
    """

    level1: str
    level2: str
    name: str
    sign: str
    amount: str
    measure: str
    description: str = ""
    basis: str = ""

    @property
    def value(self) -> str:
        """The value in one cell."""
        return f"{self.sign}{self.amount}{self.measure}"


@dataclass(frozen=True, slots=True)
class Table:
    """One project with its head and rows, which stand by level 1 and level 2."""

    unit: str
    unit_code: str
    project: str
    code: str
    year: int
    budget_wan: float
    goal: str
    entries: tuple[Entry, ...]

    def groups(self) -> list[tuple[str, list[tuple[str, list[Entry]]]]]:
        """The rows by level 1 and by level 2 inside it."""
        return [
            (level1, [(level2, list(rows)) for level2, rows in groupby(inside, _level2)])
            for level1, inside in groupby(self.entries, _level1)
        ]


def _level1(entry: Entry) -> str:
    return entry.level1


def _level2(entry: Entry) -> str:
    return entry.level2


_UNITS = (
    ("401001", "澄溪县教育局本级"),
    ("312004", "霁桥区水务局"),
    ("508002", "芷原市卫生健康委员会"),
    ("731001", "岚湾镇人民政府"),
    ("226003", "笺河县农业农村局"),
    ("415001", "砺泉区融媒体中心"),
    ("603005", "荻岭县公安局交通警察大队"),
    ("119002", "砚禾市生态环境局荻岭分局"),
)
_PROJECTS = (
    ("农村义务教育学校校舍维修", "完成8所农村学校校舍维修，改善办学条件。"),
    ("小型水库维修养护", "对辖区12座小型水库开展日常巡查和维修养护，保障度汛安全。"),
    ("基本公共卫生服务补助资金", "为常住居民免费提供基本公共卫生服务，提高健康管理水平。"),
    ("人居环境整治", "开展村庄清洁行动，建立生活垃圾收运处置体系。"),
    ("高标准农田建设", "新建高标准农田，完善田间道路和排灌设施。"),
    ("媒体融合发展专项经费", "做好重大主题宣传，办好各平台栏目，扩大主流舆论影响力。"),
    ("道路交通安全设施建设", "在重点路口增设信号灯和标志标线，减少交通事故。"),
    ("大气污染防治资金", "开展扬尘和燃煤污染治理，改善环境空气质量。"),
    ("2026年退役军人技能培训经费", "组织退役军人参加职业技能培训，促进稳定就业。"),
)
# level 1 (short), level 2 (short), name, sign, amount, measure, description, basis
_OUTPUT = (
    ("数量", "维修校舍面积", "≥", "3200", "平方米", "年度内维修的校舍建筑面积", "维修工程计划"),
    ("数量", "购置学生课桌椅", "=", "450", "套", "购置课桌椅的套数", "采购方案"),
    ("数量", "巡查水库座数", "", "12", "座", "纳入养护的水库座数", "养护合同"),
    ("数量", "组织健康知识讲座", "≥", "48", "场次", "面向居民举办讲座的场次", "工作规范"),
    ("数量", "开展技能培训人次", "≥", "1,260", "人次", "参加培训的总人次", "年度计划"),
    ("数量", "微信公众号推送稿件", "≥", "960", "篇", "全年推送的原创稿件", "融媒体工作方案"),
    ("数量", "新增交通信号灯数量", "=", "36", "处", "新安装的信号灯处数", "设计文件"),
    ("数量", "清运生活垃圾", "≥", "5.8", "万吨", "收运处置的生活垃圾总量", "收运合同"),
    ("数量", "PM2.5监测点位数", "", "9", "个", "正常运行的监测点位", "监测网络方案"),
    ("数量", "建档立卡低收入家庭走访户数", "≥", "320", "户", "入户走访的家庭数量", "走访台账"),
    ("质量", "工程验收合格率", "=", "100", "%", "验收合格的单项工程占比", "验收规程"),
    ("质量", "培训考核通过率", "≥", "92", "%", "通过考核人数占参训人数比例", "历史数据"),
    ("质量", "稿件差错率", "≤", "0.5", "‰", "差错字数占总字数比例", "出版规定"),
    ("质量", "设备完好率", "≥", "98.5", "%", "完好设备占全部设备比例", "运维协议"),
    ("质量", "养护工作质量", "", "达到养护规范要求", "", "按规范开展养护", "养护规范"),
    ("时效", "资金拨付及时率", "=", "100", "%", "按期拨付资金占比", "资金管理办法"),
    ("时效", "项目完成时间", "", "2026年11月30日前", "", "全部任务完成的时间", "实施方案"),
    ("时效", "故障响应时间", "≤", "2", "小时", "接到报修到现场的时间", "服务承诺"),
    ("时效", "信息报送时限", "≤", "15", "工作日", "自收到通知起算", "工作制度"),
)
_COST = (
    ("成本", "项目总投资控制数", "≤", "186.5", "万元", "项目实际支出总额", "预算批复"),
    ("成本", "每平方米维修成本", "≤", "460", "元/平方米", "单位面积造价", "造价信息"),
    ("成本", "人均培训补贴标准", "=", "1200", "元/人", "每人补贴金额", "补贴目录"),
)
_BENEFIT = (
    ("社会效益", "受益学生人数", "≥", "2600", "人", "项目受益学生", "学籍系统"),
    ("社会效益", "交通事故下降率", "≥", "6", "%", "同比下降幅度", "事故统计"),
    ("社会效益", "主流舆论影响力", "", "进一步扩大", "", "群众认可程度", "工作要求"),
    ("经济效益", "带动农户年均增收", "≥", "0.42", "万元", "户均增加的收入", "收入测算"),
    ("生态效益", "空气质量优良天数比例", "≥", "82", "%", "优良天数占全年比例", "考核目标"),
    ("可持续影响", "工程设计使用年限", "≥", "15", "年", "可正常使用的年限", "设计文件"),
)
_SATISFACTION = (
    ("服务对象满意度", "受益群众满意度", "≥", "90", "%", "问卷中表示满意的比例", "问卷调查"),
    ("服务对象满意度", "参训人员满意度", "≥", "95", "%", "参训人员评价满意的比例", "问卷调查"),
    ("服务对象满意度", "学校师生满意度", "≥", "88", "%", "师生评价满意的比例", "满意度测评"),
)


def invented_table(rng: Random, *, cost_apart: bool = False) -> Table:
    """One table, drawn: 5 to 14 rows over all levels; `cost_apart` makes 成本 a level 1."""
    unit_code, unit = rng.choice(_UNITS)
    project, goal = rng.choice(_PROJECTS)
    code = f"130{rng.randint(101, 999)}26P{rng.randrange(10**10):010d}{rng.choice('ABCDEFGHX')}"
    entries = [_entry("产出", row) for row in _drawn(rng, _OUTPUT, rng.randint(3, 8))]
    cost = _drawn(rng, _COST, rng.randint(0, 2))
    if cost_apart:
        entries += [_entry("成本", ("经济成本", *row[1:])) for row in cost]
    else:
        entries += [_entry("产出", row) for row in cost]
    entries += [_entry("效益", row) for row in _drawn(rng, _BENEFIT, rng.randint(1, 3))]
    entries += [_entry("满意度", row) for row in _drawn(rng, _SATISFACTION, rng.randint(1, 2))]
    budget = rng.choice((12.0, 60.0, 186.5, 1146.9, 22.6, 3186.45))
    return Table(unit, unit_code, project, code, 2026, budget, goal, tuple(entries))


def _entry(level1: str, row: tuple[str, ...]) -> Entry:
    level2, *rest = row
    return Entry(level1, level2, *rest)


def _drawn(rng: Random, rows: tuple[tuple[str, ...], ...], count: int) -> list[tuple[str, ...]]:
    return [rows[i] for i in sorted(rng.sample(range(len(rows)), count))]
