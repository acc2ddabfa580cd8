"""The README's pictures: tables as Rich draws them, on SVG; renewed by `make docs`."""

import html
import io
import re
import tempfile
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from tests.documents import Desk
from tests.terminals import run_on_terminal

WIDTH = 100
CELL = 12.2  # the width Rich gives a cell
FULL_WIDTH = "font-variant-east-asian: full-width;"  # would widen every digit
FONTS = "Sarasa Mono SC, Noto Sans Mono CJK SC, Microsoft YaHei Mono, monospace"
_TEXT = re.compile(
    r'<text(?P<head>[^>]*? )x="(?P<x>[\d.]+)"(?P<y> y="[\d.]+" )textLength="[\d.]+"'
    r"(?P<rest>[^>]*)>(?P<text>[^<]*)</text>"
)
SHOWN = {
    "overview": "fs",
    "tasks": "fs tasks --dept 市市场监督管理局 --role 牵头",
    "progress": "fs progress",
    "show": "fs show 16",
}


def draw_all(folder: Path) -> None:
    """Draw every picture anew."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        desk = Desk(Path(place))
        desk.run("fs init . --example")
        for name, command in SHOWN.items():
            _, seen = run_on_terminal(["bash", "-c", command], desk.folder, desk.env, width=WIDTH)
            (folder / f"{name}.svg").write_text(picture(command, seen), "utf-8")


def picture(title: str, seen: str) -> str:
    """What a terminal showed, as an SVG that needs no font from elsewhere."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(seen.replace("\r", "").rstrip("\n")), no_wrap=True)
    svg = console.export_svg(title=f"$ {title}", theme=MONOKAI, unique_id="fs")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", FONTS).replace(FULL_WIDTH, "")
    return _TEXT.sub(_by_width, svg)


def _by_width(match: re.Match[str]) -> str:
    """Cut a text where wide, narrow and blank characters meet, and put each piece in its cells.

    Rich takes all characters for one cell wide, and fonts have their own idea of a blank.
    """
    x, pieces = float(match["x"]), []
    for kind, run in groupby(html.unescape(match["text"]), _kind):
        text = "".join(run)
        length = cell_len(text) * CELL
        if kind:
            place = f'x="{x:.1f}"{match["y"]}textLength="{length:.1f}"{match["rest"]}'
            pieces.append(f"<text{match['head']}{place}>{html.escape(text)}</text>")
        x += length
    return "".join(pieces)


def _kind(char: str) -> int:
    return cell_len(char) if char.strip() else 0
