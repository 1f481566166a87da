"""Texts that run over the edges of their cells on a PDF page, and cells that say nothing."""

from corpus.blocks import Cell, Row
from corpus.layouts.assemble import assemble
from corpus.readers.pdf_cells import Char, Chars, cells_of

ROW, HEIGHT, STEP = 11.0, 8.0, 11.0
BOXES = [(0.0, ROW * k, 50.0, ROW * (k + 1)) for k in range(4)]


def printed(row: float, *lines: str) -> list[Char]:
    """Lines in the middle of a row, from its top."""
    middle = ROW * (row + 0.5)
    first = middle - STEP * (len(lines) - 1) / 2 - HEIGHT / 2
    return [
        {
            "text": character, "x0": 2.0 + 8 * k, "x1": 10.0 + 8 * k, "upright": True,
            "top": first + STEP * n, "bottom": first + STEP * n + HEIGHT,
            "doctop": first + STEP * n, "size": HEIGHT,
        }
        for n, line in enumerate(lines)
        for k, character in enumerate(line)
    ]  # fmt: skip


def texts(*parts: list[Char]) -> tuple[list[str], list[str]]:
    cells, unclear = cells_of(BOXES, Chars([char for part in parts for char in part]))
    return ["".join(cell.text.split()) for cell in cells], unclear


def test_lines_that_run_into_the_rows_around_go_back_to_their_own() -> None:
    found = texts(
        printed(0, "≤180", "元/米"),
        printed(1, "≤5件"),
        printed(2, "23万", "平方米"),
        printed(3, "9%"),
    )
    assert found == (["≤180元/米", "≤5件", "23万平方米", "9%"], [])


def test_what_is_printed_over_each_other_is_no_value() -> None:
    blot = [*printed(1.1, "58万"), *printed(1.45, "2.6")]
    (first, *rest), unclear = texts(printed(0, "5%"), blot)
    assert (first, rest) == ("5%", ["", "", ""])
    assert len(unclear) == 1


def test_an_empty_project_cell_of_its_own_is_not_the_project_above() -> None:
    def row(number: int, project: str, level2: str, name: str, *, merged: bool = False) -> Row:
        said = (project, "产出指标", level2, name, "≥5个")
        cells = [Cell(text, number) for text in said]
        return Row((Cell(project, number, merged), *cells[1:]), "page 1 table 1")

    heads = ("项目名称", "一级指标", "二级指标", "三级指标", "指标值")
    header = Row(tuple(Cell(head, 1) for head in heads), "page 1 table 1")
    body = [
        row(2, "河道保洁", "数量指标", "保洁处数"),
        row(3, "", "质量指标", "合格处数", merged=True),
        row(4, "", "数量指标", "绿化处数"),
    ]
    parsed = assemble([header, *body], "a.pdf")
    assert [(p.name, len(p.indicators)) for p in parsed.projects] == [("河道保洁", 2), ("", 1)]
    below = row(1, "公园绿化", "质量指标", "成活处数")
    parsed = assemble([header, *body, Row(below.cells, "page 2 table 1")], "a.pdf")
    assert [(p.name, len(p.indicators)) for p in parsed.projects] == [
        ("河道保洁", 2),
        ("公园绿化", 2),
    ]
