"""When sharing a text is legitimate: fixed sets, prescribed tables, standard names."""

from collections.abc import Iterable
from functools import cache

from corpus.records import Indicator
from knowledge.standard_rows import standard_rows
from text.concept_names import concept_of
from text.normalise import fold

STANDARD_NAME = "规范的指标名称"
PRESCRIBED = "同类项目统一使用的指标表"
CENTRAL = "上级转移支付项目的固定指标"

PRESCRIBED_UNITS = 4
"""Units that at least use a table before it can be a prescribed one."""

PRESCRIBED_SHARE = 0.6
"""Share of the tables of such projects that a prescribed one makes up; a copied one is rarer."""


def standard_set(row: Indicator) -> str:
    """The fixed set that a row belongs to by its name and its whole value, "" where to none."""
    value = row.value
    if value.number is None:
        return ""
    return _sets().get((fold(row.name), value.operator, value.number, value.measure), "")


def is_common(name: str) -> bool:
    """Whether a name is one of those that every department uses (群众满意度, 资金到位率)."""
    concept = concept_of(name)
    return concept is not None and concept.department == "通用"


def is_standard_name(name: str) -> bool:
    """Whether a name is that of a known concept: using it everywhere is what is asked for."""
    return concept_of(name) is not None


def is_prescribed(units: int, tables: int, comparable_tables: int) -> bool:
    """Whether a table is prescribed: most projects of its sort have it, in many units."""
    return units >= PRESCRIBED_UNITS and tables >= PRESCRIBED_SHARE * comparable_tables


def commonest(sets: Iterable[str]) -> str:
    """The fixed set that most records belong to; "" where most belong to none."""
    found = list(sets)
    best = max(set(found), key=lambda name: (found.count(name), name), default="")
    return best if best and found.count(best) * 2 >= len(found) else ""


@cache
def _sets() -> dict[tuple[str, str, float, str], str]:
    return {(fold(row.name), row.sign, row.number, row.measure): row.set for row in standard_rows()}
