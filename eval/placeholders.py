"""The 45 rows of one department that print their own name as value: is each answer sensible?

`eval/data/placeholders.jsonl` says for each row, judged by hand before the program was asked, what
a sensible answer is: classes, operators and bounds of a value, or the refusals that would be
right, and whether measurable siblings belong to it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.records import Level2
from peers.records import Draft, Suggested
from service.suggest import Advisor

JUDGED = Path(__file__).parent / "data" / "placeholders.jsonl"
UNIT = "承德高新技术产业开发区宣传中心本级"

_ANY = "any"


@dataclass(frozen=True, slots=True)
class PlaceholderLine:
    """One row: what was answered (a value or a refusal code), and whether that is sensible."""

    row: int
    level2: str
    name: str
    answer: str
    confidence: float | None
    siblings: int
    sensible: bool
    expected: str


def judged_answers(advisor: Advisor, path: Path = JUDGED) -> tuple[PlaceholderLine, ...]:
    """Ask for every judged row, its own unit left out."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return tuple(_line(row, advisor.suggest(_draft(row))) for row in rows)


def _draft(row: dict[str, Any]) -> Draft:
    return Draft(
        name=row["name"],
        description=row["description"],
        level2=Level2(row["level2"]),
        project=row["project"],
        department="宣传融媒体",
        budget_wan=row["budget_wan"],
        exclude_unit=UNIT,
    )


def _line(row: dict[str, Any], answer: Suggested) -> PlaceholderLine:
    told = answer.suggestion
    return PlaceholderLine(
        row=row["row"],
        level2=row["level2"],
        name=row["name"],
        answer=told.text if told else str(answer.refusal.code if answer.refusal else ""),
        confidence=told.confidence if told else None,
        siblings=len(answer.siblings),
        sensible=is_sensible(row, answer),
        expected=row["why"],
    )


def is_sensible(row: dict[str, Any], answer: Suggested) -> bool:
    """Whether an answer is one that the judge accepts."""
    told, wanted = answer.suggestion, row["answer"]
    if told is None:
        code = answer.refusal.code if answer.refusal else ""
        accepted: Sequence[str] = row["refusals"]
        siblings = bool(answer.siblings) or not row["siblings"]
        return siblings and (_ANY in accepted or code in accepted)
    if wanted is None or told.measure_class not in wanted["classes"]:
        return False
    low, high = wanted["low"], wanted["high"]
    inside = (low is None or told.number >= low) and (high is None or told.number <= high)
    return inside and told.operator in wanted["operators"]
