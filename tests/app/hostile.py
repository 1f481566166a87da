"""Texts that would run, calculate or decorate where somebody forgot to escape them."""

from collections.abc import Iterator
from pathlib import Path

ELSEWHERE = "http://203.0.113.9"  # RFC 5737: an address of documentation, of no machine
FILE = "<img src=x onerror=window.hit=1> **粗名** :red[红名] $x^2$.csv"

NAMES = (
    '<img src=x onerror="window.hit=1">粉丝数量',
    "<script>window.hit=1</script>培训人次",
    "[点我](javascript:window.hit=1)群众满意度",
    f"![图]({ELSEWHERE}/a.png)设备采购数量",
    r"$\frac{1}{2}$资金到位率",
    ":material/skull: :red[红] :rainbow[彩]:orange-badge[章]路灯安装数量",
    "活动**粗字** _斜字_ ~~删字~~ `码字` # 题活动场次",
    f"{ELSEWHERE}/自动链接 www.example.org 宣传期数",
    '</style></div><svg onload="window.hit=1">检测批次',
    '=HYPERLINK("http://203.0.113.9","点")合格率',
    "&lt;b&gt;实体&lt;/b&gt; &amp; 完成时间",
)
VALUES = (
    "≥100人",
    "=1+1",
    '<b onmouseover="window.hit=1">≥95%</b>',
    "@SUM(A1)",
    "≥95%",
    ":green[≥10盏]",
    "**≥3**场",
    "+12期",
    "-5批",
    "=100%",
    "12月底前",
)
UNIT = '清<i onclick="window.hit=1">河</i>县 **教育局** :material/skull:'
PROJECT = "[宣传](javascript:window.hit=1) <u>培训</u> :blue[经费] $x^2$ 项目"


def rows(unit: str = UNIT) -> Iterator[tuple[str, ...]]:
    """A table in which every cell is hostile, one row an indicator."""
    levels = ("产出指标", "数量指标")
    for name, value in zip(NAMES, VALUES, strict=True):
        yield (unit, PROJECT, *levels, name, f"说明{name}", value, "<em>依据</em> :red[计划]")


def write(folder: Path) -> list[Path]:
    """Documents of two units with the same texts, so that they are boilerplate too."""
    import csv

    folder.mkdir(parents=True, exist_ok=True)
    head = "单位名称 项目名称 一级指标 二级指标 三级指标 绩效指标描述 指标值 指标值确定依据".split()
    paths = []
    for number, unit in enumerate((UNIT, UNIT.replace("清", "临").replace("教育", "水利"))):
        path = folder / f"{number}{FILE}"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            writer.writerows(rows(unit))
        paths.append(path)
    return paths
