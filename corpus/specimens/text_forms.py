"""One table as text, in each of the ways that text exports part their cells (families A to I)."""

import re
from collections.abc import Callable, Sequence
from random import Random

from corpus.specimens.entries import Table
from corpus.specimens.style import Style

Form = Callable[[Table, Style, Random], str]

TITLE = "项目支出绩效目标表"


def grid(table: Table, style: Style) -> list[list[str]]:
    """Header and body; merged cells are empty."""
    rows = [style.header(), *([one, two, *rest] for one, two, rest in style.rows(table))]
    if style.unused_rows:
        blank = [""] * len(style.columns)
        rows.insert(2, ["", "", "……", *blank])
        rows.append(["", "", "", *blank])
    if style.side:
        return [[("绩效指标" if row is rows[0] else ""), *row] for row in rows]
    return rows


def _vanished(row: Sequence[str], style: Style) -> list[str]:
    """A row whose merged levels left nothing."""
    labels = 3 if style.side else 2
    return [*(cell for cell in row[:labels] if cell), *row[labels:]]


def _compact(table: Table, style: Style) -> list[list[str]]:
    return [_vanished(row, style) for row in grid(table, style)]


def cell_lines(table: Table, style: Style, rng: Random) -> str:
    """A1: one cell a line after a tab, a lone tab for a merged cell, a blank line after a row."""
    head = [
        [f"{table.unit_code}{table.unit}", f"单位：{'元' if style.money_in_yuan else '万元'}"],
        ["项目编码", table.code, "项目名称", table.project],
        ["预算规模及资金用途", "预算数", style.head(table)[2][1], "其他资金", " "],
        ["绩效目标", f"1.{table.goal}"],
    ]
    rows = [*head, *grid(table, style)]
    body = "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)
    return f"[bookmark: _Toc_4_4_0000000004]1.{table.project}绩效目标表\n{body}\n"


def cell_stream(table: Table, style: Style, rng: Random) -> str:
    """A2: one cell a line, blank lines between, merged cells gone."""
    cells = [TITLE, f"（{table.year}年度）", style.money_line]
    cells += [part for row in style.head_rows(table) for part in row]
    for row in _compact(table, style):
        cells += row
    return "\n\n".join(cell or " " for cell in cells) + "\n"


def bar_cells(table: Table, style: Style, rng: Random) -> str:
    """B: one cell a line with a bar after it; a doubled bar ends a row, or nothing does."""
    lines = []
    rows = [[TITLE], [f"（{table.year}年度）"], [style.money_line]]
    for row in [*rows, *style.head_rows(table), *_compact(table, style)]:
        lines += [f"{cell} |" if cell else "|" for cell in row]
        if style.fully_marked:
            lines[-1] += "|"
            lines.append("|")
    return "\n".join(lines) + "\n"


def bar_rows(table: Table, style: Style, rng: Random) -> str:
    """C: one row a line between bars; merged cells are missing at its start."""
    width = len(style.header())

    def line(cells: Sequence[str]) -> str:
        text = " | ".join(cells) + " | " + "|" * (width - len(cells))
        return f"| {text}" if style.fully_marked else text

    rows = [[TITLE], [f"（{table.year}年度）"], [style.money_line]]
    rows += style.head_rows(table)
    rows += _compact(table, style)
    return "\n".join(map(line, rows)) + "\n"


def space_rows(table: Table, style: Style, rng: Random) -> str:
    """D: one row a line, single spaces; empty cells leave nothing."""
    lines = [TITLE, f"（{table.year}年度）", style.money_line]
    lines += [" ".join(row) for row in style.head_rows(table)]
    lines += [" ".join(cell for cell in row if cell) for row in grid(table, style)]
    return "\n".join(lines) + "\n"


def tab_rows(table: Table, style: Style, rng: Random) -> str:
    """E: one row a line, tabs; a merged cell is an empty field."""
    width = len(style.header())
    rows = [[TITLE], [f"（{table.year}年度）"], [style.money_line]]
    rows += style.head_rows(table)
    rows += grid(table, style)
    filled = (row + [""] * (width - len(row)) for row in rows)
    return "\n".join("\t".join(row) for row in filled) + "\n"


def run_lines(table: Table, style: Style, rng: Random) -> str:
    """F: a row a line without any separator."""
    lines = [TITLE, f"（{table.year}年度）", style.money_line]
    lines += ["".join(row) for row in style.head_rows(table)]
    lines += ["".join(row) for row in grid(table, style)]
    return "\n".join(line for line in lines if line) + "\n"


def one_line(table: Table, style: Style, rng: Random) -> str:
    """G: the whole document on one line, spaces between cells."""
    return " ".join(space_rows(table, style, rng).split("\n")).strip() + "\n"


def wrapped_cells(table: Table, style: Style, rng: Random) -> str:
    """H: text of a page, long cells broken by the width of their column, merged cells gone."""
    lines = [TITLE, f"（{table.year}年度）", style.money_line]
    announced = rng.randrange(14, 44, 2)
    for pair in style.head_rows(table):
        for index, text in enumerate(pair):
            lines += _wrapped(text, announced if index % 2 else 12)
    labels = 3 if style.side else 2
    widths = [rng.randrange(8, 13, 2) for _ in range(labels)]
    widths += [rng.randrange(12, 25, 2) for _ in style.cells(table.entries[0])]
    for row in grid(table, style):
        for cell, width in zip(row, widths, strict=True):
            lines += _wrapped(cell, width)
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` half-width signs; numbers and Latin words stay whole."""
    lines: list[str] = []
    line, filled = "", 0
    for piece in re.findall(r"[!-~]+|.", text):
        long = sum(1 if ord(c) < 0x2E80 else 2 for c in piece)
        if line and filled + long > width:
            lines.append(line)
            line, filled = "", 0
        line, filled = line + piece, filled + long
    return [*lines, line] if line else lines


def prose(table: Table, style: Style, rng: Random) -> str:
    """I: level names as run-in heads, rows parted by semicolons or full stops."""
    lines = [f"关于{table.project}绩效目标{rng.choice(('', '设定'))}的公示"]
    paid = f"安排{table.unit}资金" if rng.random() < 0.5 else "安排资金"
    total = rng.choice(("总体绩效目标：", "项目总体绩效目标是：", "绩效目标为"))
    lines.append(f"{paid}{table.budget_wan}万元，实施{table.project}。{total}{table.goal}")
    for number, (level1, inside) in enumerate(table.groups()):
        lines.append(f"{'一二三四五六'[number]}、{level1}指标")
        parts = []
        for level2, entries in inside:
            stop = rng.choice(("；", "；", "，"))
            rows = stop.join(f"{style.mark}{e.name}{e.value}" for e in entries)
            parts.append(f"{level2}指标：{rows}{rng.choice('。；')}")
        lines.append("".join(parts))
    lines += [table.unit, f"{table.year}年3月{rng.randint(1, 28)}日"]
    return "\n".join(lines) + "\n"


FORMS: dict[str, Form] = {
    "A1": cell_lines,
    "A2": cell_stream,
    "B": bar_cells,
    "C": bar_rows,
    "D": space_rows,
    "E": tab_rows,
    "F": run_lines,
    "G": one_line,
    "H": wrapped_cells,
    "I": prose,
}
SIMPLE = frozenset("FGHI")
"""Families of which only tables with the value in one cell were met."""
