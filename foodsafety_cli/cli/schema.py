"""`fs schema`."""

from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.cli.office import keep_apart, workspace_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.render.output import write_content, write_data

app = new_app()


@app.command(cls=Command)
def schema(
    ctx: typer.Context,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="文件", help="写入文件")
    ] = None,
) -> None:
    """输出计划文件的 JSON Schema：编辑器据此补全、提示、检查。"""
    from foodsafety_cli.store.plan.schema import json_schema

    if output:
        keep_apart(workspace_of(ctx), output)
        write_content(output, json_schema())
    else:
        write_data(json_schema())
