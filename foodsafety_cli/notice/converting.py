"""Old Word, WPS, RTF and OpenDocument files, by way of LibreOffice where it is installed."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from foodsafety_cli.model.errors import FileUnreadable

_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE = 120  # seconds
_SAVE_AS = "请去掉密码，另存为 .docx（表格另存为 .xlsx）再试"


def as_docx(content: bytes) -> bytes:
    """The document as .docx; raises `FileUnreadable`."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise FileUnreadable(
            "这是 .doc、.wps、.rtf 或 .odt 文件，要有 LibreOffice 才能读。"
            "请安装 LibreOffice，或用 Word、WPS 另存为 .docx 再试"
        )
    with tempfile.TemporaryDirectory(prefix="fs-") as folder:
        source = Path(folder) / "notice"
        source.write_bytes(content)
        command = [
            program,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            _run(command)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise FileUnreadable(f"LibreOffice 没有读出这个文件。{_SAVE_AS}") from error
        made = source.with_suffix(".docx")
        if not made.exists():
            raise FileUnreadable(
                f"LibreOffice 读不了这个文件（有密码，已损坏，或者是表格）。{_SAVE_AS}"
            )
        return made.read_bytes()


def _run(command: list[str]) -> None:
    """Run a program that starts others, and end them all when it takes too long."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(_PATIENCE)
        except BaseException:  # an interrupt, too
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            raise
