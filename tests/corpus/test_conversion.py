"""Formats that LibreOffice reads: with it, without it, and with one that fails or hangs."""

import http.server
import io
import os
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import ClassVar

import pytest

from corpus import limits
from corpus.parse import read_document
from corpus.readers import office
from errors import LimitError, UnreadableError

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
DOC = (SAMPLES / "027_A2_keji_doc.doc").read_bytes()
RTF = b"{\\rtf1\\ansi nothing}"

needs_scripts = pytest.mark.skipif(os.name != "posix", reason="scripts stand for LibreOffice")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program in place of LibreOffice; `$out` is where its result is expected."""
    program = folder / "soffice"
    program.write_text(f'#!/bin/sh\nout="$PWD/out"\nmkdir -p "$out"\n{script}\n')
    program.chmod(0o700)
    monkeypatch.setenv("DUIBIAO_SOFFICE", str(program))


def left_over() -> list[str]:
    import tempfile

    return [name for name in os.listdir(tempfile.gettempdir()) if name.startswith("duibiao-office")]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (RTF, "rich text"),
        (b"\x09\x02\x06\x00\x00\x00\x10\x00", "before Excel 5"),
        (DOC.replace(b"\xec\xa5\x01\x01", b"\xec\xa5\x65\x00"), "before Word 97"),
    ],
)
def test_without_it_the_cure_is_named(
    data: bytes, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUIBIAO_SOFFICE", "")
    with pytest.raises(UnreadableError, match=rf"expected LibreOffice.*{word}.*install it, or"):
        read_document(data, "a.doc")


@needs_scripts
def test_what_it_writes_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = left_over()
    sample = SAMPLES / "023_A1_jiaoyu_docx.docx"
    seen = tmp_path / "seen"
    stand_in(tmp_path, monkeypatch, f'echo "$@" > {seen}; cp {sample} "$out/in.docx"')
    assert read_document(RTF, "a.rtf") == read_document(sample.read_bytes(), "a.rtf")
    said = seen.read_text()
    assert "--headless" in said
    assert "--convert-to docx" in said
    assert "-env:UserInstallation=file:///" in said
    assert left_over() == before


@needs_scripts
def test_one_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1")
    with pytest.raises(UnreadableError, match="that LibreOffice can read, found one that it"):
        read_document(RTF, "a.rtf")


@needs_scripts
def test_one_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS_OF_CONVERSION", 0.3)
    pid = tmp_path / "pid"
    stand_in(tmp_path, monkeypatch, f"sleep 300 & echo $! > {pid}; wait")
    with pytest.raises(LimitError, match="seconds to convert rich text"):
        read_document(RTF, "a.rtf")
    assert gone(int(pid.read_text()))


@needs_scripts
def test_nothing_outlives_a_reader_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = left_over()
    pid = tmp_path / "pid"
    stand_in(tmp_path, monkeypatch, f"sleep 300 & echo $! > {pid}.new; mv {pid}.new {pid}; wait")
    code = "from corpus.readers.office import convert; convert(b'x', 'rtf', 'docx', 'x')"
    reader = subprocess.Popen([sys.executable, "-c", code], cwd=Path(office.__file__).parents[2])
    for _ in range(600):
        if pid.exists():
            break
        time.sleep(0.05)
    reader.kill()
    reader.wait()
    assert gone(int(pid.read_text()))
    for _ in range(100):
        if left_over() == before:
            return
        time.sleep(0.05)
    raise AssertionError(left_over())


def gone(pid: int) -> bool:
    """Whether a process ends within some seconds."""
    for _ in range(200):
        state = Path(f"/proc/{pid}/stat")
        if Path("/proc").is_dir():
            if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        else:
            try:
                os.kill(pid, 0)
            except OSError:
                return True
        time.sleep(0.05)
    return False


PICTURE = (
    '<text:p><draw:frame svg:width="1cm" svg:height="1cm"><draw:image xlink:href="{}/x.png" '
    'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
)


class Listener(http.server.BaseHTTPRequestHandler):
    """Notes who asks for anything."""

    asked: ClassVar[list[str]] = []

    def handle(self) -> None:
        """Note it."""
        self.asked.append(str(self.client_address))


@pytest.mark.skipif(not office._found(), reason="LibreOffice is not installed")
def test_the_real_one_reads_tables_and_follows_no_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DUIBIAO_SOFFICE", raising=False)
    sample = SAMPLES / "023_A1_jiaoyu_docx.docx"
    found = read_document(with_linked_picture(odt_of(sample, tmp_path)), "a.odt").projects
    expected = read_document(sample.read_bytes(), "a.odt").projects
    assert [[i.name for i in p.indicators] for p in found] == [
        [i.name for i in p.indicators] for p in expected
    ]
    assert [p.unit for p in found] == [p.unit for p in expected]
    assert Listener.asked == []


def odt_of(sample: Path, folder: Path) -> bytes:
    program = office._found()
    assert program
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "odt",
         "--outdir", folder, sample],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (written,) = folder.glob("*.odt")
    return written.read_bytes()


def with_linked_picture(data: bytes) -> bytes:
    """The document with a picture from a server on this machine."""
    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    picture = PICTURE.format(f"http://127.0.0.1:{server.server_port}")
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for info in source.infolist():
            part = source.read(info)
            if info.filename == "content.xml":
                text = part.decode()
                at = text.index("<text:p ", text.index("<office:text"))
                part = (text[:at] + picture + text[at:]).encode()
            target.writestr(info, part)
    return packed.getvalue()
