"""Long work can be stopped; what was finished stays, and the home is sound."""

from pathlib import Path
from threading import Event

import pytest

from app_pages.uploads import lay_down, read_in
from app_pages.work import Progress, Work
from errors import StoppedError
from service.home import Home
from service.overview import IndexState, index_figures, overview
from service.refresh import build, ingest

SAMPLES = sorted((Path(__file__).parents[2] / "corpus" / "samples").glob("0*.txt"))[:6]


class File:
    """What an uploader hands over."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._data = path.read_bytes()
        self.size = len(self._data)

    def getvalue(self) -> bytes:
        """All bytes of the file."""
        return self._data


def test_reading_in_stops_after_the_file_at_hand(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home", create=True)
    ingest(home, SAMPLES[:1])
    folder, laid = lay_down([File(path) for path in SAMPLES[1:]])
    reached, go_on = Event(), Event()

    def do(progress: Progress) -> object:
        def slow(done: int, total: int, label: str) -> None:
            if done == 2:
                reached.set()
                go_on.wait(30)
            progress(done, total, label)

        return read_in(home, folder, laid, slow)

    work = Work("读入", do)
    assert reached.wait(30)
    work.stop()
    go_on.set()
    with pytest.raises(StoppedError):
        work.result()
    assert not folder.exists()
    assert 1 <= overview(home).documents < len(SAMPLES)
    assert index_figures(home).state in (IndexState.READY, IndexState.BEHIND)
    build(home)
    assert index_figures(home).state is IndexState.READY


def test_a_stopped_build_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home", create=True)
    ingest(home, SAMPLES[:2])
    before = index_figures(home)
    ready = Event()

    def do(progress: Progress) -> object:
        ready.wait(30)
        return build(home, progress=progress)

    work = Work("重建", do)
    work.stop()
    ready.set()
    with pytest.raises(StoppedError):
        work.result()
    assert index_figures(home) == before
    assert not list(home.index_dir.glob(".tmp-*"))
