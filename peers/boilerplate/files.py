"""The boilerplate of a corpus as files of an index generation, and reading them.

boilerplate.json                  shares, copied tables, the revision of the corpus
boilerplate-<kind>.jsonl          one family a line, in the order of their ids
boilerplate-<kind>-members.jsonl  the members of each family, line by line the same
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from errors import IndexMissingError, UsageError
from index.files import CURE, FolderReader, FolderWriter
from index.generations import read_current
from index.line_view import LineView
from peers.boilerplate.records import (
    CopiedTables,
    Example,
    Family,
    Fill,
    Form,
    Kind,
    Member,
    Share,
    Slot,
    Stage,
    UnitCount,
)

if TYPE_CHECKING:  # finding it needs much that reading it does not
    from peers.boilerplate.build import Boilerplate

HEAD = "boilerplate.json"

_FIELDS = tuple(field.name for field in fields(Family))


def _families(kind: Kind) -> str:
    return f"boilerplate-{kind}.jsonl"


def _members(kind: Kind) -> str:
    return f"boilerplate-{kind}-members.jsonl"


NAMES = (HEAD, *map(_families, Kind), *map(_members, Kind))


def save(files: FolderWriter, found: "Boilerplate", revision: str) -> None:
    """Write all families with their members; `revision` is that of the corpus."""
    head = {
        "revision": revision,
        "by_unit": [astuple(share) for share in found.by_unit],
        "by_document": [astuple(share) for share in found.by_document],
        "copied": [astuple(pair) for pair in found.copied],
        "briefs": {kind: [_brief(one.family) for one in found.families[kind]] for kind in Kind},
    }
    files.json(HEAD, head)
    for kind in Kind:
        families = found.families[kind]
        files.lines(_families(kind), (_line(_plain(one.family)) for one in families))
        files.lines(_members(kind), (_line(_tuples(one.members)) for one in families))


def keep(files: FolderWriter, last: FolderReader) -> bool:
    """Take the boilerplate of another generation over; whether it has any."""
    if not all(last.holds(name) for name in NAMES):
        return False
    for name in NAMES:
        files.keep(name, last)
    return True


def _plain(family: Family) -> dict[str, object]:
    """As `dataclasses.asdict`, many times faster; what is inside by order."""
    own = {name: getattr(family, name) for name in _FIELDS}
    return own | {
        "slots": [
            (slot.label, slot.start, slot.end, [(fill.text, fill.n) for fill in slot.fills])
            for slot in family.slots
        ],
        "by_unit": [(count.unit, count.n) for count in family.by_unit],
        "examples": [
            (one.id, one.project_id, one.unit, one.project, one.year, one.text, one.score)
            for one in family.examples
        ],
    }


def _brief(family: Family) -> tuple[int, int, int]:
    return family.units, int(family.form is Form.SHARED), int(family.standard)


def _tuples(members: Iterable[Member]) -> list[tuple[object, ...]]:
    """As `dataclasses.astuple`, many times faster."""
    return [(m.id, m.project_id, m.unit, m.year, m.score, m.stage) for m in members]


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Briefs:
    """What families are chosen by, without the families: arrays with one item for each of them.

    `shared`: it is shared by units, not an echo or one value all over a table.
    """

    units: NDArray[np.int32]
    shared: NDArray[np.bool_]
    standard: NDArray[np.bool_]


class Clusters:
    """The boilerplate of one generation, read as it is asked for; many threads may ask at once."""

    def __init__(self, files: FolderReader, generation: str, corpus_revision: str) -> None:
        self.generation = generation
        self._files = files
        self._corpus_revision = corpus_revision
        self._briefs: dict[Kind, Briefs] = {}
        self._views: dict[str, LineView] = {}

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the boilerplate of an index folder; only its own files are read and verified.

        :raises IndexMissingError: no index was built, or boilerplate was not looked for in it.
        :raises IndexDamagedError: a file is missing or not what was written; it is named.
        """
        generation = read_current(folder)
        if HEAD not in generation.files:
            raise IndexMissingError(
                f"index: expected boilerplate in it, found that it was not looked for yet; {CURE}"
            )
        entries = {name: generation.files[name] for name in NAMES}
        files = FolderReader.open(folder / generation.name, entries)
        return cls(files, generation.name, generation.about.corpus_revision)

    @property
    def behind(self) -> bool:
        """Whether the corpus of this generation is a later one than families were looked for in."""
        return bool(self._head["revision"] != self._corpus_revision)

    @cached_property
    def by_unit(self) -> tuple[Share, ...]:
        """The shares of all units, the largest first."""
        return tuple(Share(*share) for share in self._head["by_unit"])

    @cached_property
    def by_document(self) -> tuple[Share, ...]:
        """The shares of all documents by their ids, the largest first."""
        return tuple(Share(*share) for share in self._head["by_document"])

    @cached_property
    def copied(self) -> tuple[CopiedTables, ...]:
        """The pairs of units with copied tables, those with most first."""
        return tuple(CopiedTables(*pair) for pair in self._head["copied"])

    def families(self, kind: Kind) -> tuple[Family, ...]:
        """All families of a kind, those of most units first."""
        return self.families_at(kind, range(len(self._lines(_families(kind)))))

    def families_at(self, kind: Kind, places: Iterable[int]) -> tuple[Family, ...]:
        """Some families of a kind, by their places among `families`."""
        lines = self._lines(_families(kind))
        return tuple(_family(json.loads(lines[place])) for place in places)

    def briefs(self, kind: Kind) -> Briefs:
        """What each of `families` is chosen by; read once."""
        if kind not in self._briefs:
            told = self._head.get("briefs", {}).get(kind)  # older generations have none
            if told is None:
                told = [_brief(family) for family in self.families(kind)]
            table = np.array(told, dtype=np.int32).reshape(-1, 3)
            self._briefs[kind] = Briefs(table[:, 0], table[:, 1] > 0, table[:, 2] > 0)
        return self._briefs[kind]

    def family(self, family_id: str) -> Family:
        """One family.

        :raises UsageError: there is none of this id.
        """
        kind, line = self._line_of(family_id)
        return _family(json.loads(self._lines(_families(kind))[line]))

    def members(self, family_id: str) -> tuple[Member, ...]:
        """All members of a family, the likest first.

        :raises UsageError: there is no family of this id.
        """
        kind, line = self._line_of(family_id)
        found = json.loads(self._lines(_members(kind))[line])
        return tuple(_member(*member) for member in found)

    def of_records(
        self, ids: Collection[str], projects: Collection[str]
    ) -> dict[tuple[Kind, str], Family]:
        """The families of records, by kind and record id; `projects` are those they stand in."""
        found: dict[tuple[Kind, str], Family] = {}
        for kind in Kind:
            families, members = self._lines(_families(kind)), self._lines(_members(kind))
            for place in members.naming(projects):
                line = members[place]
                own = [member[0] for member in json.loads(line) if member[0] in ids]
                if own:
                    family = _family(json.loads(families[place]))
                    found.update(((kind, own_id), family) for own_id in own)
        return found

    @cached_property
    def _head(self) -> dict[str, Any]:
        found: dict[str, Any] = self._files.json(HEAD)
        return found

    def _lines(self, name: str) -> LineView:
        if name not in self._views:
            self._views[name] = LineView(self._files.raw(name))
        return self._views[name]

    def _line_of(self, family_id: str) -> tuple[Kind, int]:
        name, _, number = family_id.rpartition("-")
        if name in tuple(Kind) and number.isdecimal():
            kind = Kind(name)
            if 0 < int(number) <= len(self._lines(_families(kind))):
                return kind, int(number) - 1
        raise UsageError(
            f"no family has the id {family_id!r}: expected one that `duibiao clusters --json` gives"
        )


def _member(
    own_id: str, project_id: str, unit: str, year: int | None, score: float, stage: str
) -> Member:
    return Member(own_id, project_id, unit, year, score, Stage(stage))


def _family(found: dict[str, Any]) -> Family:
    slots = (
        Slot(label, start, end, tuple(Fill(*fill) for fill in fills))
        for label, start, end, fills in found["slots"]
    )
    return Family(
        **{
            **found,
            "kind": Kind(found["kind"]),
            "form": Form(found["form"]),
            "slots": tuple(slots),
            "years": tuple(found["years"]),
            "first_units": tuple(found["first_units"]),
            "by_unit": tuple(UnitCount(*count) for count in found["by_unit"]),
            "examples": tuple(Example(*example) for example in found["examples"]),
        }
    )
