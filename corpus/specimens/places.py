"""Invented counties and their departments; no real division bears one of these names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from knowledge.divisions import named, places_in

COUNTIES_IN_REGION = 30
"""Counties of one region, the unit in which the sample corpus grows."""

_HEADS = "砚澄霁岚芷砺笺荻岫沚珩琅苕蘅葭菡湉漪沅浔璟琮瑶璞桉棠樾榕柘槿"
_TAILS = "禾岩湾桥泉溪原岭坪渚塬浦洲坞垣岗麓汀澜堤埠陂涧源陌"
_ENDINGS = "县县县县县县县县县市"

OFFICES = {
    "education": "教育局",
    "health": "卫生健康局",
    "civil": "民政局",
    "labour": "人力资源和社会保障局",
    "agriculture": "农业农村局",
    "water": "水利局",
    "environment": "生态环境局",
    "transport": "交通运输局",
    "housing": "住房和城乡建设局",
    "emergency": "应急管理局",
    "culture": "文化广电和旅游局",
    "media": "融媒体中心",
}
"""Names of offices by the key of their department."""


@dataclass(frozen=True, slots=True)
class County:
    """An invented county: its name, its place in its region, and the codes of its units' kind."""

    name: str
    region: int
    number: int

    def unit(self, department: str) -> str:
        """The name of the office of a department."""
        return f"{self.name}{OFFICES[department]}"

    def unit_code(self, department: str) -> str:
        """Six digits, of which the first three tell the department."""
        return f"{401 + list(OFFICES).index(department)}{self.number + 1:03d}"

    @property
    def code(self) -> str:
        """Six digits that are no division's: no province has the number 99."""
        return f"99{self.region % 100:02d}{self.number + 1:02d}"


@cache
def counties(region: int) -> tuple[County, ...]:
    """The counties of a region, the same in every run."""
    first = region * COUNTIES_IN_REGION
    names = islice(_names(), first, first + COUNTIES_IN_REGION)
    return tuple(County(name, region, number) for number, name in enumerate(names))


def _names() -> Iterator[str]:
    """Two characters and an ending, spread so that neighbours differ in both; then three."""
    for middle in ("", *_TAILS):
        for shift in range(len(_TAILS)):
            for number, head in enumerate(_HEADS):
                tail = _TAILS[(number + shift) % len(_TAILS)]
                name = f"{head}{middle}{tail}{_ENDINGS[(number + 3 * shift) % len(_ENDINGS)]}"
                if middle != tail and not named(name[:-1]) and not places_in(f"{name}财政局"):
                    yield name
