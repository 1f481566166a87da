"""A review as a reviewer hands it back: the original table with what is to be mended beside it.

The same in every format; `service.review_files` writes it.
"""

from dataclasses import dataclass

from corpus.values import value_text
from corpus.where import settled
from knowledge.rules import BasisStatus, Rule, Severity, rules
from quality.findings import Finding, PeerExample, ProjectReview
from service.reasons import file_reason
from service.review import FileReview, Review

HEADS = (
    *("行", "一级指标", "二级指标", "三级指标", "指标值", "说明", "依据"),
    *("结论", "问题", "修改建议", "同类示例"),
)
SEVERITY_NAMES = {
    Severity.ERROR: "必须修改",
    Severity.WARNING: "应当修改",
    Severity.HINT: "可以斟酌",
}
BASIS_NAMES = {
    BasisStatus.SEEN: "已见原文",
    BasisStatus.KNOWN: "条文待核",
    BasisStatus.PRACTICE: "通行判断",
}
SOUND = "未发现问题"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of the original table with its findings; `cells` stand under `HEADS`."""

    cells: tuple[str, ...]
    worst: Severity | None


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One project: a title, facts, how it stands, what concerns the whole, and its rows."""

    title: str
    facts: tuple[str, ...]
    standing: str
    whole: tuple[str, ...]
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report shows: figures of the whole, tables, files not read, rules that spoke."""

    title: str
    figures: tuple[tuple[str, str], ...]
    tables: tuple[ReportTable, ...]
    unread: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]


def report_of(review: Review) -> Report:
    """What is shown of a review, the same in every format."""
    summary = review.summary()
    share = summary.measurable_share
    severities = (
        f"{SEVERITY_NAMES[severity]} {summary.by_severity[severity]} 处" for severity in Severity
    )
    figures = (
        (
            "文件",
            f"{summary.files} 份" + (f"，{summary.unread} 份未读出" if summary.unread else ""),
        ),
        ("项目", f"{summary.projects} 个"),
        ("指标", f"{summary.rows} 条，需要修改 {summary.weak_rows} 条"),
        ("可以衡量", "—" if share is None else f"{summary.measurable_rows} 条（{share:.0%}）"),
        ("问题", f"{summary.findings} 处：{'，'.join(severities)}"),
        ("审核角度", "，".join(f"{head} {count}" for head, count in summary.by_head.items())),
    )
    used = set(summary.by_rule)
    return Report(
        title="绩效目标审核意见",
        figures=figures,
        tables=tuple(_table(file, project) for file in review.files for project in file.projects),
        unread=tuple((file.file, file_reason(file.reason)) for file in review.files if file.reason),
        rules=tuple(rule for rule in rules().values() if rule.id in used),
    )


def _table(file: FileReview, review: ProjectReview) -> ReportTable:
    project = review.project
    year = settled(project).year
    budget = "" if project.budget_wan is None else f"预算 {project.budget_wan:g} 万元"
    facts = (project.unit, f"{year} 年" if year else "", budget, f"文件：{file.file}")
    whole = [one for one in review.findings if one.position is None]
    return ReportTable(
        title=project.name or "部门整体绩效目标",
        facts=tuple(fact for fact in facts if fact),
        standing=review.standing.sentence,
        whole=tuple(problem_text(one) for one in whole),
        rows=tuple(_row(review, position) for position in range(review.standing.rows)),
    )


def _row(review: ProjectReview, position: int) -> ReportRow:
    row, found = review.row(position), review.of_row(position)
    worst = next((s for s in Severity if any(one.severity is s for one in found)), None)
    suggestions = dict.fromkeys(advice_text(one) for one in found)
    examples = dict.fromkeys(
        example_text(one.peer_example) for one in found if one.peer_example is not None
    )
    return ReportRow(
        cells=(
            str(row.source.row or ""),
            row.level1_raw or row.level1 or "",
            row.level2_raw or row.level2 or "",
            row.name,
            value_text(row.value),
            row.description,
            row.basis,
            SOUND if worst is None else SEVERITY_NAMES[worst],
            "\n".join(problem_text(one) for one in found),
            "\n".join(suggestions),
            "\n".join(examples),
        ),
        worst=worst,
    )


def basis_text(rule: Rule) -> str:
    """On what a rule rests, never without how far that can be relied on."""
    status = BASIS_NAMES[rule.basis_status]
    said = status in rule.basis
    return rule.basis if said else f"{rule.basis}〔{status}〕"


def problem_text(one: Finding) -> str:
    """What is wrong, with its rule, review head and basis."""
    name = SEVERITY_NAMES[one.severity]
    head = f"【{one.rule.id} {one.rule.title}·{one.head}·{name}】"
    return f"{head}{one.message}。依据：{basis_text(one.rule)}"


def advice_text(one: Finding) -> str:
    """What to do, with the rewrite where there is one."""
    return one.rule.advice + (f"；可写成“{one.suggestion}”" if one.suggestion else "")


def example_text(example: PeerExample) -> str:
    """A peer's row with its source."""
    year = f"{example.year} 年" if example.year else ""
    place = f"{example.unit}{year}，{example.project or '部门整体'}"
    return f"{example.name} {example.value}（{place}）"
