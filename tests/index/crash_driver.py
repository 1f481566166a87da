"""Builds a generation again and again, each time killed at another step; the last one survives.

    python crash_driver.py INDEX_FOLDER

A step is a call of fsync, rename or replace. After each killed build the folder is opened and
asked. Prints one JSON object per build: whether it was killed, the generation and revision that
answer, the answer's ids, and the names that stand in the folder.
"""

import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.build import build_generation
from index.results import SearchRequest
from index.search import Searcher
from index.snapshot import Snapshot

_SPEC = importlib.util.spec_from_file_location("conftest", Path(__file__).with_name("conftest.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
_HELP = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_HELP)

NEVER = 10**9
STEPS = {"taken": 0, "deadly": NEVER}


def stepping(call: Callable[..., Any]) -> Callable[..., Any]:
    """The call, or the end of the process when it is the deadly step."""

    def counted(*values: Any) -> Any:  # noqa: ANN401 - as the call it stands for
        if STEPS["taken"] == STEPS["deadly"]:
            os._exit(9)
        STEPS["taken"] += 1
        return call(*values)

    return counted


def build(folder: Path, count: int) -> None:
    """Build an index of some drawn projects."""
    encoder = _HELP.BigramEncoder()
    build_generation(
        folder, _HELP.Listed(_HELP.drawn_projects(count)), encoder, revision=f"r{count}"
    )


def build_and_be_killed(folder: Path, step: int) -> bool:
    """Build in a child process that dies at this step; whether it did."""
    child = os.fork()
    if child == 0:
        STEPS.update(taken=0, deadly=step)
        build(folder, 12)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def report(folder: Path, *, killed: bool) -> None:
    """Print what the folder answers now."""
    snapshot = Snapshot.open(folder)
    answer = Searcher(snapshot, _HELP.BigramEncoder()).search(SearchRequest("公众号粉丝数量"))
    found = {
        "killed": killed,
        "generation": snapshot.generation.name,
        "revision": snapshot.generation.about.corpus_revision,
        "ids": [hit.id for hit in answer.hits],
        "folder": sorted(entry.name for entry in folder.iterdir()),
    }
    sys.stdout.write(json.dumps(found) + "\n")


def main(folder: Path) -> None:
    """Build, be killed at many steps, build."""
    for name in ("fsync", "rename", "replace"):
        setattr(os, name, stepping(getattr(os, name)))
    build(folder, 6)
    report(folder, killed=False)
    total = STEPS["taken"]
    # of the many data files some, of the steps that make the generation valid every one
    for step in [*range(0, total - 10, 5), *range(total - 10, total), NEVER]:
        report(folder, killed=build_and_be_killed(folder, step))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
