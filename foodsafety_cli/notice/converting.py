"""Old Word, WPS, RTF and OpenDocument files, by way of LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from foodsafety_cli.model.errors import FileUnreadable

_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE = 120  # seconds


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
            subprocess.run(command, check=False, capture_output=True, timeout=_PATIENCE)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise FileUnreadable("LibreOffice 没有读出这个文件。请另存为 .docx 再试") from error
        made = source.with_suffix(".docx")
        if not made.exists():
            raise FileUnreadable(
                "LibreOffice 读不了这个文件（有密码，或已损坏）。请去掉密码，另存为 .docx 再试"
            )
        return made.read_bytes()
