"""Old Word and WPS files through LibreOffice, where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from errors import UnreadableError

_SECONDS = 90


def converted_to_docx(data: bytes, name: str) -> bytes:
    """The bytes of an old Word file as .docx.

    Raises UnreadableError where LibreOffice is missing or cannot read the file.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableError(
            f"expected a document that is read directly, found an old Word file ({name});"
            " install LibreOffice, or save it as .docx"
        )
    with tempfile.TemporaryDirectory(prefix="duibiao-") as folder:
        source = Path(folder) / "in.doc"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation={profile}",
            "--convert-to", "docx", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(  # noqa: S603 - a fixed command; the file has a name of our own
                command, check=True, capture_output=True, timeout=_SECONDS
            )
            return (Path(folder) / "in.docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise UnreadableError(
                "expected an old Word file that LibreOffice can read, found one that it cannot"
                f" ({type(error).__name__}); save it as .docx"
            ) from error
