"""`fs score init`."""

import typer

from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.streams import say, tell
from foodsafety_cli.model.errors import CannotWrite, reason_of
from foodsafety_cli.model.text import one_line
from foodsafety_cli.store.files import write_new_file
from foodsafety_cli.store.plan.file import load
from foodsafety_cli.store.shipped import PLAN_NAME, RUBRIC_NAME, shipped

app = new_app()


@app.command(cls=Command)
def init(ctx: typer.Context) -> None:
    """在计划旁边放一份评分细则样例，有注释；照本地的考核办法改。"""
    office = office_of(ctx)
    if office.workspace.is_shipped:
        raise CannotWrite("现在用的是程序自带的计划。请先建一个工作文件夹：fs init 文件夹")
    path = office.workspace.plan_path.parent / RUBRIC_NAME
    try:
        write_new_file(path, shipped(RUBRIC_NAME).read_bytes())
    except FileExistsError:
        raise CannotWrite(f"{path} 已经有了，没有覆盖") from None
    except OSError as error:
        raise CannotWrite(f"{path} 建不了（{reason_of(error)}）") from error
    tell(f"新建：{one_line(str(path))}")
    sample = load(shipped(PLAN_NAME)).whole().document_number
    if office.plan.document_number != sample:
        say(
            f"样例照{sample}写的，里面的任务序号、单位不是这份计划的：每一项都要照本地的改，"
            "没有改的会按序号算成别的任务。"
        )
    say("下一步：照本地的考核办法改分值和等次，fs score check 检查，fs score 看得分。")
