"""Texts of records as members of families, and as a document shows them; members as a file."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from corpus.records import Indicator, Project, ProjectKind, Source
from corpus.store.identity import goal_id
from corpus.store.stored import StoredIndicator, StoredProject
from corpus.values import value_text
from peers.boilerplate.records import Family, Kind, Member, MemberText
from service.cluster_records import MarkedText, MembersAnswer
from service.office_text import csv_text

TEXTS: Mapping[Kind, Callable[[Indicator], str]] = {
    Kind.NAME: lambda row: row.name,
    Kind.VALUE: lambda row: value_text(row.value),
    Kind.DESCRIPTION: lambda row: row.description,
}
"""The texts of a row that families are made of."""


def of_row(kind: Kind, member: Member, stored: StoredIndicator) -> MemberText:
    """A name, a value or a description as a member of its family."""
    row = stored.indicator
    return _said(member, stored.head, row.name, TEXTS[kind](row), row.source)


def of_project(kind: Kind, member: Member, stored: StoredProject) -> MemberText | None:
    """A goal or a table; None where the goal is gone."""
    project = stored.project
    if kind is Kind.TABLE:
        return _said(
            member, project, project.name, f"{len(project.indicators)} 条指标", project.source
        )
    ids = goal_ids(stored)
    if member.id not in ids:
        return None
    goal = project.goals[ids.index(member.id)]
    return _said(member, project, goal.section, goal.text, goal.source)


def _said(member: Member, project: Project, name: str, text: str, source: Source) -> MemberText:
    return MemberText(
        id=member.id,
        project_id=member.project_id,
        unit=member.unit,
        project=project.name,
        year=member.year,
        name=name,
        text=text,
        score=member.score,
        stage=member.stage,
        source=source,
    )


def marked_texts(
    stored: StoredProject, found: Mapping[tuple[Kind, str], Family]
) -> Iterator[MarkedText]:
    """All texts of a project, goals first, then row by row, each with its family in `found`."""
    whole = stored.project.kind is ProjectKind.WHOLE_UNIT
    kind = Kind.PARAGRAPH if whole else Kind.GOAL
    for own_id, goal in zip(goal_ids(stored), stored.project.goals, strict=True):
        yield MarkedText(own_id, kind, goal.text, found.get((kind, own_id)))
    for own_id, row in zip(stored.indicator_ids, stored.project.indicators, strict=True):
        for kind, text_of in TEXTS.items():
            yield MarkedText(own_id, kind, text_of(row), found.get((kind, own_id)))


def goal_ids(stored: StoredProject) -> list[str]:
    """The ids of the goals of a project, in order."""
    return [goal_id(stored.id, number) for number in range(1, len(stored.project.goals) + 1)]


def to_csv(found: MembersAnswer) -> bytes:
    """All members as .csv, to be opened by Excel (UTF-8 with BOM); no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("模板", csv_text(found.cluster.template)))
    writer.writerow(("相似度", "单位", "年度", "项目", "指标", "原文", "文件", "位置", "行"))
    for one in found.members:
        source = one.source
        cells: tuple[object, ...] = (
            one.score,
            one.unit,
            one.year or "",
            one.project,
            one.name,
            one.text,
        )
        cells += (source.file, source.place, source.row)
        writer.writerow(csv_text(str(cell)) for cell in cells)
    return text.getvalue().encode("utf-8-sig")
