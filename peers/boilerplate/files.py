"""The boilerplate of a corpus as files of an index generation, and reading them.

boilerplate.json                  shares, copied tables, the revision of the corpus
boilerplate-<kind>.jsonl          one family a line, in the order of their ids
boilerplate-<kind>-members.jsonl  the members of each family, line by line the same
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import astuple, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from errors import IndexMissingError, UsageError
from index.files import CURE, FolderReader, FolderWriter
from index.generations import read_current
from peers.boilerplate.build import Boilerplate
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

HEAD = "boilerplate.json"

_FIELDS = tuple(field.name for field in fields(Family))


def _families(kind: Kind) -> str:
    return f"boilerplate-{kind}.jsonl"


def _members(kind: Kind) -> str:
    return f"boilerplate-{kind}-members.jsonl"


NAMES = (HEAD, *map(_families, Kind), *map(_members, Kind))


def save(files: FolderWriter, found: Boilerplate, revision: str) -> None:
    """Write all families with their members; `revision` is that of the corpus."""
    head = {
        "revision": revision,
        "by_unit": [astuple(share) for share in found.by_unit],
        "by_document": [astuple(share) for share in found.by_document],
        "copied": [astuple(pair) for pair in found.copied],
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


def _tuples(members: Iterable[Member]) -> list[tuple[object, ...]]:
    """As `dataclasses.astuple`, many times faster."""
    return [(m.id, m.project_id, m.unit, m.year, m.score, m.stage) for m in members]


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class Clusters:
    """The boilerplate of the valid generation, read as it is asked for."""

    def __init__(self, files: FolderReader, corpus_revision: str) -> None:
        self._files = files
        self._corpus_revision = corpus_revision

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
        return cls(files, generation.about.corpus_revision)

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
        return tuple(_family(json.loads(line)) for line in self._files.lines(_families(kind)))

    def family(self, family_id: str) -> Family:
        """One family.

        :raises UsageError: there is none of this id.
        """
        kind, line = self._line_of(family_id)
        return _family(json.loads(self._files.lines(_families(kind))[line]))

    def members(self, family_id: str) -> tuple[Member, ...]:
        """All members of a family, the likest first.

        :raises UsageError: there is no family of this id.
        """
        kind, line = self._line_of(family_id)
        found = json.loads(self._files.lines(_members(kind))[line])
        return tuple(_member(*member) for member in found)

    def of_records(self, ids: Collection[str]) -> dict[tuple[Kind, str], Family]:
        """The families of records, by kind and record id."""
        found: dict[tuple[Kind, str], Family] = {}
        for kind in Kind:
            families = self._files.lines(_families(kind))
            for place, line in enumerate(self._files.lines(_members(kind))):
                own = [member[0] for member in json.loads(line) if member[0] in ids]
                if own:
                    family = _family(json.loads(families[place]))
                    found.update(((kind, own_id), family) for own_id in own)
        return found

    @cached_property
    def _head(self) -> dict[str, Any]:
        found: dict[str, Any] = self._files.json(HEAD)
        return found

    def _line_of(self, family_id: str) -> tuple[Kind, int]:
        name, _, number = family_id.rpartition("-")
        if name in tuple(Kind) and number.isdecimal():
            kind = Kind(name)
            if 0 < int(number) <= len(self._files.lines(_families(kind))):
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
