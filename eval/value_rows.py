"""Rows whose value is held out, and a home of their own that they are asked of."""

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.jsonlines import to_lines
from corpus.layouts.levels import level1_of
from corpus.records import Indicator, Level1, Level2, Operator, Project, ProjectKind, Source
from corpus.values import parse_value
from corpus.where import settled
from errors import UsageError
from knowledge.concepts import MeasureClass
from peers.quantities import quantity_of
from peers.records import Draft, Quantity
from service import refresh
from service.home import Home
from service.search import Session
from service.suggest import Advisor


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A row with a measurable value, as a draft that does not know it.

    `operator` is as printed, but ≥100% of a share is =100% (rule V05). `typical` is the middle of
    the law that an invented value was drawn from, in the base of its scale.
    """

    draft: Draft
    unit: str
    quantity: Quantity
    operator: Operator
    typical: float | None = None


def evaluation_projects(folder: Path) -> tuple[Project, ...]:
    """The rows of `indicators.jsonl` as projects.

    :raises UsageError: the file is missing or not what it should be.
    """
    path = folder / "indicators.jsonl"
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        groups: dict[tuple[str, str, int | None], list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            groups[row["unit"] or row["source"], row["project"], row["year"]].append(row)
        return tuple(_project(group) for group in groups.values())
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(
            f"expected indicators.jsonl in {folder}, found {type(error).__name__}: {error}; "
            "give the folder that holds the evaluation data"
        ) from error


def _project(rows: Sequence[dict[str, Any]]) -> Project:
    first = rows[0]
    return Project(
        unit=first["unit"] or "",
        name=first["project"] or "",
        year=first["year"],
        budget_wan=first["budget_wan"],
        kind=ProjectKind.PROJECT if first["project"] else ProjectKind.WHOLE_UNIT,
        province=first["province"] or "",
        county=first["county"] or "",
        department=first["department"] or "",
        indicators=tuple(_indicator(row) for row in rows),
        source=Source(first["source"] or "evaluation"),
    )


def _indicator(row: dict[str, Any]) -> Indicator:
    level2 = row["level2"]
    return Indicator(
        name=row["name"],
        value=parse_value(
            row["value_raw"] or "",
            name=row["name"],
            description=row["description"] or "",
            level2=level2 or "",
            sign=row["operator"] or "",
            measure=row["measure"] or "",
            scanned=row["kind"] == "unreadable",
        ),
        level1=level1_of(row["level1"] or "") or Level1.OUTPUT,
        level2=Level2(level2) if level2 else None,
        level2_raw=level2 or "",
        description=row["description"] or "",
        source=Source(row["source"] or "", row["id"], 0),
    )


def held_out(projects: Iterable[Project]) -> list[HeldOut]:
    """All rows with a measurable value, in order."""
    found = []
    for project in projects:
        place = settled(project)
        for row in project.indicators:
            quantity = quantity_of(row.value, row.name, row.level2)
            if quantity is None:
                continue
            draft = Draft(
                name=row.name,
                description=row.description,
                level2=row.level2,
                project=project.name,
                department=place.department,
                county=place.county,
                budget_wan=project.budget_wan,
                exclude_unit=project.unit,
            )
            found.append(
                HeldOut(draft, project.unit, quantity, printed_sign(row.value.operator, quantity))
            )
    return found


def printed_sign(operator: Operator, quantity: Quantity) -> Operator:
    """The sign as it is scored: more than is at least, and ≥100% of a share is =100%."""
    plain = {Operator.MORE: Operator.AT_LEAST, Operator.LESS: Operator.AT_MOST}
    operator = plain.get(operator, operator)
    full = quantity.measure_class is MeasureClass.SHARE and quantity.number == 100
    return Operator.EQUAL if full and operator is Operator.AT_LEAST else operator


@contextmanager
def advisor_over(projects: Iterable[Project]) -> Iterator[Advisor]:
    """Peers asked of these projects alone, in a temporary home."""
    with tempfile.TemporaryDirectory(prefix="duibiao-values-") as folder:
        lines = Path(folder) / "rows.jsonl"
        with lines.open("w", encoding="utf-8") as file:
            for project in projects:
                for line in to_lines(project):
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
        home = Home.open(Path(folder) / "home", create=True)
        refresh.ingest(home, [lines])
        with Session.open(home) as session, Advisor(home, session) as advisor:
            yield advisor
