"""How fast is the app over many texts: the first page, and each click on each page.

The real server on invented documents, driven in Chromium on the same machine. The first page is
timed from the start of the process, the browser and an empty tab being open, until it is drawn to
its end; beside it, in the same way, a page of Streamlit that holds one word. A click is timed
from being sent until the page has run to its end (`eval.browsing`): so the browser, which is told
of that end, has drawn most of it by then.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import cycle, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.jsonlines import to_lines
from eval.bench import BenchmarkError, Machine, machine
from eval.bench_suggest import TEXTS_OF_A_UNIT
from eval.browsing import (
    Drawing,
    Server,
    bare,
    chromium,
    clicked,
    drawn_at,
    new_page,
    served,
    wait_until_served,
)
from eval.peer_world import world
from service import refresh
from service.home import Home
from service.report import write_lines

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

Progress = Callable[[int, int, str], None]
Act = Callable[[], object]

KINDS = ("question", "view", "again")

_SEED = 2
_PAGES = tuple("检索 指标建议 我的草稿 审核 项目对比 套话 培训 语料 关于 首页".split())
_QUERIES = ("粉丝数量", "培训人次", "群众满意度", "道路养护里程", "设备采购数量", "任务按时完成率")


@dataclass(frozen=True, slots=True)
class ActionLine:
    """Milliseconds of one kind of click on one page, by the clock, until its run had ended.

    `drawn_p50_ms`: until the browser had drawn it. `cpu_p50_ms`: processor time of the server in
    steps of ten, null where the system does not tell it; `drawing_cpu_p50_ms`: that of the
    browser. Both are hardly other under other load.

    `kind`: `question` (something new is asked of the corpus), `view` (the same answer, seen
    otherwise), or `again` (what was asked or seen before).
    """

    page: str
    action: str
    kind: str
    clicks: int
    p50_ms: float
    p95_ms: float
    max_ms: float
    drawn_p50_ms: float
    cpu_p50_ms: float | None
    drawing_cpu_p50_ms: float


@dataclass(frozen=True, slots=True)
class KindLine:
    """All clicks of a kind together, as `ActionLine` says."""

    kind: str
    clicks: int
    p50_ms: float
    p95_ms: float
    drawn_p50_ms: float
    drawn_p95_ms: float
    cpu_p50_ms: float | None
    cpu_p95_ms: float | None
    drawing_cpu_p50_ms: float
    drawing_cpu_p95_ms: float


@dataclass(frozen=True, slots=True)
class _Taken:
    """What one click took, in milliseconds."""

    server: float
    drawn: float
    cpu: float | None
    drawing: float


@dataclass(frozen=True, slots=True)
class AppReport:
    """Seconds from the start of the process, and milliseconds of clicks.

    `served_seconds`: until it answers; `first_page_seconds`: until the first page is drawn in a
    browser that was open already; `bare_page_seconds`: the same of a page of Streamlit that holds
    one word, which is the least it could be.
    """

    documents: int
    indicators: int
    unique_texts: int
    served_seconds: float
    first_page_seconds: float
    bare_page_seconds: float
    kinds: tuple[KindLine, ...]
    lines: tuple[ActionLine, ...]
    machine: Machine


class Clicks:
    """Clicks on one tab, timed, by page, action and kind."""

    def __init__(self, page: "Page", server: Server, drawing: Drawing) -> None:
        self.page = page
        self._server = server
        self._drawing = drawing
        self._taken: dict[tuple[str, str, str], list[_Taken]] = {}

    def do(self, where: str, action: str, kind: str, act: Act) -> None:
        """Do something and keep how long it took."""
        from playwright.sync_api import Error  # development only

        before, drawing = self._server.cpu_ms(), self._drawing.cpu_ms()
        try:
            click = clicked(self.page, act)
        except Error as error:
            said = f"{where}, {action}, at {self.page.url}: {str(error).splitlines()[0]}"
            raise BenchmarkError(said) from error
        after = self._server.cpu_ms()
        cpu = None if before is None or after is None else after - before
        taken = self._taken.setdefault((where, action, kind), [])
        drawing = self._drawing.cpu_ms() - drawing
        taken.append(_Taken(click.server_ms, click.shown_ms, cpu, drawing))

    def click(self, where: str, action: str, kind: str, what: "Locator") -> bool:
        """Click on something, where this corpus and this question have it."""
        there = bool(what.count()) and what.first.is_enabled()
        if there:
            self.do(where, action, kind, what.first.click)
        return there

    def lines(self) -> Iterator[ActionLine]:
        """A line for each kind of click."""
        for (where, action, kind), taken in self._taken.items():
            server = [one.server for one in taken]
            yield ActionLine(
                page=where,
                action=action,
                kind=kind,
                clicks=len(taken),
                p50_ms=_quantile(server, 0.5),
                p95_ms=_quantile(server, 0.95),
                max_ms=round(max(server), 1),
                drawn_p50_ms=_quantile([one.drawn for one in taken], 0.5),
                cpu_p50_ms=_cpu(taken, 0.5),
                drawing_cpu_p50_ms=_quantile([one.drawing for one in taken], 0.5),
            )

    def kinds(self) -> Iterator[KindLine]:
        """All clicks of each kind together."""
        for kind in KINDS:
            taken = [one for key, found in self._taken.items() if key[2] == kind for one in found]
            if taken:
                server = [one.server for one in taken]
                drawn, drawing = [one.drawn for one in taken], [one.drawing for one in taken]
                yield KindLine(
                    kind=kind,
                    clicks=len(taken),
                    p50_ms=_quantile(server, 0.5),
                    p95_ms=_quantile(server, 0.95),
                    drawn_p50_ms=_quantile(drawn, 0.5),
                    drawn_p95_ms=_quantile(drawn, 0.95),
                    cpu_p50_ms=_cpu(taken, 0.5),
                    cpu_p95_ms=_cpu(taken, 0.95),
                    drawing_cpu_p50_ms=_quantile(drawing, 0.5),
                    drawing_cpu_p95_ms=_quantile(drawing, 0.95),
                )


def _cpu(taken: Sequence[_Taken], share: float) -> float | None:
    known = [one.cpu for one in taken if one.cpu is not None]
    return _quantile(known, share) if known else None


def _quantile(times: Sequence[float], share: float) -> float:
    return round(float(np.quantile(times, share)), 1)


def app(
    texts: int = 150_000,
    rounds: int = 6,
    home: Path | None = None,
    progress: Progress | None = None,
) -> AppReport:
    """Measure on documents with about so many unlike texts, or on a home that is there.

    :raises BenchmarkError: no browser, or a page failed.
    """
    with tempfile.TemporaryDirectory(prefix="duibiao-bench-") as folder:
        filled = Home.open(home) if home else _filled(Path(folder), texts, progress)
        with filled.store() as store:
            stats = store.stats()
        unique_texts = _unique_texts(filled)
        with chromium() as browser:
            _first_page(browser, bare)  # once before, so that both find the files in memory
            _, bare_page = _first_page(browser, bare)
            up, first = _first_page(browser, lambda: served(filled.path))
            with served(filled.path) as server:
                page = new_page(browser)
                page.goto(wait_until_served(server))
                drawn_at(page)
                clicks = Clicks(page, server, Drawing(browser))
                _open_all(clicks, rounds)
                for text in islice(cycle(_QUERIES), rounds):
                    work(clicks, text)
    return AppReport(
        documents=stats.documents,
        indicators=stats.indicators,
        unique_texts=unique_texts,
        served_seconds=round(up, 2),
        first_page_seconds=round(first, 2),
        bare_page_seconds=round(bare_page, 2),
        kinds=tuple(clicks.kinds()),
        lines=tuple(clicks.lines()),
        machine=machine(),
    )


def _first_page(
    browser: "Browser", start: Callable[[], AbstractContextManager[Server]]
) -> tuple[float, float]:
    """Seconds from the start of a server until it answers, and until its first page is drawn."""
    page = new_page(browser)
    begin = time.time()
    with start() as server:
        address = wait_until_served(server)
        up = time.time() - begin
        page.goto(address)
        drawn = drawn_at(page) - begin
        page.close()
    return up, drawn


def _filled(folder: Path, texts: int, progress: Progress | None) -> Home:
    """A home of invented units, one document each, its boilerplate looked for."""
    documents = folder / "documents"
    documents.mkdir()
    units = round(texts / TEXTS_OF_A_UNIT) + 1
    projects = (invented.project for invented in world(units, _SEED, unlike=True))
    for number, (unit, own) in enumerate(groupby(projects, key=lambda one: one.unit)):
        path = documents / f"{number:05d} {unit}.jsonl"
        write_lines(path, (line for project in own for line in to_lines(project)))
    home = Home.open(folder / "home", create=True)
    refresh.ingest(home, [documents], progress=progress)
    refresh.build(home, progress=progress)
    return home


def _unique_texts(home: Home) -> int:
    from index.generations import read_current

    return int(read_current(home.index_dir).about.counts.get("texts", 0))


def _open_all(clicks: Clicks, rounds: int) -> None:
    """Every page once to open it, then again."""
    for visit in range(rounds + 1):
        for name in _PAGES:
            act = _link(clicks.page, name)
            clicks.do(name, "open", "again" if visit else "question", act)


def work(clicks: Clicks, text: str) -> None:
    """Everything that is asked and seen on the pages; `text` is what is looked for."""
    search(clicks, text)
    _suggesting(clicks, text)
    _teaching(clicks)
    _families(clicks)
    _documents(clicks)


def _link(page: "Page", name: str) -> Act:
    link = page.get_by_test_id("stTopNavLink").filter(has_text=name).first
    return link.click


def search(clicks: Clicks, text: str) -> None:
    """Ask for something, narrow it, look at a table: as far as there is an answer."""
    page = clicks.page
    clicks.do("检索", "open", "again", _link(page, "检索"))
    box = page.get_by_role("searchbox")
    for kind, said in (("question", text), ("question", "培训"), ("again", text)):
        box.fill(said)
        clicks.do("检索", "ask", kind, lambda: page.keyboard.press("Enter"))
    filters = page.locator("[class*='st-key-filter_level2'] button")
    if clicks.click("检索", "filter", "question", filters):
        clicks.click("检索", "clear filter", "again", page.get_by_role("button", name="全部清除"))
    if clicks.click("检索", "open a table", "view", page.get_by_role("button", name="看全表")):
        clicks.click("检索", "close a table", "view", page.get_by_role("button", name="返回"))


def _suggesting(clicks: Clicks, text: str) -> None:
    page = clicks.page
    clicks.do("指标建议", "open", "again", _link(page, "指标建议"))
    asked = page.get_by_role("button", name="查建议")
    for kind, said in (("question", text), ("question", "群众满意度"), ("again", text)):
        page.get_by_label("三级指标", exact=True).fill(said)
        clicks.do("指标建议", "ask", kind, asked.click)


def _teaching(clicks: Clicks) -> None:
    page = clicks.page
    clicks.do("培训", "open", "again", _link(page, "培训"))
    for lesson in ("小测", "打印", "对照"):
        clicks.click("培训", "lesson", "view", page.get_by_role("radio", name=lesson))


def _families(clicks: Clicks) -> None:
    page = clicks.page
    clicks.do("套话", "open", "again", _link(page, "套话"))
    for kind in ("指标值", "指标名称"):
        clicks.click("套话", "kind", "view", page.get_by_role("radio", name=kind))


def _documents(clicks: Clicks) -> None:
    page = clicks.page
    clicks.do("语料", "open", "again", _link(page, "语料"))
    for listed in ("单位", "项目", "文件"):
        clicks.click("语料", "list", "view", page.get_by_role("radio", name=listed))
