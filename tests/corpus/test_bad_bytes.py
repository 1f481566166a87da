"""Whatever the bytes: records, or one of our own errors."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.parse import parse_bytes
from errors import InputError, LimitError, NoTableError, UnreadableError

TABLE = (
    "项目名称\t渠系改造\n一级指标\t二级指标\t三级指标\t指标值\n"
    "产出指标\t数量指标\t渠道长度\t≥12公里\n\t质量指标\t合格率\t=100%\n"
).encode()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnreadableError),
        (b" \n\t\n", UnreadableError),
        (b"MZ\x90\x00\x03\x00\x00\x00" * 40, UnreadableError),
        (bytes(range(1, 32)) * 50, UnreadableError),
        (b"PK\x03\x04 not a zip", UnreadableError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, UnreadableError),
        ("今天天气很好。".encode(), NoTableError),
        (b"a" * 5_000_000, LimitError),
    ],
    ids=["empty", "blank", "program", "control", "zip", "ole", "prose", "one line"],
)
def test_what_cannot_be_read_is_named(data: bytes, error: type[InputError]) -> None:
    with pytest.raises(error) as caught:
        parse_bytes(data, "x.txt")
    message = str(caught.value)
    assert "\n" not in message
    assert "expected" in message
    assert "found" in message


def test_a_truncated_table_gives_its_whole_rows() -> None:
    cut = TABLE[: TABLE.index("合格率".encode()) + 4]
    (project,) = parse_bytes(cut, "x.txt").projects
    assert project.indicators[0].name == "渠道长度"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes(data: bytes) -> None:
    try:
        parse_bytes(data, "x.txt")
    except InputError:
        pass


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_mutated_tables(data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(TABLE) - 1))
    length = data.draw(st.integers(0, 30))
    new = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"\t", b"\n", b" | ", b"||", b"\t\t\n"])
    )
    try:
        parse_bytes(TABLE[:position] + new + TABLE[position + length :], "x.txt")
    except InputError:
        pass
