"""The JSON lines of the contract (DESIGN, section 5): records to lines, and lines to records.

A project line comes first, its goals and indicators follow. Missing text is "", a missing number
null, a missing list []. `from_lines` gives back what `to_lines` was given, and also takes lines
of other writers: keys may be missing, and indicators may come without a project line.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

from corpus.json_fields import BadLineError, Fields, goal_of, head_of, indicator_of, remark_of
from corpus.records import (
    Goal,
    GradeStandard,
    Indicator,
    Parsed,
    Project,
    Remark,
    Source,
    Value,
)
from errors import NoTableError, UnreadableError

LONGEST_LINE = 4_000_000
"""Bytes of the longest line that is read; a whole table is some ten thousand."""

Line = dict[str, object]

_TYPES = frozenset({"project", "goal", "indicator", "problem", "note"})
_HEAD_KEYS = ("unit", "project", "project_code", "year")


def to_lines(project: Project) -> Iterator[Line]:
    """Give the project's line, then one per goal and one per indicator, in their order."""
    yield _project_line(project)
    for goal in project.goals:
        yield _goal_line(project, goal)
    for indicator in project.indicators:
        yield indicator_line(project, indicator)


def remark_line(kind: str, remark: Remark) -> Line:
    """Write one remark; `kind` is "problem" or "note"."""
    return {
        "type": kind,
        "file": remark.file,
        "place": remark.place,
        "reason": remark.reason,
    }


def parsed_lines(parsed: Parsed) -> Iterator[Line]:
    """Give all lines of one document: its projects, then its problems and notes."""
    for project in parsed.projects:
        yield from to_lines(project)
    for problem in parsed.problems:
        yield remark_line("problem", problem)
    for note in parsed.notes:
        yield remark_line("note", note)


def indicator_line(project: Project, indicator: Indicator) -> Line:
    """Write one indicator, with what names its project."""
    return {
        "type": "indicator",
        "unit": project.unit,
        "project": project.name,
        "project_code": project.code,
        "year": project.year,
        "budget_wan": project.budget_wan,
        "level1": indicator.level1 or "",
        "level2": indicator.level2 or "",
        "level1_raw": indicator.level1_raw,
        "level2_raw": indicator.level2_raw,
        "name": indicator.name,
        "description": indicator.description,
        "basis": indicator.basis,
        "weight": indicator.weight,
        "actual": indicator.actual,
        "grades": _grades(indicator.grades),
        "area": indicator.area,
        "value": value_object(indicator.value),
        "source": source_object(indicator.source),
    }


def value_object(value: Value) -> Line:
    """Write the value of an indicator as the contract writes it."""
    return {
        "raw": value.raw,
        "kind": value.kind,
        "echo": value.echo,
        "unreadable": value.unreadable,
        "operator": value.operator,
        "number": value.number,
        "number_high": value.number_high,
        "measure": value.measure,
        "measure_from": value.measure_from,
        "canonical_number": value.canonical_number,
        "canonical_measure": value.canonical_measure,
        "deadline": value.deadline,
    }


def source_object(source: Source) -> Line:
    """Write where a record stands as the contract writes it."""
    return {"file": source.file, "place": source.place, "row": source.row}


def looks_like_lines(data: bytes) -> bool:
    """Whether the first line that is not blank is an object of the contract."""
    start = data[: LONGEST_LINE + 1].removeprefix(b"\xef\xbb\xbf").lstrip()
    first = start.partition(b"\n")[0]
    if not first.startswith(b"{") or len(first) > LONGEST_LINE:
        return False
    try:
        found = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("type") in _TYPES


def from_lines(data: bytes, name: str) -> Parsed:
    """Read lines that `to_lines` or another writer of the contract wrote (UTF-8).

    A bad line becomes a problem that names it; the others are read. Indicators and goals belong
    to the project line before them; those without one are put together by unit, project, code
    and year.

    :raises UnreadableError: no line could be used.
    :raises NoTableError: there are remarks only.
    """
    gather = _Gather()
    bad: list[Remark] = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            gather.take(_decoded(line))
        except BadLineError as error:
            bad.append(Remark(name, f"line {number}", f"line left out: {error}"))
    parsed = gather.parsed()
    if not parsed.projects:
        if bad or not (parsed.problems or parsed.notes):
            first = f"; first: {bad[0].place}: {bad[0].reason}" if bad else ""
            raise UnreadableError(
                f"{name}: expected JSON lines as `parse` or `export` write them, "
                f"found no project or indicator line{first}"
            )
        raise NoTableError(f"{name}: these JSON lines hold remarks only, no project or indicator")
    return replace(parsed, problems=parsed.problems + tuple(bad))


