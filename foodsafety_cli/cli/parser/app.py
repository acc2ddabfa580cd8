"""Typer's commands and groups as `fs` needs them: loaded when asked for, speaking Chinese."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer._click.core import Command as AnyCommand
from typer._click.core import Context
from typer._click.exceptions import ClickException as ParserError
from typer._click.formatting import HelpFormatter
from typer._click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup, TyperOption

from foodsafety_cli.cli.parser.strictness import StrictParser
from foodsafety_cli.model.text import shell_word
from foodsafety_cli.model.valuetype import ValueType

PLAN_HELP = (
    "计划文件，看进度和列表时可写几个"
    "（不写则依次找 FS_PLAN、本文件夹及上级的 plan.yaml、程序自带的计划）"
)


__all__ = ["AnyCommand", "Command", "CommandEntry", "Group", "ParserError", "new_app"]


class CommandEntry(ValueType):
    """A command before it is loaded: what the overview of commands needs to know of it."""

    module: str
    summary: str


class _Context(typer.Context):
    def make_formatter(self) -> HelpFormatter:
        from foodsafety_cli.cli.parser.help import ChineseFormatter

        return ChineseFormatter(width=self.terminal_width, max_width=self.max_content_width)


class _Chinese(AnyCommand):
    """What commands and groups share: a Chinese `--help`, and `--plan` wherever it is typed."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["options_metavar"] = "[选项]"
        super().__init__(*args, **kwargs)
        self.params.append(_plan_option())

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """The help option, with a Chinese help text of its own."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份帮助"
        return option

    def make_parser(self, ctx: Context) -> StrictParser:
        """A parser that refuses what nobody can have meant."""
        return StrictParser.of(self, ctx)

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The examples, with their indents as they are."""
        if self.epilog:
            formatter.write_paragraph()
            formatter.write_text(self.epilog)


class Command(_Chinese, TyperCommand):
    """A command of `fs`."""


class Group(_Chinese, TyperGroup):
    """A group whose commands load when used; without a command it runs `default`."""

    entries: ClassVar[Mapping[str, CommandEntry]] = {}
    guesses: ClassVar[Mapping[str, str]] = {}
    for_number: ClassVar[str] = "看这项任务请写：fs show {0}"  # what a task's number hints at
    default: ClassVar[str] = ""
    default_takes_names: ClassVar[bool] = False  # fs score 阳城县 is fs score show 阳城县

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["subcommand_metavar"] = "[命令] [参数]…"
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: Context) -> list[str]:
        """All command names, in the order they are shown."""
        return list(self.entries)

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand | None:
        """Load one command; None if there is no such command."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        if cmd_name not in self.commands:
            module = import_module(f"foodsafety_cli.cli.{entry.module}")
            self.commands[cmd_name] = typer.main.get_command(module.app)
        return self.commands[cmd_name]

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Give options that no group option claims to the default command."""
        own = {name: param for param in self.get_params(ctx) for name in param.opts}
        place = 0
        while place < len(args) and args[place].partition("=")[0] in own:
            takes_value = not getattr(own[args[place].partition("=")[0]], "is_flag", False)
            place += 2 if takes_value and "=" not in args[place] else 1
        first = args[place].partition("=")[0] if place < len(args) else ""
        is_name = self.default_takes_names and bool(first) and not first.isascii()
        if is_name or first.startswith("-"):
            args = [*args[:place], self.default, *args[place:]]
        rest = super().parse_args(ctx, args)
        if not ctx._protected_args and not ctx.resilient_parsing:
            ctx._protected_args = [self.default]
        return rest

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """The command meant; an unknown one is an error that names the nearest."""
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing:
            ctx.fail(f"没有“{args[0]}”这个命令。{self._hint(ctx, args)}")
        return (args[0] if command else None), command, args[1:]

    def _hint(self, ctx: Context, args: list[str]) -> str:
        given, *more = args
        if given in ("help", "帮助", "?", "？", "/?"):
            return f"请写：{' '.join([ctx.command_path, *more[:1]])} --help"
        if (usual := _as_usual(given)) in self.entries:
            return f"请写：{' '.join([ctx.command_path, usual, *map(shell_word, more)])}"
        if guess := self.guesses.get(given) or self.guesses.get(usual):
            return f"请写：{guess}"
        from foodsafety_cli.cli.parser.hints import of_shape, task_number

        if number := given if given.isdecimal() else task_number(given):
            return self.hint_for_number(number, more)
        search = f"找文字请写：fs tasks --search {shell_word(given)}"
        if hint := of_shape(given, "fs tasks", ("--light", "--status", "--section", "--dept")):
            return f"{hint}；{search}" if "--dept" in hint else hint
        if not given.isascii():
            return search
        from difflib import get_close_matches

        near = get_close_matches(given, self.entries, n=3, cutoff=0.7)
        return f"您是不是要找：{'、'.join(near)}？" if near else ""

    def hint_for_number(self, number: str, more: list[str]) -> str:
        """What to write where a task's number stands in a command's place."""
        return self.for_number.format(number)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """List the commands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self.entries.items()])

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Commands, the group's own options, and those of the command that runs by default."""
        found = [
            CompletionItem(name, help=entry.summary)
            for name, entry in self.entries.items()
            if name.startswith(incomplete)
        ]
        if incomplete.startswith("-"):
            found += super(TyperGroup, self).shell_complete(ctx, incomplete)
            default = self.get_command(ctx, self.default)
            assert default is not None
            found += default.shell_complete(_Context(default, parent=ctx), incomplete)
        return list({item.value: item for item in found}.values())


def _as_usual(word: str) -> str:
    """A command in the letters that commands have: ＴＡＳＫＳ, Tasks as tasks."""
    import unicodedata

    return unicodedata.normalize("NFKC", word).casefold()


def new_app(group: type[Group] | None = None, **settings: Any) -> typer.Typer:
    """A Typer app of these classes, without Typer's own completion options and Rich help."""
    return typer.Typer(cls=group, add_completion=False, rich_markup_mode=None, **settings)


def _plan_option() -> TyperOption:
    def remember(ctx: Context, _: object, values: Sequence[str] | None) -> None:
        ctx.find_root().ensure_object(dict).setdefault("plans", []).extend(values or ())

    return TyperOption(
        param_decls=["--plan"],
        metavar="文件",
        help=PLAN_HELP,
        callback=remember,
        expose_value=False,
        is_eager=True,
        multiple=True,
    )
