"""Help pages that line up in Chinese: widths are counted in terminal cells, not characters."""

from collections.abc import Sequence

from typer._click.formatting import HelpFormatter

from foodsafety_cli.render.forms.wrapping import cells, wrap

_WORDS = {"Arguments": "参数", "Options": "选项", "Commands": "命令"}
_FIRST_COLUMN = 26


class ChineseFormatter(HelpFormatter):
    """Click's formatter with Chinese headings and cell-true columns."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        self.write(f"用法：{prog} {args.replace('{', '').replace('}', '')}\n")

    def write_heading(self, heading: str) -> None:
        """A section's heading."""
        self.write(f"{'':>{self.current_indent}}{_WORDS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        """A paragraph; lines of the text stay lines."""
        indent = " " * self.current_indent
        for paragraph in text.splitlines():
            for line in wrap(paragraph, self.width - self.current_indent):
                self.write(f"{indent}{line}".rstrip() + "\n")

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Two columns: names, and what they do."""
        first = min(max(cells(name) for name, _ in rows), _FIRST_COLUMN) + col_spacing
        indent = " " * self.current_indent
        for name, text in rows:
            text = text.replace("[required]", "（必填）").strip()
            lines = list(wrap(text, self.width - self.current_indent - first)) or [""]
            if cells(name) + col_spacing > first:
                self.write(f"{indent}{name}\n")
                name = ""
            self.write(f"{indent}{name}{' ' * (first - cells(name))}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * first}{line}\n")
