"""The tables of one unit and year as documents in real layouts, and what is true of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from corpus.layouts.roles import Role
from corpus.specimens.entries import Table
from corpus.specimens.flat_forms import FLAT_FORMS
from corpus.specimens.office_forms import OFFICE_FORMS
from corpus.specimens.sheets import Sheet
from corpus.specimens.style import Style, drawn_style
from corpus.specimens.text_forms import FORMS
from corpus.specimens.wording import MEASURES, TARGETS


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A narrative paragraph; `family` is the stock wording it was made from, "" for its own."""

    section: str
    text: str
    family: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A document: its path below the corpus, its bytes, and what stands in it.

    `described` says whether the tables have a column of descriptions.
    """

    path: str
    data: bytes
    sheets: tuple[Sheet, ...]
    paragraphs: tuple[Paragraph, ...]
    described: bool


# How often units publish in which form; forms of several tables first.
_TEXTS = {"A1": 12, "A2": 1, "B": 1, "C": 3, "D": 1, "E": 3}
_FLAT = {"flat E": 2, "flat C": 1, "flat csv": 1}
_ONE_BY_ONE = {"docx": 2, "xlsx": 2, "html": 1, "csv": 1}
_WEIGHTS = _TEXTS | _FLAT | _ONE_BY_ONE
_SECTIONS = ("一、总体绩效目标", "二、分项绩效目标", "三、工作保障措施")


def printed(sheets: Sequence[Sheet], rng: Random) -> list[Printed]:
    """The documents in which a unit publishes its tables of a year: one, or one for each."""
    form = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
    first = sheets[0]
    stem = f"{first.county.name}/{first.unit}{first.year}年绩效目标"
    style = _style(form, rng)
    described = Role.DESCRIPTION in style.columns
    tables = [sheet.table for sheet in sheets]
    if form in _ONE_BY_ONE:
        return [
            Printed(
                f"{stem}_{number}.{form}",
                OFFICE_FORMS[form](table, style, rng),
                (sheet,),
                (),
                described,
            )
            for number, (sheet, table) in enumerate(zip(sheets, tables, strict=True), start=1)
        ]
    if form == "A1":
        return [_narrated(stem, sheets, tables, style, rng)]
    suffix = "csv" if form == "flat csv" else "txt"
    writer = FLAT_FORMS.get(form) or _several(form)
    data = writer(tables, style, rng)
    return [Printed(f"{stem}.{suffix}", data, tuple(sheets), (), described)]


def _several(form: str) -> Callable[[Sequence[Table], Style, Random], bytes]:
    def written(tables: Sequence[Table], style: Style, rng: Random) -> bytes:
        return "\n\n".join(FORMS[form](table, style, rng) for table in tables).encode()

    return written


def _style(form: str, rng: Random) -> Style:
    style = drawn_style(rng, split=True, evaluated=False)
    style = replace(style, pairs_in_row=1, unused_rows=False, spaced=False, mark="")
    if form in _FLAT:
        style = replace(style, label_row="first")
    if form == "A1":
        columns = (Role.DESCRIPTION, Role.VALUE, Role.BASIS)
        heads = {
            **style.heads,
            Role.DESCRIPTION: "绩效指标描述",
            Role.BASIS: "指标值确定依据",
        }
        style = replace(style, columns=columns, heads=heads, side=False, label_row="first")
        style = replace(style, broken=False, points=False)
    return style


def _narrated(
    stem: str, sheets: Sequence[Sheet], tables: Sequence[Table], style: Style, rng: Random
) -> Printed:
    """The form of whole departments: what the unit wants, how it makes sure of it, its tables."""
    paragraphs = _paragraphs(sheets)
    lines = [" 第一部分", "部门整体绩效目标", " "]
    for number, section in enumerate(_SECTIONS, start=1):
        lines.append(f"[bookmark: _Toc_2_2_{number:010d}]{section}")
        lines += [one.text for one in paragraphs if one.section == section]
    lines += [" ", " ", "第二部分", " ", "预算项目绩效目标", " ", " ", ""]
    text = "\n".join(lines) + "\n".join(FORMS["A1"](table, style, rng) for table in tables)
    return Printed(f"{stem}.txt", text.encode(), tuple(sheets), tuple(paragraphs), True)


def _paragraphs(sheets: Sequence[Sheet]) -> list[Paragraph]:
    first = sheets[0]
    county = first.county
    said = {
        "county": county.name,
        "office": first.unit.removeprefix(county.name),
        "count": len(sheets),
        "budget": f"{sum(sheet.budget_wan for sheet in sheets):.2f}",
    }
    target, measures = county.number % len(TARGETS), county.number % len(MEASURES)
    found = [Paragraph(_SECTIONS[0], TARGETS[target].format(**said), f"target:{target}")]
    for number, sheet in enumerate(sheets, start=1):
        text = f"{number}.{sheet.title}：{sheet.goal}"
        found.append(Paragraph(_SECTIONS[1], text, sheet.goal_family))
    for number, measure in enumerate(MEASURES[measures]):
        family = f"measure:{measures}:{number}"
        found.append(Paragraph(_SECTIONS[2], measure.format(**said), family))
    return found
