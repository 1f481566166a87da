"""Administrative divisions of mainland China: from a code or a name to county, city, province.

The table is `divisions.tsv`. Counties that were renamed or merged since 2013 are in it too, as
older disclosures name them; a name that also stands for a present county means that one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from knowledge.division_names import (
    SHORT_NAME,
    common_names,
    is_bare_place,
    is_longer_name,
    is_other_word,
    opens,
    other_names,
    stem_of,
    words,
)

DIVISIONS_FILE = Path(__file__).parent / "divisions.tsv"

_CODE_LENGTHS = (2, 4, 6, 9, 12)  # province, city, county, township, village
_URBAN = "01"  # in a code for all districts of a city (市辖区)


class Place(NamedTuple):
    """Province, city and county by their full names; "" for what is not known or not there.

    A municipality (北京市) is its own city. A county directly below its province has no city; a
    city without counties (东莞市) has no county.
    """

    province: str = ""
    city: str = ""
    county: str = ""

    @property
    def level(self) -> int:
        """0 nothing known, 1 province, 2 city, 3 county."""
        return 3 if self.county else 2 if self.city else 1 if self.province else 0

    def holds(self, other: "Place") -> bool:
        """Whether the other is this place or lies in it."""
        if self.level == 3:
            return self == other
        return self[: self.level] == other[: self.level]


@dataclass(frozen=True, slots=True)
class Division:
    """One line of the table: `code` has six digits; `former` where it is no more."""

    code: str
    name: str
    place: Place
    former: bool = False


class Mention(NamedTuple):
    """A division named in a text: `text[start:end]`; several places may have that name.

    An `inner` one (澧县 in 常德市生态环境局澧县分局) counts only within what was named before it.
    """

    start: int
    end: int
    places: tuple[Place, ...]
    inner: bool = False


@cache
def divisions() -> tuple[Division, ...]:
    """All divisions in the order of the table."""
    return tuple(_read())


@lru_cache(maxsize=4096)
def by_code(code: str) -> Division | None:
    """The division with this code of 2, 4, 6, 9 or 12 digits; None where there is none.

    Codes of townships and villages (9, 12) give their county, those of all districts of a city
    (130201) the city.
    """
    if len(code) not in _CODE_LENGTHS or not (code.isascii() and code.isdecimal()):
        return None
    known, code = _codes(), code[:6].ljust(6, "0")
    found = known.get(code)
    if found is None and code.endswith(_URBAN):
        found = known.get(f"{code[:4]}00")
    return found


def named(name: str) -> tuple[Place, ...]:
    """All places of exactly this name, with or without its ending: 乐亭县, 乐亭, 湘西州."""
    names = _names()
    return names.full.get(name) or names.other.get(name) or names.stems.get(name) or ()


def narrowed(places: Iterable[Place], others: Iterable[Place]) -> tuple[Place, ...]:
    """What both may mean: of each pair of which one lies in the other, the smaller place."""
    others = tuple(others)
    return tuple(
        dict.fromkeys(
            max(one, other, key=lambda place: place.level)
            for one in places
            for other in others
            if one.holds(other) or other.holds(one)
        )
    )


def shared(places: Iterable[Place]) -> Place:
    """What is the same in all of them; a county only where there is no other."""
    found = tuple(places)
    if len(set(found)) == 1:
        return found[0]
    provinces, cities = {place.province for place in found}, {place[:2] for place in found}
    if len(provinces) != 1:
        return Place()
    return Place(provinces.pop(), cities.pop()[1] if len(cities) == 1 else "")


@lru_cache(maxsize=8192)
def places_in(text: str) -> tuple[Place, ...]:
    """The places that a text may name (a unit, a title, a file name); none where it names none.

    Several where a name is borne by several and nothing else in the text decides. What
    contradicts an earlier mention is left out.
    """
    found: tuple[Place, ...] = ()
    for mention in mentions(text):
        if not found:
            found = () if mention.inner else mention.places
        else:
            found = narrowed(found, mention.places) or found
    return found


@lru_cache(maxsize=1024)
def mentions(text: str) -> tuple[Mention, ...]:
    """The divisions named in a text, from left to right, longest names first."""
    return () if text.isascii() else tuple(_mentions(text))


def _mentions(text: str) -> Iterator[Mention]:
    lengths = _names().lengths
    start, behind_name, inside = 0, True, False
    while start < len(text):
        found = None
        if text[start : start + 2] in lengths:
            found = _mention_at(text, start, behind_name or opens(text, start), inside)
        if found is None:
            inside = inside and not text[start].isalnum()
            start, behind_name = start + 1, False
        else:
            yield found
            start, behind_name, inside = found.end, True, True


class _Names(NamedTuple):
    """Places by full names, by other complete names, by names without their ending.

    `stems` has the largest of those that bear a name, `bearers` all of them. `lengths` are those
    of all names that start with the same two characters, longest first.
    """

    full: dict[str, tuple[Place, ...]]
    other: dict[str, tuple[Place, ...]]
    stems: dict[str, tuple[Place, ...]]
    bearers: dict[str, tuple[Place, ...]]
    lengths: dict[str, tuple[int, ...]]


def _mention_at(text: str, start: int, anchored: bool, inside: bool) -> Mention | None:
    names = _names()
    for length in names.lengths.get(text[start : start + 2], ()):
        end = start + length
        if end > len(text):
            continue
        name, after = text[start:end], text[end : end + 4]
        places = names.full.get(name) or names.other.get(name)
        if places and not is_other_word(name, after):
            if anchored or (length > SHORT_NAME and name not in words()):
                return Mention(start, end, places)
            if after.startswith("分"):
                return Mention(start, end, places, inner=True)
        places = names.stems.get(name)
        if places and name not in words() and _is_bare(text, end):
            if anchored and (places[0].level < 3 or name not in common_names()):
                return Mention(start, end, places)
            if inside or after.startswith("分"):
                return Mention(start, end, names.bearers[name], inner=True)
    return None


def _is_bare(text: str, end: int) -> bool:
    """Whether a name without its ending stands for a division, if it ends here."""
    after = text[end : end + 4]
    if not is_bare_place(after):
        return False
    return not is_longer_name(after) or _mention_at(text, end, True, True) is not None


def _read() -> Iterator[Division]:
    province = ""
    for line in DIVISIONS_FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        code, name, *rest = line.split("\t")
        if len(code) == 2:
            province = name
            place = Place(name, name if name.endswith("市") else "")
            yield Division(f"{code}0000", name, place)
            continue
        city = "" if name == "-" else name
        if city:
            yield Division(f"{code}00", city, Place(province, city))
        for county in " ".join(rest).split():
            former, county = county.startswith("~"), county.removeprefix("~")
            own = county[2:]
            yield Division(f"{code}{county[:2]}", own, Place(province, city, own), former)


@cache
def _codes() -> dict[str, Division]:
    return {division.code: division for division in divisions()}


@cache
def _names() -> _Names:
    full, former, other, stems = (defaultdict[str, list[Place]](list) for _ in range(4))
    for division in divisions():
        place = division.place
        (former if division.former else full)[division.name].append(place)
        for name in other_names(division.name, place.province, place.city, division.code):
            other[name].append(place)
        if stem := stem_of(division.name):
            stems[stem].append(place)
    for name, places in former.items():
        other[name] = [*places, *other[name]]
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in (*full, *other, *stems):
        lengths[name[:2]].add(len(name))
    return _Names(
        _each_once(full),
        _each_once(other),
        {name: _widest(places) for name, places in stems.items()},
        _each_once(stems),
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
    )


def _each_once(names: dict[str, list[Place]]) -> dict[str, tuple[Place, ...]]:
    return {name: tuple(dict.fromkeys(places)) for name, places in names.items()}


def _widest(places: list[Place]) -> tuple[Place, ...]:
    """Without its ending a name means the largest division that bears it: 长沙, 吉林."""
    if len(places) == 1:
        return tuple(places)
    level = min(place.level for place in places)
    return tuple(dict.fromkeys(place for place in places if place.level == level))
