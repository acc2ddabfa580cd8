"""What must hold of a rubric beyond the types of its fields."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from foodsafety_cli.analysis.faults import repeated
from foodsafety_cli.analysis.publication import checksum
from foodsafety_cli.analysis.score_facts import members_of
from foodsafety_cli.model.plan import Plan, Task
from foodsafety_cli.model.problem import Code, Fault, Path, Severity
from foodsafety_cli.model.scoring import Counted, Effect, Rubric, RubricItem, Rule, RuleKind
from foodsafety_cli.model.steps import Mark, MarkStep

_NEEDS = {
    RuleKind.BANDS: ("bands", "bands: [[60, 0.7], [70, 1.2]]"),
    RuleKind.EACH: ("per", "per: 0.5"),
    RuleKind.GROWING: ("steps", "steps: [0.5, 1, 2, 5]"),
    RuleKind.RANK: ("places", "places: [60, 57, 54]"),
}
_BY_FIGURE = (
    RuleKind.RATIO,
    RuleKind.LIMIT,
    RuleKind.BANDS,
    RuleKind.ALL_OR_NOTHING,
    RuleKind.LAST_YEAR,
)


def check_rubric(rubric: Rubric, plan: Plan) -> list[Fault]:
    """Every fault of a well-typed rubric, held against the plan as it was printed.

    What is withdrawn by now, or added later, nobody is scored by: it is no fault.
    """
    faults = [
        *_check_empty(rubric),
        *_check_names(rubric),
        *_check_series(rubric, plan),
        *_check_grades(rubric),
    ]
    for n, item in enumerate(rubric.items):
        faults += _check_item(rubric, plan, item, ("items", n))
    for n, series in enumerate(rubric.series):
        items = rubric.items_of(series.name)
        total = sum((i.points for i in items if i.effect is Effect.BASE), Decimal(0))
        if total != rubric.base:
            words = f"“{series.name}”的基本分合计 {total:f}，应是 {rubric.base:f}"
            yield_at: Path = ("series", n, "name")
            faults.append(Fault(yield_at, Code.SCORE_TOTAL, words, "请核对各项分值或 base"))
    return faults


def lost_marks(
    rubric: Rubric, members: Mapping[str, Sequence[str]], marks: Iterable[Mark]
) -> Iterator[tuple[Mark, str]]:
    """Marks of the ledger that this rubric has no place for, and why."""
    items = {item.id: item for item in rubric.items}
    cases = {name for name, _ in _flags(rubric)}
    scored = {name for names in members.values() for name in names}
    for mark in marks:
        item = items.get(mark.item)
        if mark.step is MarkStep.PUBLISH and mark.checksum != checksum(mark.table):
            yield mark, f"{mark.date} 公布的得分表和它的校验码对不上，公布以后被改过"
        if mark.step is not MarkStep.PUBLISH and mark.department not in scored:
            yield mark, f"“{mark.department}”不在评分细则的任何一个系列里，{mark.item} 没有计入"
            continue
        whose = f"{mark.department} {mark.item}"
        if mark.step is MarkStep.FLAG and mark.item not in cases:
            yield mark, f"细则里没有情形“{mark.item}”，{whose} 的认定没有计入"
        elif mark.step is MarkStep.MARK and item is None:
            yield mark, f"细则里没有考核内容“{mark.item}”，{whose} 的评分没有计入"
        elif item and mark.department not in _scored_by(rubric, members, item):
            yield mark, f"{mark.item} 不考核{mark.department}，它的评分没有计入"
        elif mark.step is MarkStep.MARK and (mark.times or 0) < 0:
            yield mark, f"{whose} 评了 {mark.times:f} 次，按 0 次计"
        elif mark.step is MarkStep.MARK and item and (mark.points or 0) > item.points:
            yield mark, f"{whose} 评了 {mark.points:f} 分，现在满分 {item.points:f} 分，按满分计"
        elif mark.step is MarkStep.MARK and (mark.points or 0) < 0:
            yield mark, f"{whose} 评了 {mark.points:f} 分，按 0 分计"


def _scored_by(
    rubric: Rubric, members: Mapping[str, Sequence[str]], item: RubricItem
) -> Iterator[str]:
    for series in rubric.series:
        if item in rubric.items_of(series.name):
            yield from members[series.name]


def _flags(rubric: Rubric) -> Iterator[tuple[str, Path]]:
    yield from ((d.id, ("downgrades", n, "id")) for n, d in enumerate(rubric.downgrades))
    yield from ((v.id, ("vetoes", n, "id")) for n, v in enumerate(rubric.vetoes))


def _check_empty(rubric: Rubric) -> Iterator[Fault]:
    for field, what in (("series", "系列"), ("items", "考核内容")):
        if not getattr(rubric, field):
            words = f"没有写{what}，算不出得分"
            yield Fault((field,), Code.SCORE_SERIES, words, "请至少写一个；样例见 fs score init")


def _check_names(rubric: Rubric) -> Iterator[Fault]:
    named: dict[str, Iterable[tuple[object, Path]]] = {
        "考核内容": ((i.id, ("items", n, "id")) for n, i in enumerate(rubric.items)),
        "系列": ((s.name, ("series", n, "name")) for n, s in enumerate(rubric.series)),
        "等次": ((g.name, ("grades", n, "name")) for n, g in enumerate(rubric.grades)),
        "情形": _flags(rubric),
    }
    for what, names in named.items():
        yield from repeated(names, Code.SCORE_TWICE, f"{what}“{{}}”已写过")


def _check_series(rubric: Rubric, plan: Plan) -> Iterator[Fault]:
    known = {name for d in plan.departments for name in (d.name, *d.aliases)}
    groups = {name for d in plan.departments if d.members for name in (d.name, *d.aliases)}
    placed: Counter[str] = Counter()
    for n, series in enumerate(rubric.series):
        path: Path = ("series", n)
        if bool(series.members) == bool(series.group):
            words = f"“{series.name}”要写 members 或 group，写其中一个"
            yield Fault((*path, "name"), Code.SCORE_SERIES, words, "请写哪些单位，或计划里的一组")
        if series.group and series.group not in groups:
            words = f"计划里没有“{series.group}”这组单位"
            yield Fault((*path, "group"), Code.SCORE_UNKNOWN, words, "请用计划里的组名")
        for m, name in enumerate(series.members):
            if name in groups:
                words = f"“{name}”是一组单位"
                yield Fault((*path, "members", m), Code.SCORE_UNKNOWN, words, f"请写 group: {name}")
            elif name not in known:
                words = f"计划里没有“{name}”这个单位"
                yield Fault((*path, "members", m), Code.SCORE_UNKNOWN, words, "请用单位全称")
        for m, name in enumerate(series.members):
            if name in series.members[:m]:
                words = f"“{name}”在“{series.name}”里写了两次"
                yield Fault((*path, "members", m), Code.SCORE_TWICE, words, "请删去一个")
        for name in dict.fromkeys(members_of(plan, series)):
            placed[name] += 1
            if placed[name] == 2:
                words = f"“{name}”在两个系列里"
                yield Fault((*path, "name"), Code.SCORE_SERIES, words, "一个单位只能在一个系列里")


def _check_grades(rubric: Rubric) -> Iterator[Fault]:
    if rubric.convert and rubric.convert.weight > 100:
        words = f"折算的权重 {rubric.convert.weight:f}% 超过了 100%"
        yield Fault(("convert", "weight"), Code.SCORE_RULE, words, "请核对，如 weight: 2")
    for n, grade in enumerate(rubric.grades[1:], 1):
        if grade.least >= rubric.grades[n - 1].least:
            words = f"“{grade.name}”的分数线不低于前一等"
            yield Fault(("grades", n, "least"), Code.SCORE_RULE, words, "请从高到低写")


def _check_item(rubric: Rubric, plan: Plan, item: RubricItem, path: Path) -> Iterator[Fault]:
    rule, place = item.rule, (*path, "rule")
    added = (a.add for a in plan.amendments if a.add)
    task = next((t for t in (*(t for _, t in plan.tasks()), *added) if t.id == rule.task), None)
    yield from _check_series_known(rubric, item, path)
    yield from _check_subject(rule, task, place)
    yield from _check_needs(rule, place)
    if rule.kind is RuleKind.LAST_YEAR and not (plan.previous and task and task.continues):
        words = "计划没有写去年的安排（previous），或任务没有写接着去年哪一项（continues）"
        yield Fault(place, Code.SCORE_RULE, words, "请在计划里写上，或改用别的办法")
    yield from _check_limit(item, task, place)
    yield from _check_counted(rule, place)
    yield from _check_direction(item, place)
    yield from _check_unused(rule, place)
    yield from _check_sizes(item, place)


def _check_series_known(rubric: Rubric, item: RubricItem, path: Path) -> Iterator[Fault]:
    names = {series.name for series in rubric.series}
    for n, name in enumerate(item.series):
        if name not in names:
            words = f"没有“{name}”这个系列"
            yield Fault((*path, "series", n), Code.SCORE_UNKNOWN, words, "请写 series 里的名称")


def _check_subject(rule: Rule, task: Task | None, place: Path) -> Iterator[Fault]:
    """Whether the task and the indicator that points go by are there."""
    if rule.task is not None and task is None:
        words = f"计划里没有任务 {rule.task}"
        yield Fault((*place, "task"), Code.SCORE_UNKNOWN, words, "请核对任务序号")
    if rule.indicator and task and rule.indicator not in {i.name for i in task.indicators}:
        told = "、".join(i.name for i in task.indicators) or "没有指标"
        words = f"任务 {task.id} 没有指标“{rule.indicator}”（{told}）"
        yield Fault((*place, "indicator"), Code.SCORE_UNKNOWN, words, "请核对指标名称")
    if rule.indicator and rule.task is None:
        words = "写了 indicator，没有写 task"
        yield Fault((*place, "indicator"), Code.SCORE_RULE, words, "请写是哪项任务的指标")


def _check_needs(rule: Rule, place: Path) -> Iterator[Fault]:
    """What a rule of this kind cannot do without."""
    field, example = _NEEDS.get(rule.kind, ("", ""))
    if field and not getattr(rule, field):
        yield Fault(place, Code.SCORE_RULE, f"{rule.kind} 要写 {field}", f"如 {example}")
    if rule.kind in _BY_FIGURE and rule.task is None and rule.of is not Counted.COMPLETION:
        words = f"{rule.kind} 没有写按什么"
        yield Fault(place, Code.SCORE_RULE, words, "请写 task，或 of: completion")
    if rule.kind in (RuleKind.EACH, RuleKind.GROWING) and rule.of is None:
        known = "、".join(one.value for one in Counted)
        yield Fault(place, Code.SCORE_RULE, f"{rule.kind} 没有写数什么", f"请写 of：{known}")


def _check_sizes(item: RubricItem, place: Path) -> Iterator[Fault]:
    """Whether the points that a rule gives are such as the item can have."""
    rule = item.rule
    bands = [band[-1] for band in rule.bands if band]
    least = min((*rule.steps, *rule.places, *bands), default=Decimal(0))
    if least < 0:
        words = f"得分不能小于 0（{least:f}）"
        yield Fault(place, Code.SCORE_RULE, words, "要扣分的请用 effect: deduct")
    if any(len(band) != 2 for band in rule.bands):
        yield Fault((*place, "bands"), Code.SCORE_RULE, "每一档是两个数", "如 [60, 0.7]")
    most = max((*rule.places, *bands, rule.cap or 0), default=Decimal(0))
    if most > item.points:
        words = f"最多得 {most:f} 分，超过了分值 {item.points:f}"
        yield Fault(place, Code.SCORE_RULE, words, "请核对分值")


def _check_counted(rule: Rule, place: Path) -> Iterator[Fault]:
    """What is counted is there to be counted by this rule."""
    counts = rule.kind in (RuleKind.EACH, RuleKind.GROWING)
    if counts and rule.of is Counted.COMPLETION:
        words = f"{rule.kind} 按次数算，完成率不是次数"
        yield Fault((*place, "of"), Code.SCORE_RULE, words, "请改用 ratio，或写数什么")
    if rule.task is not None and rule.of not in (None, Counted.COMPLETION, Counted.MARKED):
        words = f"“{rule.of}”数的是一个单位的全部任务，不能只数任务 {rule.task}"
        yield Fault((*place, "task"), Code.SCORE_RULE, words, "请删去 task 或 of")
    if any(b > a for a, b in pairwise(rule.places)):
        words = "名次在后的得分反而高"
        yield Fault((*place, "places"), Code.SCORE_RULE, words, "请从第一名起，由高到低写")


def _check_direction(item: RubricItem, place: Path) -> Iterator[Fault]:
    """More of what is good never costs points, more of what is bad never brings any."""
    rule = item.rule
    if rule.kind is RuleKind.LIMIT and rule.task is None and rule.of is Counted.COMPLETION:
        words = "limit 是上限，完成率越高得分反而越少"
        yield Fault(place, Code.SCORE_RULE, words, "请改用 ratio，或写有上限的任务")
    if item.effect is Effect.DEDUCT and rule.kind in (*_BY_FIGURE, RuleKind.RANK):
        words = f"减分项用 {rule.kind}，完成得越好扣得越多"
        yield Fault(place, Code.SCORE_RULE, words, "请改成 base，或用 each 数次数")
    is_fault = rule.of is not None and rule.of.is_fault and rule.kind is not RuleKind.RANK
    if item.effect is Effect.BONUS and is_fault:
        words = f"加分项数“{rule.of}”，毛病越多加得越多"
        yield Fault((*place, "of"), Code.SCORE_RULE, words, "请改成 deduct，或改数什么")
    if any(b[0] <= a[0] or b[1] < a[1] for a, b in pairwise(rule.bands) if len(a) == len(b) == 2):
        words = "后一档的界限或得分不比前一档高"
        yield Fault((*place, "bands"), Code.SCORE_RULE, words, "请从低到高写")


def _check_unused(rule: Rule, place: Path) -> Iterator[Fault]:
    """Fields that another kind of rule would read."""
    own = {
        RuleKind.BANDS: {"bands", "task", "indicator", "of", "cap"},
        RuleKind.EACH: {"per", "cap", "of"},
        RuleKind.GROWING: {"steps", "cap", "of"},
        RuleKind.RANK: {"places", "task", "indicator", "of", "cap"},
        RuleKind.MARKED: set[str](),
    }.get(rule.kind, {"task", "indicator", "of", "cap"})
    if rule.task is not None and rule.of is Counted.COMPLETION:
        own -= {"of"}  # the task's own completion is what is looked at
    given = (f for f in rule._fields if f != "kind" and getattr(rule, f) not in (None, "", ()))
    for field in given:
        if field not in own:
            words = f"{rule.kind} 不看 {field}，没有用上"
            yield Fault((*place, field), Code.SCORE_RULE, words, "请删去", Severity.WARNING)


def _check_limit(item: RubricItem, task: Task | None, place: Path) -> Iterator[Fault]:
    """Points that fall with the figure want an upper limit."""
    if item.rule.kind is not RuleKind.LIMIT or task is None:
        return
    named = [i for i in task.indicators if item.rule.indicator in ("", i.name)]
    if not any(i.at_most for i in named):
        words = f"任务 {task.id} 的目标不是上限（at_most），报得越多得分越少"
        remedy = "请核对；越多越好的用 ratio"
        yield Fault(place, Code.SCORE_RULE, words, remedy, Severity.WARNING)
