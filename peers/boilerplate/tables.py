"""Whole tables: copies of each other, echoes, one value everywhere; pairs of units that copy."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from peers.boilerplate.alike import Pairs, alike
from peers.boilerplate.collect import TableText
from peers.boilerplate.families import ALIKE, Found, described, members_of, numbered, rightly
from peers.boilerplate.grouping import Place, led
from peers.boilerplate.masks import LABELS
from peers.boilerplate.records import CopiedTables, Form, Kind, Stage
from peers.boilerplate.standing import CENTRAL, PRESCRIBED, commonest, is_prescribed

_FEWEST_ROWS = 3
_FEWEST_PARTS = 6  # three rows beyond the standard ones, each as a name and with its value
_PAIRED_ONE_BY_ONE = 100  # equal tables; of more each is paired with the first only
_CENTRAL = re.compile(r"中央|省级|上级|提前下达|转移支付")
_ECHO = "指标值照抄指标名称或说明的表"
_ONE_VALUE = "多数指标都用「{value}」的表"

Key = frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Tables:
    """Families of tables, and the pairs of units whose tables are copies."""

    families: list[Found]
    copied: list[CopiedTables]


def table_families(tables: Sequence[TableText]) -> Tables:
    """Group tables; a table may be of a shared family and besides an echo or of one value."""
    prescribed = list(_prescribed(tables))
    right = {member.id for found in prescribed for member in found.members}
    groups: dict[Key, list[TableText]] = defaultdict(list)
    for table in tables:
        if len(table.parts) >= _FEWEST_PARTS and table.text.id not in right:
            groups[table.parts].append(table)
    keys = sorted(groups, key=lambda key: (-len(groups[key]), sorted(key)))
    pairs = alike(keys, ALIKE[Kind.TABLE])
    shared = list(_shared(keys, groups, led(len(keys), pairs)))
    right = {member.id for found in shared if found.family.standard for member in found.members}
    copied = _copied([groups[key] for key in keys], pairs, right)
    fixed = list(_fixed(tables))
    return Tables(numbered([*prescribed, *shared, *fixed, *_of_their_own(tables)]), copied)


def _prescribed(tables: Sequence[TableText]) -> Iterator[Found]:
    """Tables that most projects of their sort have, row for row, whatever their figures."""
    titles = Counter(table.title for table in tables)
    groups: dict[frozenset[str], list[TableText]] = defaultdict(list)
    for table in tables:
        own = not (table.echo or table.one_value or table.text.standard)
        if own and len(table.names) >= _FEWEST_ROWS:
            groups[table.names].append(table)
    for group in groups.values():
        units = len({table.text.unit for table in group})
        of_such_projects = sum(titles[title] for title in {table.title for table in group})
        if is_prescribed(units, len(group), of_such_projects):
            yield rightly(_family(_exact(group), Form.SHARED, ""), PRESCRIBED)


def _shared(
    keys: Sequence[Key], groups: dict[Key, list[TableText]], places: Sequence[Place]
) -> Iterator[Found]:
    gathered: dict[int, list[tuple[TableText, Place]]] = defaultdict(list)
    for number, place in enumerate(places):
        gathered[place.leader] += [(table, place) for table in groups[keys[number]]]
    for members in gathered.values():
        if len(members) > 1:
            yield rightly(_family(members, Form.SHARED, ""), _right(members))


def _right(members: Sequence[tuple[TableText, Place]]) -> str:
    """Why these tables are rightly alike, "" where they are not."""
    units = {table.text.unit for table, _ in members}
    central = sum(bool(_CENTRAL.search(table.text.project)) for table, _ in members)
    if len(units) > 1 and central * 2 > len(members):
        return CENTRAL
    return commonest(table.text.standard for table, _ in members)


def _fixed(tables: Iterable[TableText]) -> Iterator[Found]:
    """Tables that are nothing but a fixed set."""
    groups: dict[str, list[TableText]] = defaultdict(list)
    for table in tables:
        if table.text.standard and len(table.parts) < _FEWEST_PARTS:
            groups[table.text.standard].append(table)
    for name, group in groups.items():
        if len(group) > 1:
            yield rightly(_family(_exact(group), Form.SHARED, name), name)


def _of_their_own(tables: Iterable[TableText]) -> Iterator[Found]:
    """Tables that echo, and those of one value for each value; also where there is but one."""
    groups: dict[str, list[TableText]] = defaultdict(list)
    for table in tables:
        if table.echo:
            groups[""].append(table)
        elif table.one_value:
            groups[table.one_value].append(table)
    for value, group in groups.items():
        form = Form.ONE_VALUE if value else Form.ECHO
        template = _ONE_VALUE.format(value=value) if value else _ECHO
        yield _family(_exact(group), form, template)


def _exact(tables: Iterable[TableText]) -> list[tuple[TableText, Place]]:
    return [(table, Place(0, 1.0, Stage.EXACT)) for table in tables]


def _family(members: Sequence[tuple[TableText, Place]], form: Form, template: str) -> Found:
    ordered = sorted(
        members, key=lambda one: (-one[1].score, one[0].text.year or 9999, one[0].text.id)
    )
    texts = [table.text for table, _ in ordered]
    scores = [place.score for _, place in ordered]
    family = described(Kind.TABLE, form, template or _rows_of(ordered[0][0]), (), texts, scores)
    variants = len({table.parts for table, _ in members})
    places = [place for _, place in ordered]
    return Found(replace(family, texts=variants), members_of(texts, places))


def _rows_of(table: TableText) -> str:
    """A table as a line: its rows with their values."""
    rows = sorted((name, value) for kind, name, value in table.parts if kind == "value")
    return "；".join(f"{_shown(name)} {_shown(value)}" for name, value in rows)


def _shown(masked: str) -> str:
    for mark, label in LABELS.items():
        masked = masked.replace(mark, label)
    return masked


def _copied(
    groups: Sequence[Sequence[TableText]], pairs: Pairs, right: set[str]
) -> list[CopiedTables]:
    """Pairs of units, those with most copied tables first."""
    best: dict[tuple[str, str], CopiedTables] = {}
    for one, other, score in _table_pairs(groups, pairs):
        if one.text.id in right or other.text.id in right:
            continue
        if one.text.unit == other.text.unit or one.echo or other.echo:
            continue
        one, other = sorted((one, other), key=lambda table: table.text.unit)
        units = (one.text.unit, other.text.unit)
        last = best.get(units)
        if last is None or score > last.likeness:
            count = last.tables if last else 0
            last = CopiedTables(*units, count, round(score, 4), one.text.id, other.text.id)
        best[units] = replace(last, tables=last.tables + 1)
    return sorted(best.values(), key=lambda pair: (-pair.tables, -pair.likeness, pair.unit))


def _table_pairs(
    groups: Sequence[Sequence[TableText]], pairs: Pairs
) -> Iterator[tuple[TableText, TableText, float]]:
    for group in groups:
        head = group if len(group) <= _PAIRED_ONE_BY_ONE else group[:1]
        equal = combinations(group, 2) if head is group else product(head, group[1:])
        for one, other in equal:
            yield one, other, 1.0
    for first, second, score in zip(pairs.first, pairs.second, pairs.score, strict=True):
        ones, others = groups[first], groups[second]
        if len(ones) * len(others) > _PAIRED_ONE_BY_ONE**2:
            ones = ones[:1]
        for one, other in product(ones, others):
            yield one, other, float(score)
