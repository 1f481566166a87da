"""A sample corpus of any size: what the offices of invented counties publish, and the truth of it.

Region by region of thirty counties; the first regions are the same at every scale. What is mixed,
and how much of it, follows what was met in real disclosures: careful and careless units, tables
copied from a neighbour, carried over from last year, standard sets, echoes and ≥95% everywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from corpus.specimens.places import OFFICES, County, counties
from corpus.specimens.printing import Printed, printed
from corpus.specimens.programmes import Programme, programmes
from corpus.specimens.sheet_writers import (
    carried_sheet,
    copied_sheet,
    echo_sheet,
    one_value_sheet,
    own_sheet,
    running_sheet,
    transfer_sheet,
)
from corpus.specimens.sheets import HABITS, Habit, Head, Sheet, SheetKind

YEAR = 2026
_RUNNING = Programme("general", True, ("日常公用经费", "人员经费"), "保障单位正常运转", 150.0, ())
_OFFICES_OF_COUNTY = 5


@dataclass(frozen=True, slots=True)
class _Office:
    """A unit with its habit, and how large its county is (about 1)."""

    county: County
    department: str
    habit: Habit
    size: float


def disclosures(scale: int) -> Iterator[Printed]:
    """All documents of so many regions, each with its truth; the same bytes in every run."""
    for region in range(scale):
        yield from _region(region)


def _region(region: int) -> Iterator[Printed]:
    rng = Random(f"region {region}")  # noqa: S311 - invented figures, no secret
    written: dict[str, list[Sheet]] = {}
    for office in _offices(region, rng):
        last: tuple[Sheet, ...] = ()
        years = (YEAR - 1, YEAR) if rng.random() < 0.3 else (YEAR,)
        for year in years:
            sheets = _sheets(office, year, last, written, rng)
            yield from printed(sheets, rng)
            last = sheets


def _offices(region: int, rng: Random) -> list[_Office]:
    found = []
    for county in counties(region):
        size = rng.lognormvariate(0, 0.4)
        for department in sorted(rng.sample(sorted(OFFICES), _OFFICES_OF_COUNTY)):
            habit = rng.choices(HABITS, (4, 4, 2))[0]
            found.append(_Office(county, department, habit, size))
    return found


def _sheets(
    office: _Office,
    year: int,
    last: Sequence[Sheet],
    written: dict[str, list[Sheet]],
    rng: Random,
) -> tuple[Sheet, ...]:
    """The tables of one year; `written` holds what others wrote before, by project type."""
    if last:
        return tuple(_next_year(sheet, year, n, rng) for n, sheet in enumerate(last))
    known = programmes(office.department)
    own = [one for one in known if one.department == office.department]
    common = [one for one in known if one.department != office.department]
    chosen = rng.sample(own, rng.randint(2, 4))
    if rng.random() < 0.5:
        chosen.append(rng.choice(common))
    sheets = []
    for number, programme in enumerate(chosen):
        head = _head(office, programme, year, number, rng)
        sheets.append(_sheet(head, office.habit, written, rng))
    if rng.random() < 0.3:
        sheets.append(running_sheet(_head(office, _RUNNING, year, len(chosen), rng)))
    for sheet in sheets:
        written.setdefault(sheet.programme, []).append(sheet)
    return tuple(sheets)


def _sheet(head: Head, habit: Habit, written: dict[str, list[Sheet]], rng: Random) -> Sheet:
    if head.programme.transfer:
        return transfer_sheet(head, rng)
    drawn = rng.random()
    if drawn < habit.echo:
        return echo_sheet(head, rng)
    if drawn < habit.echo + habit.one_value:
        return one_value_sheet(head, rng)
    sources = written.get(head.programme.key, [])
    if rng.random() < 0.15:  # even of another sort of project
        sources = [sheet for sheets in written.values() for sheet in sheets]
    sources = [sheet for sheet in sources if sheet.kind in (SheetKind.OWN, SheetKind.COPIED)]
    if sources and rng.random() < habit.copied:
        return copied_sheet(head, rng.choice(sources), rng)
    return own_sheet(head, habit, rng)


def _head(office: _Office, programme: Programme, year: int, number: int, rng: Random) -> Head:
    budget = programme.budget_wan * office.size * rng.uniform(0.6, 1.5)
    title = rng.choice(programme.titles)
    if rng.random() < 0.2:
        title = f"{year}年{title}"
    if rng.random() < 0.3 and not title.endswith(("经费", "资金", "补助", "补贴", "工程")):
        title += rng.choice(("项目", "专项", "资金"))
    return Head(
        id=_id(office.county, office.department, year, number),
        county=office.county,
        department=office.department,
        year=year,
        programme=programme,
        title=title,
        code=_code(office.county, year, rng),
        budget_wan=round(budget, 2),
    )


def _next_year(sheet: Sheet, year: int, number: int, rng: Random) -> Sheet:
    programme = next(
        (one for one in programmes(sheet.department) if one.key == sheet.programme), _RUNNING
    )
    head = Head(
        id=_id(sheet.county, sheet.department, year, number),
        county=sheet.county,
        department=sheet.department,
        year=year,
        programme=programme,
        title=sheet.title.replace(str(year - 1), str(year)),
        code=_code(sheet.county, year, rng),
        budget_wan=round(sheet.budget_wan * rng.uniform(0.9, 1.15), 2),
    )
    return carried_sheet(head, sheet, rng)


def _id(county: County, department: str, year: int, number: int) -> str:
    return f"{county.name}-{department}-{year}-{number + 1}"


def _code(county: County, year: int, rng: Random) -> str:
    return f"{county.code}{year % 100}P{rng.randrange(10**10):010d}{rng.choice('ABCDEFGHX')}"
