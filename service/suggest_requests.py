"""Drafts from loose values: options of the command line, lines of a batch, fields of a page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from corpus.layouts.levels import level2_of
from corpus.records import Level2
from errors import UsageError
from knowledge.departments import canonical
from peers.records import Draft, Suggested
from peers.tables import ProjectDraft
from service.contract import JsonObject, answer_lines, conditions, plain

_TEXTS = ("name", "description", "level2", "project", "department", "county", "exclude_unit")
_KEYS = ("id", *_TEXTS, "budget_wan", "where", "scale_like")
_LONGEST = 2_000  # characters of a text; a name is a phrase, a description a sentence


def make_draft(
    texts: Mapping[str, Any],
    *,
    budget_wan: Any = None,  # noqa: ANN401 - any JSON
    where: Mapping[str, Any] | None = None,
    scale_like: Any = False,  # noqa: ANN401 - any JSON
) -> Draft:
    """A draft from loose values, checked; `texts` by the names of the fields of `Draft`.

    :raises UsageError: naming what was expected and what was found.
    """
    said = {key: checked_text(key, texts.get(key, "")) for key in _TEXTS}
    if not said["name"]:
        raise UsageError(f"name expects the name of an indicator, found {texts.get('name', '')!r}")
    if not isinstance(scale_like, bool):
        raise UsageError(f"scale_like expects true or false, found {scale_like!r}")
    return Draft(
        name=said["name"],
        description=said["description"],
        level2=checked_level2(said["level2"]),
        project=said["project"],
        department=canonical(said["department"]) or said["department"],
        county=said["county"],
        budget_wan=checked_budget(budget_wan),
        exclude_unit=said["exclude_unit"],
        where=conditions(where or {}),
        scale_like=scale_like,
    )


def make_project(
    name: str,
    *,
    purpose: str = "",
    department: str = "",
    budget_wan: float | None = None,
    exclude_unit: str = "",
    where: Mapping[str, Any] | None = None,
) -> ProjectDraft:
    """A project that needs a table, from loose values, checked.

    :raises UsageError: naming what was expected and what was found.
    """
    if not checked_text("project", name):
        raise UsageError(f"project expects the name of a project, found {name!r}")
    return ProjectDraft(
        name=checked_text("project", name),
        purpose=checked_text("purpose", purpose),
        department=canonical(department) or department.strip(),
        budget_wan=checked_budget(budget_wan),
        exclude_unit=checked_text("exclude_unit", exclude_unit),
        where=conditions(where or {}),
    )


def draft_from_object(asked: JsonObject) -> Draft:
    """A draft from one line of a batch; keys are option names with underscores.

    :raises UsageError: naming what was expected and what was found.
    """
    unknown = [key for key in asked if key not in _KEYS]
    if unknown:
        raise UsageError(f"keys known are {', '.join(_KEYS)}; found {unknown[0]!r}")
    return make_draft(
        asked,
        budget_wan=asked.get("budget_wan"),
        where=asked.get("where", {}),
        scale_like=asked.get("scale_like", False),
    )


def answer_drafts(
    suggest: Callable[[Draft], Suggested], lines: Iterable[bytes]
) -> Iterator[JsonObject]:
    """The answers to a batch of drafts, as `answer_lines` gives them."""
    return answer_lines(lines, lambda asked: plain(suggest(draft_from_object(asked))))


def checked_text(key: str, given: Any) -> str:  # noqa: ANN401 - any JSON
    """A text without white space around it.

    :raises UsageError: it is none, or too long.
    """
    if given is None:
        return ""
    if not isinstance(given, str):
        raise UsageError(f"{key} expects text, found {given!r}")
    if len(given) > _LONGEST:
        raise UsageError(f"{key} expects at most {_LONGEST} characters, found {len(given)}")
    return given.strip()


def checked_level2(text: str) -> Level2 | None:
    """A level 2 however it is written (数量指标); None for nothing.

    :raises UsageError: it is no level 2.
    """
    if not text:
        return None
    found = level2_of(text)
    if found is None:
        raise UsageError(f"level2 expects one of {', '.join(Level2)}; found {text!r}")
    return Level2(found)


def checked_budget(given: Any) -> float | None:  # noqa: ANN401 - any JSON
    """A budget in 万元; None where none is given.

    :raises UsageError: it is no positive number.
    """
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 0 < given < 1e12:
        raise UsageError(f"budget_wan: expected a positive number of 万元, found {given!r}")
    return float(given)
