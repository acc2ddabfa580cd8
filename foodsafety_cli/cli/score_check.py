"""`fs score check`."""

import sys

import typer

from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.model.errors import CheckFailed, PlanUnreadable
from foodsafety_cli.store.files import read_file
from foodsafety_cli.store.scoring import examine
from foodsafety_cli.store.shipped import RUBRIC_NAME

app = new_app()


@app.command(cls=Command)
def check(ctx: typer.Context) -> None:
    """检查评分细则，逐处列出 文件:行:列、代号、问题和办法；没有问题则什么也不说。"""
    office = office_of(ctx)
    path = office.workspace.plan_path.parent / RUBRIC_NAME
    try:
        content = read_file(path)
    except OSError:
        raise PlanUnreadable(f"没有评分细则 {path}；请用 fs score init 取一份样例") from None
    _, problems = examine(content, str(path), office.plan)
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    if problems:
        raise CheckFailed(f"有 {len(problems)} 处问题，请逐处改好")
