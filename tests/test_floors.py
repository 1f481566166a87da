"""The single modules beside the rooms keep to their floors too (import-linter sees packages)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("app_pages", "service", "index", "embed", "corpus", "text", "knowledge")
FACES = {path.stem for path in ROOT.glob("*.py")} - {"errors"} | {"verbs"}


def imported(path: Path) -> set[str]:
    """Top-level names that a file imports, lazily or not."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_errors_stand_on_the_ground() -> None:
    assert imported(ROOT / "errors.py") == set()


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_imports_a_face_or_the_measurements(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        assert not imported(path) & (FACES | {"eval"}), path.relative_to(ROOT)


def test_the_app_does_not_import_the_measurements() -> None:
    assert "eval" not in imported(ROOT / "app.py")
