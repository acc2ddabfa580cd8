"""The parser's own errors in Chinese."""

import os
import re
from difflib import get_close_matches
from glob import has_magic

from typer._click import exceptions as parser

from foodsafety_cli.cli.parser.hints import CALLED, of_shape, of_words, task_number
from foodsafety_cli.cli.parser.strictness import TYPED
from foodsafety_cli.model.text import shell_word

_OTHER_NAMES = {  # options that stand for a value of another
    "--overdue": "--status 逾期",
    "--unreported": "--status 未报",
    "--done": "--status 已完成",
    "--red": "--light 红",
    "--yellow": "--light 黄",
    "--json": "--format json",
    "--csv": "--format csv",
}


def in_chinese(error: parser.ClickException) -> str:
    """What is wrong with the command line, in a sentence."""
    match error:
        case parser.NoSuchOption():
            return f"没有“{error.option_name}”这个选项。{_option_hint(error)}"
        case parser.BadOptionUsage():
            if "does not take" in error.message:
                return f"选项 {error.option_name} 不带值。"
            return f"选项 {error.option_name} 后面缺少值。"
        case parser.MissingParameter():
            is_option = error.param is not None and error.param.param_type_name == "option"
            help_of = str(getattr(error.param, "help", "") or "").split("；")[0]
            what = f"（{help_of}）" if is_option and help_of else ""
            return f"缺少{'选项' if is_option else '参数'}：{_name(error)}{what}。"
        case parser.BadParameter():
            return f"{_name(error)}的值不对，请看帮助。"
    extra = re.search(r"unexpected extra argument\(s\) \((.*)\)", error.message, re.DOTALL)
    return f"多出了参数：{extra[1]}。{_extra_hint(error, extra[1])}" if extra else error.message


def _option_hint(error: parser.NoSuchOption) -> str:
    """What was meant: an option of this command by another name, or one spelt much like it."""
    if error.option_name in ("-v", "-V"):
        return "看版本请写：fs --version"
    ctx = error.ctx
    typed = list(ctx.meta.get(TYPED, ())) if ctx else []
    if file := next((one for one in typed if one[:1] == "-" and os.path.isfile(one)), None):
        return f"文件名以“-”开头的，请写：{shell_word(f'./{file}')}"
    if found := re.fullmatch("(--[^＝：:]+)([＝：:])(.*)", error.option_name, re.DOTALL):
        return f"“{found[2]}”请写成半角的“=”：{found[1]}={shell_word(found[3])}"
    params = list(ctx.command.params) if ctx else []
    if ctx and ctx.parent and ctx.info_name == "overview":  # fs --verison: of `fs` itself
        params += ctx.parent.command.params
    options = {name for param in params for name in param.opts}
    other = _OTHER_NAMES.get(error.option_name, "")
    called = CALLED.get(error.option_name.lstrip("-"), "")
    if not other and called:
        other = f"{called} {_typed_behind(error, called)}"
    if ctx and other.partition(" ")[0] in options:
        return f"请写：{ctx.command_path} {other}"
    bare = {name.lstrip("-"): name for name in options if name.startswith("--")}
    near = get_close_matches(error.option_name.lstrip("-"), bare, n=3, cutoff=0.65)
    return f"您是不是要找：{'、'.join(bare[name] for name in near)}？" if near else ""


def _typed_behind(error: parser.NoSuchOption, called: str) -> str:
    """What was typed behind an option; where nothing was, what the one that is meant takes."""
    typed = list(error.ctx.meta.get(TYPED, ())) if error.ctx else []
    behind = typed[typed.index(error.option_name) + 1 :] if error.option_name in typed else []
    if behind and not behind[0].startswith("-"):
        return shell_word(behind[0])
    params = error.ctx.command.params if error.ctx else []
    return next((str(param.metavar) for param in params if called in param.opts), "值")


def usage_hint(error: parser.ClickException) -> str:
    """How the command is used, and where its help is; empty where that is not known."""
    ctx = getattr(error, "ctx", None)
    if ctx is None:
        return ""
    return f"{ctx.get_usage()}\n看帮助：{ctx.command_path} --help"


def _extra_hint(error: parser.ClickException, extra: str) -> str:
    """Where a word that stands in no place goes: a figure, a plan, a light, a department."""
    ctx = getattr(error, "ctx", None)
    if ctx is None:
        return ""
    path, word = ctx.command_path, shell_word(extra)
    if extra in ("help", "帮助", "?", "？", "/?"):
        return f"请写：{path} --help"
    options = {name for param in ctx.command.params for name in param.opts}
    if "--value" in options and all(part.isdecimal() for part in extra.split()):
        return "数要写在选项后面，如 --value 5.2 或 --percent 60；一次只报一项任务。"
    if "--value" in options:
        return "数要写在选项后面，如 --value 5.2 或 --percent 60。"
    if extra.endswith((".yaml", ".yml")):
        given = "文件" if has_magic(extra) else word
        return f"计划文件请写在 --plan 后面：{path} --plan {given}"
    if all(word.isdecimal() for word in extra.split()):
        takes_task = any(param.name == "task" for param in ctx.command.params)
        if takes_task:
            given = next((str(v) for k, v in ctx.params.items() if k == "task"), extra.split()[0])
            return f"一次只看一项，请分几次写：{path} {given}"
        if path.endswith(" sections"):
            return f"看一个部分的任务请写：fs tasks --section {extra.split()[0]}"
        return f"看一项任务请写：fs show {extra.split()[0]}"
    if number := task_number(extra):
        return f"看一项任务请写：fs show {number}"
    if path.endswith(" sections") and (
        hint := of_shape(extra, "fs tasks", ("--section", *options))
    ):
        return hint
    if path.endswith(" check"):
        return "fs check 查计划和它旁边的台账，不用写文件名；查别的计划请写：fs check --plan 文件"
    search = f"；找文字请写：{path} --search {word}" if "--search" in options else ""
    if hint := of_shape(extra, path, options):
        return hint + (search if "--dept" in hint else "")
    if searched := ctx.params.get("search"):
        return f"几个词请写在一对引号里：{path} --search {shell_word(f'{searched} {extra}')}"
    if hint := of_words(extra, path, options):
        return hint
    if search:
        return search.removeprefix("；")
    return f"单位请写在 --dept 后面：{path} --dept 单位" if "--dept" in options else ""


def _name(error: parser.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    if error.param.param_type_name == "argument":
        return error.param.human_readable_name
    return error.param.opts[-1]
