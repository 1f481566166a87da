"""Which model serves: the one asked for, else the one that the index was built with."""

from pathlib import Path

from embed import Encoder, open_encoder
from errors import ModelError, SearchIndexError
from index.generations import read_current

DEFAULT = "default"
"""The name by which a user asks for the default model where the index has another one."""


def model_name(asked: str | None, index_dir: Path) -> str:
    """The model's name as a manifest keeps it: "" for the default, a folder in full.

    Nothing asked for (None): what the index was built with, so that a nightly run does not
    change the model; the default where there is no readable index.
    """
    if asked is None:
        try:
            return read_current(index_dir).about.model
        except SearchIndexError:
            return ""
    if asked in ("", DEFAULT):
        return ""
    folder = Path(asked)
    return str(folder.resolve()) if folder.is_dir() else asked


def encoder_of(name: str) -> Encoder:
    """Open the model of this name.

    :raises ModelError: it cannot be loaded.
    """
    try:
        return open_encoder(name or None)
    except ModelError as error:
        if not name:
            raise
        raise ModelError(f"{error}; or run `duibiao build --model {DEFAULT}`") from error
