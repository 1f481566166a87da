"""Formats that only an office program knows, converted by LibreOffice where it is installed.

It runs without a window, in a process of its own group with a fresh profile of its own: no macro
runs, no link of the document is followed, and nothing of it outlives the conversion. Between it
and this process stands a small one (`python -m corpus.readers.office`) that ends all of it when
the time is up or when this process is gone.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from corpus import limits
from corpus.watchdog import more_time
from errors import UnreadableError

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/usr/bin",
    "/usr/local/bin",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:\\Program Files\\LibreOffice\\program",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SAFE = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Calc/Content/Update", "Link", "2"),
)
_MISSING, _FAILED, _LATE = 3, 4, 5  # exit codes of the process in between


def convert(data: bytes, ending: str, target: str, what: str) -> bytes:
    """The document as LibreOffice writes it in the format `target` ("docx" or "xlsx").

    `ending` tells LibreOffice what to expect, `what` names the format in messages.
    Raises UnreadableError if LibreOffice is missing or cannot read it, LimitError if it takes
    too long or gives too much.
    """
    program = _program()
    if program is None:
        raise UnreadableError(
            f"expected LibreOffice to read {what}, found none on this computer;"
            f" install it, or save the document as .{target}"
        )
    more_time(limits.SECONDS_OF_CONVERSION)
    with tempfile.TemporaryDirectory(prefix="duibiao-office-") as folder:
        room = Path(folder)
        (room / f"in.{ending}").write_bytes(data)
        _write_profile(room)
        code = _run(program, room, f"in.{ending}", target)
        found = room / "out" / f"in.{target}"
        if code == _LATE:
            raise limits.too_much(
                f"{limits.SECONDS_OF_CONVERSION:.0f} seconds to convert {what}",
                "one that takes longer",
                f"save the document as .{target}",
            )
        if not found.is_file():
            raise UnreadableError(
                f"expected {what} that LibreOffice can read, found one that it cannot;"
                f" save the document as .{target}"
            )
        limits.check_bytes(found.stat().st_size, limits.FILE_BYTES, "a converted document")
        return found.read_bytes()


def _program() -> str | None:
    """Where LibreOffice is, or None; `DUIBIAO_SOFFICE` names it, or forbids it when empty."""
    said = os.environ.get("DUIBIAO_SOFFICE")
    return _found() if said is None else shutil.which(said)


@lru_cache(maxsize=1)
def _found() -> str | None:
    for folder in (None, *_PLACES):
        for name in _NAMES:
            found = shutil.which(name, path=folder)
            if found:
                return found
    return None


def _write_profile(room: Path) -> None:
    user = room / "profile" / "user"
    user.mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SAFE)
    (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), "utf-8")


def _run(program: str, room: Path, source: str, target: str) -> int:
    """Convert in the process in between; its exit code."""
    order = {
        "command": [
            program,
            f"-env:UserInstallation={(room / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nofirststartwizard",
            "--convert-to",
            target,
            "--outdir",
            str(room / "out"),
            str(room / source),
        ],
        "folder": str(room),
        "seconds": limits.SECONDS_OF_CONVERSION,
    }
    try:
        between = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", "corpus.readers.office", json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
            start_new_session=True,  # Ctrl-C is for this process, whose end that one notices
        )
    except OSError:
        return _FAILED
    with between:  # closes its standard input, which ends it, whatever happens here
        try:
            return between.wait()
        except BaseException:
            if between.stdin is not None:
                between.stdin.close()
            raise


def _serve(order: dict[str, object]) -> int:
    """Run one command in a group of its own until it ends, is late, or nobody waits any more."""
    command = [str(part) for part in order["command"]]  # type: ignore[attr-defined]
    folder = str(order["folder"])
    try:
        process = subprocess.Popen(  # noqa: S603 - put together above
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
        )
    except OSError:
        return _MISSING
    alone = threading.Event()

    def listen() -> None:
        while os.read(sys.stdin.fileno(), 1):  # until the other end is closed
            pass
        alone.set()
        _kill(process)

    threading.Thread(target=listen, daemon=True).start()
    try:
        code = process.wait(timeout=float(str(order["seconds"])))
    except subprocess.TimeoutExpired:
        code = _LATE
    _kill(process)
    process.wait()
    if alone.is_set():
        shutil.rmtree(folder, ignore_errors=True)
    return _LATE if code == _LATE else 0


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


if __name__ == "__main__":
    sys.exit(_serve(json.loads(sys.argv[1])))
