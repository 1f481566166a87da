"""From the items of a document to its projects, problems and notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.blocks import Block, Item, Paragraph, Row, Unread
from corpus.frozen import frozen
from corpus.layouts import head as heads
from corpus.layouts.beside import one_below_the_other
from corpus.layouts.body import read_body
from corpus.layouts.columns import Column, columns_of
from corpus.layouts.context import Context
from corpus.layouts.flat import Group, groups_of, is_flat
from corpus.layouts.graded import read_graded
from corpus.layouts.head import Head
from corpus.layouts.labels import Field
from corpus.layouts.narrative import Narrative, goals_of, narrative_of
from corpus.layouts.page_marks import without_mark_items
from corpus.layouts.pages import whole_rows
from corpus.layouts.roles import Role
from corpus.layouts.sheets import Sheet, sheets_of
from corpus.layouts.stacked import unstacked
from corpus.layouts.strays import strays
from corpus.layouts.trust import DOUBTFUL, NO_PROJECT, TEMPLATE_ROW, Trust, trust_in
from corpus.layouts.years import (
    inferred_year,
    narrative_year,
    printed_year,
    stated_year,
    year_in_name,
)
from corpus.records import Form, Goal, Indicator, Parsed, Project, ProjectKind, Remark, Source
from corpus.values import shows_scan_damage
from text.normalise import fold, one_line, squeeze
from text.numbers import parse_money_wan

_TITLE = re.compile(
    r"^(?:\d+\s*[.、．]\s*)?(.{2,80}?)(?:项目)?(?:支出)?(?:绩效)?(?:目标|自评|监控).{0,4}表$"
)
_RUNNING_TITLE = re.compile(r"^\d+\s*[.、．]\s*(.{2,120}?)绩效目标表$")
_LONGEST_TITLE = 40
_UNITS = (Field.UNIT, Field.FILLED_BY, Field.DEPARTMENT, Field.UPPER_DEPARTMENT)
_WHOLE_UNIT = re.compile(r"(部门|单位)整体|整体(支出)?绩效")


def assemble(items: Sequence[Item], file: str, *, scanned: bool = False) -> Parsed:
    """Read the projects of one document from its rows and paragraphs.

    A document that shows the damage of a scan in one value is read again as `scanned`, where
    doubtful numbers of the others are not trusted either.
    """
    unread = [Remark(file, i.place, i.reason) for i in items if isinstance(i, Unread)]
    blocks = _blocks(items)
    sheets = sheets_of(blocks)
    problems = (*unread, *strays(sheets, file))
    context = Context(file, printed_year(blocks), narrative_year(blocks), scanned)
    tables = [_read(sheet, context) for sheet in sheets if sheet.header and not sheet.graded]
    graded = [i for sheet in sheets if sheet.graded for i in read_graded(sheet.body, file=file)]
    projects = [project for table in tables for project in table.projects]
    notes = [note for table in tables for note in (*table.notes, *_doubt(table, file))]
    values = [i.value for p in projects for i in p.indicators]
    if not scanned and shows_scan_damage(values):
        return assemble(items, file, scanned=True)
    whole = _narrative_project(narrative_of(blocks), graded, projects, context)
    return Parsed(_same_units((*whole, *projects)), problems, tuple(notes))


def holds_template(parsed: Parsed) -> bool:
    """Are there rows that nobody filled in?"""
    return any(note.reason.startswith(TEMPLATE_ROW) for note in parsed.notes)


def _blocks(items: Sequence[Item]) -> list[Block]:
    return one_below_the_other([i for i in without_mark_items(items) if not isinstance(i, Unread)])


@frozen
class ReadTable:
    """One table with its columns, and all that was read from it."""

    sheet: Sheet
    columns: tuple[Column, ...]
    projects: tuple[Project, ...]
    notes: tuple[Remark, ...]

    @property
    def trust(self) -> Trust:
        """How far the reading can be trusted."""
        return trust_in(self.columns, self.projects, self.notes)

    @property
    def place(self) -> str:
        """Where the table begins, as people say it."""
        header = self.sheet.header
        assert header is not None  # noqa: S101 - see `_read`
        return header.place or f"line {header.number}"


def tables_of(items: Sequence[Item], file: str) -> tuple[ReadTable, ...]:
    """The target tables of one document as `assemble` reads them, in document order."""
    blocks = _blocks(items)
    context = Context(file, printed_year(blocks), narrative_year(blocks))
    return tuple(_read(s, context) for s in sheets_of(blocks) if s.header and not s.graded)


def _doubt(table: ReadTable, file: str) -> Iterator[Remark]:
    trust = table.trust
    if trust.confidence < DOUBTFUL and any(p.indicators for p in table.projects):
        reason = f"read with doubt (confidence {trust.confidence:.2f}): {'; '.join(trust.doubts)}"
        yield Remark(file, table.place, reason)


def _same_units(projects: Sequence[Project]) -> tuple[Project, ...]:
    """One spelling per unit in a document: half- and full-width brackets are mixed freely."""
    spelling: dict[str, str] = {}
    for project in projects:
        spelling.setdefault(fold(project.unit), project.unit)
    return tuple(
        p if p.unit == (unit := spelling[fold(p.unit)]) else replace(p, unit=unit) for p in projects
    )


def _read(sheet: Sheet, context: Context) -> ReadTable:
    assert sheet.header is not None  # noqa: S101 - tables without a header do not come here
    columns = columns_of(sheet.header, sheet.body)
    parted = unstacked(whole_rows(sheet.body, columns), columns, context.file)
    sheet = sheet if parted.rows is sheet.body else replace(sheet, body=parted.rows)
    found = tuple(_projects(sheet, columns, context))
    notes = (*parted.notes, *(note for _, remarks in found for note in remarks))
    return ReadTable(sheet, columns, tuple(project for project, _ in found), notes)


def _projects(
    sheet: Sheet, columns: Sequence[Column], context: Context
) -> Iterator[tuple[Project, tuple[Remark, ...]]]:
    head = heads.read_head(_own_head(sheet.head))
    year = printed_year(head.items) or context.year
    if not is_flat(columns):
        yield _project(head, columns, sheet.body, year, context)
        return
    for group in groups_of(sheet.body, columns):
        project, remarks = _project(head, columns, group.rows, year, context)
        if project.indicators:
            project = _flat_project(project, group, head)
            yield project, (*_nameless(project, group, context), *remarks)


def _nameless(project: Project, group: Group, context: Context) -> Iterator[Remark]:
    """A remark for rows whose column of projects is blank: a page may have clipped the name."""
    if not project.name:
        first = group.rows[0]
        count = len(project.indicators)
        yield Remark(
            context.file, first.stands, f"{NO_PROJECT}: {count} indicators read without one"
        )


def _flat_project(project: Project, group: Group, head: Head) -> Project:
    said = group.said
    unit, code = (
        heads.clean_unit(said.get(Role.UNIT, ""))
        if Role.UNIT in said
        else (project.unit, project.unit_code)
    )
    code = code or squeeze(said.get(Role.UNIT_CODE, ""))
    hint = heads.unit_in_label(group.budget_head) or head.money_unit or "万元"
    year = re.search(r"20\d\d", said.get(Role.YEAR, ""))
    goal = heads.clean_goal(said.get(Role.GOAL, ""))
    stated = [("", Paragraph(goal, group.rows[0].number))] if goal else []
    return replace(
        project,
        unit=unit,
        unit_code=code,
        name=one_line(said.get(Role.PROJECT, "").replace("\n", "")),
        code=squeeze(said.get(Role.PROJECT_CODE, "")),
        budget_wan=parse_money_wan(said.get(Role.BUDGET, ""), hint),
        goal=goal,
        goals=goals_of(stated, project.source.file),
        year=int(year.group()) if year else project.year,
        province=squeeze(said.get(Role.PROVINCE, "")),
        city=squeeze(said.get(Role.CITY, "")),
        county=squeeze(said.get(Role.COUNTY, "")),
        department=squeeze(said.get(Role.DEPARTMENT, "")),
    )


def _project(
    head: Head,
    columns: Sequence[Column],
    rows: Sequence[Row],
    year: int | None,
    context: Context,
) -> tuple[Project, tuple[Remark, ...]]:
    body = read_body(rows, columns, Context(context.file, year, None, context.scanned))
    project = _described(head, columns, body.indicators, year, context)
    return project, (*_goal_note(head, project, context), *body.notes)


def _own_head(items: tuple[Block, ...]) -> tuple[Block, ...]:
    """The part of the head that belongs to this table: what follows the narrative part."""
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        text = squeeze(item.text) if isinstance(item, Paragraph) else ""
        if _RUNNING_TITLE.match(text):
            return items[index:]
    return items


def _described(
    head: Head,
    columns: Sequence[Column],
    indicators: tuple[Indicator, ...],
    year: int | None,
    context: Context,
) -> Project:
    unit, unit_code = _unit(head)
    whole = _is_whole_unit(head)
    name, code_in_name = heads.split_code("" if whole else _name(head))
    code = squeeze(head.value(Field.CODE)) or code_in_name
    first = head.items[0] if head.items else Paragraph("", 0)
    goal = heads.clean_goal(head.goal.text) if head.goal else ""
    return Project(
        unit=unit,
        unit_code=unit_code,
        name=name,
        code=code,
        year=stated_year(head.value(Field.YEAR)) or year or year_in_name(name),
        year_inferred=context.narrative_year or inferred_year(code),
        budget_wan=_whole_budget(head) if whole else heads.budget_wan(head),
        kind=ProjectKind.WHOLE_UNIT if whole else ProjectKind.PROJECT,
        form=_form(columns),
        purpose=one_line(head.value(Field.PURPOSE)),
        goal=goal,
        goals=_goals(head, goal, context),
        spending_plan=heads.spending_plan(head.items),
        indicators=indicators,
        source=Source(context.file, first.place, first.number),
    )


def _unit(head: Head) -> tuple[str, str]:
    """Unit and code: the implementing unit before the reporting one before the competent one."""
    printed = head.value(*_UNITS)
    if printed:
        return heads.clean_unit(printed)
    bare = heads.bare_unit(head.items)
    return bare if bare[0] else heads.clean_unit(head.value(Field.PUBLISHER))


def _name(head: Head) -> str:
    printed = head.value(Field.PROJECT)
    if printed:
        return one_line(printed.replace("\n", ""))
    for paragraph in heads.paragraphs(head.items):
        match = _RUNNING_TITLE.match(paragraph.text) or _TITLE.match(paragraph.text)
        if match and not re.match(r"^\d{4}年|^项目|^附", match.group(1)):
            return one_line(match.group(1))
    return ""


def _is_whole_unit(head: Head) -> bool:
    """Does a title speak of the whole unit (部门整体), and no label of a project?"""
    if any(a.field is Field.PROJECT for a in head.announced):
        return False
    titles = [
        text
        for item in head.items
        for text in (item.texts[:1] if isinstance(item, Row) else (item.text,))
    ]
    return any(_WHOLE_UNIT.search(squeeze(t)) and len(squeeze(t)) <= _LONGEST_TITLE for t in titles)


def _whole_budget(head: Head) -> float | None:
    """Budget of a whole unit: announced, else the first amount below the row of money heads."""
    found = heads.budget_wan(head)
    if found is not None:
        return found
    rows = [item for item in head.items if isinstance(item, Row)]
    for index, row in enumerate(rows):
        if any(squeeze(t) == "资金总额" for t in row.texts):
            return heads.first_amount(rows[index + 1 :], head.money_unit)
    return None


def _form(columns: Sequence[Column]) -> Form:
    if not any(c.role is Role.ACTUAL for c in columns):
        return Form.TARGET
    heads_joined = "".join(squeeze(c.head) for c in columns)
    monitored = re.search(r"半年|监控|可能性", heads_joined)
    return Form.MONITORING if monitored else Form.SELF_EVALUATION


def _goals(head: Head, goal: str, context: Context) -> tuple[Goal, ...]:
    texts = [("", Paragraph(goal, head.goal.number))] if head.goal and goal else []
    texts += [
        ("年度主要任务", Paragraph(f"{name}：{one_line(cell.text)}", cell.number))
        for name, cell in heads.tasks(head.items)
    ]
    return goals_of(texts, context.file)


def _goal_note(head: Head, project: Project, context: Context) -> Iterator[Remark]:
    printed = head.goal
    if printed is not None and printed.text and not project.goal:
        reason = f"goal text is only the template: {one_line(printed.text)[:40]}"
        yield Remark(context.file, f"line {printed.number}", reason)


def _narrative_project(
    narrative: Narrative,
    graded: Sequence[Indicator],
    projects: Sequence[Project],
    context: Context,
) -> tuple[Project, ...]:
    """The whole-unit project of the narrative part; its unit is the one all tables share."""
    if not narrative.paragraphs and not graded:
        return ()
    units = {(p.unit, p.unit_code) for p in projects if p.unit}
    unit, unit_code = units.pop() if len(units) == 1 else ("", "")
    inferred = {p.year_inferred for p in projects if p.year_inferred}
    first = narrative.paragraphs[0][1].number if narrative.paragraphs else 0
    return (
        Project(
            unit=unit,
            unit_code=unit_code,
            year=context.year,
            year_inferred=max(inferred) if inferred else None,
            kind=ProjectKind.WHOLE_UNIT,
            goal=narrative.overall,
            goals=goals_of(narrative.paragraphs, context.file),
            indicators=tuple(graded),
            source=Source(context.file, "", first),
        ),
    )
