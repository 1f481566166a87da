"""Invented documents for the benchmarks: Hebei text tables whose rows are mostly unlike.

The layout is that of `corpus/samples/001_A1_jiaoyu.txt` (one cell a line, a lone tab for a cell
merged away downwards); places, units, projects and figures are drawn from word lists by a seeded
generator, so two runs measure the same bytes.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

INDICATORS_PER_PROJECT = 9
PROJECTS_PER_DOCUMENT = 6

_PLACE_HEADS = "砚澄霁岚芷砺笺荻"
_PLACE_TAILS = "禾岩湾桥泉溪原岭"
_DEPARTMENTS = (
    "教育局 水利局 农业农村局 交通运输局 卫生健康局 民政局 文化和旅游局 融媒体中心 自然资源局 "
    "住房和城乡建设局 应急管理局 公安局 林业局 科学技术局 市场监督管理局"
).split()
_ATTRIBUTES = (
    "农村 城区 山区 沿线 乡镇 社区 重点 老旧 新建 公共 基层 流域 镇级 村级 县级 移动 智慧 应急 "
    "特色 示范 低收入 留守 退役 集中 日常"
).split()
_OBJECTS = (
    "校舍 灌溉渠道 通村公路 卫生室 养老床位 图书馆 广播终端 公众号 饮水管网 污水泵站 护林站 消防栓 "
    "信号灯 检测设备 培训教室 监控探头 公厕 垃圾中转站 河堤 桥梁 种植基地 冷链仓库 文化礼堂 "
    "体育场地 救助站 幼儿园 实训基地 电子档案 路灯 绿地 危房 专利"
).split()
_ACTIONS = (
    "维修 购置 新建 改造 巡查 运维 检测 管护 培训 奖补 清淤 绿化 普查 升级 配备 验收 宣传 租赁 "
    "监测 抽检 修缮 扩建 更新 评估"
).split()
_COUNTS = (
    ("数量", "个"),
    ("面积", "平方米"),
    ("里程", "公里"),
    ("次数", "次"),
    ("人数", "人"),
    ("套数", "台"),
    ("户数", "户"),
    ("期数", "期"),
)
_BASES = ("年度工作计划", "实施方案", "施工合同", "部门工作要求", "行业规范", "历史数据")

_TITLE_TAIL = "绩效目标表"
_COLUMNS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as printed; an empty level is a cell merged away downwards."""

    level1: str
    level2: str
    name: str
    description: str
    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class PrintedProject:
    """A project as printed: its title, its head table, and its rows with their header."""

    title: str
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]

    def texts(self) -> Iterator[str]:
        """What is indexed of it: names and descriptions, its own name, its purpose, its goal."""
        for row in self.rows[1:]:
            yield from row[2:4]
        yield self.title.removesuffix(_TITLE_TAIL)
        purpose, goal = self.head[3][1], self.head[6][1]
        yield from (purpose, goal, goal.removeprefix("1."))  # the goal as printed, and its clause


def write_documents(
    folder: Path, indicators: int, seed: int = 1, projects: int = PROJECTS_PER_DOCUMENT
) -> int:
    """Write documents with at least `indicators` rows in whole projects; return the row count."""
    written = 0
    for number, (text, rows) in enumerate(documents(indicators, seed, projects), start=1):
        (folder / f"bench_{number:05d}.txt").write_text(text, encoding="utf-8")
        written += rows
    return written


def documents(
    indicators: int, seed: int = 1, projects: int = PROJECTS_PER_DOCUMENT
) -> Iterator[tuple[str, int]]:
    """Texts of documents with their row counts, until `indicators` rows are reached."""
    for opening, printed in printed_documents(indicators, seed, projects):
        yield _document_text(opening, printed), len(printed) * INDICATORS_PER_PROJECT


def write_texts(folder: Path, texts: int, seed: int = 1) -> tuple[int, tuple[str, ...]]:
    """Write documents of at least so many unlike texts; return the rows written, and the texts.

    The index holds a few more, as the narrative parts are cut into clauses.
    """
    known: dict[str, None] = {}
    rows = 0
    endless = printed_documents(sys.maxsize, seed)
    for number, (opening, printed) in enumerate(endless, start=1):
        path = folder / f"bench_{number:05d}.txt"
        path.write_text(_document_text(opening, printed), encoding="utf-8")
        rows += len(printed) * INDICATORS_PER_PROJECT
        known.update(dict.fromkeys(line for line in opening.splitlines() if line.endswith("。")))
        for project in printed:
            known.update(dict.fromkeys(project.texts()))
        if len(known) >= texts:
            break
    return rows, tuple(known)


