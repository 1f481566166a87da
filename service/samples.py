"""The sample documents: a corpus of any size, and a home of their own for the app.

Authored examples of the layouts (corpus/samples/) and invented counties (corpus/specimens/);
invented rows never mix with real peers.
"""

import hashlib
import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from errors import HomeLockedError, HomeUnwritableError, UsageError
from index.generations import current_name
from knowledge.concepts import CONCEPTS_FOLDER
from service.home import Home

if TYPE_CHECKING:  # who only asks for the place of the samples need not wait for their writers
    from corpus.specimens.truth import Truth

DOCUMENTS = "documents"
TRUTH = "truth.jsonl"
"""In a folder of samples: what is to be ingested, and what is true of it."""

_CHECKOUT = Path(__file__).resolve().parent.parent
_DOCUMENTS = _CHECKOUT / "corpus" / "samples"
_WRITERS = _CHECKOUT / "corpus" / "specimens"
_SUFFIXES = frozenset((".txt", ".csv", ".docx", ".doc", ".xlsx", ".xls", ".pdf", ".html"))


@dataclass(frozen=True, slots=True)
class SamplesReport:
    """What was written: where the documents and their truth are, and how much stands in them.

    `kinds` counts the tables by how they came to be, `weak` the rows by the rule they break.
    """

    folder: Path
    truth: Path
    scale: int
    documents: int
    counties: int
    units: int
    projects: int
    indicators: int
    weak_indicators: int
    kinds: dict[str, int]
    weak: dict[str, int]
    seconds: float


def write_samples(folder: Path, scale: int = 1) -> SamplesReport:
    """Write invented documents of `30 × scale` counties, and the truth beside them.

    The same bytes in every run; a larger scale begins with the documents of the smaller one.

    :raises UsageError: `scale` is below 1, or the folder is not empty.
    :raises HomeUnwritableError: no right or no room to write.
    """
    started = time.perf_counter()
    if scale < 1:
        raise UsageError(f"--scale expects a number from 1, found {scale}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"expected an empty or new folder for samples, found {folder} in use")
    try:
        counts = _write(folder, scale)
    except OSError as error:
        raise HomeUnwritableError(
            f"folder {folder}: expected room and right to write samples, found: "
            f"{error.strerror or error}"
        ) from error
    return counts.report(folder, scale, time.perf_counter() - started)


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
    from service import refresh

    home = Home.open(sample_home(), create=True)
    try:
        counties = _ensure_counties(home.path)
        refresh.ingest(home, (*sample_documents(), counties), prune=True, progress=progress)
    except (HomeLockedError, HomeUnwritableError):
        if not current_name(home.index_dir):
            raise
    return home


def _ensure_counties(home: Path) -> Path:
    """The documents of the invented counties, written where they are not those of today."""
    stamp = _fingerprint()
    folder = home / "counties"
    written = folder / "WRITTEN"
    if not (written.is_file() and written.read_text(encoding="utf-8") == stamp):
        try:
            with tempfile.TemporaryDirectory(prefix=".counties-", dir=home) as temporary:
                aside = Path(temporary) / "counties"
                _write(aside, 1)
                (aside / "WRITTEN").write_text(stamp, encoding="utf-8")
                shutil.rmtree(folder, ignore_errors=True)
                aside.rename(folder)
        except OSError as error:
            raise HomeUnwritableError(
                f"home {home}: expected room and right to write the sample documents, found: "
                f"{error.strerror or error}"
            ) from error
    return folder / DOCUMENTS


def _fingerprint() -> str:
    """Changes with everything that the documents are made from."""
    digest = hashlib.sha256()
    for path in sorted((*_WRITERS.glob("*.*"), *CONCEPTS_FOLDER.glob("*.jsonl"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


class _Counts:
    """Counts what is true of documents while they are written."""

    def __init__(self) -> None:
        self.documents = 0
        self.counties: set[str] = set()
        self.units: set[str] = set()
        self.kinds: Counter[str] = Counter()
        self.rows = 0
        self.weak_rows = 0
        self.weak: Counter[str] = Counter()

    def add(self, truth: "Truth") -> None:
        """Count one record of the truth."""
        from corpus.specimens.truth import RowTruth, TableTruth

        if isinstance(truth, TableTruth):
            self.counties.add(truth.county)
            self.units.add(truth.unit)
            self.kinds[truth.kind] += 1
            self.weak.update(truth.weak)
        elif isinstance(truth, RowTruth):
            self.rows += 1
            self.weak_rows += bool(truth.weak)
            self.weak.update(truth.weak)

    def report(self, folder: Path, scale: int, seconds: float) -> SamplesReport:
        """The figures of all documents."""
        return SamplesReport(
            folder=folder / DOCUMENTS,
            truth=folder / TRUTH,
            scale=scale,
            documents=self.documents,
            counties=len(self.counties),
            units=len(self.units),
            projects=self.kinds.total(),
            indicators=self.rows,
            weak_indicators=self.weak_rows,
            kinds=dict(sorted(self.kinds.items())),
            weak=dict(sorted(self.weak.items())),
            seconds=round(seconds, 3),
        )


def _write(folder: Path, scale: int) -> _Counts:
    from service.contract import plain

    counts = _Counts()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / TRUTH).open("w", encoding="utf-8") as truth:
        for line in _written(folder / DOCUMENTS, scale, counts):
            counts.add(line)
            truth.write(json.dumps(plain(line), ensure_ascii=False) + "\n")
    return counts


def _written(folder: Path, scale: int, counts: _Counts) -> Iterator["Truth"]:
    from corpus.specimens.disclosures import disclosures
    from corpus.specimens.truth import truth_of

    for document in disclosures(scale):
        path = folder / document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.data)
        counts.documents += 1
        yield from truth_of(document)
