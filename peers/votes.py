"""From rows to votes: each unit has one for each concept, and a table copied about counts once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from peers.records import Peer, Reach
from text.normalise import fold

Table = frozenset[tuple[str, str]]
Tables = Callable[[Sequence[str]], Mapping[str, Table]]
"""Names and values as printed of all rows of some projects, by project."""

COPIED = 0.8
"""Share of the smaller table's rows that another one must hold to be a copy of it."""

_FEWEST_ROWS = 5  # smaller tables may be alike by chance


def votes_of(peers: Iterable[Peer], tables: Tables) -> tuple[Peer, ...]:
    """The votes among rows, best first; `copies` says how many rows each stands for.

    Of the rows of a unit for one concept the newest counts, then the nearest in scale and in
    meaning. A row without a unit is a unit of its own project.
    """
    by_unit: dict[tuple[str, str], list[Peer]] = defaultdict(list)
    for peer in peers:
        by_unit[fold(peer.unit) or peer.project_id, peer.concept].append(peer)
    chosen = []
    for rows in by_unit.values():
        rows.sort(key=_rank)
        chosen.append(_for_all(rows))
    return tuple(sorted(_without_copies(chosen, tables), key=_order))


def _rank(peer: Peer) -> tuple[bool, int, float, float, str]:
    """Rows that can be measured first: an echo says nothing about what the unit wants."""
    unmeasured = peer.quantity is None or not peer.fits
    return unmeasured, -(peer.year or 0), -peer.weight, -peer.score, peer.id


def _order(peer: Peer) -> tuple[bool, float, float, str]:
    return peer.reach is not Reach.SAME, -peer.weight, -peer.score, peer.id


def _without_copies(peers: Sequence[Peer], tables: Tables) -> list[Peer]:
    """One vote for each family of copied tables and concept.

    Only tables that share the very row can be copies, so only those are looked at whole.
    """
    alike: dict[tuple[str, str, str], list[Peer]] = defaultdict(list)
    for peer in peers:
        alike[peer.concept, fold(peer.name), fold(peer.value.raw)].append(peer)
    suspects = {peer.project_id for rows in alike.values() if len(rows) > 1 for peer in rows}
    family = _families(tables(sorted(suspects))) if suspects else {}
    kept: list[Peer] = []
    for rows in alike.values():
        groups: dict[str, list[Peer]] = defaultdict(list)
        for row in rows:
            groups[family.get(row.project_id, row.project_id)].append(row)
        for group in groups.values():
            group.sort(key=_rank)
            kept.append(_for_all(group))
    return kept


def _for_all(rows: Sequence[Peer]) -> Peer:
    """The first row, standing for all of them."""
    if len(rows) == 1:
        return rows[0]
    return replace(rows[0], copies=sum(row.copies for row in rows))


def _families(tables: Mapping[str, Table]) -> dict[str, str]:
    """For each project the first one of its family of copies."""
    names = [name for name in sorted(tables) if len(tables[name]) >= _FEWEST_ROWS]
    if len(names) < 2:
        return {}
    rows = {row: number for number, row in enumerate(set().union(*(tables[n] for n in names)))}
    holds = np.zeros((len(names), len(rows)), np.float32)
    for number, name in enumerate(names):
        holds[number, [rows[row] for row in tables[name]]] = 1
    sizes = holds.sum(axis=1)
    shared = holds @ holds.T
    first = list(range(len(names)))
    for one, other in np.argwhere(shared >= COPIED * np.minimum.outer(sizes, sizes)).tolist():
        if one < other:
            _join(first, one, other)
    return {name: names[_root(first, number)] for number, name in enumerate(names)}


def _root(first: list[int], number: int) -> int:
    while first[number] != number:
        number = first[number]
    return number


def _join(first: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(first, one), _root(first, other)))
    first[high] = low
