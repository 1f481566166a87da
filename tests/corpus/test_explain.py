"""What a table was read as can be told, and doubts lower the confidence."""

from corpus.layouts.explain import By
from corpus.layouts.roles import Role
from corpus.layouts.trust import DOUBTFUL
from corpus.parse import explain_document, read_document

HEAD = "项目名称\t水渠整修\n一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\n"
ROWS = "产出指标\t数量指标\t水渠长度\t≥\t12\t公里\n\t质量指标\t验收合格率\t=\t100\t%\n"


def test_heads_and_contents_decide() -> None:
    text = HEAD.replace("指标性质", "度量单位", 1).replace("值\t度量单位", "值\t指标性质") + ROWS
    (table,) = explain_document(text.encode(), "x.txt")
    roles = {column.head: (column.role, column.by) for column in table.columns}
    assert roles["三级指标"] == (Role.NAME, By.HEAD)
    assert roles["度量单位"] == (Role.SIGN, By.CONTENT)
    assert roles["指标性质"] == (Role.MEASURE, By.CONTENT)
    assert (table.row, table.indicators, table.confidence, table.doubts) == (2, 2, 1.0, ())


def test_doubts_are_named_and_reported() -> None:
    text = HEAD + ROWS + "\t\t\t\t没有名称的值\t\n" * 3
    (table,) = explain_document(text.encode(), "x.txt")
    assert table.confidence < DOUBTFUL
    assert "3 of 5 rows hold text that was not taken" in table.doubts
    notes = [note.reason for note in read_document(text.encode(), "x.txt").notes]
    assert sum(reason.startswith("row without an indicator name") for reason in notes) == 3
    assert any(f"confidence {table.confidence:.2f}" in reason for reason in notes)


def test_an_empty_value_is_a_doubt() -> None:
    text = HEAD + ROWS.replace("12", "").replace("公里", "").replace("≥", "")
    (table,) = explain_document(text.encode(), "x.txt")
    assert table.doubts == ("1 of 2 rows have no value",)


def test_records_have_no_tables() -> None:
    assert explain_document(b'{"type": "note", "file": "", "place": "", "reason": "x"}', "x") == ()