def _project_line(project: Project) -> Line:
    return {
        "type": "project",
        "unit": project.unit,
        "unit_code": project.unit_code,
        "project": project.name,
        "project_code": project.code,
        "year": project.year,
        "year_inferred": project.year_inferred,
        "budget_wan": project.budget_wan,
        "kind": project.kind,
        "form": project.form,
        "purpose": project.purpose,
        "goal": project.goal,
        "spending_plan": [
            {"by": step.by, "share": step.share, "percent": step.percent}
            for step in project.spending_plan
        ],
        "province": project.province,
        "city": project.city,
        "county": project.county,
        "department": project.department,
        "province_inferred": project.inferred.province,
        "city_inferred": project.inferred.city,
        "county_inferred": project.inferred.county,
        "department_inferred": project.inferred.department,
        "source": source_object(project.source),
    }


def _goal_line(project: Project, goal: Goal) -> Line:
    return {
        "type": "goal",
        "unit": project.unit,
        "project": project.name,
        "project_code": project.code,
        "year": project.year,
        "order": goal.order,
        "text": goal.text,
        "section": goal.section,
        "paragraph": goal.paragraph,
        "quantities": [
            {"number": quantity.number, "measure": quantity.measure, "text": quantity.text}
            for quantity in goal.quantities
        ],
        "source": source_object(goal.source),
    }


def _grades(grades: tuple[GradeStandard, ...]) -> dict[str, str]:
    """Grades by name; a second standard of one grade is set behind the first, so none is lost."""
    found: dict[str, str] = {}
    for item in grades:
        before = found.get(item.grade)
        found[item.grade] = item.standard if before is None else f"{before}；{item.standard}"
    return found


def _decoded(line: bytes) -> object:
    if len(line) > LONGEST_LINE:
        raise BadLineError(f"longer than {LONGEST_LINE:,} bytes")
    try:
        text = line.decode("utf-8")
        found: object = json.loads(text)
        if "\\u" in text:  # an escape can name half a character, which nothing can store
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError:
        raise BadLineError("not UTF-8") from None
    except UnicodeEncodeError:
        raise BadLineError("a \\u escape that is half a character") from None
    except (ValueError, RecursionError):
        raise BadLineError("not JSON") from None
    return found


class _Draft:
    """A project whose rows still come in."""

    __slots__ = ("goals", "head", "indicators")

    def __init__(self, head: Project) -> None:
        self.head = head
        self.goals: list[Goal] = []
        self.indicators: list[Indicator] = []

    def claims(self, fields: Fields) -> bool:
        """Whether nothing in the line says that it belongs to another project."""
        return all(
            not fields.says(key) or mine == theirs
            for key, mine, theirs in zip(
                _HEAD_KEYS, _names(self.head), _names_in(fields), strict=True
            )
        )

    def project(self) -> Project:
        return replace(self.head, goals=tuple(self.goals), indicators=tuple(self.indicators))


class _Gather:
    """Puts lines together to projects."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []
        self._by_names: dict[tuple[str, str, str, int | None], _Draft] = {}
        self._current: _Draft | None = None  # of the last project line
        self._remarks: dict[str, list[Remark]] = {"problem": [], "note": []}

    def take(self, line: object) -> None:
        """Add one decoded line, all of it or (`BadLineError`) nothing."""
        fields = Fields(line)
        match fields.text("type"):
            case "project":
                self._current = self._start(head_of(fields))
            case "indicator":
                indicator = indicator_of(fields)
                self._draft_of(fields).indicators.append(indicator)
            case "goal":
                goal = goal_of(fields, order=1)
                draft = self._draft_of(fields)
                if fields.whole("order") is None:
                    goal = replace(goal, order=len(draft.goals) + 1)
                draft.goals.append(goal)
            case "problem" | "note" as kind:
                self._remarks[kind].append(remark_of(fields))
            case other:
                known = ", ".join(sorted(_TYPES))
                raise BadLineError(f"type is {other[:40]!r}, not one of {known}")

    def parsed(self) -> Parsed:
        """All that was taken."""
        return Parsed(
            projects=tuple(draft.project() for draft in self._drafts),
            problems=tuple(self._remarks["problem"]),
            notes=tuple(self._remarks["note"]),
        )

    def _start(self, head: Project) -> _Draft:
        draft = _Draft(head)
        self._drafts.append(draft)
        self._by_names[_names(head)] = draft
        return draft

    def _draft_of(self, fields: Fields) -> _Draft:
        if self._current is not None and self._current.claims(fields):
            return self._current
        known = self._by_names.get(_names_in(fields))
        if known is None and not all(fields.says(key) for key in _HEAD_KEYS):
            known = next((draft for draft in reversed(self._drafts) if draft.claims(fields)), None)
        return known or self._start(head_of(fields))


def _names(head: Project) -> tuple[str, str, str, int | None]:
    return head.unit, head.name, head.code, head.year


def _names_in(fields: Fields) -> tuple[str, str, str, int | None]:
    return (
        fields.text("unit"),
        fields.text("project"),
        fields.text("project_code"),
        fields.whole("year"),
    )
