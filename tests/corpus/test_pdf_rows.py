"""The rows of a table without rulings, told from places alone."""

from corpus.layouts.roles import Role
from corpus.readers.pdf_rows import Columns, Piece, rows_by_place

COLUMNS = Columns(
    ((90.0, 180.0), (198.0, 290.0), (306.0, 400.0), (414.0, 500.0)),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.VALUE),
)
LEADING = 24.0


def piece(text: str, column: int, row: float) -> list[Piece]:
    left, _ = COLUMNS.edges[column]
    return [Piece(text, left, left + 40, 100 + LEADING * row, 110 + LEADING * row)]


VALUES = [
    *[piece(name, 2, row) for row, name in enumerate(("批次", "家数", "准确率", "处置率"))],
    *[piece(value, 3, row) for row, value in enumerate(("80批次", "60家", "98%", "100%"))],
]


def levels(*labels: list[Piece]) -> list[tuple[str, str]]:
    rows = rows_by_place([*labels, *VALUES], COLUMNS)
    assert rows is not None
    return [(row[0], row[1]) for row in rows]


def test_labels_at_the_top_of_their_rows_where_level_1_stands_at_the_top() -> None:
    """质量指标 stands in the middle of the last three rows, too."""
    found = levels(piece("产出指标", 0, 0), piece("数量指标", 1, 0), piece("质量指标", 1, 2))
    assert found == [("产出指标", "数量指标"), ("", ""), ("", "质量指标"), ("", "")]


def test_labels_in_the_middle_of_their_rows() -> None:
    found = levels(piece("产出指标", 0, 1.5), piece("数量指标", 1, 0), piece("质量指标", 1, 2))
    assert found == [("产出指标", "数量指标"), ("", "质量指标"), ("", ""), ("", "")]
