"""The door of the app, which opens before Streamlit is there.

Streamlit takes a second to load, and a browser as long to load and start Streamlit's own scripts:
these are handed out from here, so that neither waits for the other. All else waits inside for
Streamlit.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]

_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "application/javascript",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_ICON = Path(__file__).with_name("icon.png")
_KEPT = "public, immutable, max-age=31536000"  # their names say which version they are
_EARLY = ("Html", "TextInput", "PageLink", "ButtonGroup", "Selectbox", "BidiComponent")
"""Scripts of what the first page shows: Streamlit asks for them once it has seen it."""
_NEEDS = re.compile(r'(?:import|from)"\./([^"]+\.js)"')


class _File(NamedTuple):
    path: Path
    headers: list[tuple[bytes, bytes]]


class Door:
    """An ASGI application that hands out Streamlit's files, and is Streamlit once that is loaded.

    `load` gives Streamlit and may take its time; `failed` is told when it could not.
    """

    def __init__(self, load: Callable[[], Asgi], failed: Callable[[], None]) -> None:
        self._load = load
        self._failed = failed
        self._files = dict(_files())
        self._inside: Asgi | None = None
        self._open = asyncio.Event()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or live through the start and end of the server."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
            return
        file = self._files.get(scope["path"])
        if file is not None and scope.get("method") == "GET":
            await _hand_out(file, send)
            return
        await self._open.wait()
        if self._inside is None:
            raise RuntimeError("Streamlit could not be loaded")
        await self._inside(scope, receive, send)

    async def _live(self, scope: Message, receive: Receive, send: Send) -> None:
        started = await receive()
        await send({"type": "lifespan.startup.complete"})
        try:
            inside = await asyncio.to_thread(self._load)
        except BaseException:
            self._open.set()
            self._failed()
            raise
        heard = [started]

        async def hear() -> Message:
            return heard.pop() if heard else await receive()

        async def say(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                self._inside = inside
                self._open.set()
            else:
                await send(message)

        await inside(scope, hear, say)


async def _hand_out(file: _File, send: Send) -> None:
    body = file.path.read_bytes()
    length = (b"content-length", str(len(body)).encode())
    start = {"type": "http.response.start", "status": 200, "headers": [*file.headers, length]}
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _files() -> Iterator[tuple[str, _File]]:
    """Streamlit's own files by their address; found without loading Streamlit."""
    package = find_spec("streamlit")
    for place in (package and package.submodule_search_locations) or ():
        folder = Path(place) / "static"
        for path in folder.rglob("*"):
            address = f"/{path.relative_to(folder).as_posix()}"
            if path.suffix in _KINDS:
                yield address, _File(path, _headers(address, path))
        yield "/favicon.png", _File(_ICON, _headers("/favicon.png", _ICON))
        index = folder / "index.html"
        if index.is_file():
            yield "/", _File(index, [*_headers("/", index), (b"link", _early(index))])


def _headers(address: str, path: Path) -> list[tuple[bytes, bytes]]:
    kept = _KEPT if address.startswith("/static/") else "no-cache"
    said = {"content-type": _KINDS[path.suffix], "cache-control": kept}
    return [(name.encode(), text.encode()) for name, text in said.items()]


def _early(index: Path) -> bytes:
    """The header that has a browser load the early scripts, and what they need, beside the rest.

    Streamlit's page names the rest itself.
    """
    folder = index.parent / "static" / "js"
    page = index.read_text("utf-8")
    found: dict[str, None] = {}
    asked = [path.name for name in _EARLY for path in folder.glob(f"{name}.*.js")]
    while asked:
        name = asked.pop()
        if name not in found and name not in page:
            found[name] = None
            asked += _NEEDS.findall((folder / name).read_text("utf-8"))
    links = (f"<./static/js/{name}>; rel=modulepreload; crossorigin" for name in found)
    return ", ".join(links).encode()
