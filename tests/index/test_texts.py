"""The form that is indexed, and each text once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.texts import NO_TEXT, Field, UniqueTexts, indexed_form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("公众号 粉丝\n数量", "公众号粉丝数量"),
        ("５Ｇ 基站　数量", "5G基站数量"),
        ("Wi Fi 覆盖率", "Wi Fi覆盖率"),
        ("100 200", "100 200"),
        ("\u3000\u00a0", ""),
        ("粉\ud800丝", "粉?丝"),
    ],
)
def test_the_form_that_is_indexed(text: str, form: str) -> None:
    assert indexed_form(text) == form


@settings(deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_the_form_of_any_text_is_one_line_that_can_be_written(text: str) -> None:
    form = indexed_form(text)
    assert len(form.splitlines()) <= 1
    assert "\n" not in form
    form.encode()
    around = [form[i - 1] + form[i + 1] for i, sign in enumerate(form) if sign == " "]
    assert all(pair.isascii() and pair.isalnum() for pair in around)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["", "甲", "乙", "丙"])))
def test_each_text_is_kept_once(texts: list[str]) -> None:
    unique = UniqueTexts.of(Field("name", 1.0), texts)
    assert len(set(unique.texts)) == len(unique.texts)
    assert [unique.texts[n] if n != NO_TEXT else "" for n in unique.rows.tolist()] == texts
