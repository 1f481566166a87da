"""Boilerplate of a whole corpus, found at build time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.store.stored import StoredProject
from peers.boilerplate.collect import TEXTS, Collected, collect
from peers.boilerplate.families import Found, families
from peers.boilerplate.grouping import Encode
from peers.boilerplate.masks import LABELS
from peers.boilerplate.records import CopiedTables, Kind, Share, Text
from peers.boilerplate.tables import table_families

_SAID = (Kind.NAME, Kind.DESCRIPTION, Kind.GOAL, Kind.PARAGRAPH)


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """All families by kind, the shares of units and documents, and the copied tables.

    A share by document is named by the document's id.
    """

    families: dict[Kind, list[Found]]
    by_unit: tuple[Share, ...]
    by_document: tuple[Share, ...]
    copied: tuple[CopiedTables, ...]


def boilerplate_of(projects: Iterable[StoredProject], encode: Encode | None = None) -> Boilerplate:
    """Find the boilerplate of all projects; `encode` as `families` says."""
    collected = collect(projects)
    found = {kind: families(kind, collected.texts[kind], _without_marks(encode)) for kind in TEXTS}
    tables = table_families(collected.tables)
    found[Kind.TABLE] = tables.families
    by_unit, by_document = _shares(collected, found)
    return Boilerplate(found, by_unit, by_document, tuple(tables.copied))


def _without_marks(encode: Encode | None) -> Encode | None:
    """An encoder never saw the marks; without them the texts say the same."""
    if encode is None:
        return None
    table = {ord(mark): None for mark in LABELS}
    return lambda texts: encode([text.translate(table) for text in texts])


def _shares(
    collected: Collected, found: dict[Kind, list[Found]]
) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    idle = {
        (kind, member.id)
        for kind in _SAID
        for one in found[kind]
        if one.family.idle
        for member in one.members
    }
    unit, document = _Tally(), _Tally()
    for kind in (*_SAID, Kind.VALUE):
        for text in collected.texts[kind]:
            for tally, name in ((unit, text.unit), (document, text.document_id)):
                tally.add(name, kind, text, (kind, text.id) in idle)
    return unit.shares(), document.shares()


class _Tally:
    """Counts texts by a name."""

    def __init__(self) -> None:
        self._texts: Counter[str] = Counter()
        self._shared: Counter[str] = Counter()
        self._echo: Counter[str] = Counter()

    def add(self, name: str, kind: Kind, text: Text, idle: bool) -> None:
        """Count one text; of values only whether they repeat their row."""
        if kind is Kind.VALUE:
            self._echo[name] += text.echo
            return
        self._texts[name] += 1
        self._shared[name] += idle

    def shares(self) -> tuple[Share, ...]:
        """The shares, the largest first."""
        shares = [
            Share(name, n, self._shared[name], self._echo[name], round(self._shared[name] / n, 4))
            for name, n in self._texts.items()
        ]
        return tuple(sorted(shares, key=lambda one: (-one.share, -one.texts, one.name)))
