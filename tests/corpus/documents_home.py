"""A store with its originals and a folder of documents, to ingest what a test writes there."""

import json
from pathlib import Path

from corpus.intake.ingest import IngestCounts, ingest_paths
from corpus.jsonlines import to_lines
from corpus.records import Indicator, Project, Source, Value
from corpus.store.store import Store


class Home:
    """A store, the folder of its originals, and a folder of documents beside them."""

    def __init__(self, root: Path) -> None:
        self.files_dir = root / "home" / "files"
        self.files_dir.mkdir(parents=True)
        self.docs = root / "docs"
        self.docs.mkdir()
        self.store = Store.open(root / "home" / "corpus.sqlite", write=True)

    def ingest(self, *paths: Path, prune: bool = False, workers: int = 1) -> IngestCounts:
        """Ingest the paths, or all documents."""
        return ingest_paths(
            self.store, self.files_dir, paths or [self.docs], prune=prune, workers=workers
        )

    def write(self, name: str, *rows: str, unit: str = "") -> Path:
        """A small document, as JSON lines of the contract."""
        path = self.docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        indicators = tuple(Indicator(row, Value(row), source=Source(name, "", 1)) for row in rows)
        project = Project(unit=unit or name, name="运维", indicators=indicators)
        lines = [json.dumps(line, ensure_ascii=False) for line in to_lines(project)]
        path.write_text("\n".join(lines), "utf-8")
        return path

    def names(self) -> list[str]:
        """Names of all active indicators."""
        return sorted(row.indicator.name for row in self.store.indicators())

    def paths(self) -> set[str]:
        """All known paths, below the folder of documents."""
        return {str(Path(path).relative_to(self.docs)) for path in self.store.paths()}

    def documents(self) -> list[str]:
        """Names of all documents."""
        return sorted(document.name for document in self.store.documents())
