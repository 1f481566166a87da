"""The rules by which a target is weak: what each says, how grave it is, and on what it rests.

`rules.jsonl` holds them, a JSON line each, in the order in which they are shown. What a rule does
stands in `quality.rules`.
"""

import json
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from pathlib import Path

from errors import KnowledgeError

RULES_FILE = Path(__file__).parent / "rules.jsonl"


class Severity(StrEnum):
    """How grave a finding is: it cannot stand, it should be changed, it is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Head(StrEnum):
    """The heads under which the finance side reviews targets."""

    COMPLETE = "完整性"
    RELEVANT = "相关性"
    APPROPRIATE = "适当性"
    FEASIBLE = "可行性"


class BasisStatus(StrEnum):
    """How far a basis can be relied on.

    `seen`: the statement was read in the named document or form. `known`: the document exists,
    its article was not read, and it is shown with 条文待核. `practice`: common judgement.
    """

    SEEN = "seen"
    KNOWN = "known"
    PRACTICE = "practice"


class RuleScope(StrEnum):
    """What a rule looks at: one row, or one project with all its rows."""

    ROW = "row"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Texts are Chinese, for the reader of a report; `advice` says what to do."""

    id: str
    scope: RuleScope
    title: str
    severity: Severity
    head: Head
    basis: str
    basis_status: BasisStatus
    weak_when: str
    advice: str


@cache
def rules() -> dict[str, Rule]:
    """All rules by id, in the order of the file.

    :raises KnowledgeError: a line is no rule, or an id stands twice.
    """
    found: dict[str, Rule] = {}
    try:
        lines = RULES_FILE.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"expected UTF-8 text in {RULES_FILE}, found: {error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            rule = _rule(line)
            if rule.id in found:
                raise ValueError(f"{rule.id} stands twice")
        except (ValueError, TypeError, KeyError) as error:
            raise KnowledgeError(
                f"expected a rule in {RULES_FILE.name}, line {number}, found: {error}; "
                "mend the line or restore the file"
            ) from error
        found[rule.id] = rule
    return found


def _rule(line: str) -> Rule:
    given = json.loads(line)
    names = {field.name for field in fields(Rule)}
    if not isinstance(given, dict) or given.keys() != names:
        raise ValueError(f"keys other than {', '.join(sorted(names))}")
    if not all(isinstance(text, str) and text for text in given.values()):
        raise ValueError("an empty text")
    return Rule(
        id=given["id"],
        scope=RuleScope(given["scope"]),
        title=given["title"],
        severity=Severity(given["severity"]),
        head=Head(given["head"]),
        basis=given["basis"],
        basis_status=BasisStatus(given["basis_status"]),
        weak_when=given["weak_when"],
        advice=given["advice"],
    )
