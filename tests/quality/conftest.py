"""Drafts as documents: a table as .csv that the product's own readers read."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from corpus.parse import read_document
from corpus.records import Project
from embed import open_encoder
from quality.check import check_project
from quality.findings import Finding, ProjectReview
from quality.lookup import ConceptLookup

HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "绩效指标描述", "指标值确定依据")
LEVEL1 = {
    **dict.fromkeys(("数量", "质量", "时效", "成本"), "产出指标"),
    **dict.fromkeys(("经济效益", "社会效益", "生态效益", "可持续影响"), "效益指标"),
    "满意度": "满意度指标",
    **dict.fromkeys(("经济成本", "社会成本", "生态环境成本"), "成本指标"),
}
Row = tuple[str, ...]
"""二级指标, name, value; then description and basis where there are any."""


def document(rows: Sequence[Row]) -> Project:
    """The project that the reader finds in a table of these rows."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for level2, *cells in rows:
        padded = [*cells, "", "", ""][:4]
        writer.writerow([LEVEL1[level2], f"{level2}指标", *padded])
    (project,) = read_document(text.getvalue().encode(), "2026年项目绩效目标表.csv").projects
    assert len(project.indicators) == len(rows)
    return replace(project, year=2026)


@pytest.fixture(scope="session")
def lookup() -> ConceptLookup:
    """Concepts by name and by the default vectors."""
    return ConceptLookup(open_encoder())


@pytest.fixture
def check(lookup: ConceptLookup) -> Callable[..., ProjectReview]:
    """Check a project, without peers."""
    return lambda project: check_project(project, lookup)


@pytest.fixture
def found(lookup: ConceptLookup) -> Callable[[Row], dict[str, Finding]]:
    """The findings of one row in a document of its own, by rule."""

    def of(row: Row) -> dict[str, Finding]:
        review = check_project(document([row]), lookup)
        return {one.rule.id: one for one in review.of_row(0)}

    return of
