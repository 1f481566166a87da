"""Install what lies beside this file, without network, and open the app.

Written for any Python of the right version as it comes, so it imports nothing but the standard
library. A second start installs nothing; a folder that was moved or renewed is installed anew.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ABOUT = "bundle.json"
LOG = "install.log"
_DONE = "INSTALLED"


class Refused(Exception):
    """The app cannot be installed or started; the message says why, and what to do."""


def main(folder: Path = HERE) -> int:
    """Install where needed, then become the app."""
    about = json.loads((folder / ABOUT).read_text("utf-8"))
    port = os.environ.get("PORT", "8501")
    try:
        check_python(about)
        if is_served(port):
            say(f"http://localhost:{port} 已经在运行，用浏览器打开即可。")
            webbrowser.open(f"http://localhost:{port}")
            return 0
        if not is_installed(folder):
            install(folder, about)
    except Refused as refused:
        say(str(refused))
        return 2
    say(f"正在打开 http://localhost:{port}　（关闭这个窗口，对标就停止。第一次要先读入示例数据。）")
    home = os.environ.get("DUIBIAO_HOME") or str(folder / "data")
    command = [str(program(folder, "duibiao")), "app", "--open", "--port", port, "--home", home]
    if os.name == "posix":
        os.execve(command[0], command, clean_environment())  # noqa: S606 - no shell is wanted
    return subprocess.call(command, env=clean_environment())  # noqa: S603 - own command


def check_python(about: dict[str, Any]) -> None:
    """Refuse a Python or a machine for which the wheels were not gathered.

    :raises Refused: they are for another one.
    """
    here = (platform_name(), f"{sys.version_info[0]}.{sys.version_info[1]}")
    if here != (about["platform"], about["python"]):
        raise Refused(
            f"这个安装包适用于 {about['platform']} 和 Python {about['python']}，"
            f"这台电脑是 {here[0]} 和 Python {here[1]}。"
            f"请安装 Python {about['python']}（64 位），或在同样的电脑上重新制作安装包。"
        )


def platform_name() -> str:
    """As the names of wheels have it: linux_x86_64, win_amd64, macosx_14_0_arm64."""
    name = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    return f"macosx_{platform.machine()}" if name.startswith("macosx") else name


def install(folder: Path, about: dict[str, Any]) -> None:
    """A fresh virtual environment with all wheels and the checkout, or nothing.

    :raises Refused: a wheel is missing or damaged, or a step failed.
    """
    say("第一次启动：正在检查文件…")
    check_wheels(folder, about)
    shutil.rmtree(folder / "venv", ignore_errors=True)
    wheels, log = str(folder / "wheels"), folder / LOG
    pip_wheel = next((folder / "wheels").glob("pip-*.whl"))
    python = str(program(folder, "python"))
    # pip runs from its own wheel: some systems have no ensurepip beside their Python
    pip = [python, str(pip_wheel / "pip"), "install", "--no-index", "--find-links", wheels]
    pip += ["--no-cache-dir", "--no-compile", "--no-build-isolation"]
    requirements, checkout = str(folder / "app" / "requirements.txt"), str(folder / "app")
    steps = (
        ("正在准备运行环境…", [sys.executable, "-m", "venv", "--without-pip", "venv"]),
        ("正在安装，约需一两分钟…", [*pip, "pip", "setuptools", "wheel", "-r", requirements]),
        ("正在安装对标…", [*pip, "--no-deps", "--editable", checkout]),
    )
    try:
        log.unlink(missing_ok=True)
        for words, command in steps:
            say(words)
            run(command, folder, log)
        (folder / "venv" / _DONE).write_text(stamp(folder), "utf-8")
    except OSError as error:
        raise Refused(
            f"不能写入 {folder}：{error.strerror or error}。请检查权限和磁盘空间。"
        ) from error


def check_wheels(folder: Path, about: dict[str, Any]) -> None:
    """Compare every wheel with its SHA-256: copies by way of sticks and mail go wrong.

    :raises Refused: one is missing or not what was gathered.
    """
    for name, digest in about["wheels"].items():
        path = folder / "wheels" / name
        if not path.is_file():
            raise Refused(f"安装包不完整：缺少 wheels/{name}。请重新复制整个文件夹。")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise Refused(f"安装包已损坏：wheels/{name}。请重新复制整个文件夹。")


def is_installed(folder: Path) -> bool:
    """Whether this very bundle was installed to its end, in this very place."""
    done = folder / "venv" / _DONE
    return done.is_file() and done.read_text("utf-8") == stamp(folder)


def stamp(folder: Path) -> str:
    """What was installed, and where: an environment cannot be moved."""
    return f"{hashlib.sha256((folder / ABOUT).read_bytes()).hexdigest()} {folder}"


def is_served(port: str) -> bool:
    """Whether an app answers on this port by now."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
            return True
    except (OSError, urllib.error.URLError, ValueError):
        return False


def run(command: Sequence[str], folder: Path, log: Path) -> None:
    """One step, its words written to the log.

    :raises Refused: it failed.
    """
    with log.open("ab") as written:
        done = subprocess.run(  # noqa: S603 - own command
            command,
            cwd=folder,
            env=clean_environment(),
            stdout=written,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        raise Refused(f"安装没有完成，原因写在 {log} 的末尾。请把它发给系统管理员。")


def clean_environment() -> dict[str, str]:
    """The environment without what would lead pip or Python elsewhere."""
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.upper().startswith(("PIP_", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"))
    }
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PYTHONUTF8": "1"}


def program(folder: Path, name: str) -> Path:
    """A program of the virtual environment."""
    if os.name == "nt":
        return folder / "venv" / "Scripts" / f"{name}.exe"
    return folder / "venv" / "bin" / name


def say(words: str, write: Callable[[str], object] = sys.stdout.write) -> None:
    """A line to the person who waits."""
    write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
