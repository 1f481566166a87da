"""What a folder writer writes, a reader gives back, or says which file is wrong."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from errors import IndexDamagedError
from index.files import FolderReader, FolderWriter


@settings(deadline=None)
@given(
    arrays(
        st.sampled_from((np.int32, np.float32, np.int64, np.bool_)),
        array_shapes(max_dims=2, min_side=0),
    )
)
def test_arrays(tmp_path_factory: pytest.TempPathFactory, array: np.ndarray) -> None:
    files = FolderWriter(tmp_path_factory.mktemp("arrays"))
    files.array("a.npy", array)
    again = FolderReader.open(files.folder, files.entries).array("a.npy")
    assert again.dtype == array.dtype
    assert again.shape == array.shape
    assert np.array_equal(again, array, equal_nan=array.dtype.kind == "f")


@pytest.mark.parametrize("lines", [[], [""], ["甲", "", "乙\u2028丙\x85"]])
def test_lines(tmp_path: Path, lines: list[str]) -> None:
    files = FolderWriter(tmp_path)
    files.lines("texts.txt", lines)
    assert FolderReader.open(tmp_path, files.entries).lines("texts.txt") == lines


def test_other_content_is_named(tmp_path: Path) -> None:
    files = FolderWriter(tmp_path)
    files.raw("no.npy", b"no array")
    np.save(tmp_path / "objects.npy", np.array([{}], dtype=object))
    files.raw("objects.npy", (tmp_path / "objects.npy").read_bytes())
    reader = FolderReader.open(tmp_path, files.entries)
    for name in ("no.npy", "objects.npy"):
        with pytest.raises(IndexDamagedError, match=name):
            reader.array(name)
    with pytest.raises(IndexDamagedError, match=r"missing\.json"):
        reader.json("missing.json")


def test_open_files_outlive_their_folder(tmp_path: Path) -> None:
    files = FolderWriter(tmp_path)
    files.raw("a", b"kept")
    reader = FolderReader.open(tmp_path, files.entries)
    (tmp_path / "a").unlink()
    assert bytes(reader.raw("a")) == b"kept"


def test_what_could_not_be_written_is_told_at_the_end(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"), FolderWriter(tmp_path / "nowhere") as files:
        files.lines("texts.txt", ["a"])
    with FolderWriter(tmp_path) as files:
        files.lines("texts.txt", ["a"])
    assert FolderReader.open(tmp_path, files.entries).lines("texts.txt") == ["a"]
