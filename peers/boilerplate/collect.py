"""The texts of a corpus in the form that is compared, and its tables as sets of rows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.records import Indicator, Project, ProjectKind
from corpus.store.identity import goal_id
from corpus.store.stored import StoredProject
from corpus.values import value_text
from peers.boilerplate.masks import INDICATOR, Masked, Masker, comparable, core_of
from peers.boilerplate.records import Kind, Text
from peers.boilerplate.standing import is_common, is_standard_name, standard_set

TEXTS = (Kind.NAME, Kind.DESCRIPTION, Kind.VALUE, Kind.GOAL, Kind.PARAGRAPH)

_SHORTEST_CLAUSE = 4  # characters; shorter clauses are headings
_FEWEST_ROWS = 4  # rows that a table needs to be an echo or to have one value
_MOST = 0.5  # share of the rows that then have it


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as what is compared of it.

    `parts` are its rows beyond the standard ones: each as its name, its name with its value and
    with its description; `names` are all its names. `title` is the core of the project's name,
    `one_value` the value that most rows have ("" none); `echo`: most values repeat their row.
    """

    text: Text
    parts: frozenset[tuple[str, str, str]]
    names: frozenset[str]
    title: str
    one_value: str = ""
    echo: bool = False


@dataclass(slots=True)
class Collected:
    """All texts by kind, and the tables; grown project by project."""

    texts: dict[Kind, list[Text]] = field(default_factory=lambda: {kind: [] for kind in TEXTS})
    tables: list[TableText] = field(default_factory=list)


def collect(projects: Iterable[StoredProject]) -> Collected:
    """Read the texts of all projects."""
    found = Collected()
    for stored in projects:
        _Reading(stored, found).read()
    return found


class _Reading:
    """Takes the texts out of one project."""

    def __init__(self, stored: StoredProject, found: Collected) -> None:
        self._stored = stored
        self._found = found
        self._mask = Masker(stored.project)

    def read(self) -> None:
        project = self._stored.project
        rows = list(zip(self._stored.indicator_ids, project.indicators, strict=True))
        for own_id, row in rows:
            standard = standard_set(row)
            self._add(Kind.NAME, own_id, row.name, self._name(row.name), standard=standard)
            masked = self._mask(row.description, row.name)
            echo = masked.text == INDICATOR
            self._add(Kind.DESCRIPTION, own_id, row.description, masked, echo, standard)
            self._add(
                Kind.VALUE, own_id, value_text(row.value), _value(row), row.value.echo, standard
            )
        table = self._table(project)
        if rows:
            self._found.tables.append(table)
        kind = Kind.PARAGRAPH if project.kind is ProjectKind.WHOLE_UNIT else Kind.GOAL
        for number, goal in enumerate(project.goals, start=1):
            if len(comparable(goal.text)) >= _SHORTEST_CLAUSE:
                own_id, masked = goal_id(self._stored.id, number), self._mask(goal.text)
                self._add(kind, own_id, goal.text, masked, standard=table.text.standard)

    def _name(self, name: str) -> Masked:
        """A standard name is compared as it is, though the project may be named by its words."""
        return Masked(comparable(name)) if is_standard_name(name) else self._mask(name)

    def _add(
        self,
        kind: Kind,
        own_id: str,
        text: str,
        masked: Masked,
        echo: bool = False,
        standard: str = "",
    ) -> None:
        if masked.text:
            self._found.texts[kind].append(self._text(own_id, text, masked, echo, standard))

    def _text(self, own_id: str, text: str, masked: Masked, echo: bool, standard: str) -> Text:
        project = self._stored.project
        return Text(
            id=own_id,
            project_id=self._stored.id,
            document_id=self._stored.document_id,
            unit=project.unit,
            project=project.name,
            year=project.year_inferred if project.year is None else project.year,
            text=text,
            masked=masked.text,
            fills=masked.fills,
            echo=echo,
            standard=standard,
        )

    def _table(self, project: Project) -> TableText:
        rows = project.indicators
        own = [row for row in rows if not standard_set(row)]
        parts = {part for row in own if not is_common(row.name) for part in self._parts(row)}
        values = Counter(comparable(value_text(row.value)) for row in rows if row.value.raw)
        value, count = values.most_common(1)[0] if values else ("", 0)
        echoes = sum(row.value.echo for row in rows)
        many = len(own) >= _FEWEST_ROWS
        echo = many and echoes >= _MOST * len(rows)
        one = many and not echo and count >= _MOST * len(rows)
        label = project.name or project.unit
        return TableText(
            text=self._text(
                self._stored.id, label, Masked(core_of(label)), echo, _set_of(rows, own)
            ),
            parts=frozenset(parts),
            names=frozenset(self._name(row.name).text for row in rows),
            title=core_of(project.name),
            one_value=value if one else "",
            echo=echo,
        )

    def _parts(self, row: Indicator) -> list[tuple[str, str, str]]:
        name = self._name(row.name).text
        parts = [("name", name, ""), ("value", name, comparable(value_text(row.value)))]
        described = self._mask(row.description, row.name).text
        if described and described != INDICATOR:
            parts.append(("description", name, described))
        return parts


def _value(row: Indicator) -> Masked:
    """A value is compared as it is, numbers too; one that repeats its row as just that."""
    raw = value_text(row.value)
    return Masked(INDICATOR, (comparable(raw),)) if row.value.echo else Masked(comparable(raw))


def _set_of(rows: Iterable[Indicator], own: Iterable[Indicator]) -> str:
    """The fixed set that most of a table's rows belong to."""
    sets = Counter(standard_set(row) for row in rows)
    sets.pop("", None)
    return sets.most_common(1)[0][0] if sets.total() > len(list(own)) else ""
