"""Tiny real homes for the pages, and the app run in this process."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from service.home import Home
from service.refresh import ingest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples"
SCHOOLS = SAMPLES / "001_A1_jiaoyu.txt"
WATER = SAMPLES / "002_A1_shuili.txt"

Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _packages_are_looked_through_once() -> Iterator[None]:
    """Streamlit looks through all installed packages for components whenever an app begins."""
    once = cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session")
def read_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two documents, never written to by a test."""
    path = tmp_path_factory.mktemp("read") / "home"
    ingest(Home.open(path, create=True), [SCHOOLS, WATER])
    return path


@pytest.fixture
def sample_home(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample home stands there, not in the checkout."""
    monkeypatch.setattr("service.samples.sample_home", lambda: samples)
    return samples


@pytest.fixture
def own_copy(read_home: Path, tmp_path: Path) -> Path:
    """A copy of it to write to."""
    return Path(shutil.copytree(read_home, tmp_path / "home"))


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Run the app on a home at an address (page file, query parameters); 检索 if none is named."""

    def run(home: Path, page: str = "search", **params: str | list[str]) -> AppTest:
        monkeypatch.setenv("DUIBIAO_HOME", str(home))
        app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
        for name, value in params.items():
            app.query_params["in" if name == "scope" else name] = value
        app.switch_page(f"app_pages/{page}.py").run()
        assert not app.exception
        return app

    return run
