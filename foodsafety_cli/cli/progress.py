"""`fs progress`: the group; without a command it shows the progress tables."""

from foodsafety_cli.cli.parser.app import CommandEntry, Group, new_app


class ProgressGroup(Group):
    """Progress: shown, reported, looked back on, taken back."""

    default = "show"
    guesses = {"list": "fs progress", "ls": "fs progress"}  # noqa: RUF012 - as in Group
    entries = {  # noqa: RUF012 - declared ClassVar in Group
        "show": CommandEntry("progress_show", "进度表（直接运行 fs progress 也是它）"),
        "update": CommandEntry("progress_update", "填报一项任务的进展"),
        "import": CommandEntry("progress_import", "导入各单位交回的填报表（.xlsx、.csv、.json）"),
        "log": CommandEntry("progress_log", "填报记录，新的在前"),
        "undo": CommandEntry("progress_undo", "撤销一次填报"),
    }

    def hint_for_number(self, number: str, more: list[str]) -> str:
        """What was typed behind a task's number, as `fs progress update` takes it."""
        line = f"fs progress update {number} {_as_figure(number, more)}"
        return f"填报请写：{line}；看这项任务：fs show {number}"


app = new_app(
    ProgressGroup,
    epilog=(
        "不写命令就是 show，它的选项可以直接写（见 fs progress show --help）：\n"
        "  fs progress --by dept                     各单位的进度\n"
        "  fs progress update 16 --value 5.2         填报"
    ),
)


@app.callback()
def progress() -> None:
    """进度：看进度表，填报进展，查记录，撤销。"""


def _as_figure(number: str, typed: list[str]) -> str:
    from foodsafety_cli.analysis.figure_reading import SAYS_DONE

    if typed and typed[0].startswith("-"):
        return " ".join(typed)
    option, _, example = _option_of(number).partition(" ")
    if not example or (typed and typed[0] in SAYS_DONE):
        return "--done"
    return f"{option} {typed[0] if len(typed) == 1 else example}"


def _option_of(number: str) -> str:
    """How a task is reported; of one that the plan has not, as most are."""
    from foodsafety_cli.analysis.match import match_task
    from foodsafety_cli.analysis.measures import Measure, measure_of
    from foodsafety_cli.model.errors import FoodSafetyError
    from foodsafety_cli.store import locating
    from foodsafety_cli.store.plan.narrowing import PlanQuery

    try:
        _, task = match_task(locating.find().plan_for(PlanQuery(number)), number)
    except FoodSafetyError:
        return Measure.option
    return measure_of(task.figures[0]).option
