"""Where, of which department and of which year a project is: what is printed, and what that tells.

Evidence, the strongest first: printed fields; the division that a project code starts with; the
name of the unit; the title of the project where those tell nothing; what the other projects of
the document tell; the file name; the folders, the innermost first. Weaker evidence may make a
place more exact (a county in the city that the unit names) and never changes it; what several
places may mean stays empty.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from corpus.records import Inferred, Parsed, Project
from knowledge.departments import canonical, department_in
from knowledge.divisions import Place, by_code, mentions, named, narrowed, places_in, shared
from text.normalise import squeeze

Places = tuple[Place, ...]

# Budget systems since 2020: division (6), year (2), kind (letter), digits.
_PROJECT_CODE = re.compile(r"(\d{6})\d\d[A-Z]\d")
_COUNTY_OF_UNIT = re.compile(r"(?:中共)?([\u4e00-\u9fff]{2,4}县)")
_PLACE_ENDINGS = "省市县区州旗盟"
_OWN_LEVEL = re.compile(r"(?:省|市|县|区|州|旗)?本级$")
_YEAR = re.compile(r"(?<![0-9A-Za-z])(20[1-4]\d)(?![0-9A-Za-z]|[-._]\d{1,2}(?!\d))")
# What the names of budget documents hold without telling a department.
_DOCUMENT_WORDS = re.compile(
    r"(?:部门|单位|财政|项目)?(?:预算|决算)|整体|财政(?=支出|资金|拨款|专项|重点)|绩效|"
    r"(?:市|县|区)级财政|目标|自评|监控|支出"
)


_NOTHING = Inferred()
_CODE = 10  # characters of a project code that are looked at
_LONGEST_NAME = 200  # of a unit or a title; where more stands, a whole text slipped in


@dataclass(frozen=True, slots=True)
class Settled:
    """What holds for a project, printed or inferred; "" and None where unknown.

    Printed names of divisions and departments have their full or canonical spelling here (湖南 →
    湖南省), so that they can be compared.
    """

    province: str = ""
    city: str = ""
    county: str = ""
    department: str = ""
    year: int | None = None


def settled(project: Project) -> Settled:
    """What is printed, else what is inferred.

    Where a person corrected a printed field, what was inferred before may contradict it: then
    only what the printed fields tell holds.
    """
    told = project.inferred
    inferred = Place(told.province, told.city, told.county)
    place = _spelled(project.province, project.city, project.county)
    known = _printed_place(project)
    if known and any(inferred) and not any(_agree(one, inferred) for one in known):
        inferred = shared(known)
    return Settled(
        province=place.province or inferred.province,
        city=place.city or inferred.city,
        county=place.county or inferred.county,
        department=_department_spelled(project.department) or told.department,
        year=project.year_inferred if project.year is None else project.year,
    )


def located(parsed: Parsed, name: str, folder: str = "") -> Parsed:
    """Fill in what is inferred; `name` is the file name, `folder` the folders it stands in.

    Both may name several folders (湖南省/株洲市, archive.zip/渌口区/a.docx). What was inferred
    before, by whoever wrote a JSON line, stays.
    """
    path = PurePosixPath(name)
    folders = (*_parts(folder), *(part for part in path.parts[:-1] if part != "/"))
    file = _File((_plain(path.stem), *(_plain(part) for part in reversed(folders))))
    places = [_stated(project) for project in parsed.projects]
    common = _common(places)
    projects = tuple(
        _completed(project, stated, common, file)
        for project, stated in zip(parsed.projects, places, strict=True)
    )
    return Parsed(projects, parsed.problems, parsed.notes, parsed.masked)


@lru_cache(maxsize=1024)
def _parts(folder: str) -> tuple[str, ...]:
    return PurePosixPath(folder).parts


def tells_year(texts: Iterable[str]) -> int | None:
    """The year in a file name, else in the innermost folder that has one; one alone, no date."""
    for text in texts:
        years = set(_YEAR.findall(text))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None


class _File:
    """What the file name and the folders tell, found when first asked; the file name first."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    @cached_property
    def places(self) -> Sequence[Places]:
        together = "/".join(reversed(self._names))  # 衡水/安平: only together they say it
        return [*map(places_in, self._names), places_in(together)]

    @cached_property
    def department(self) -> str:
        told = (_department(_DOCUMENT_WORDS.sub(" ", text)) for text in self._names)
        return next((department for department in told if department), "")

    def year(self) -> int | None:
        return tells_year(self._names)


