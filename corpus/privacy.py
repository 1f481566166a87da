"""Names of persons in charge, telephone, card and account numbers: masked before they are kept.

Forms print them in their heads (项目负责人, 联系电话), which are mostly not read at all; but a cell
may slip into a record, and texts name people. So what a label announces is looked for in the
cells as they stand in the document, and what is found there goes from every text of the records,
as does what the texts themselves give away (see `text.personal`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.person_cells import Texts
from corpus.records import (
    Goal,
    GradeStandard,
    Indicator,
    Masked,
    Parsed,
    Project,
    Remark,
    Source,
    SpendingStep,
    Value,
)
from corpus.values import parse_value
from text.normalise import squeeze
from text.personal import Finding, Personal, masked_path, may_hold, personal_data, without
from text.units import half_width

_HAN = r"[\u3400-\u9fff]"
_SHORT = 2  # a name of so few characters is only taken where no other word touches it
_ROLE = r"(?=同志|负责|先生|女士|主任|局长|科长|书记|联系|电话)"
_NOT_DIGITS = re.compile(r"[^0-9]")
_NOT_COUNTED = re.compile(r"[^0-9A-Za-z@.]|^\(?\+?86\)?[ \-]?(?=1)")


def masked(parsed: Parsed, file: str, seen: Texts | None = frozenset()) -> Parsed:
    """The same with nothing personal in any text, and with a note on how much of it there was.

    `seen` is what stood in the cells of the document (`seen_in`). Codes are left as they are.
    """
    if seen is None:
        return parsed
    mask = _Mask(seen)
    projects = tuple([mask.project(project) for project in parsed.projects])
    problems = tuple([mask.remark(remark) for remark in parsed.problems])
    notes = tuple([mask.remark(remark) for remark in parsed.notes])
    counts = mask.counts()
    if counts == Masked():
        return parsed
    note = Remark(masked_path(file), "", masked_reason(counts))
    return Parsed(projects, problems, (*notes, note), counts)


def masked_reason(counts: Masked) -> str:
    """Say what was masked: "masked: 2 names, 1 phone"; "" for nothing."""
    kinds = (
        (counts.names, "name"),
        (counts.phones, "phone"),
        (counts.ids, "ID number"),
        (counts.emails, "e-mail"),
        (counts.accounts, "account"),
    )
    said = [f"{count} {word}{'s' * (count > 1)}" for count, word in kinds if count]
    return f"masked: {', '.join(said)}" if said else ""


class _Mask:
    """Masks the records of one document and counts what it met, each text once."""

    def __init__(self, seen: Texts) -> None:
        self._met = {(kind, _counted(kind, text)) for kind, text in seen}
        self._kinds = {squeeze(text): kind for kind, text in seen}
        self._seen = _pattern(seen)
        self._amounts = {amount for one in seen for amount in _amounts(one)}
        self._sources: dict[Source, Source] = {}

    def counts(self) -> Masked:
        """How many different texts of each kind were met."""
        kinds = [kind for kind, _ in self._met]
        return Masked(
            names=kinds.count(Personal.NAME),
            phones=kinds.count(Personal.PHONE),
            ids=kinds.count(Personal.ID),
            emails=kinds.count(Personal.EMAIL),
            accounts=kinds.count(Personal.ACCOUNT),
        )

    def project(self, project: Project) -> Project:
        """All texts of a project; the same object where nothing is to be masked."""
        if not self._concerns("\n".join(_texts(project))) and not self._amounts:
            return project
        return replace(
            project,
            budget_wan=self._amount(project.budget_wan),
            unit=self.text(project.unit),
            name=self.text(project.name),
            purpose=self.text(project.purpose),
            goal=self.text(project.goal),
            spending_plan=tuple(
                SpendingStep(self.text(step.by), self.text(step.share), self._amount(step.percent))
                for step in project.spending_plan
            ),
            goals=tuple(map(self._goal, project.goals)),
            indicators=tuple(map(self._indicator, project.indicators)),
            source=self._source(project.source),
        )

    def remark(self, remark: Remark) -> Remark:
        """All texts of a remark."""
        return Remark(masked_path(remark.file), self.text(remark.place), self.text(remark.reason))

    def text(self, text: str) -> str:
        """One text by itself."""
        return self._replaced(text, personal_data(text)) if self._concerns(text) else text

    def _concerns(self, text: str) -> bool:
        return may_hold(text) or (self._seen is not None and self._seen.search(text) is not None)

    def _cell(self, text: str, label: str) -> str:
        """A cell that a label may announce; a bare number without one is a figure."""
        whole = f"{label}\t{text}"
        if not text or not self._concerns(whole):
            return text
        from text.persons import is_figure

        figure = is_figure(text)
        own = len(label) + 1
        return self._replaced(
            text,
            [
                replace(finding, start=finding.start - own, end=finding.end - own)
                for finding in personal_data(whole)
                if finding.start >= own and (finding.labelled or not figure)
            ],
        )

    def _replaced(self, text: str, findings: Iterable[Finding]) -> str:
        findings = list(findings)
        self._met.update(
            (one.kind, _counted(one.kind, text[one.start : one.end])) for one in findings
        )
        text = without(text, findings)
        if self._seen is None:
            return text
        return self._seen.sub(lambda found: self._kinds[squeeze(found.group())].value, text)

    def _amount(self, amount: float | None) -> float | None:
        """A figure that was read from a telephone or card number is none."""
        return None if amount in self._amounts else amount

    def _source(self, source: Source) -> Source:
        if source not in self._sources:
            self._sources[source] = Source(
                masked_path(source.file), self.text(source.place), source.row
            )
        return self._sources[source]

    def _goal(self, goal: Goal) -> Goal:
        text = self.text(goal.text)
        return replace(
            goal,
            text=text,
            section=self.text(goal.section),
            quantities=tuple(
                one for one in goal.quantities if text == goal.text or one.text in text
            ),
            source=self._source(goal.source),
        )

    def _indicator(self, indicator: Indicator) -> Indicator:
        return replace(
            indicator,
            name=self.text(indicator.name),
            value=self._value(indicator),
            level1_raw=self.text(indicator.level1_raw),
            level2_raw=self.text(indicator.level2_raw),
            description=self.text(indicator.description),
            basis=self.text(indicator.basis),
            weight=self._amount(indicator.weight),
            actual=self._cell(indicator.actual, indicator.name),
            grades=tuple(
                GradeStandard(self.text(one.grade), self.text(one.standard))
                for one in indicator.grades
            ),
            area=self.text(indicator.area),
            source=self._source(indicator.source),
        )

    def _value(self, indicator: Indicator) -> Value:
        value = indicator.value
        raw = self._cell(value.raw, indicator.name)
        if raw == value.raw:
            return replace(value, measure=self.text(value.measure))
        return parse_value(
            raw,
            name=indicator.name,
            description=indicator.description,
            level1=indicator.level1_raw,
            level2=indicator.level2_raw,
        )


def _texts(project: Project) -> Iterator[str]:
    yield from (project.unit, project.name, project.purpose, project.goal)
    for step in project.spending_plan:
        yield from (step.by, step.share)
    for goal in project.goals:
        yield from (goal.text, goal.section)
    sources = {project.source.file, project.source.place}
    sources.update(goal.source.place for goal in project.goals)
    for row in project.indicators:
        yield row.name
        yield row.value.raw
        yield from (row.description, row.basis, row.actual, row.area)
        yield from (row.level1_raw, row.level2_raw, row.value.measure)
        for grade in row.grades:
            yield from (grade.grade, grade.standard)
        sources.add(row.source.file)
        sources.add(row.source.place)
    yield "\n".join(sources).replace("_", " ")  # see `masked_path`


def _pattern(seen: Texts) -> re.Pattern[str] | None:
    """A pattern for all that was seen, with white space as may be; None where nothing was."""
    longest_first = sorted(seen, key=lambda one: len(one[1]), reverse=True)
    return re.compile("|".join(map(_form, longest_first))) if seen else None


def _form(one: tuple[Personal, str]) -> str:
    kind, text = one
    bare = squeeze(text)
    spaced = r"\s*".join(map(re.escape, bare))
    if kind is not Personal.NAME:
        return rf"(?<![0-9A-Za-z]){spaced}(?![0-9A-Za-z])"
    if len(bare) > _SHORT:
        return spaced
    return rf"(?<!{_HAN}){spaced}(?:(?!{_HAN})|{_ROLE})"


def _amounts(one: tuple[Personal, str]) -> tuple[float, ...]:
    """What reading a number as an amount would give, in 元 or 万元."""
    digits = _NOT_DIGITS.sub("", half_width(one[1]))
    return (float(digits), float(digits) / 10_000) if digits else ()


def _counted(kind: Personal, text: str) -> str:
    """The form in which equal ones are counted once."""
    return squeeze(text) if kind is Personal.NAME else _NOT_COUNTED.sub("", half_width(text))
