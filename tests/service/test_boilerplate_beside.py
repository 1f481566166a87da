"""Boilerplate found in a second process is what this one finds; its failing changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.records import Goal, Indicator, Project
from index.files import FolderWriter
from index.generations import read_current
from peers.boilerplate.files import NAMES
from service import refresh
from service.boilerplate_beside import BoilerplateProcess
from service.home import Home

Write = Callable[..., Path]


@pytest.fixture
def stored(home: Home, documents: Path, write: Write) -> Home:
    goals = (Goal(1, "保障机关正常运转，确保各项工作顺利开展", "", 1),)
    for unit in ("教育局", "水利局", "民政局"):
        rows = (Indicator("公众号粉丝数量"), Indicator(f"{unit}设备购置数量"))
        write(f"{unit}.jsonl", Project(unit=unit, name="运转经费", goals=goals, indicators=rows))
    refresh.ingest(home, [documents])
    return home


def boilerplate(home: Home) -> list[bytes]:
    folder = home.index_dir / read_current(home.index_dir).name
    return [(folder / name).read_bytes() for name in NAMES]


def start(home: Home, model: str = "") -> BoilerplateProcess:
    found = BoilerplateProcess.start(home, model)
    if found is None:
        pytest.skip("one processor only: no second process is started here")
    return found


def test_both_processes_find_the_same(stored: Home, tmp_path: Path) -> None:
    taken = FolderWriter(tmp_path)
    with start(stored) as beside:
        assert beside.take(taken)
    assert sorted(taken.entries) == sorted(NAMES)
    assert [(tmp_path / name).read_bytes() for name in NAMES] == boilerplate(stored)


def test_a_large_build_takes_it_over(stored: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = boilerplate(stored)
    monkeypatch.setattr("service.in_step.MANY_TEXTS", 1)
    refresh.build(stored)
    assert boilerplate(stored) == before


def test_a_process_that_failed_says_so(stored: Home, tmp_path: Path) -> None:
    with start(stored, str(tmp_path / "no model")) as beside:
        assert not beside.take(FolderWriter(tmp_path))
    assert beside._process.poll() is not None
