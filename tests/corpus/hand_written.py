"""What a document says beside what was noted before it was read."""

from corpus.parse import parse_bytes
from corpus.records import Indicator, Project
from text.normalise import squeeze


def differences(text: str | bytes, head: str, rows: str, name: str = "hand.txt") -> list[str]:
    """Everything that was read otherwise than noted; rows are compared in their order.

    `head` is field=text between bars, of the first project; a row is level 2, name, value, number,
    weight and actual value between bars; ? is a number that cannot be read, and what is left empty
    is not compared.
    """
    data = text.strip("\n").encode() if isinstance(text, str) else text
    projects = parse_bytes(data, name).projects
    found = [_row(indicator) for project in projects for indicator in project.indicators]
    wanted = [row.split("|") for row in rows.strip().splitlines()]
    wrong = [
        f"row {number}: {got} for {want}"
        for number, (want, got) in enumerate(zip(wanted, found, strict=False), start=1)
        if [w for w in want if w] != [g for w, g in zip(want, got, strict=False) if w]
    ]
    if len(wanted) != len(found):
        wrong.append(f"{len(found)} rows for {len(wanted)}")
    said = _head(projects[0]) if projects else {}
    for field in head.split("|") if head else ():
        key, _, value = field.partition("=")
        if said.get(key) != value:
            wrong.append(f"{key}: {said.get(key)!r} for {value!r}")
    return wrong


def _row(indicator: Indicator) -> list[str]:
    value = indicator.value
    number = "" if value.number is None else f"{value.number:g}"
    number = "?" if value.unreadable and not number else number
    weight = "" if indicator.weight is None else f"{indicator.weight:g}"
    raw = squeeze(value.raw)
    return [indicator.level2_raw, indicator.name, raw, number, weight, indicator.actual]


def _head(project: Project) -> dict[str, str]:
    return {
        "project": project.name,
        "unit": project.unit,
        "budget": f"{project.budget_wan or 0:g}",
        "year": str(project.year),
        "goal": squeeze(project.goal),
    }
