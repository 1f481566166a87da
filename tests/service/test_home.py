"""A data folder is opened, made, locked; what is wrong with it is said before anything is read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from errors import HomeLockedError, HomeMissingError, HomeUnwritableError
from service.home import Home, default_home

HOLD = """
import sys
from pathlib import Path
from service.home import Home
with Home(Path(sys.argv[1])).writing("build"):
    print("locked", flush=True)
    sys.stdin.read()
"""


def test_the_default_is_the_variable_or_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIBIAO_HOME", "/somewhere/else")
    assert default_home() == Path("/somewhere/else")
    monkeypatch.setenv("DUIBIAO_HOME", "")
    assert default_home() == Path("data")
    monkeypatch.delenv("DUIBIAO_HOME")
    assert default_home() == Path("data")


def test_a_missing_home_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(HomeMissingError, match="duibiao ingest"):
        Home.open(tmp_path / "home")
    assert not (tmp_path / "home").exists()


def test_a_home_without_corpus_is_missing(tmp_path: Path) -> None:
    Home.open(tmp_path / "home", create=True)
    with pytest.raises(HomeMissingError, match="corpus"):
        Home.open(tmp_path / "home")


def test_a_home_is_made_and_opened(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "deep" / "home", create=True)
    with home.writing("ingest"), home.store(write=True) as store:
        revision = store.revision()
    again = Home.open(home.path)
    with again.store() as store:
        assert store.revision() == revision
    assert again.files_dir.is_dir()
    assert again.index_dir.is_dir()


@pytest.mark.parametrize("inside", ["home", "home/below"])
def test_where_no_folder_can_be_the_home_is_unwritable(tmp_path: Path, inside: str) -> None:
    (tmp_path / "home").write_text("a file", "utf-8")
    with pytest.raises(HomeUnwritableError, match="--home"):
        Home.open(tmp_path / inside, create=True)


def test_a_home_that_takes_no_files_is_unwritable(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home", create=True)
    (home.path / "index").write_text("a file in the way", "utf-8")
    with pytest.raises(HomeUnwritableError, match="--home"), home.writing("ingest"):
        pytest.fail("nothing must be read")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_without_the_right_is_unwritable(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home", create=True)
    home.path.chmod(0o500)
    with pytest.raises(HomeUnwritableError, match="right"), home.writing("ingest"):
        pytest.fail("nothing must be read")


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home", create=True)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home.path)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with (
            pytest.raises(
                HomeLockedError, match=rf"duibiao build.*process {other.pid} on .*since 20"
            ),
            home.writing("ingest"),
        ):
            pytest.fail("two writers")
        other.communicate()
    with home.writing("ingest"):
        pass


def test_a_writer_that_was_killed_leaves_no_lock(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home", create=True)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home.path)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
    with home.writing("ingest"):
        pass


def test_a_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home", create=True)
    with pytest.raises(ZeroDivisionError), home.writing("ingest"):
        raise ZeroDivisionError
    with (
        home.writing("build"),
        pytest.raises(HomeLockedError, match="build"),
        home.writing("ingest"),
    ):
        pytest.fail("two writers")
