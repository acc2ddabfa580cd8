"""`fs progress`: the group; without a command it shows the progress tables."""

from foodsafety_cli.cli.parser.app import Entry, Group, new_app


class Progress(Group):
    """Progress: shown, reported, looked back on, taken back."""

    default = "show"
    for_number = "填报请写：fs progress update {0} {1}；看这项任务：fs show {0}"
    guesses = {"list": "fs progress", "ls": "fs progress"}  # noqa: RUF012 - as in Group
    entries = {  # noqa: RUF012 - declared ClassVar in Group
        "show": Entry("progress_show", "进度表（直接运行 fs progress 也是它）"),
        "update": Entry("progress_update", "填报一项任务的进展"),
        "import": Entry("progress_import", "导入各单位交回的填报表（.xlsx、.csv、.json）"),
        "log": Entry("progress_log", "填报记录，新的在前"),
        "undo": Entry("progress_undo", "撤销一次填报"),
    }


app = new_app(
    Progress,
    epilog=(
        "不写命令就是 show，它的选项可以直接写（见 fs progress show --help）：\n"
        "  fs progress --by dept                     各单位的进度\n"
        "  fs progress update 16 --value 5.2         填报"
    ),
)


@app.callback()
def progress() -> None:
    """进度：看进度表，填报进展，查记录，撤销。"""
