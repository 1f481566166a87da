"""Our own rows labelled weak or not: what the rules are mended on, so that `shared/eval` is not.

`own_quality/` holds rows written for this set (`indicators.jsonl`, `quality.jsonl`, spelled as in
`shared/eval`) and labels of rows of the sample documents (`samples.jsonl`, named by file, source
row and area). One person labelled them twice, the second time in another order and without the
tables, before any rule had judged them.

`facts.jsonl` labels real rows by the id they have in `shared/eval/indicators.jsonl`, none of which
`shared/eval/quality.jsonl` names: one hand, once, before any rule had judged them. Where that hand
was in doubt the two labels differ, and the row is not scored.

A row is weak where a reviewer would hand it back, by an error or a warning of the catalogue; fair
with hints alone. Where the catalogue leaves it open: words for a time (及时) are weak, and so is a
share among costs; a rate, count or output in the wrong group is fair where it is a sound target
of its own; words that are true or false on a day (全覆盖, 符合国家标准) are fair.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.parse import read_document
from corpus.values import value_text
from embed import open_encoder
from errors import UsageError
from eval.own_set import SAMPLES
from eval.quality import LabelledRow, json_lines, labelled, read_rows
from quality.check import check_project
from quality.findings import Finding, ProjectReview
from quality.lookup import ConceptLookup

FOLDER = Path(__file__).parent / "data" / "own_quality"
SHARED_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "eval"


def read_own() -> list[LabelledRow]:
    """All rows of the set, judged by the rules: those written for it, then those of the samples.

    :raises UsageError: a file is missing or damaged, or a label names no row.
    :raises InputError: a sample document cannot be read.
    """
    return [*read_rows(FOLDER), *_sample_rows(json_lines(FOLDER / "samples.jsonl"))]


def read_facts() -> list[LabelledRow]:
    """Real rows with the labels of `facts.jsonl`, judged by the rules.

    :raises UsageError: `../shared/eval` is not here, a file is damaged, or a label names no row.
    """
    return read_rows(SHARED_FOLDER, FOLDER / "facts.jsonl")


def _sample_rows(labels: Iterable[Mapping[str, Any]]) -> list[LabelledRow]:
    lookup = ConceptLookup(open_encoder())
    reviews: dict[str, list[ProjectReview]] = {}
    rows = []
    for label in labels:
        file = label["file"]
        if file not in reviews:
            reviews[file] = _reviews(file, lookup)
        rows.append(_of_sample(label, reviews[file]))
    return rows


def _reviews(file: str, lookup: ConceptLookup) -> list[ProjectReview]:
    parsed = read_document((SAMPLES / file).read_bytes(), file)
    return [check_project(project, lookup) for project in parsed.projects]


def _of_sample(label: Mapping[str, Any], reviews: Sequence[ProjectReview]) -> LabelledRow:
    for review in reviews:
        for position, row in enumerate(review.project.indicators):
            where = (row.source.row, row.area, row.name)
            if where == (label["row"], label["area"], label["name"]):
                found: Sequence[Finding] = review.of_row(position)
                record = {"name": row.name, "level2": row.level2, "text": value_text(row.value)}
                identity = f"{label['file']}:{label['row']}{label['area']}"
                return labelled(dict(label) | {"id": identity}, record, found)
    raise UsageError(
        f"own_quality/samples.jsonl: expected a row {label['name']!r} at {label['row']} of "
        f"{label['file']}, found none; a reader has changed, mend the label"
    )
