"""The door of the app: Streamlit's files at once, all else when Streamlit is there."""

import asyncio
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from app_pages.door import Asgi, Door, Message, Receive, Send

ROOT = Path(__file__).parents[2]


async def inside(scope: Message, receive: Receive, send: Send) -> None:
    """Stands for Streamlit: it lives, and answers everything with its own word."""
    if scope["type"] == "lifespan":
        assert (await receive())["type"] == "lifespan.startup"
        await send({"type": "lifespan.startup.complete"})
        assert (await receive())["type"] == "lifespan.shutdown"
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


async def got(door: Door, path: str, method: str = "GET") -> list[Message]:
    """What a request is answered."""
    said: list[Message] = []

    async def say(message: Message) -> None:
        said.append(message)

    async def hear() -> Message:
        return {"type": "http.request"}

    await door({"type": "http", "path": path, "method": method}, hear, say)
    return said


class Life:
    """The start and the end of a server, as the door is told of them."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[Message] = asyncio.Queue()
        self.said: list[str] = []

    async def say(self, message: Message) -> None:
        """What the door says to the server."""
        self.said.append(message["type"])

    def begin(self, door: Door) -> "asyncio.Task[None]":
        """Start the server."""
        self.told.put_nowait({"type": "lifespan.startup"})
        return asyncio.ensure_future(door({"type": "lifespan"}, self.told.get, self.say))

    def end(self) -> None:
        """End it."""
        self.told.put_nowait({"type": "lifespan.shutdown"})


def lived(run: Coroutine[None, None, None]) -> None:
    """Run to the end, in a thread of its own: tests in a browser leave a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run).result()


def failed() -> None:
    raise AssertionError


def test_files_are_handed_out_before_streamlit_is_loaded_and_all_else_waits() -> None:
    loaded = Event()

    def load() -> Asgi:
        assert loaded.wait(10)
        return inside

    async def run() -> None:
        door, life = Door(load, failed), Life()
        living = life.begin(door)
        page = await got(door, "/")
        head = dict(page[0]["headers"])
        assert head[b"cache-control"] == b"no-cache"
        assert b'<div id="root">' in page[1]["body"]
        script = head[b"link"].decode().partition("<.")[2].partition(">")[0]
        handed = await got(door, script)
        head = dict(handed[0]["headers"])
        assert (head[b"content-type"], int(head[b"content-length"])) == (
            b"application/javascript",
            len(handed[1]["body"]),
        )
        icon = await got(door, "/favicon.png")
        assert icon[1]["body"] == (ROOT / "app_pages" / "icon.png").read_bytes()
        waiting = [
            asyncio.ensure_future(got(door, path, method))
            for path, method in (
                ("/_stcore/health", "GET"),
                ("/static/../index.html", "GET"),
                ("/static/js/", "GET"),
                ("/", "POST"),
            )
        ]
        await asyncio.sleep(0.02)
        assert not any(one.done() for one in waiting)
        assert life.said == ["lifespan.startup.complete"]
        loaded.set()
        assert [(await one)[1]["body"] for one in waiting] == [b"inside"] * 4
        life.end()
        await living
        assert life.said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

    lived(run())


def test_what_cannot_be_loaded_ends_the_server() -> None:
    ended: list[bool] = []

    def load() -> Asgi:
        raise ImportError("nothing there")

    async def run() -> None:
        door, life = Door(load, lambda: ended.append(True)), Life()
        with pytest.raises(ImportError, match="nothing there"):
            await life.begin(door)
        with pytest.raises(RuntimeError, match="could not be loaded"):
            await got(door, "/_stcore/health")

    lived(run())
    assert ended == [True]


def test_the_first_page_loads_nothing_heavy(
    read_home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUIBIAO_HOME", str(read_home))
    heavy = ("pandas", "pyarrow", "altair", "faiss", "streamlit.emojis", "corpus.values")
    program = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file('app.py', default_timeout=60).run()\n"
        "assert not app.exception and not app.error and app.subheader\n"
        f"sys.exit(str(sorted(set(sys.modules) & set({heavy!r}))))"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert capfd.readouterr().err.splitlines()[-1] == "[]"


def test_unknown_names_are_left_to_streamlit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Streamlit has other files: then none is handed out early, and all still works."""
    monkeypatch.setattr("app_pages.door.find_spec", {}.get)

    async def run() -> None:
        door, life = Door(lambda: inside, failed), Life()
        living = life.begin(door)
        assert (await got(door, "/"))[1]["body"] == b"inside"
        life.end()
        await living

    lived(run())
