"""The command line run in process, over a small home of invented documents."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
from typer.testing import CliRunner

from cli import app

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
DOCUMENTS = ("001_A1_jiaoyu.txt", "013_B_danwei_zaiqian.txt")


class Answer(Protocol):
    """What a run left: exit code, stdout, stderr."""

    exit_code: int
    stdout: str
    stderr: str


Run = Callable[..., Answer]


@pytest.fixture(scope="session")
def run() -> Run:
    """Run one command line; arguments may be anything with a text."""

    def invoke(*arguments: object, stdin: str | bytes | None = None) -> Any:  # noqa: ANN401
        return CliRunner().invoke(app, [str(part) for part in arguments], input=stdin)

    return invoke


@pytest.fixture(scope="session")
def lines() -> Callable[[Answer], list[dict[str, Any]]]:
    """The JSON lines of an answer."""
    return lambda answer: [json.loads(line) for line in answer.stdout.splitlines()]


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    home = tmp_path_factory.mktemp("cli") / "home"
    done = run("ingest", *(SAMPLES / name for name in DOCUMENTS), "--home", home, "--json")
    assert done.exit_code == 0, done.stderr
    return home


@pytest.fixture
def home(_built: Path, tmp_path: Path) -> Path:
    """A home of its own for every test, ready to be searched or damaged."""
    return Path(shutil.copytree(_built, tmp_path / "home"))


@pytest.fixture
def refused() -> Callable[[Answer], str]:
    """The one line that says why nothing could be done; checks exit code 2 and silence else."""

    def message(answer: Answer) -> str:
        assert answer.exit_code == 2, answer.stdout + answer.stderr
        assert answer.stdout == ""
        assert answer.stderr.count("\n") == 1, answer.stderr
        assert "Traceback" not in answer.stderr
        assert "internal error" not in answer.stderr
        return answer.stderr

    return message
