"""The server of the app makes ready what the first page needs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import counted, serve


def test_the_first_page_finds_the_corpus_counted(
    open_app: Callable[..., AppTest], own_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUIBIAO_HOME", str(own_copy))
    before = counted._count.cache_info().misses
    serve.make_ready()
    assert counted._count.cache_info().misses == before + 1
    open_app(own_copy, "home")
    assert counted._count.cache_info().misses == before + 1


def test_without_a_corpus_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIBIAO_HOME", str(tmp_path / "none"))
    serve.make_ready()
    assert not (tmp_path / "none").exists()