def printed_documents(
    indicators: int, seed: int = 1, projects: int = PROJECTS_PER_DOCUMENT
) -> Iterator[tuple[str, tuple[PrintedProject, ...]]]:
    """The same documents as they would be printed: narrative part and projects."""
    rng = Random(seed)  # noqa: S311 - figures for a benchmark, no secret
    left = -(-indicators // INDICATORS_PER_PROJECT)
    serial = 0
    while left > 0:
        here = min(left, projects)
        yield _document(rng, serial, here)
        left -= here
        serial += 1


def _document(rng: Random, serial: int, projects: int) -> tuple[str, tuple[PrintedProject, ...]]:
    county = rng.choice(_PLACE_HEADS) + rng.choice(_PLACE_TAILS) + rng.choice("县县县市区")
    unit = f"{400000 + serial % 500000:06d}{county}{rng.choice(_DEPARTMENTS)}本级"
    opening = (
        " 第一部分\n部门整体绩效目标\n \n[bookmark: _Toc_2_2_0000000001]一、总体绩效目标\n"
        f"{county}围绕年度重点任务，完成{_thing(rng)}{rng.randint(2, 900)}处，"
        f"群众满意度保持在{rng.randint(85, 99)}%以上。\n"
        "[bookmark: _Toc_2_2_0000000002]二、分项绩效目标\n"
        f"1.{_thing(rng)}：全年不少于{rng.randint(10, 999)}次。\n"
        " \n \n第二部分\n \n预算项目绩效目标\n \n \n"
    )
    return opening, tuple(_project(rng, unit, serial) for _ in range(projects))


def _thing(rng: Random) -> str:
    return rng.choice(_ATTRIBUTES) + rng.choice(_OBJECTS) + rng.choice(_ACTIONS)


def _project(rng: Random, unit: str, serial: int) -> PrintedProject:
    name = _thing(rng)
    budget = f"{rng.randint(500, 90000) / 100:.2f}"
    code = f"13{serial % 10000:04d}26P{rng.randrange(10**11):011d}{rng.choice('ABCDEFGH')}"
    head = (
        (unit, "单位：万元"),
        ("项目编码", code, "项目名称", name),
        ("预算规模及资金用途", "预算数", budget, "其中：财政    资金", budget, "其他资金", " "),
        ("", f"用于{_thing(rng)}及{_thing(rng)}"),
        ("资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"),
        ("", "20%", "50%", "90%", "100%"),
        ("绩效目标", f"1.完成{_thing(rng)}{rng.randint(1, 500)}处，按期交付使用。"),
    )
    rows = [_COLUMNS]
    rows += [
        (row.level1, row.level2, row.name, row.description, row.value, row.basis)
        for row in _rows(rng)
    ]
    return PrintedProject(f"{name}{_TITLE_TAIL}", head, tuple(rows))


def _document_text(opening: str, printed: Sequence[PrintedProject]) -> str:
    texts = (_as_text(number, project) for number, project in enumerate(printed, start=1))
    return "".join((opening, *texts))


def _as_text(number: int, project: PrintedProject) -> str:
    title = f"[bookmark: _Toc_4_4_{number + 3:010d}]{number}.{project.title}\n"
    return title + _table(project.head) + "\n \n" + _table(project.rows) + "\n \n"


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)


def _rows(rng: Random) -> list[_Row]:
    """Nine rows over all three levels, three of them under 数量指标."""
    thing = _thing(rng)
    day = f"{rng.randint(3, 12)}月{rng.randint(1, 28)}日前"
    plain = (
        ("", "质量指标", f"{thing}合格率", f"{thing}合格的占全部的比例", _share(rng)),
        ("", "时效指标", f"{_thing(rng)}完成时间", "全部任务完成的时间", day),
        ("", "成本指标", f"{_thing(rng)}平均成本", "单位成本情况", f"≤{rng.randint(1, 9999)}元"),
        (
            "效益指标",
            "社会效益指标",
            f"{_thing(rng)}受益人数",
            f"因{thing}受益的人数",
            f"≥{rng.randint(100, 99999)}人",
        ),
        (
            "",
            "可持续影响指标",
            f"{_thing(rng)}持续年限",
            "可以正常使用的年限",
            f"不少于{rng.randint(2, 30)}年",
        ),
        (
            "满意度指标",
            "服务对象满意度指标",
            f"{_thing(rng)}群众满意度",
            "问卷中表示满意的比例",
            _share(rng),
        ),
    )
    counts = [_count_row(rng, "产出指标", "数量指标"), _count_row(rng), _count_row(rng)]
    return counts + [_Row(*cells, basis=rng.choice(_BASES)) for cells in plain]


def _share(rng: Random) -> str:
    return f"≥{rng.randint(85, 99)}%"


def _count_row(rng: Random, level1: str = "", level2: str = "") -> _Row:
    thing = _thing(rng)
    what, measure = rng.choice(_COUNTS)
    value = f"{rng.choice(('≥', '', '不少于'))}{rng.randint(1, 9000)}{measure}"
    description = f"年度内完成{thing}的{what}"
    return _Row(level1, level2, f"{thing}{what}", description, value, rng.choice(_BASES))
