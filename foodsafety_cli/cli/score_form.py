"""`fs score form`."""

import os
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.scoring import Depts, Scoring
from foodsafety_cli.cli.streams import say
from foodsafety_cli.exchange.score_form import as_form
from foodsafety_cli.model.errors import BadOutput, CannotWrite
from foodsafety_cli.render.score_views import rule_words
from foodsafety_cli.store.files import file_names, folder_for, write_file

app = new_app()


@app.command(cls=Command)
@with_bundles
def form(
    ctx: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="位置", help="文件夹，或一个 .xlsx 文件")
    ],
    dept: Depts = None,
    force: Annotated[bool, typer.Option("--force", help="文件已有也覆盖（填了的会丢）")] = False,
) -> None:
    """自评表：每个单位一张，写好考核内容和自动得分，留好自评的格子。"""
    scoring = Scoring(office_of(ctx))
    wanted = [scoring.department(name) for name in dept or ()]
    found = [one for one in scoring.scores() if not wanted or one.department in wanted]
    is_file = output.suffix.lower() == ".xlsx"
    if not is_file and output.suffix[1:].isalpha() and not output.is_dir():
        raise BadOutput("-o", f"自评表是 .xlsx 文件，不能存成 {output.suffix}，请换一个文件名")
    if is_file and len(found) != 1:
        raise BadOutput("-o", f"{len(found)} 个单位要 {len(found)} 张表，请写一个文件夹")
    names = file_names(one.department for one in found)
    files = [output if is_file else output / f"{name}.xlsx" for name in names]
    there = [file for file in files if os.path.lexists(file)]
    if there and not force:
        raise CannotWrite(f"{there[0]} 已经有了，没有覆盖。确实要覆盖请加 --force")
    with nullcontext() if is_file else folder_for(output):
        for one, file in zip(found, files, strict=True):
            rules = [rule_words(scored) for scored in one.scored]
            write_file(file, as_form(scoring.office.plan, one, rules))
    say(f"已做好自评表 {len(files)} 张：{output}")
