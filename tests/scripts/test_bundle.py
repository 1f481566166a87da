"""The offline bundle's light parts; `make bundle-check` installs a whole one without network."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import bundle
from scripts.offline import start

ROOT = Path(__file__).parents[2]
TEXTS = ("start.sh", "start.bat", "start.py", "说明.txt", "bundle.json")

pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None,
    reason="no git checkout: a bundle is made of committed files",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bundle with two files that stand for wheels."""
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "a-1-py3-none-any.whl").write_bytes(b"a")
    (tmp_path / "wheels" / "pip-1-py3-none-any.whl").write_bytes(b"b")
    bundle.add_starters(tmp_path)
    return tmp_path


def test_the_scripts_are_whole(folder: Path) -> None:
    for shell in ("sh", "bash"):
        if shutil.which(shell):
            subprocess.run([shell, "-n", folder / "start.sh"], check=True)
    assert (folder / "start.sh").stat().st_mode & 0o111
    compile((folder / "start.py").read_text("utf-8"), "start.py", "exec")
    batch = (folder / "start.bat").read_bytes()
    assert batch.count(b"\r\n") == batch.count(b"\n") > 10
    assert b"\r" not in (folder / "start.sh").read_bytes()
    # cmd finds its place in a file by bytes: Chinese stands after the last label
    last_label = batch.rindex(b"\r\n:")
    assert batch[:last_label].isascii()


def test_nothing_points_elsewhere(folder: Path) -> None:
    for name in TEXTS:
        text = (folder / name).read_text("utf-8-sig")
        assert "@" not in re.sub(r"@echo off|\$@", "", text), f"{name}: a word was not filled in"
        hosts = set(re.findall(r"https?://([^/:\s]+)", text))
        assert hosts <= {"localhost", "127.0.0.1"}
        for here in (str(ROOT), sys.prefix, str(Path.home()), str(folder)):
            assert here not in text or here == "/"
    commands = (folder / "start.py").read_text("utf-8")
    assert "--no-index" in commands
    assert "index-url" not in commands


def test_the_checkout_travels_as_committed(tmp_path: Path) -> None:
    bundle.add_checkout(tmp_path / "app")
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "-z", "--name-only", "HEAD"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode("utf-8")
    names = {name for name in listed.split("\0") if name}
    there = {
        path.relative_to(tmp_path / "app").as_posix()
        for path in (tmp_path / "app").rglob("*")
        if path.is_file()
    }
    assert there == names
    assert {"app.py", "requirements.txt", "pyproject.toml", ".streamlit/config.toml"} <= there


def test_damage_on_the_way_is_told(folder: Path) -> None:
    about = json.loads((folder / start.ABOUT).read_text("utf-8"))
    start.check_wheels(folder, about)
    (folder / "wheels" / "a-1-py3-none-any.whl").write_bytes(b"c")
    with pytest.raises(start.Refused, match="已损坏：wheels/a-1"):
        start.check_wheels(folder, about)
    (folder / "wheels" / "a-1-py3-none-any.whl").unlink()
    with pytest.raises(start.Refused, match="缺少 wheels/a-1"):
        start.check_wheels(folder, about)


def test_another_python_or_machine_is_refused(folder: Path) -> None:
    about = json.loads((folder / start.ABOUT).read_text("utf-8"))
    start.check_python(about)
    for other in ({"python": "2.7"}, {"platform": "win_arm64"}):
        with pytest.raises(start.Refused, match="适用于"):
            start.check_python(about | other)


def test_what_was_installed_here_is_not_installed_again(folder: Path, tmp_path: Path) -> None:
    assert not start.is_installed(folder)
    (folder / "venv").mkdir()
    (folder / "venv" / "INSTALLED").write_text(start.stamp(folder), "utf-8")
    assert start.is_installed(folder)
    moved = shutil.copytree(folder, tmp_path / "moved")
    assert not start.is_installed(moved)
    (folder / start.ABOUT).write_text("{}", "utf-8")
    assert not start.is_installed(folder)


def test_pip_is_led_nowhere_by_its_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    environment = start.clean_environment()
    assert "PIP_INDEX_URL" not in environment
    assert "PYTHONPATH" not in environment
    assert environment["PIP_CONFIG_FILE"] in ("/dev/null", "nul")


def test_a_failed_step_names_its_log(folder: Path) -> None:
    with pytest.raises(start.Refused, match=r"install\.log"):
        start.run([sys.executable, "-c", "raise SystemExit('why')"], folder, folder / start.LOG)
    assert "why" in (folder / start.LOG).read_text("utf-8")
