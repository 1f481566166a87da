"""The real app in a real browser, and how long the server took for each click.

Streamlit answers a click over one WebSocket: the browser sends what was clicked, the server runs
the page and ends with a message of its own. The time between the two is what is measured, by the
browser's clock; how long the browser then needs to draw is measured beside it.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.bench import BenchmarkError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WAIT_MS = 120_000

_START_SECONDS = 120
_CHECKOUT = Path(__file__).resolve().parents[1]

# Fields of Streamlit's messages: BackMsg.rerun_script, ForwardMsg.script_finished (2: broken off
# to run again).
_WATCH = """
(() => {
  const log = (window.__runs = {sent: [], done: [], shown: 0});
  const field = (bytes, wanted) => {
    let at = 0;
    const varint = () => {
      let number = 0, scale = 1, byte;
      do { byte = bytes[at++]; number += (byte & 127) * scale; scale *= 128; } while (byte & 128);
      return number;
    };
    while (at < bytes.length) {
      const key = varint(), kind = key & 7;
      const value = varint();
      if (key >> 3 === wanted) return value;
      if (kind === 2) at += value; else if (kind !== 0) return null;
    }
    return null;
  };
  const settle = () => {
    const app = document.querySelector('[data-testid=stApp]');
    if (!app || app.dataset.testScriptState !== 'notRunning'
        || document.querySelector('[data-testid=stSkeleton]')) return requestAnimationFrame(settle);
    requestAnimationFrame(() => { log.shown = performance.now(); });
  };
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (!this.watched) {
      this.watched = true;
      this.addEventListener('message', event => {
        const bytes = new Uint8Array(event.data);
        if (bytes.length > 400) return;
        const state = field(bytes, 6);
        if (state !== null && state !== 2) {
          log.done.push(performance.now());
          log.shown = 0;
          requestAnimationFrame(settle);
        }
      });
    }
    if (field(new Uint8Array(data), 11) !== null) log.sent.push(performance.now());
    return send.call(this, data);
  };
})()
"""
_FORGET = "() => { Object.assign(window.__runs, {sent: [], done: [], shown: 0}) }"
_SETTLED = """
() => {
  const {sent, done, shown} = window.__runs;
  const last = Math.max(...done, 0);
  return sent.length > 0 && shown >= last && last >= Math.max(...sent)
    && performance.now() - last > 120;
}
"""
_DRAWN = "() => (performance.timeOrigin + window.__runs.shown) / 1000"
_TIMES = """
() => {
  const {sent, done, shown} = window.__runs;
  return [Math.max(...done) - sent[0], shown - sent[0]];
}
"""


@dataclass(frozen=True, slots=True)
class Click:
    """Milliseconds from a click sent to the page run to its end, and until it was drawn."""

    server_ms: float
    shown_ms: float


def clicked(page: "Page", act: Callable[[], object]) -> Click:
    """Do something on a page that lies still, and time what the server makes of it."""
    page.evaluate(_FORGET)
    act()
    page.wait_for_function(_SETTLED, timeout=WAIT_MS, polling=20)
    server, shown = page.evaluate(_TIMES)
    return Click(float(server), float(shown))


def drawn_at(page: "Page") -> float:
    """Wait until the first run of a page just opened is drawn; when that was, as `time.time`."""
    page.wait_for_function(_SETTLED, timeout=WAIT_MS, polling=20)
    return float(page.evaluate(_DRAWN))


@contextmanager
def chromium() -> Iterator["Browser"]:
    """The Chromium of this machine, without a window.

    :raises BenchmarkError: there is none, or Playwright is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise BenchmarkError(
            "expected Playwright to drive a browser, found it missing; "
            "cure: pip install -r requirements-dev.txt"
        ) from None
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        raise BenchmarkError("expected Chromium on the path, found none; cure: install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        try:
            yield running
        finally:
            running.close()


def new_page(browser: "Browser") -> "Page":
    """An empty tab of an office laptop's size, its runs watched."""
    page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page.set_default_timeout(WAIT_MS)
    watch(page)
    return page


def watch(page: "Page") -> None:
    """Keep note of the runs of every page that is opened in this tab, in `window.__runs`."""
    page.add_init_script(_WATCH)


@dataclass(frozen=True, slots=True)
class Server:
    """The app being served: its address, and the process that serves it."""

    address: str
    pid: int

    def cpu_ms(self) -> float | None:
        """Processor time it has taken up to now, in steps of some ms; None where none tells it."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.is_file():
            return None
        user, system = stat.read_text("utf-8").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


class Drawing:
    """What drawing costs: the processor time of the browser's processes but the first.

    (The first passes messages on; in steps of a microsecond, hardly other under other load.)
    """

    def __init__(self, browser: "Browser") -> None:
        self._session = browser.new_browser_cdp_session()

    def cpu_ms(self) -> float:
        """Processor time taken up to now."""
        running = self._session.send("SystemInfo.getProcessInfo")["processInfo"]
        return 1000 * sum(float(one["cpuTime"]) for one in running if one["type"] != "browser")


def served(home: Path) -> AbstractContextManager[Server]:
    """The app on a home, started as a user starts it; yields at once, see `wait_until_served`.

    :raises BenchmarkError: a page of it failed.
    """
    return _running(["-m", "cli", "app", "--home", str(home), "--port"], _CHECKOUT)


@contextmanager
def bare() -> Iterator[Server]:
    """Streamlit with a page of one word: less than this no app of it can take."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "page.py"
        script.write_text('import streamlit as st\n\nst.header("页")\n', "utf-8")
        options = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
        command = ["-m", "streamlit", "run", str(script), *options, "--server.port"]
        with _running(command, Path(folder)) as server:
            yield server


@contextmanager
def _running(options: Sequence[str], folder: Path) -> Iterator[Server]:
    """A Python that serves pages; `options` end with that of the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, *options, str(port)]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(  # noqa: S603 - own command
            command, cwd=folder, stdout=log, stderr=log, env=dict(os.environ)
        )
        try:
            yield Server(f"http://127.0.0.1:{port}", server.pid)
        finally:
            server.terminate()
            server.wait(timeout=30)
        log.seek(0)
        said = log.read().decode("utf-8", "replace")
    if "Traceback" in said:
        raise BenchmarkError(f"the app failed: {said[-2000:]}")


def wait_until_served(server: Server) -> str:
    """The address of the app, as soon as a browser can be led there.

    :raises BenchmarkError: it did not come up.
    """
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(server.address, timeout=2):  # noqa: S310
                return server.address
        except OSError:
            time.sleep(0.02)
    raise BenchmarkError(f"the app did not come up within {_START_SECONDS} s")