def _completed(project: Project, stated: Places, common: Places, file: _File) -> Project:
    before = project.inferred
    if before == _NOTHING:
        place = Place()
        if _printed_place(project) is not None:
            others = () if len(stated) == 1 else (common,)  # a city's own unit stays the city's
            place = _narrowed_place(stated, (*others, *file.places))
        before = _unprinted(project, place, _department_told(project, file))
    year = project.year_inferred
    if project.year is not None:
        year = None
    elif year is None:
        year = file.year()
    if before == project.inferred and year == project.year_inferred:
        return project
    return replace(project, inferred=before, year_inferred=year)


def _department_told(project: Project, file: _File) -> str:
    if project.department:
        return ""
    return _department(project.unit[:_LONGEST_NAME]) or file.department


def _agree(one: Place, inferred: Place) -> bool:
    return all(not own or not told or own == told for own, told in zip(one, inferred, strict=True))


def _unprinted(project: Project, place: Place, department: str) -> Inferred:
    return Inferred(
        province="" if project.province else place.province,
        city="" if project.city else place.city,
        county="" if project.county else place.county,
        department=department,
    )


def _stated(project: Project) -> Places:
    """What a project itself tells of its place."""
    printed = _printed_place(project)
    if printed is None:
        return ()
    told = _told(printed, project.code[:_CODE], project.unit[:_LONGEST_NAME])
    return told or places_in(_plain(project.name[:_LONGEST_NAME]))


@lru_cache(maxsize=8192)  # without the title, which is another in every project
def _told(printed: Places, code: str, unit: str) -> Places:
    unit = _plain(unit)
    return _narrowed_by(printed, (_coded(code, unit), places_in(unit)))


def _coded(code: str, unit: str) -> Places:
    """The division of a project code; only its city where the unit names a county of its own."""
    match = _PROJECT_CODE.match(code)
    division = by_code(match.group(1)) if match else None
    if division is None:
        return ()
    county = _COUNTY_OF_UNIT.match(unit)
    if county and not named(county.group(1)):
        return (division.place._replace(county=""),)
    return (division.place,)


def _narrowed_by(places: Places, evidence: Iterable[Places]) -> Places:
    for others in evidence:
        if others:
            places = narrowed(places, others) or places if places else others
    return places


@lru_cache(maxsize=1024)  # the projects of a document, and its neighbours, tell the same
def _narrowed_place(stated: Places, evidence: tuple[Places, ...]) -> Place:
    return shared(_narrowed_by(stated, evidence))


def _common(stated: Sequence[Places]) -> Places:
    """The place that most projects of a document tell, where none contradicts it."""
    told = Counter(places for places in stated if places)
    if not told:
        return ()
    (most, _), *_ = told.most_common(1)
    return most if all(narrowed(most, other) for other in told) else ()


def _printed_place(project: Project) -> Places | None:
    """What the printed fields may mean, () where there are none; None where that is unknown."""
    if not (project.province or project.city or project.county):
        return ()
    fields = (project.province, project.city, project.county)
    return _known_place(*(text[:_LONGEST_NAME] for text in fields))


@lru_cache(maxsize=4096)
def _known_place(*fields: str) -> Places | None:
    found: Places = ()
    for text in fields:
        text = _plain(text)
        if not text or _OWN_LEVEL.fullmatch(text):
            continue
        places = named(text) or places_in(text)
        both = narrowed(found, places) if found else places
        if not both:
            return None
        found = both
    return found


@lru_cache(maxsize=4096)
def _spelled(province: str, city: str, county: str) -> Place:
    """The printed fields with the full names of the divisions they mean, where that is known."""
    printed = Place(province, city, county)
    known = _known_place(*(text[:_LONGEST_NAME] for text in printed)) if any(printed) else None
    if not known:
        return printed
    place = shared(known)
    return Place(
        *((full or text) if text else "" for text, full in zip(printed, place, strict=True))
    )


@lru_cache(maxsize=4096)
def _department(text: str) -> str:
    """The department that a name tells; of the places in it only 县, 市, 区 ... is looked at."""
    text = _plain(text)
    start, rest = 0, ""
    for mention in mentions(text):
        end = mention.end - (text[mention.end - 1] in _PLACE_ENDINGS)
        rest += text[start : mention.start] + text[end : mention.end]
        start = mention.end
    return department_in(rest + text[start:])


@lru_cache(maxsize=1024)
def _department_spelled(text: str) -> str:
    return (canonical(_plain(text)) or text) if text else ""


def _plain(text: str) -> str:
    return squeeze(unicodedata.normalize("NFKC", text))
