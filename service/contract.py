"""The contract of the command line: records as JSON objects, JSON lines as requests.

Missing text is "", a missing number null, a missing list []; no key is left out. The schemas
stand in docs/contract/.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from errors import UsageError
from index.results import Scope, SearchAnswer, SearchRequest

JsonObject = dict[str, Any]
DEFAULT_TOP = 20

_BATCH_KEYS = ("id", "text", "in", "top", "where", "anyway")


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can say
    """A record as JSON knows it: dataclasses become objects, enums their values, tuples lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value


def where_from_pairs(pairs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """`field=value` options as conditions; a field given twice accepts either value.

    :raises UsageError: a pair has no `=`, or nothing before it.
    """
    where: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        field, mark, value = pair.partition("=")
        if not mark or not field.strip():
            raise UsageError(f"--where expects field=value, found {pair!r}")
        where[field.strip()] = (*where.get(field.strip(), ()), value.strip())
    return where


def texts_from_pairs(pairs: Iterable[str]) -> dict[str, str]:
    """`field=text` options as texts by field; a text may hold = and be empty.

    :raises UsageError: a pair has no `=` or nothing before it, or a field is given twice.
    """
    texts: dict[str, str] = {}
    for pair in pairs:
        field, mark, text = pair.partition("=")
        if not mark or not field.strip():
            raise UsageError(f"--set expects field=text, found {pair!r}")
        if field.strip() in texts:
            raise UsageError(f"--set expects each field once, found {field.strip()!r} twice")
        texts[field.strip()] = text
    return texts


def make_request(
    text: str,
    scope: str = Scope.INDICATOR,
    top: int = DEFAULT_TOP,
    where: Mapping[str, Any] | None = None,
    anyway: bool = False,
) -> SearchRequest:
    """A search request from loose values, checked.

    :raises UsageError: naming what was expected and what was found.
    """
    if not isinstance(text, str) or not text.strip():
        raise UsageError(f"text expects a phrase to search for, found {text!r}")
    if scope not in tuple(Scope):
        raise UsageError(f"in expects {', '.join(Scope)}, found {scope!r}")
    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise UsageError(f"top expects a number from 1, found {top!r}")
    if not isinstance(anyway, bool):
        raise UsageError(f"anyway expects true or false, found {anyway!r}")
    return SearchRequest(text, Scope(scope), top, conditions(where or {}), anyway=anyway)


def conditions(where: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Values as tuples of text: true → "true", 2024 → "2024", a list → all of it."""
    if not isinstance(where, Mapping):
        raise UsageError(f"where expects an object of field: value, found {where!r}")
    conditions = {}
    for field, given in where.items():
        values = given if isinstance(given, (list, tuple)) else [given]
        if any(item is None or isinstance(item, (dict, list)) for item in values):
            raise UsageError(f"where.{field} expects text, a number or a list, found {given!r}")
        conditions[field] = tuple(
            str(item).lower() if isinstance(item, bool) else str(item) for item in values
        )
    return conditions


def request_from_object(asked: JsonObject) -> SearchRequest:
    """A search request from one line of a batch; keys are option names with underscores.

    :raises UsageError: naming what was expected and what was found.
    """
    unknown = [key for key in asked if key not in _BATCH_KEYS]
    if unknown:
        raise UsageError(f"keys known are {', '.join(_BATCH_KEYS)}; found {unknown[0]!r}")
    return make_request(
        asked.get("text", ""),
        asked.get("in", Scope.INDICATOR),
        asked.get("top", DEFAULT_TOP),
        asked.get("where", {}),
        asked.get("anyway", False),
    )


def answer_searches(
    search: Callable[[SearchRequest], SearchAnswer], lines: Iterable[bytes]
) -> Iterator[JsonObject]:
    """The answers to a batch of searches, as `answer_lines` gives them."""
    return answer_lines(lines, lambda asked: plain(search(request_from_object(asked))))


def answer_lines(
    lines: Iterable[bytes], answer: Callable[[JsonObject], JsonObject]
) -> Iterator[JsonObject]:
    """One answer a line, in order, with the line's `id`; a bad line is answered by its `error`.

    Blank lines are passed over.
    """
    for line in lines:
        if not line.strip():
            continue
        given = None
        try:
            asked = _json_object(line)
            given = asked.get("id")
            yield {"id": given, **answer(asked)}
        except UsageError as error:
            yield {"id": given, "error": str(error)}


def _json_object(line: bytes) -> JsonObject:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"expected one JSON object a line, found none: {error}") from None
    if not isinstance(found, dict):
        raise UsageError(f"expected one JSON object a line, found a {type(found).__name__}")
    return found
