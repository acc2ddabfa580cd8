"""Listings and things on a terminal, by Rich; user text is never parsed as markup."""

from typing import TextIO

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.render.forms.fitting import Measured, measured, share, that_fit
from foodsafety_cli.render.forms.wrapping import wrap
from foodsafety_cli.render.listing import NUMBERS, Column, Listing, Row, Shown, Thing
from foodsafety_cli.render.words import bar, bar_words, for_people

_LIGHT_STYLES = {
    Light.GREEN: "green",
    Light.YELLOW: "yellow",
    Light.RED: "bold red",
    Light.GREY: "bright_black",
}
_STATUS_STYLES = {Status.DONE: "green", Status.OVERDUE: "bold red", Status.UNREPORTED: "dim"}


_NARROWEST, _WIDEST = 40, 500  # COLUMNS=0 has been seen, and 99999999


class Screen(Console):
    """Rich's console, with nothing guessed about user text, and broken pipes left to the entry."""

    def __init__(self, stream: TextIO, width: int | None = None) -> None:
        is_file = width is not None
        super().__init__(
            file=stream,
            width=width,
            no_color=True if is_file else None,
            highlight=False,
            markup=False,
            emoji=False,
        )
        self.width = min(max(self.width, _NARROWEST), _WIDEST)

    def on_broken_pipe(self) -> None:
        """Let the one handler of errors see it."""
        raise


class Wrapped:
    """A text that wraps as Chinese does, to whatever width its place turns out to have."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self._text.cell_len <= options.max_width:
            yield self._text
        else:
            lines = "\n".join(wrap(self._text.plain, options.max_width))
            yield Text(lines, style=self._text.style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(min(2, self._text.cell_len), self._text.cell_len)


def draw(
    answer: Listing | Thing, stream: TextIO, *, header: bool, width: int | None = None
) -> None:
    """Draw an answer; with `width`, for a file: as wide, and without colours."""
    screen = Screen(stream, width)
    if isinstance(answer, Listing):
        draw_listing(screen, answer, header=header)
    else:
        draw_thing(screen, answer)


def draw_listing(console: Console, listing: Listing, *, header: bool) -> None:
    """A table with its title, or a line that says there is nothing."""
    if listing.rows:
        _draw(console, listing, "加宽窗口，或用 -c 选列", header=header)
    else:
        console.print(Text(listing.if_empty, style="dim"))


def draw_thing(console: Console, thing: Thing) -> None:
    """A panel with the thing's text and fields, its parts as tables, then hints."""
    fields = Table.grid(padding=(0, 2))
    fields.add_column(style="bright_black", no_wrap=True)
    fields.add_column(overflow="fold")
    for column in thing.columns:
        cell = _cell(console, thing.record, column)
        if column.shown is Shown.BAR:
            cell.append(f"  {bar_words(thing.record)}")
        if cell.plain and not column.asked_only:
            fields.add_row(column.heading, Wrapped(cell))
    inside: list[RenderableType] = [Wrapped(Text(thing.text)), Text("")] if thing.text else []
    title = Text(f" {thing.title} ", style="bold")
    frame = box.ROUNDED if _is_unicode(console) else box.ASCII
    panel = Panel(
        Group(*inside, fields), title=title, title_align="left", padding=(1, 2), box=frame
    )
    console.print(panel)
    for part in thing.parts:
        if part.rows:
            console.print()
            _draw(console, part, "加宽窗口，或用 -f json", header=True)
    if thing.hints:
        console.print()
        for hint in thing.hints:
            console.print(Padding(Wrapped(Text(hint, style="dim")), (0, 0, 0, 1)))


def _draw(console: Console, listing: Listing, to_see_more: str, *, header: bool) -> None:
    if header and listing.title:
        console.print(Text(listing.title, style="bold"))
    kept, left_out = that_fit(_measure(console, listing), console.width)
    console.print(_table(console, listing, kept, header=header))
    if left_out:
        names = "、".join(measure.column.heading for measure in left_out)
        words = f"窗口较窄，未显示：{names}（{to_see_more}）"
        console.print(Wrapped(Text(words, style="dim")))


def _table(console: Console, listing: Listing, measures: list[Measured], *, header: bool) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD if header else None,
        show_header=header,
        show_footer=bool(listing.total),
        header_style="bright_black",
        footer_style="bold",
        pad_edge=False,
    )
    columns = [measure.column for measure in measures]
    for column, width in zip(columns, share(measures, console.width), strict=True):
        is_number = column.shown in NUMBERS
        table.add_column(
            Text(column.heading),
            _cell(console, listing.total, column) if listing.total else "",
            justify="right" if is_number else "left",
            width=width,
            no_wrap=not column.wraps_at,
            overflow="fold",
        )
    for row in listing.rows:
        table.add_row(*(Wrapped(_cell(console, row, column)) for column in columns))
    return table


def _measure(console: Console, listing: Listing) -> list[Measured]:
    rows = [*listing.rows, *([listing.total] if listing.total else [])]
    return [
        measured(
            column,
            Text(column.heading).cell_len,
            max(_cell(console, row, column).cell_len for row in rows),
        )
        for column in listing.shown_columns()
    ]


def _cell(console: Console, row: Row, column: Column) -> Text:
    value = row.get(column.field)
    if column.shown is Shown.BAR:
        return _bar(console, row)
    if column.shown is Shown.LIGHT and isinstance(value, Light):
        return _light(console, value)
    if column.shown is Shown.LIGHTS and isinstance(value, dict):
        return Text(" ").join(_light_count(light, count) for light, count in value.items())
    if isinstance(value, Status):
        return Text(value, style=_STATUS_STYLES.get(value, ""))
    return Text(for_people(row, column))


def _light(console: Console, light: Light) -> Text:
    dot = "● " if _is_unicode(console) else ""
    return Text(f"{dot}{light}", style=_LIGHT_STYLES[light])


def _light_count(light: Light, count: int) -> Text:
    """A light with its count, each always as wide, so that rows line up."""
    return Text(f"{light}{count:>3}" if count else "     ", style=_LIGHT_STYLES[light])


def _bar(console: Console, row: Row) -> Text:
    if _is_unicode(console):
        text = Text(bar(row, full="█", empty="░", mark="│"))
        text.highlight_regex("█+", "cyan")
        text.highlight_regex("░+", "bright_black")
        text.highlight_regex("│", "bold")
        return text
    return Text(bar(row, full="#", empty="-", mark="|"))


def _is_unicode(console: Console) -> bool:
    """Whether block and box characters can be shown, each one cell wide."""
    return console.encoding.lower().startswith("utf")
