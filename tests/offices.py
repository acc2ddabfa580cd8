"""What opens our files: LibreOffice and chromium, where they are installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def _shows_chinese() -> bool:
    """Whether a font has our characters; without one, a page made here has none of them."""
    lister = shutil.which("fc-list")
    fonts = (
        subprocess.run([lister, ":lang=zh"], capture_output=True, check=False) if lister else None
    )
    return fonts is None or bool(fonts.stdout.strip())


# CI installs all of it; what cannot be installed there is told by .ci/run and skipped as elsewhere
needs_libreoffice = pytest.mark.skipif(
    not (SOFFICE and _shows_chinese()), reason="LibreOffice, or a Chinese font, is not installed"
)
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")


def converted(file: Path, ending: str, home: Path) -> Path:
    """The file as LibreOffice makes it; its pages where `ending` is pdf."""
    assert SOFFICE
    profile = f"-env:UserInstallation={(home / 'office').as_uri()}"
    subprocess.run(
        [SOFFICE, profile, "--headless", "--convert-to", ending, "--outdir", home, file],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return home / f"{file.stem}.{ending.partition(':')[0]}"


def dom(page: Path, home: Path, query: str = "") -> str:
    """The page's elements after its scripts have run, as chromium has them."""
    assert CHROMIUM
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    done = subprocess.run(
        [*command, f"--user-data-dir={home / 'chromium'}", page.as_uri() + query],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return done.stdout.decode()
