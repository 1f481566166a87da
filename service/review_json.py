"""What `duibiao check` says, as JSON objects; docs/contract/check.schema.json describes them."""

from collections.abc import Iterator

from corpus.values import value_text
from corpus.where import settled
from quality.findings import Finding, Outcome, ProjectReview
from service.contract import JsonObject, plain
from service.review import FileReview, Review


def review_object(review: Review, *, every: bool = False) -> JsonObject:
    """All of a review; with `every` also the outcomes that are no findings."""
    pairs = [(file, project) for file in review.files for project in file.projects]
    return {
        "projects": [_project(file, project) for file, project in pairs],
        "findings": [
            _finding(file, project, one)
            for file, project in pairs
            for one in (project.outcomes if every else project.findings)
        ],
        "skipped": [
            {"file": file.file, "reason": file.reason} for file in review.files if file.reason
        ],
        "problems": [plain(problem) for file in review.files for problem in file.problems],
        "summary": plain(review.summary()) | {"peers": review.peers},
    }


def _project(file: FileReview, review: ProjectReview) -> JsonObject:
    project, standing = review.project, review.standing
    return {
        "file": file.file,
        "unit": project.unit,
        "project": project.name,
        "kind": str(project.kind),
        "year": settled(project).year,
        "budget_wan": project.budget_wan,
        "rows": standing.rows,
        "measurable_share": standing.measurable_share,
        "measurable_rows": list(_source_rows(review, standing.measurable)),
        "weak_rows": list(_source_rows(review, standing.weak)),
        "noted_rows": list(_source_rows(review, standing.noted)),
        "by_severity": standing.by_severity,
        "by_rule": standing.by_rule,
        "by_head": standing.by_head,
        "standing": standing.sentence,
    }


def _source_rows(review: ProjectReview, positions: tuple[int, ...]) -> Iterator[int]:
    return (review.row(position).source.row for position in positions)


def _finding(file: FileReview, review: ProjectReview, one: Finding) -> JsonObject:
    row = None if one.position is None else review.row(one.position)
    is_fault = one.outcome is Outcome.FINDING
    return {
        "file": file.file,
        "unit": review.project.unit,
        "project": review.project.name,
        "rule": one.rule.id,
        "title": one.rule.title,
        "outcome": str(one.outcome),
        "severity": str(one.severity),
        "head": str(one.head),
        "basis": one.rule.basis,
        "basis_status": str(one.rule.basis_status),
        "message": one.message,
        "advice": one.rule.advice if is_fault else "",
        "field": one.field,
        "span": None if one.span is None else list(one.span),
        "place": one.source.place,
        "row": one.source.row,
        "other_rows": list(_source_rows(review, one.others)),
        "name": "" if row is None else row.name,
        "value": "" if row is None else value_text(row.value),
        "suggestion": one.suggestion,
        "peer_example": None if one.peer_example is None else plain(one.peer_example),
    }
