"""Which files lie under the paths given."""

import os
from pathlib import Path

import pytest

from corpus.intake.walk import find_files, is_gone, path_text
from errors import UsageError


def test_what_a_walk_leaves_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/~$z.docx", ".DS_Store", ".git/config", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "c").symlink_to(tmp_path / "a")  # the same folder again
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    walk = find_files([tmp_path, tmp_path / "b.txt", tmp_path / "a"])
    names = [str(file.path.relative_to(tmp_path)) for file in walk.files]
    assert names == ["a/z.txt", "b.txt", "gone.txt"]
    assert walk.unlisted == ()


def test_a_walk_stops_at_the_folders_left_out(tmp_path: Path) -> None:
    for name in ("data/files/00/x", "data/corpus.sqlite", "a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    home = tmp_path / "data"
    left_out = [home, home / "files"]
    assert [file.name for file in find_files([tmp_path], left_out).files] == ["a.txt"]
    assert [file.name for file in find_files([home / "files"], left_out).files] == ["x"]


def test_a_walk_covers_its_folders_only(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.txt").touch()
    walk = find_files([tmp_path / "in", tmp_path / "a.txt"])
    assert walk.covers(str(tmp_path / "in" / "deep" / "b.txt"))
    assert not walk.covers(str(tmp_path / "inside" / "b.txt"))
    assert not walk.covers(str(tmp_path / "a.txt"))


def test_paths_that_cannot_be_walked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    os.mkfifo(tmp_path / "pipe")
    for missing in (tmp_path / "none", tmp_path / "a.txt" / "below"):
        with pytest.raises(UsageError, match=r"does not exist.*check the path"):
            find_files([tmp_path, missing])
        assert is_gone(str(missing))
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        find_files([tmp_path / "pipe"])
    assert not is_gone(str(tmp_path / "pipe"))


@pytest.mark.parametrize("name", ["绩效 a.txt", "\u00e9"])
def test_readable_names_of_two_encodings(name: str) -> None:
    assert path_text(os.fsdecode(name.encode("utf-8"))) == name
    if "绩" in name:
        assert path_text(os.fsdecode(name.encode("gb18030"))) == name


def test_any_name_can_be_stored() -> None:
    for raw in (b"\xff\xff.txt", b"a\x80", bytes(range(1, 256))):
        path_text(os.fsdecode(raw)).encode("utf-8")
