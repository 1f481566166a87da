"""Several projects in one flat table: the head of each stands in columns before the levels."""

import csv
import io
from collections.abc import Sequence
from random import Random

from corpus.specimens.entries import Table
from corpus.specimens.style import Style

_UNIT_HEADS = ("单位名称", "预算单位", "部门名称", "单位")
_PROJECT_HEADS = ("项目名称", "项目")
_BUDGET_HEADS = ("预算数", "项目预算", "资金总额", "预算金额")
_GOAL_HEADS = ("年度目标", "年度绩效目标", "绩效目标", "总体目标")


def flat_grid(tables: Sequence[Table], style: Style, rng: Random) -> list[list[str]]:
    """Header and rows; the head of a project is repeated in every row, or merged downwards."""
    repeated = rng.random() < 0.5
    heads = [rng.choice(words) for words in (_UNIT_HEADS, _PROJECT_HEADS)]
    budget = rng.choice(_BUDGET_HEADS)
    money = "（元）" if style.money_in_yuan else rng.choice(("（万元）", ""))
    rows = [[*heads, f"{budget}{money}", rng.choice(_GOAL_HEADS), *style.header()]]
    for table in tables:
        said = [table.unit, table.project, style.head(table)[2][1], table.goal]
        for number, (one, two, rest) in enumerate(style.rows(table)):
            first = said if repeated or number == 0 else [""] * len(said)
            rows.append([*first, one, two, *rest])
    return rows


def flat_tabs(tables: Sequence[Table], style: Style, rng: Random) -> bytes:
    """Text with tabs."""
    rows = flat_grid(tables, style, rng)
    title = f"{tables[0].year}年部门预算项目绩效目标公开表"
    lines = [title, style.money_line, *("\t".join(row) for row in rows)]
    return "\n".join(lines).encode()


def flat_bars(tables: Sequence[Table], style: Style, rng: Random) -> bytes:
    """Text with bars; cells merged away at the start of a row are missing."""
    rows = flat_grid(tables, style, rng)
    width = len(rows[0])
    title = f"{tables[0].year}年部门预算项目绩效目标公开表"
    lines = [f"| {title} | {'|' * (width - 1)}", f"| {style.money_line} | {'|' * (width - 1)}"]
    for row in rows:
        start = next(k for k, cell in enumerate(row) if cell)
        lines.append(f"| {' | '.join(row[start:])} | {'|' * start}")
    return "\n".join(lines).encode()


def flat_csv(tables: Sequence[Table], style: Style, rng: Random) -> bytes:
    """A .csv file."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([f"{tables[0].year}年部门预算项目绩效目标公开表（{style.money_line}）"])
    writer.writerows(flat_grid(tables, style, rng))
    return text.getvalue().encode("utf-8-sig")


FLAT_FORMS = {"flat E": flat_tabs, "flat C": flat_bars, "flat csv": flat_csv}
