"""Install a bundle with the network cut off, start it twice, and say how long that took.

`python -m scripts.bundle_check [FOLDER]`. Where the system allows it, all runs in a network
namespace of its own that has nothing but the loopback device; elsewhere with proxies that lead
nowhere, and pip is kept from every index by the bundle itself.
"""

import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from scripts.bundle import TARGET
from scripts.offline.start import LOG, program

_INSIDE = "--inside"
_NOWHERE = "http://127.0.0.1:9"
_OUTSIDE = ("192.0.2.1", 443)  # RFC 5737: an address of documentation, of no machine
_LONGEST = 900  # seconds


def main() -> None:
    """Copy the bundle to a place with another name, install and start it there."""
    arguments = [one for one in sys.argv[1:] if one != _INSIDE]
    bundle = Path(arguments[0] if arguments else TARGET).resolve()
    if _INSIDE in sys.argv:
        loopback_up()
    elif can_unshare():
        command = ["unshare", "--map-root-user", "--net", sys.executable, "-m"]
        command += ["scripts.bundle_check", str(bundle), _INSIDE]
        sys.exit(subprocess.call(command))  # noqa: S603 - own command
    with tempfile.TemporaryDirectory(prefix="对标 离线-", dir=bundle.parent) as folder:
        place = Path(folder) / "bundle"
        shutil.copytree(bundle, place, copy_function=linked)
        figures = measured(place)
    figures["network"] = "none (namespace)" if _INSIDE in sys.argv else "proxies lead nowhere"
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


def measured(place: Path) -> dict[str, Any]:
    """Seconds of both starts, from the command to an app that answers."""
    if reaches_outside():
        raise SystemExit("bundle-check: expected no way out of this machine, found one")
    first = started(place)
    installed = (place / LOG).stat().st_mtime_ns
    found = searched(place)
    second = started(place)
    if (place / LOG).stat().st_mtime_ns != installed:
        raise SystemExit("bundle-check: expected no second installation, found one")
    return {
        "first_start_seconds": round(first, 1),
        "second_start_seconds": round(second, 1),
        "installed_mb": round(size(place / "venv") / 1e6),
        "bundle_mb": round((size(place / "wheels") + size(place / "app")) / 1e6),
        "first_hit": found,
    }


def started(place: Path) -> float:
    """Start, wait until the app answers, stop it again."""
    port = free_port()
    environment = {
        "PATH": os.defpath,
        "HOME": str(place.parent),
        "PORT": str(port),
        "PYTHON": str(Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info[1]}"),
        "http_proxy": _NOWHERE,
        "https_proxy": _NOWHERE,
        "no_proxy": "127.0.0.1,localhost",
    }
    begin = time.perf_counter()
    with (place.parent / "start.log").open("wb") as log:
        running = subprocess.Popen(  # noqa: S603 - own command
            [str(place / "start.sh")], env=environment, stdout=log, stderr=log
        )
        try:
            while time.perf_counter() - begin < _LONGEST and running.poll() is None:
                if answers(port):
                    return time.perf_counter() - begin
                time.sleep(0.05)
        finally:
            running.terminate()
            running.wait(timeout=30)
    told = (place / LOG).read_text("utf-8", "replace") if (place / LOG).is_file() else ""
    told += (place.parent / "start.log").read_text("utf-8", "replace")
    raise SystemExit(f"bundle-check: expected an app that answers, found: {told[-3000:]}")


def searched(place: Path) -> str:
    """The first hit among the samples, asked of what was installed."""
    done = subprocess.run(  # noqa: S603 - own command
        [program(place, "duibiao"), "search", "群众满意度", "--json", "--home", "app/sample-data"],
        cwd=place,
        check=True,
        capture_output=True,
    )
    hits = json.loads(done.stdout)["hits"]
    return str(hits[0]["name"]) if hits else ""


def answers(port: int) -> bool:
    """Whether the app serves its page."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def reaches_outside() -> bool:
    """Whether there is a route to another machine; sending needs none to answer."""
    if _INSIDE not in sys.argv:
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_OUTSIDE)
        except OSError:
            return False
    return True


def can_unshare() -> bool:
    """Whether this system gives a network namespace to anyone who asks."""
    program_found = shutil.which("unshare")
    if program_found is None:
        return False
    command = [program_found, "--map-root-user", "--net", "true"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603


def loopback_up() -> None:
    """Bring up the loopback device of a fresh network namespace (ioctl SIOCSIFFLAGS)."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        up_and_running = struct.pack("16sh14x", b"lo", 0x1 | 0x40)
        fcntl.ioctl(any_socket.fileno(), 0x8914, up_and_running)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def linked(source: str, target: str) -> None:
    """Copy, but wheels need no second place on the disk."""
    (os.link if source.endswith(".whl") else shutil.copy2)(source, target)


def size(folder: Path) -> int:
    """Bytes of all files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
