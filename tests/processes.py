"""Which test runs in which process, and which files begin first.

A file stays in one process (`--dist loadfile`), and so do the files that pay for the same thing.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

BROWSER = "tests/browser/"
"""One Chromium, and one server for each home."""
TRANSFORMERS = (
    "tests/cli/test_verbs.py",
    "tests/embed/test_train.py",
    "tests/embed/test_transformer.py",
    "tests/index/test_vector_cache.py",
    "tests/service/test_build_diff.py",
    "tests/service/test_vectors_kept.py",
)
"""To import torch and the libraries above it takes ten seconds of a processor."""
LONG = (
    BROWSER,
    "tests/contract/",
    *TRANSFORMERS,
    "tests/app/test_draft_page.py",
    "tests/app/test_corrections.py",
    "tests/corpus/test_fuzz.py",
    "tests/eval/test_values.py",
    "tests/eval/test_bands.py",
    "tests/app/",
    "tests/service/",
    "tests/eval/",
    "tests/index/",
    "tests/cli/",
)
"""Begun first: what is long and begins last leaves the other processes without work."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long first."""
    items.sort(key=lambda item: place_of(item.nodeid))


def place_of(test: str) -> int:
    """The place of a test in the order of `LONG`; all others come last."""
    return next((n for n, start in enumerate(LONG) if test.startswith(start)), len(LONG))


class _ByWhatIsPaid(LoadFileScheduling):  # type: ignore[misc]
    """Files in the order of the tests; those that pay for the same thing in one process."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(BROWSER):
            return BROWSER
        return "transformers" if nodeid.startswith(TRANSFORMERS) else nodeid.split("::", 1)[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _ByWhatIsPaid | None:
    """The scheduler for `--dist loadfile`."""
    if config.option.dist != "loadfile":
        return None
    config.option.loadscopereorder = False  # else files of many tests would go first
    return _ByWhatIsPaid(config, log)
