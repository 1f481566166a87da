"""The server of the app makes ready what the pages need."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import ahead, house
from app_pages.serve import count, make_ready
from service import counting
from service.home import Home
from service.refresh import build


def test_the_first_page_finds_the_corpus_counted(
    open_app: Callable[..., AppTest], own_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counting._counted.cache_info().misses
    monkeypatch.setenv("DUIBIAO_HOME", str(own_copy))
    count()
    assert counting._counted.cache_info().misses == before + 1
    open_app(own_copy, "home")
    assert counting._counted.cache_info().misses == before + 1


def test_the_first_search_finds_the_index_open(
    open_app: Callable[..., AppTest], own_copy: Path
) -> None:
    ahead.page_shown()
    ahead.make_ready(Home.open(own_copy))
    ready = house._AHEAD[str(own_copy)]
    open_app(own_copy, "search", q="校舍")
    assert str(own_copy) not in house._AHEAD
    assert house.open_session(Home.open(own_copy)) is ready


def test_an_index_opened_ahead_and_built_anew_since_is_not_used(
    open_app: Callable[..., AppTest], own_copy: Path
) -> None:
    home = Home.open(own_copy)
    ahead.page_shown()
    ahead.make_ready(home)
    ready = house._AHEAD[str(own_copy)]
    build(home)
    open_app(own_copy, "search", q="校舍")
    assert house.open_session(home) is not ready


def test_a_damaged_index_is_told_by_the_page(
    open_app: Callable[..., AppTest], own_copy: Path
) -> None:
    (own_copy / "index" / "CURRENT").write_text("nothing like this")
    ahead.page_shown()
    ahead.make_ready(Home.open(own_copy))
    assert str(own_copy) not in house._AHEAD
    assert "索引" in open_app(own_copy, "search", q="校舍").error[0].proto.title


def test_without_a_corpus_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIBIAO_HOME", str(tmp_path / "none"))
    count()
    make_ready()
    assert not (tmp_path / "none").exists()
