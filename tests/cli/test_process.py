"""What only a process of its own shows: start, signals, pipes, what is imported."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-m", "cli")
HEAVY = (
    "torch", "sentence_transformers", "transformers", "streamlit", "pandas", "sklearn", "docx",
    "openpyxl", "pdfplumber", "lxml", "rich",
)  # fmt: skip


def test_a_search_imports_nothing_heavy(home: Path) -> None:
    program = (
        "import sys, cli\n"
        "try:\n"
        f"    cli.app(['search', '满意度', '--json', '--home', {str(home)!r}])\n"
        "except SystemExit as end:\n"
        "    print(end.code)\n"
        f"print(sorted(set(sys.modules) & set({HEAVY!r})))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8"
    )
    answer, code, imported = done.stdout.splitlines()
    assert json.loads(answer)["hits"]
    assert code == "0"
    assert imported == "[]"


def test_the_entry_point_speaks_utf8_whatever_the_locale(home: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "search", "满意度", "--home", home],
        capture_output=True,
        check=True,
        env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    )
    assert "满意度" in done.stdout.decode("utf-8")
    assert done.stderr == b""  # no progress where no terminal is


@pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")
def test_a_reader_that_leaves_is_no_error(home: Path) -> None:
    with subprocess.Popen(
        ["sh", "-c", f"'{sys.executable}' -m cli export --home '{home}'; echo $? >&2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as exporting:
        assert exporting.stdout is not None and exporting.stderr is not None
        exporting.stdout.close()
        assert exporting.stderr.read() == "0\n"


@pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")
def test_an_interrupt_is_one_line_and_130(home: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "search", "--batch", "-", "--home", home],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as searching:
        assert searching.stdin and searching.stdout and searching.stderr
        searching.stdin.write('{"id": 1, "text": "满意度"}\n')
        searching.stdin.flush()
        assert json.loads(searching.stdout.readline())["id"] == 1  # answered at once
        searching.send_signal(signal.SIGINT)
        said = searching.stderr.read()
        assert said.count("\n") == 1
        assert "interrupted" in said
    assert searching.returncode == 130


def test_the_app_refuses_a_port_in_use(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*COMMAND, "app", "--port", str(port), "--home", home],
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert str(port) in done.stderr
