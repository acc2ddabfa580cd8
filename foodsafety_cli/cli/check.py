"""`fs check`."""

import sys
from typing import Annotated

import typer

from foodsafety_cli.checking import everything
from foodsafety_cli.cli.office import keep_apart, workspace_of
from foodsafety_cli.cli.options import ListOptions
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.streams import say
from foodsafety_cli.model.errors import CheckFailed
from foodsafety_cli.model.problem import has_errors
from foodsafety_cli.render.output import show
from foodsafety_cli.render.report_views import problems_listing

app = new_app()


@app.command(cls=Command)
@with_bundles
def check(
    ctx: typer.Context,
    listing: ListOptions,
    pending: Annotated[
        bool, typer.Option("--pending", help="逐处列出起草时注明“待核”、还没有核的地方")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="还有“待核”时也以退出码 1 结束")] = False,
) -> None:
    """检查计划和台账，逐处列出 文件:行:列、代号、问题和办法；没有问题则什么也不说。"""
    workspace = workspace_of(ctx)
    output = listing.as_output()
    keep_apart(workspace, output.file)
    if workspace.is_shipped:
        say("这里没有计划，检查的是程序自带的那一份，没有填报记录。")
    marked = everything.pending(workspace) if pending or strict else []
    problems = marked if pending else everything.check(workspace)
    asked_for_a_form = output.format or output.file or output.columns or output.sort
    if asked_for_a_form:
        show(problems_listing(problems), output)
    else:
        sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    if has_errors(problems):
        raise CheckFailed(f"有 {len(problems)} 处问题，请逐处改好")
    if strict and marked:
        raise CheckFailed(f"还有 {len(marked)} 处待核")
