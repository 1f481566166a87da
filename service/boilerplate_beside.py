"""Boilerplate found in a second process while this one builds the index."""

import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

from index.files import FolderWriter
from peers.boilerplate import files
from service.clusters import write_boilerplate
from service.home import Home
from service.models import encoder_of


class BoilerplateProcess:
    """One process for one build; use as a context manager, which ends it."""

    def __init__(
        self, process: subprocess.Popen[bytes], folder: tempfile.TemporaryDirectory[str]
    ) -> None:
        self._process = process
        self._folder = folder

    @classmethod
    def start(cls, home: Home, model: str) -> Self | None:
        """Start it where there is a processor for it; `model` is the encoder's name.

        It reads what is committed to the store of `home`.
        """
        if (os.cpu_count() or 1) < 2:
            return None
        folder = tempfile.TemporaryDirectory(prefix="duibiao-")
        module = [sys.executable, "-m", "service.boilerplate_beside"]
        try:
            process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                [*module, str(home.path.absolute()), folder.name, model],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=Path(__file__).parents[1],  # where `service` is found
                start_new_session=True,  # Ctrl-C is for this process, which then ends that one
            )
        except OSError:
            folder.cleanup()
            return None
        return cls(process, folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()

    def take(self, into: FolderWriter) -> bool:
        """Wait for it and put what it wrote into a generation; False when it failed."""
        if self._process.wait() != 0:
            return False
        for name in files.NAMES:
            into.raw(name, (Path(self._folder.name) / name).read_bytes())
        return True


def _find(home: Home, folder: Path, model: str) -> None:
    encoder = encoder_of(model)
    with home.store() as store, FolderWriter(folder) as writer:
        write_boilerplate(
            writer,
            store.projects(),
            lambda texts: encoder.encode_documents(list(texts)),
            store.revision(),
        )


if __name__ == "__main__":
    gc.disable()  # records are many, and trees without cycles
    _find(Home.open(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3])
