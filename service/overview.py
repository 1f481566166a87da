"""The whole home at a glance: what the corpus holds, how it is spread, how its index stands."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from corpus.records import ProjectKind
from corpus.store.overview import Overview, ProjectLine
from errors import IndexDamagedError, IndexMissingError
from index.generations import MANIFEST, read_current
from service.home import Home

UNKNOWN = "未注明"
"""Stands for a place, department or year that a document does not tell, also in an address."""

NOTHING: Mapping[str, str] = MappingProxyType({})
_REMEMBERED = 256

FIELDS = ("province", "city", "county", "department", "unit", "year")
"""What lines can be chosen by, named as in a search."""


class IndexState(StrEnum):
    """How the index of a home stands; `BEHIND`: documents were read that it does not know."""

    READY = "ready"
    BEHIND = "behind"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class IndexFigures:
    """The index as its manifest tells: `built` is an ISO time, "" where there is no index."""

    state: IndexState
    model: str = ""
    built: str = ""
    texts: int = 0


@dataclass(frozen=True, slots=True)
class Spread:
    """How much there is in one cell of a picture; `share` of its rows can be measured."""

    projects: int = 0
    units: int = 0
    rows: int = 0
    measurable: int = 0

    @property
    def share(self) -> float | None:
        """The measurable part of the rows; None where there are none."""
        return self.measurable / self.rows if self.rows else None


def stamp(home: Home) -> str:
    """Another one after anything was written to the corpus; looks at two files only."""
    files = (home.database, home.database.with_name(f"{home.database.name}-wal"))
    return " ".join(_stamp_of(file) for file in files)


def overview(home: Home) -> Overview:
    """Count the corpus.

    :raises HomeError: the corpus cannot be read.
    """
    with home.store() as store:
        return store.overview()


def index_figures(home: Home) -> IndexFigures:
    """How the index stands by its manifest and the sizes of its files; nothing is loaded.

    :raises HomeError: the corpus cannot be read.
    """
    try:
        generation = read_current(home.index_dir)
        folder = home.index_dir / generation.name
        if any(_size(folder / name) != entry.size for name, entry in generation.files.items()):
            return IndexFigures(IndexState.DAMAGED)
        built = (folder / MANIFEST).stat().st_mtime
    except IndexMissingError:
        return IndexFigures(IndexState.MISSING)
    except (IndexDamagedError, OSError):
        return IndexFigures(IndexState.DAMAGED)
    about = generation.about
    with home.store() as store:
        behind = store.revision() != about.corpus_revision
    return IndexFigures(
        IndexState.BEHIND if behind else IndexState.READY,
        about.model_id,
        datetime.fromtimestamp(built, UTC).isoformat(timespec="seconds"),
        about.counts.get("texts", 0),
    )


def told(line: ProjectLine, name: str) -> str:
    """What a line says in one of `FIELDS`, `UNKNOWN` where it says nothing."""
    return _named(getattr(line, name))


def chosen(lines: Iterable[ProjectLine], where: Mapping[str, str]) -> tuple[ProjectLine, ...]:
    """The lines that say all this, by field."""
    for name, text in where.items():
        lines = [line for line in lines if told(line, name) == text]
    return tuple(lines)


def spread(lines: Iterable[ProjectLine], *fields: str) -> dict[tuple[str, ...], Spread]:
    """Lines counted by what they say in these fields, the largest first."""
    return _spread(_cells(lines), fields)


def spread_of(lines: Iterable[ProjectLine]) -> Spread:
    """Lines counted together."""
    return _spread_of(_cells(lines))


def departments_of(lines: Iterable[ProjectLine]) -> tuple[str, ...]:
    """The departments of lines, those with most projects first."""
    found = Counter(line.department for line in lines if line.department)
    return tuple(name for name, _ in found.most_common())


class Counted:
    """A counted corpus that remembers what it was asked; several users may share one."""

    def __init__(self, found: Overview) -> None:
        self.found = found
        cells = _cells(found.lines)
        self._chosen = lru_cache(_REMEMBERED)(lambda where: chosen(found.lines, dict(where)))
        self._spread = lru_cache(_REMEMBERED)(
            lambda fields, where: MappingProxyType(
                _spread([cell for cell in cells if set(where) <= cell.said.items()], fields)
            )
        )

    def chosen(self, where: Mapping[str, str]) -> tuple[ProjectLine, ...]:
        """As `chosen`, of all lines."""
        return self._chosen(tuple(sorted(where.items())))

    def spread(
        self, *fields: str, where: Mapping[str, str] = NOTHING
    ) -> Mapping[tuple[str, ...], Spread]:
        """As `spread`, of the lines that say all that is asked; without fields, of all together."""
        return self._spread(fields, tuple(sorted(where.items())))


def whole_units(lines: Iterable[ProjectLine]) -> int:
    """How many of the lines are targets of whole departments."""
    return sum(line.kind is ProjectKind.WHOLE_UNIT for line in lines)


class _Cell(NamedTuple):
    """Lines that say the same in all `FIELDS`, counted: there are far fewer of these."""

    said: Mapping[str, str]
    projects: int
    rows: int
    measurable: int


def _cells(lines: Iterable[ProjectLine]) -> tuple[_Cell, ...]:
    said = attrgetter(*FIELDS)
    alike: dict[Any, list[ProjectLine]] = {}
    for line in lines:
        alike.setdefault(said(line), []).append(line)
    return tuple(
        _Cell(
            dict(zip(FIELDS, map(_named, key), strict=True)),
            len(group),
            sum(line.rows for line in group),
            sum(line.measurable for line in group),
        )
        for key, group in alike.items()
    )


def _spread(cells: Iterable[_Cell], fields: Sequence[str]) -> dict[tuple[str, ...], Spread]:
    groups: dict[tuple[str, ...], list[_Cell]] = {}
    for cell in cells:
        groups.setdefault(tuple(cell.said[name] for name in fields), []).append(cell)
    counted = {name: _spread_of(group) for name, group in groups.items()}
    return dict(sorted(counted.items(), key=lambda item: (-item[1].projects, item[0])))


def _spread_of(cells: Sequence[_Cell]) -> Spread:
    return Spread(
        projects=sum(cell.projects for cell in cells),
        units=len({cell.said["unit"] for cell in cells} - {UNKNOWN}),
        rows=sum(cell.rows for cell in cells),
        measurable=sum(cell.measurable for cell in cells),
    )


def _stamp_of(file: Path) -> str:
    try:
        found = file.stat()
    except OSError:
        return "-"
    # a reader leaves an empty journal behind: that says nothing
    return f"{found.st_ino}:{found.st_size}:{found.st_mtime_ns}" if found.st_size else "-"


def _named(text: object) -> str:
    return str(text or "") or UNKNOWN


def _size(file: Path) -> int:
    return file.stat().st_size
