"""Peers made by hand for the tests of statistics."""

from corpus.records import Level2, Source
from corpus.values import parse_value, value_text
from peers.quantities import quantity_of
from peers.records import Peer, Reach


def peer(
    raw: str,
    unit: str = "甲局",
    *,
    name: str = "培训人数",
    level2: Level2 = Level2.QUANTITY,
    budget_wan: float | None = None,
    year: int | None = 2024,
    weight: float = 1.0,
    reach: Reach = Reach.SAME,
    concept: str = "",
    own_id: str = "",
    description: str = "",
    project_id: str = "",
) -> Peer:
    value = parse_value(raw, name=name, description=description, level2=level2)
    return Peer(
        id=own_id or f"{unit}-{name}-{raw}-{year}",
        project_id=project_id or f"p-{unit}",
        reach=reach,
        score=0.9,
        band="同一指标",
        concept=concept,
        name=name,
        description=description,
        level1="产出指标",
        level2=level2,
        value=value,
        text=value_text(value),
        unit=unit,
        county="",
        department="",
        project="项目",
        year=year,
        budget_wan=budget_wan,
        source=Source("a.txt", "", 1),
        quantity=quantity_of(value, name, level2),
        weight=weight,
    )
