"""The sample documents, in a home of their own: invented rows never mix with real peers."""

from collections.abc import Callable
from pathlib import Path

from errors import HomeLockedError, HomeUnwritableError
from index.generations import current_name
from service import refresh
from service.home import Home

_CHECKOUT = Path(__file__).resolve().parent.parent
_DOCUMENTS = _CHECKOUT / "corpus" / "samples"
_SUFFIXES = frozenset((".txt", ".csv", ".docx", ".doc", ".xlsx", ".xls", ".pdf", ".html"))


def sample_home() -> Path:
    """The data folder of the sample documents, beside the checkout's own."""
    return _CHECKOUT / "sample-data"


def is_sample(home: Home) -> bool:
    """Whether this home holds the invented documents, which a banner has to say."""
    return home.path.resolve() == sample_home().resolve()


def sample_documents() -> tuple[Path, ...]:
    """The files of corpus/samples/, without the words about them."""
    return tuple(path for path in sorted(_DOCUMENTS.iterdir()) if path.suffix.lower() in _SUFFIXES)


def ensure_samples(progress: Callable[[int, int, str], None] | None = None) -> Home:
    """The home of the samples, read and indexed as they are now; quick when that was done.

    Where it cannot be written to (another process is at it), what was read before serves.

    :raises HomeUnwritableError: nothing was read before, and the checkout cannot be written to.
    :raises HomeLockedError: another process is reading the samples for the first time.
    """
    home = Home.open(sample_home(), create=True)
    try:
        refresh.ingest(home, sample_documents(), progress=progress)
    except (HomeLockedError, HomeUnwritableError):
        if not current_name(home.index_dir):
            raise
    return home
