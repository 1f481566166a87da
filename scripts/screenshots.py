"""Take the pictures of docs/screenshots/ anew: `python scripts/screenshots.py`.

Search and corpus are shown on the real documents of ../shared/seeds where they are; pages that need
many units, and the rest where they are not, on the samples.
Needs Chromium and a CJK font.
"""

import io
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus" / "samples" / "001_A1_jiaoyu.txt"
SEEDS = ROOT.parent / "shared" / "seeds"
TARGET = ROOT / "docs" / "screenshots"
SIZES = ((1366, 768), (1920, 1080))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WAIT_MS = 60_000
QUIET = "[data-testid=stApp][data-test-script-state=notRunning]"
DRAFT = (SEEDS / "004_448583c3092a5919.txt") if SEEDS.is_dir() else SAMPLE

Scene = Callable[[Page, str], None]


def main() -> None:
    """Serve the app on a fresh home and photograph each scene in each size."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        sys.exit("screenshots: expected Chromium on the path, found none; install chromium")
    TARGET.mkdir(parents=True, exist_ok=True)
    real = SEEDS.is_dir()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        text = "公众号粉丝数量" if real else "培训教师人次"
        photograph(browser, REAL_SCENES, text, real=real)
        photograph(browser, SAMPLE_SCENES, "群众满意度", real=False)
        browser.close()


def photograph(browser: Browser, scenes: Mapping[str, Scene], text: str, *, real: bool) -> None:
    """Take a picture of each scene in each size."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), real) as address:
        for width, height in SIZES:
            for name, scene in scenes.items():
                tab = browser.new_page(
                    base_url=address, viewport={"width": width, "height": height}, locale="zh-CN"
                )
                tab.set_default_timeout(WAIT_MS)
                scene(tab, text)
                tab.wait_for_selector(QUIET)
                expect(tab.get_by_test_id("stSkeleton")).to_have_count(0, timeout=WAIT_MS)
                tab.wait_for_load_state("networkidle")
                keep(tab.screenshot(animations="disabled"), TARGET / f"{name}-{width}.png")
                tab.close()


def keep(picture: bytes, path: Path) -> None:
    """Save a picture with 256 colours: text stays sharp, the file is a third of the size."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256).save(path, optimize=True)


def home(tab: Page, _text: str) -> None:
    """What there is, and the doors to the three jobs."""
    tab.goto("/")
    expect(tab.get_by_role("table").first).to_be_visible(timeout=WAIT_MS)


def search(tab: Page, text: str) -> None:
    """Hits with filters."""
    tab.goto(f"/search?q={text}")
    expect(tab.locator(".hits .hit").first).to_be_visible(timeout=WAIT_MS)


def project(tab: Page, text: str) -> None:
    """A project opened from its hit."""
    search(tab, text)
    tab.get_by_role("button", name="看全表").first.click()
    expect(tab.get_by_role("dialog").get_by_role("table").last).to_be_visible(timeout=WAIT_MS)


def corpus(tab: Page, _text: str) -> None:
    """What was read."""
    tab.goto("/corpus")
    expect(tab.get_by_role("table", name="已读入的文件")).to_be_visible(timeout=WAIT_MS)


def suggest(tab: Page, text: str) -> None:
    """A value for one row, with its distribution."""
    tab.goto(f"/suggest?name={text}")
    tab.wait_for_selector(QUIET)
    expect(tab.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=WAIT_MS)


def review(tab: Page, _text: str) -> None:
    """Findings beside the table of an uploaded draft."""
    tab.goto("/review")
    tab.locator("input[type=file]").set_input_files(DRAFT)
    tab.get_by_role("button", name="开始审核").click()
    tab.wait_for_selector(QUIET)
    expect(tab.get_by_text("条需要修改").first).to_be_visible(timeout=WAIT_MS)
    tab.get_by_role("heading", name="审核结果").evaluate("heading => heading.scrollIntoView()")


def boilerplate(tab: Page, _text: str) -> None:
    """Families of texts that units share."""
    tab.goto("/boilerplate")
    expect(tab.get_by_role("table", name="套话家族")).to_be_visible(timeout=WAIT_MS)


def draft(tab: Page, text: str) -> None:
    """Rows taken from a search, in the editor, with what the rules say of them beside it."""
    search(tab, text)
    for place in range(3):
        tab.get_by_role("button", name="加入草稿").nth(place).click()
        expect(tab.get_by_text(f"我的草稿（{place + 1}）").first).to_be_visible(timeout=WAIT_MS)
        tab.wait_for_selector(QUIET)
    tab.get_by_text("我的草稿（3）").first.click()
    expect(tab.get_by_role("button", name="河北表式 .xlsx")).to_be_visible(timeout=WAIT_MS)


def compare(tab: Page, _text: str) -> None:
    """Two projects side by side."""
    tab.goto("/compare?q=道路养护")
    expect(tab.get_by_role("heading", name="指标对齐")).to_be_visible(timeout=WAIT_MS)


def training(tab: Page, _text: str) -> None:
    """Weak rows beside good ones."""
    tab.goto("/training")
    expect(tab.get_by_text("组对照").first).to_be_visible(timeout=WAIT_MS)


def about(tab: Page, _text: str) -> None:
    """Model, rules and limits."""
    tab.goto("/about")
    expect(tab.get_by_role("table").first).to_be_visible(timeout=WAIT_MS)


REAL_SCENES: dict[str, Scene] = {
    "home": home,
    "search": search,
    "project": project,
    "corpus": corpus,
}
SAMPLE_SCENES: dict[str, Scene] = {
    "suggest": suggest,
    "review": review,
    "boilerplate": boilerplate,
    "draft": draft,
    "compare": compare,
    "training": training,
    "about": about,
}


@contextmanager
def served(folder: Path, real: bool) -> Iterator[str]:
    """The app on a home in this folder; yields its address."""
    command = [sys.executable, "-m", "cli"]
    home = ["--home", str(folder / "home")]
    if real:
        subprocess.run([*command, "ingest", str(SEEDS), *home], cwd=ROOT, check=True)  # noqa: S603
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603
            [*command, "app", "--port", str(port), *home], cwd=ROOT, stdout=log, stderr=log
        )
        try:
            for _ in range(300):
                time.sleep(0.2)
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health").close()
                    break
                except OSError:
                    continue
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
