"""Why a task's light is what it is, and what later documents changed, in sentences."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.amending import amendments_of
from foodsafety_cli.analysis.measures import HUNDRED, is_full
from foodsafety_cli.analysis.signoff import State
from foodsafety_cli.analysis.stages import points_of
from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
from foodsafety_cli.analysis.wording import (
    TENTH,
    due_words,
    percent,
    rounded_to,
    value_words,
    with_unit,
)
from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.model.plan import Aggregate, Amendment, Plan, Task, Thresholds
from foodsafety_cli.model.text import first_few, quoted

_LEAST = Decimal("0.05")  # points; less is shown as 0.0
_NAMED = 6  # departments named before “等”


def why(standing: TaskStanding, lights: Thresholds) -> Iterator[str]:
    """What the light comes from, who is silent, and what is missing to the next light."""
    if standing.status is Status.DONE:
        return
    if standing.status is Status.OVERDUE:
        yield f"亮红灯：{_past_due(standing)}{_pulling(standing)}"
    elif standing.status is Status.UNREPORTED:
        told = "该报的单位还没有填报" if standing.reports else "一次也没有填报"
        yield f"亮灰灯：{told}。{_silent(standing)}"
    elif standing.status is Status.CLOSED_UNMET:
        yield "亮红灯：没有完成，已作未完成结案。"
        return
    elif standing.light is Light.GREY:
        yield "亮灰灯：还没有填报。"
    else:
        yield f"亮{standing.light}灯：{_against_pace(standing.behind)}。{_pulling(standing)}"
        after_red = "黄" if lights.yellow < lights.red else "绿"
        limits = {Light.RED: (lights.red, after_red), Light.YELLOW: (lights.yellow, "绿")}
        if standing.light in limits:
            limit, better = limits[standing.light]
            missing = _points(standing.behind - limit)
            yield f"完成率再提高 {missing} 个百分点多一点，就转{better}灯。"
        yield from filter(None, map(_short_of_own, standing.indicators))
    if standing.status is not Status.UNREPORTED and (silent := _silent(standing)):
        yield silent
    if unsigned := _not_applied_for(standing):
        is_alone = not standing.reviews
        yield f"{unsigned[:-1]}：fs signoff apply {standing.task.id}。" if is_alone else unsigned


def _short_of_own(standing: IndicatorStanding) -> str:
    """Why an indicator is not met though all its figures together have reached the target."""
    short = [b for b in standing.reporters if not is_full(standing.parts.get(b, HUNDRED))]
    if standing.met or not is_full(standing.counted) or not short:
        return ""
    name = quoted(standing.indicator.name)
    return f"{name}合起来到了目标，还没有达标：{first_few(short, _NAMED)}自己的数没有达到。"


def _not_applied_for(standing: TaskStanding) -> str:
    """Whose sign-off is lacking where that is all that is; empty where more, or nothing, is."""
    if not standing.is_met or standing.status is Status.DONE:
        return ""
    if not standing.reviews:
        return "数已达标，还没有申请销号。"
    is_open = (State.OPEN, State.REOPENED)
    names = [review.department for review in standing.reviews if review.state in is_open]
    return f"数已达标，还没有申请销号的：{first_few(names, _NAMED)}。" if names else ""


def _past_due(standing: TaskStanding) -> str:
    due = due_words(standing.due, standing.due_first, standing.extensions)
    return f"{due}{'' if due.endswith('）') else ' '}到期，还没有完成。"


def _against_pace(behind: Decimal) -> str:
    if abs(behind) < _LEAST:
        return "和应完成的持平"
    said = "落后" if behind > 0 else "领先"
    return f"比应完成的{said} {_points(abs(behind))} 个百分点"


def behind_in_brief(standing: TaskStanding) -> str:
    """The same for a report: by how much, what pulls most, and who is silent."""
    if unsigned := _not_applied_for(standing):
        return unsigned
    points = _points(standing.behind)
    is_late = standing.status is Status.OVERDUE
    said = [f"{standing.due}到期未完成" if is_late else f"落后{points}个百分点"]
    silent = sorted(standing.silent - standing.released)
    names = [department for department in standing.lagging if department not in silent]
    if silent:
        said.append(f"{_few_departments(silent)}未报")
    elif 0 < len(names) < len(standing.parts):
        said.append(f"{_few_departments(names)}落后")
    return f"{'，'.join(said)}{pulling_in_brief(standing)}。"


def _few_departments(names: Sequence[str]) -> str:
    return "、".join(names) if len(names) < 3 else f"{len(names)}个单位"


def pulling_in_brief(standing: TaskStanding, department: str | None = None) -> str:
    """，主要是“食品检验量”（3.4/6）: the indicator furthest behind, or the only one; else empty.

    `department`: of those that a department reports.
    """
    own = [s for s in standing.indicators if department is None or department in s.reporters]
    behind = [s for s in own if not s.met and s.expected > s.counted]
    if department:  # what its own figures lack, rather than what all of them do
        lacking = [s for s in behind if department in s.lagging]
        behind = [s for s in lacking if department in s.parts or department in s.missing] or lacking
    if not behind:
        return ""
    worst = max(behind, key=lambda s: s.expected - s.counted)
    most = "主要是" if len(own) > 1 else "差在"
    return f"，{most}“{worst.indicator.name}”{_reached(worst, department)}"


def _reached(worst: IndicatorStanding, department: str | None) -> str:
    """（3.4/6，已报1/6，你单位完成66.7%）; of a department with a share of its own, that alone."""
    part = worst.parts.get(department or "")
    is_own = part is None or department in worst.departments  # and not that of the whole
    told = "未报" if part is None else f"完成{percent(part)}"  # 51.0% of 98 is no 50
    own = [f"你单位{told}"] if department and is_own else []
    if own and worst.indicator.split:
        return f"（{own[0]}）"
    is_of_all = len(worst.reporters) < 2 or worst.measure.is_sum
    said = [f"{value_words(worst)}/{worst.measure.target_words}"] if worst.measure.is_figure else []
    said += [f"已报{worst.reported}"] if worst.date and worst.silent else []
    said += [] if is_of_all else own
    return f"（{'，'.join(said)}）" if said else ""


def behind_in_words(standing: TaskStanding) -> str:
    """Why a task is behind, without the names of lights: what is overdue, what pulls, who lacks."""
    said = []
    if standing.is_met:  # where that is not enough
        return _not_applied_for(standing)
    if standing.status is Status.OVERDUE:
        said.append(_past_due(standing))
    elif standing.behind > 0:
        said.append(f"落后 {_points(standing.behind)} 个百分点。")
    said.append(_pulling(standing))
    if standing.silent:
        said.append(_silent(standing))
    return "".join(said)


def _pulling(standing: TaskStanding) -> str:
    """The indicator that is furthest behind what is expected of it, and whose figures are."""
    behind = [s for s in standing.indicators if not s.met and s.expected > s.counted]
    if standing.status is Status.OVERDUE:  # what runs on is not what is overdue
        behind = [s for s in standing.indicators if not s.met and s.due <= standing.due] or behind
    if not behind:
        return _lagging(list(standing.parts), standing.lagging, standing)
    worst = max(behind, key=_gap)
    is_most = all(_gap(one) <= _gap(worst) for one in standing.indicators if not one.met)
    which = "落后" if len(standing.indicators) == 1 else "落后最多" if is_most else "到期没有达标"
    asked = [department for department in worst.reporters if department not in standing.released]
    late = [b for b in asked if worst.parts.get(b, worst.expected) < worst.expected]
    return (
        f"{which}的是“{worst.indicator.name}”（{_where(worst)}）。"
        f"{_lagging(worst.reporters, late, standing)}"
    )


def _gap(standing: IndicatorStanding) -> Decimal:
    return standing.expected - standing.counted


def _lagging(reporters: Sequence[str], late: Sequence[str], standing: TaskStanding) -> str:
    """Whose figures are behind, where some of several are."""
    names = [department for department in late if department not in standing.silent]
    is_some = standing.reports and names and len(names) < len(reporters)
    return f"落后的单位：{first_few(names, _NAMED)}。" if is_some else ""


def _where(standing: IndicatorStanding) -> str:
    if standing.date is None:
        return "未报"
    figure = value_words(standing)
    if standing.value is not None:
        figure = with_unit(figure, standing.indicator.unit)
    said = f"{figure}，" if standing.measure.is_figure else ""
    silent = (
        "（没报的按 0 算）" if standing.silent and standing.counted != standing.attainment else ""
    )
    said += f"完成率 {_points(standing.counted)}%{silent}，应到 {_points(standing.expected)}%"
    short = [b for b in standing.reporters if not is_full(standing.parts.get(b, HUNDRED))]
    if short and standing.counted >= standing.expected:
        said += f"，但{first_few(short, _NAMED)}自己的数没有达到目标"
    return said


def _silent(standing: TaskStanding) -> str:
    """Who has not reported; of several indicators, which each, where that differs."""
    left = standing.released & standing.silent
    gone = f"移交前空着的 {len(left)} 份按 0 算。" if left else ""
    if not standing.indicators:
        missing = [b for b, part in standing.parts.items() if part is None]
        missing = [department for department in missing if department not in standing.released]
        return (f"还没有报的：{first_few(missing, _NAMED)}。" if missing else "") + gone
    by_names: dict[tuple[str, ...], list[str]] = {}
    for one in standing.indicators:
        missing = [department for department in one.missing if department not in standing.released]
        if missing and not one.met:
            by_names.setdefault(tuple(missing), []).append(f"“{one.indicator.name}”")
    if not by_names:
        return gone
    is_one = len(by_names) == 1 and len(standing.indicators) == sum(map(len, by_names.values()))
    told = [
        f"{'' if is_one else '、'.join(names) + '：'}{first_few(departments, _NAMED)}"
        for departments, names in by_names.items()
    ]
    return f"还没有报的：{'；'.join(told)}。{gone}"


def how_held(standing: TaskStanding) -> Iterator[str]:
    """What the targets are held against, where it is not simply the figure for the whole."""
    for one in standing.indicators:
        indicator, measure = one.indicator, one.measure
        said = ["不超过目标为达标"] if indicator.at_most else []
        said += ["每个报数单位各自达到"] if indicator.each else []
        worst = "最高" if indicator.at_most else "最低"
        said += [f"取各单位中{worst}的"] if measure.combine is Aggregate.MIN else []
        said += [f"按{indicator.per}计算"] if indicator.per else []
        if indicator.split:
            shares = [f"{department} {share:f}" for department, share in indicator.split.items()]
            said.append(f"分到各单位：{first_few(shares, _NAMED)}")
        if said:
            yield f"“{indicator.name}”{'，'.join(said)}。"


def stages(plan: Plan, standing: TaskStanding) -> Iterator[str]:
    """What the indicators have to reach by when, where the plan says it."""
    for one in standing.indicators:
        points = points_of(plan, one.indicator, one.due)
        if points:
            told = "，".join(f"{day} {_points(share)}%" for day, share in points)
            yield f"“{one.indicator.name}”的阶段目标：{told}，{one.due} 100%。"


def changes(printed: Plan, task: Task, day: dt.date) -> Iterator[str]:
    """What later documents changed of a task: 原目标 6，某文 自 2021-09-01 起 5."""
    first = next((t for _, t in printed.tasks() if t.id == task.id), task)
    for amendment in amendments_of(printed, task.id, day):
        yield from _changed(first, amendment, printed)


def _changed(first: Task, amendment: Amendment, printed: Plan) -> Iterator[str]:
    since = f"{amendment.basis} 自 {amendment.effective} 起"
    indicator = first.indicator(amendment.indicator)
    name = f"“{indicator.name}”" if indicator else ""
    if amendment.withdrawn:
        yield f"{name}{since}不再列入。"
    if amendment.add:
        yield f"{since}新增。"
    if amendment.target is not None and indicator and indicator.target is not None:
        yield f"{name}原目标 {indicator.target:f}，{since} {amendment.target:f}。"
    if amendment.due:
        due = (indicator.due if indicator else None) or printed.due(first)
        yield f"{name}原时限 {due}，{since} {amendment.due}。"
    roles = {"牵头": "lead", "负责": "responsible", "配合": "support"}
    now = [
        f"{first_few(names, _NAMED)}{role}"
        for role, f in roles.items()
        if (names := getattr(amendment, f))
    ]
    if now:
        yield f"{since}改由{'，'.join(now)}（括号仍照通知）。"


def _points(value: Decimal) -> str:
    return f"{rounded_to(value, TENTH):f}"
