"""`fs init`."""

from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.streams import say, tell
from foodsafety_cli.model.text import one_line, shell_word
from foodsafety_cli.store.clock import today
from foodsafety_cli.store.ledger.file import NAME
from foodsafety_cli.store.plan.file import load
from foodsafety_cli.store.scaffold import create, merges_as_union

app = new_app()


@app.command(cls=Command)
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="不写则为当前文件夹", show_default=False)
    ] = Path(),
    example: Annotated[
        bool, typer.Option("--example", help="带一份示例台账（编的，写明“示例”），用来试一试")
    ] = False,
) -> None:
    """新建一个工作文件夹：计划、编辑器用的 Schema、git 合并台账的设置。已有的文件一概不动。"""
    made = create(folder, example=example)
    attributes = folder / ".gitattributes"
    lacks_rule = not merges_as_union(attributes)
    for path, is_new in made:
        tell(f"{'新建' if is_new else '已有，未动'}：{one_line(str(path))}")
    if lacks_rule:
        say(f"请在 {attributes} 里加一行：progress.jsonl merge=union text eol=lf")
    where = (
        "" if folder.resolve() == Path.cwd().resolve() else f"cd {shell_word(str(folder))}，然后 "
    )
    has_shipped_plan = made[0][1]
    report = "fs progress update 16 --value 5.2 填报" if has_shipped_plan else "fs check 检查计划"
    is_example_made = any(is_new and path.name == NAME for path, is_new in made)
    if example and is_example_made:
        say("台账是示例，数都是编的，到 2021-09-30 为止；照那天看：export FS_TODAY=2021-09-30")
    elif has_shipped_plan:
        _say_if_over(made[0][0])
    say(f"下一步：{where}fs tasks 看任务，{report}。")


def _say_if_over(plan: Path) -> None:
    """Say that the plan shipped is one of a year that is over, and how to have another."""
    end = load(plan).whole().period.end
    if end < today():
        say(f"计划是程序自带的样例，工作期已于 {end} 结束；本年的用 fs import 通知文件 起草")
