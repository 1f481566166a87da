"""A real browser on the real app: a server for each home, one for all tests of the session."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from eval.bench import BenchmarkError
from eval.browsing import chromium, served, wait_until_served, watch
from service.home import Home
from service.refresh import ingest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
WAIT_MS = 60_000

NewPage = Callable[[str], Page]


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve the app on a home, until the session ends; gives its address."""
    with ExitStack() as running:
        known: dict[Path, str] = {}

        def start(home: Path) -> str:
            if home not in known:
                known[home] = wait_until_served(running.enter_context(served(home)))
            return known[home]

        yield start


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that holds the real documents."""
    if not SEEDS.is_dir():
        pytest.skip("../shared/seeds is missing: the real documents are not part of the project")
    home = Home.open(tmp_path_factory.mktemp("browser") / "home", create=True)
    ingest(home, [SEEDS])
    return home


@pytest.fixture(scope="session")
def address(serve: Callable[[Path], str], home: Home) -> str:
    """Address of the app, served on it."""
    return serve(home.path)


@pytest.fixture(scope="session")
def sample_address(
    serve: Callable[[Path], str],
    samples: Path,  # read before, for others who need them as well
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Address of the app as it stands after the first start: nothing but the samples."""
    return serve(tmp_path_factory.mktemp("empty") / "home")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, without a window."""
    with ExitStack() as held:
        try:
            running = held.enter_context(chromium())
        except BenchmarkError as error:
            pytest.skip(str(error))
        yield running


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Fresh tabs of a laptop's size, each of a user of their own.

    Any request to another machine, or error in a page, fails the test.
    """
    elsewhere: list[str] = []
    faults: list[str] = []
    expect.set_options(timeout=WAIT_MS)
    with ExitStack() as held:

        def make(address: str) -> Page:
            context = browser.new_context(
                base_url=address, viewport={"width": 1366, "height": 768}, locale="zh-CN"
            )
            held.callback(context.close)
            tab = context.new_page()
            known = (address, address.replace("http", "ws"), "data:", "blob:")
            tab.on(
                "request",
                lambda one: None if one.url.startswith(known) else elsewhere.append(one.url),
            )
            tab.on("pageerror", lambda error: faults.append(str(error)))
            tab.set_default_timeout(WAIT_MS)
            watch(tab)
            return tab

        yield make
    assert not elsewhere
    assert not faults


@pytest.fixture
def page(new_page: NewPage, address: str) -> Page:
    """A fresh tab on the real documents."""
    return new_page(address)
