"""The logic of the rules, by what they look at; `knowledge.rules` holds what they say."""

from quality.rules import names, peers, tables, types, units, values
from quality.rules.names import left_over_goal
from quality.rules.tables import RowVerdicts

ROW_RULES = {**values.RULES, **types.RULES, **units.RULES, **names.RULES}
"""Row rules by id: each answers one verdict for a row."""

TABLE_RULES = {**tables.RULES, **peers.RULES}
"""Project rules by id: each answers one verdict or more for a project."""

__all__ = ["ROW_RULES", "TABLE_RULES", "RowVerdicts", "left_over_goal"]
