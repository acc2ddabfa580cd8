"""What points an item of the rubric admits, and from whom."""

from foodsafety_cli.analysis.scoring import is_counted, is_judged
from foodsafety_cli.model.errors import BadFigure, StepRefused
from foodsafety_cli.model.scoring import RubricItem
from foodsafety_cli.model.steps import Mark, Stage

_MOST_TIMES = 10_000


def check_mark(item: RubricItem, series: str, mark: Mark, *, is_published: bool) -> None:
    """Raise `BadValue` or `Refused` for a mark that the item cannot have.

    `series`: that of the department; `is_published`: whether the results are.
    """
    named = f"“{item.id} {item.title}”"
    if item.series and series not in item.series:
        raise StepRefused(f"{named}不考核“{mark.department}”（{series}）。")
    _check_points(item, mark)
    _check_times(item, mark)
    if mark.stage is Stage.OWN and not is_judged(item):
        raise StepRefused(f"{named}由填报的数算出，不用自评。")
    if mark.stage is Stage.OWN and is_published:
        raise StepRefused("考核结果已经公布，不能再自评；要改请用 --stage 复核。")


def _check_points(item: RubricItem, mark: Mark) -> None:
    if mark.points is None:
        return
    if mark.points > item.points:
        words = f"{item.id} 满分 {item.points:f} 分，不能给 {mark.points:f} 分"
        raise BadFigure("--points", words)
    if mark.points < 0:
        raise BadFigure("--points", "不能小于 0")


def _check_times(item: RubricItem, mark: Mark) -> None:
    if mark.times is None:
        return
    if not is_counted(item):
        raise BadFigure("--count", f"{item.id} 不按次数算，请写分数")
    if mark.times != mark.times.to_integral_value():
        raise BadFigure("--count", f"“{mark.times:f}”应是整数")
    if mark.times > _MOST_TIMES:
        raise BadFigure("--count", f"“{mark.times:f}”次太多，请核对")
