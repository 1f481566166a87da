"""What the readers really say, in Chinese."""

import pytest

from corpus.parse import parse_bytes
from errors import DuibiaoError, InputError, UnreadableError
from service.advice import advice
from service.reasons import file_reason, place_name, remark_reason

USUAL = advice(UnreadableError).what


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空的"),
        (b"\x00\x01\x02" * 50, "不是文字"),
        ("今天天气很好。\n".encode(), "没有找到绩效目标表"),
        (b"x" * 12_000_000, "太大"),
    ],
    ids=["empty", "binary", "no table", "one long line"],
)
def test_a_file_that_cannot_be_read_is_explained(data: bytes, word: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_bytes(data, "a.txt")
    assert word in file_reason(str(caught.value))


def test_an_unknown_reason_has_a_general_sentence() -> None:
    assert file_reason("something new").startswith(USUAL)


def test_remarks_and_places() -> None:
    assert remark_reason("template row without an indicator under 数量") == (
        "「数量」下面的空白模板行，没有填写指标"
    )
    assert remark_reason("something new") == "something new"
    assert place_name("table 2 row 13") == "表 2 第 13 行"
    assert place_name("line 7") == "第 7 行"


def test_every_error_class_has_words() -> None:
    def below(kind: type[DuibiaoError]) -> list[type[DuibiaoError]]:
        return [kind, *(k for child in kind.__subclasses__() for k in below(child))]

    for kind in below(DuibiaoError):
        words = advice(kind)
        assert words.what and words.cure
