"""Take the pictures of docs/screenshots/ anew: `python scripts/screenshots.py`.

The app is shown on the real documents of ../shared/seeds where they are, else on the samples.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
TARGET = ROOT / "docs" / "screenshots"
SIZES = ((1366, 768), (1920, 1080))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WAIT_MS = 60_000


def main() -> None:
    """Serve the app on a fresh home and photograph each scene in each size."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        sys.exit("screenshots: expected Chromium on the path, found none; install chromium")
    TARGET.mkdir(parents=True, exist_ok=True)
    real = SEEDS.is_dir()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), real) as address:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=program, args=["--no-sandbox", "--disable-gpu"]
            )
            for width, height in SIZES:
                for name, scene in SCENES.items():
                    tab = browser.new_page(
                        base_url=address,
                        viewport={"width": width, "height": height},
                        locale="zh-CN",
                    )
                    tab.set_default_timeout(WAIT_MS)
                    scene(tab, "公众号粉丝数量" if real else "培训教师人次")
                    tab.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
                    expect(tab.get_by_test_id("stSkeleton")).to_have_count(0)
                    tab.wait_for_load_state("networkidle")
                    keep(tab.screenshot(animations="disabled"), TARGET / f"{name}-{width}.png")
                    tab.close()
            browser.close()


def keep(picture: bytes, path: Path) -> None:
    """Save a picture with 256 colours: text stays sharp, the file is a third of the size."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256).save(path, optimize=True)


def search(tab: Page, text: str) -> None:
    """Hits with filters."""
    tab.goto(f"/?q={text}")
    expect(tab.locator("[class*='st-key-hit_']").first).to_be_visible(timeout=WAIT_MS)


def project(tab: Page, text: str) -> None:
    """A project opened from its hit."""
    search(tab, text)
    tab.get_by_role("button", name="看全表").first.click()
    expect(tab.get_by_role("dialog").get_by_role("table").last).to_be_visible(timeout=WAIT_MS)


def corpus(tab: Page, _text: str) -> None:
    """What was read."""
    tab.goto("/corpus")
    expect(tab.get_by_role("table", name="已读入的文件")).to_be_visible(timeout=WAIT_MS)


SCENES: dict[str, Callable[[Page, str], None]] = {
    "search": search,
    "project": project,
    "corpus": corpus,
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
