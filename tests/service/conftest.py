"""Small documents to ingest, as the JSON lines that `parse` and `export` write."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.jsonlines import to_lines
from corpus.records import Project
from service.home import Home


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Make an empty folder for documents."""
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


@pytest.fixture
def write(documents: Path) -> Callable[..., Path]:
    """Give a function that writes a document of the projects given."""

    def written(name: str, *projects: Project) -> Path:
        lines = [json.dumps(line, ensure_ascii=False) for p in projects for line in to_lines(p)]
        path = documents / name
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    return written


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Make a new data folder."""
    return Home.open(tmp_path / "home", create=True)
