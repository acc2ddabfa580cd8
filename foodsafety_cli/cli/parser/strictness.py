"""What the parser lets pass and nobody can have meant: an option twice, an option as a text.

And what is plainly meant, whatever dash it was typed with; several words in one: 红、黄; and
`~/` before a file, which shells leave alone after `=` and PowerShell leaves alone everywhere.
"""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from typer._click.core import Command, Context, Parameter
from typer._click.parser import _OptionParser
from typer.core import TyperOption

from foodsafety_cli.model.text import SEPARATORS

F = TypeVar("F", bound=Callable[..., Any])
TYPED = "typed"  # in a context: the words behind its command
_DASHES = "-－—–―‐‑−ー"
_SEVERAL = "takes_several"
_LIKE_AN_OPTION = re.compile(r"--(?:[^\W\d].*)?|-[A-Za-z]")
Parsed = tuple[dict[str, Any], list[str], list[Parameter]]


def takes_several(parse: F, words: Iterable[str]) -> F:
    """Mark a parser of such words, several of which may be typed as one: 红、黄; 红黄."""
    setattr(parse, _SEVERAL, tuple(words))
    return parse


class StrictParser(_OptionParser):
    """Typer's parser of options, which refuses these."""

    @classmethod
    def of(cls, command: Command, ctx: Context) -> "StrictParser":
        """A parser of a command's parameters."""
        parser = cls(ctx)
        for param in command.get_params(ctx):
            param.add_to_parser(parser, ctx)
        return parser

    def parse_args(self, args: list[str]) -> Parsed:
        """The values, what is left over, and the parameters in their order."""
        typed = set(args)
        if self.ctx is not None:
            self.ctx.meta[TYPED] = tuple(args)
        if self.ctx is not None and not self.ctx.resilient_parsing:
            self._refuse_other_dashes(self.ctx, args)
        values, rest, order = super().parse_args(args)
        if self.ctx is not None and not self.ctx.resilient_parsing:
            _list_several(values, order)
            _expand_home(values, order)
            options = [param for param in order if isinstance(param, TyperOption)]
            self._refuse_twice(self.ctx, options)
            self._refuse_options_as_texts(self.ctx, values, options, typed)
        return values, rest, order

    def _refuse_other_dashes(self, ctx: Context, args: list[str]) -> None:
        """`-percent 60` would be -p with “ercent”; `—done`, as word processors write it, a word."""
        long = {
            name
            for one in ctx.command.get_params(ctx)
            if isinstance(one, TyperOption)
            for name in one.opts
            if name.startswith("--")
        }
        short = {
            name
            for one in ctx.command.get_params(ctx)
            if isinstance(one, TyperOption)
            for name in one.opts
            if len(name) == len("-d")
        }
        for arg in args:
            if arg == "--":
                return
            if arg[:1] in _DASHES.replace("-", "") and f"-{arg[1:]}" in short:
                ctx.fail(f"“{arg}”前面要写半角的短横：-{arg[1:]}")
            name = f"--{arg.lstrip(_DASHES).partition('=')[0]}"
            if arg[:1] in tuple(_DASHES) and not arg.startswith("--") and name in long:
                ctx.fail(f"“{arg}”前面要写两个半角的短横：{name}")

    def _refuse_twice(self, ctx: Context, options: list[TyperOption]) -> None:
        seen: set[str | None] = set()
        for option in options:
            if not (option.multiple or option.is_flag):
                if option.name in seen:
                    name = max(option.opts, key=len)
                    reports = any("--value" in one.opts for one in ctx.command.params)
                    is_figure = reports and name in ("--percent", "--dept", "--date", "--done")
                    more = "；要报几个数，请分几次" if is_figure else ""
                    ctx.fail(f"选项 {name} 写了两次，只能写一次{more}。")
                seen.add(option.name)

    def _refuse_options_as_texts(
        self, ctx: Context, values: dict[str, Any], options: list[TyperOption], typed: set[str]
    ) -> None:
        """`--note --dry-run` would record “--dry-run” as a note."""
        params = ctx.command.get_params(ctx)
        names = {name for one in params if isinstance(one, TyperOption) for name in one.opts}
        for option in options:
            given = values.get(option.name or "")
            for text in given if isinstance(given, list | tuple) else [given]:
                is_meant = any(f"{name}={text}" in typed for name in option.opts)
                if not is_meant and (text in names or _LIKE_AN_OPTION.fullmatch(str(text or ""))):
                    name = max(option.opts, key=len)
                    ctx.fail(
                        f"选项 {name} 后面缺少值：后面是选项 {text}。就是要写它，请写 {name}={text}"
                    )


def _list_several(values: dict[str, Any], order: list[Parameter]) -> None:
    for option in order:
        parse = getattr(option.type, "func", None)
        name = option.name or ""
        if (words := getattr(parse, _SEVERAL, ())) and isinstance(values.get(name), list):
            values[name] = [part for text in values[name] for part in _parts(text, words)]


def _expand_home(values: dict[str, Any], order: list[Parameter]) -> None:
    for param in order:
        name, given = param.name or "", values.get(param.name or "")
        if param.type.name == "path" or str(param.metavar or "").startswith(("文件", "通知")):
            if isinstance(given, list | tuple):
                values[name] = [*map(_at_home, given)]
            else:
                values[name] = _at_home(given)


def _at_home(path: Any) -> Any:
    """`~/x` where it is; `~$x.xlsx` is a name."""
    is_home = isinstance(path, str) and re.match(r"~(?:[/\\]|$)", path)
    return os.path.expanduser(path) if is_home else path


def _parts(text: str, words: tuple[str, ...]) -> list[str]:
    """What is listed in one word; a word with nothing in it stays, to be refused."""
    any_word = "|".join(map(re.escape, words))
    if re.fullmatch(f"(?:{any_word}){{2,}}", text):
        return re.findall(any_word, text)
    return [part for part in re.split(rf"[{SEPARATORS}/\s和]", text) if part] or [text]
