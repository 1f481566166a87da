"""Several indicators in one cell, line under line."""

import pytest

from corpus.parse import parse_bytes
from tests.corpus.hand_written import differences

HEADS = ("一级指标", "二级指标", "三级指标", "指标值", "分值")


def page(*cells: str) -> bytes:
    rows = (HEADS, ("产出指标", "数量指标", *cells))
    body = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    return f"<p>河道保洁绩效目标表</p><table>{body}</table>".encode()


@pytest.mark.parametrize("mark", ["指标{}：", "{}.", "（{}）", ""])
def test_each_line_is_an_indicator(mark: str) -> None:
    names = "<br>".join(mark.format(k) + n for k, n in ((1, "保洁长度"), (2, "巡查次数")))
    rows = "数量指标|保洁长度|≥120公里|120|5\n数量指标|巡查次数|24次|24|8"
    assert differences(page(names, "≥120公里<br>24次", "5<br>8"), "", rows, "a.html") == []


@pytest.mark.parametrize(
    ("name", "value", "joined"),
    [
        ("主要河道<br>保洁长度", "≥120<br>公里", "≥120公里"),
        ("补助资金<br>拨付时间", "3月底前<br>10月底前", "3月底前10月底前"),
    ],
)
def test_a_broken_cell_stays_one(name: str, value: str, joined: str) -> None:
    rows = f"数量指标|{name.replace('<br>', '')}|{joined}"
    assert differences(page(name, value, "5"), "", rows, "a.html") == []


def test_points_of_several_indicators_together_are_of_none() -> None:
    rows = "数量指标|保洁长度|≥120公里|120\n数量指标|巡查次数|24次|24"
    data = page("1.保洁长度<br>2.巡查次数", "≥120公里<br>24次", "10")
    assert differences(data, "", rows, "a.html") == []
    (project,) = parse_bytes(data, "a.html").projects
    assert [i.weight for i in project.indicators] == [None, None]


def test_values_that_are_not_as_many_are_reported() -> None:
    parsed = parse_bytes(page("1.保洁长度<br>2.巡查次数", "≥120公里", "5"), "a.html")
    assert any("several indicators in one cell" in note.reason for note in parsed.notes)
