"""Write a folder that installs and starts the app without network: `python -m scripts.bundle`.

It holds the wheels of everything in requirements.txt for this platform and this Python, the
committed files of the checkout, and what starts them (scripts/offline/).
"""

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from scripts.offline.start import ABOUT, platform_name

ROOT = Path(__file__).resolve().parents[1]
STARTERS = ROOT / "scripts" / "offline"
TARGET = ROOT / "build" / "duibiao-offline"
BUILD_TOOLS = ("pip", "setuptools>=77", "wheel")
"""What an editable install needs where nothing can be fetched."""


def main() -> None:
    """Gather into a fresh folder; the last one is replaced when all is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=TARGET, help=f"default {TARGET.name} in build/")
    target: Path = parser.parse_args().to.resolve()
    if target.exists() and not (target / ABOUT).is_file():
        sys.exit(f"bundle: expected an earlier bundle or nothing at {target}, found something else")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bundle-", dir=target.parent) as aside:
        folder = Path(aside) / "bundle"
        folder.mkdir()
        gather_wheels(folder / "wheels")
        add_checkout(folder / "app")
        add_starters(folder)
        if target.exists():
            target.rename(Path(aside) / "last")
        folder.rename(target)
    sys.stdout.write(f"{target}\n{said(target)}\n")


def gather_wheels(folder: Path) -> None:
    """Every requirement as a wheel, with all that it needs in turn."""
    command = [sys.executable, "-m", "pip", "wheel", "--wheel-dir", str(folder)]
    command += ["--requirement", str(ROOT / "requirements.txt"), *BUILD_TOOLS]
    subprocess.run(command, check=True)  # noqa: S603 - own command


def add_checkout(folder: Path) -> None:
    """The files of the last commit; what is not committed does not travel."""
    packed = subprocess.run(
        ["git", "archive", "--format=tar", "HEAD"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def add_starters(folder: Path) -> None:
    """The starting scripts, and what the bundle is for and holds."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    words = {"@PYTHON@": python, "@PLATFORM@": platform_name(), "@COMMIT@": commit}
    for name, newline in (
        ("start.py", "\n"),
        ("start.sh", "\n"),
        ("start.bat", "\r\n"),
        ("说明.txt", "\r\n"),  # Notepad of older systems knows no other
    ):
        text = (STARTERS / name).read_text("utf-8")
        for word, meant in words.items():
            text = text.replace(word, meant)
        encoding = "utf-8-sig" if name.endswith(".txt") else "utf-8"
        with (folder / name).open("w", encoding=encoding, newline=newline) as file:
            file.write(text)
    (folder / "start.sh").chmod(0o755)
    wheels = sorted((folder / "wheels").glob("*.whl"))
    about = {
        "python": python,
        "platform": platform_name(),
        "commit": commit,
        "wheels": {path.name: digest(path) for path in wheels},
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=1) + "\n", "utf-8")


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def said(folder: Path) -> str:
    """How much there is, for the person who carries it."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    wheels = [path for path in files if path.parent.name == "wheels"]
    size = sum(path.stat().st_size for path in files) / 1e6
    return f"{len(wheels)} wheels, {len(files)} files, {size:.0f} MB"


if __name__ == "__main__":
    main()
