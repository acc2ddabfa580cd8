"""What differs between a task and what it became: figures, bodies, words."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from foodsafety_cli.model.plan import Task

_USELESS = re.compile(r"[^一-鿿㐀-䶿A-Za-z]")
_NUMBER = re.compile(r"(?<![0-9.])(?!20[0-9]{2}(?![0-9]))[0-9]+(?:\.[0-9]+)?")


def changes(old: Task, new: Task) -> Iterator[str]:
    """What differs between a task and what it became: figures, bodies, words."""
    were = {i.name: i for i in old.indicators}
    now = {i.name: i for i in new.indicators}
    for name, indicator in now.items():
        was = were.get(name)
        if was is None:
            yield f"新增指标“{name}”"
            continue
        if (was.target, was.unit) != (indicator.target, indicator.unit):
            unit = was.unit if was.unit != indicator.unit else ""
            now_is = f"{_figure(indicator.target)}{indicator.unit}"
            yield f"“{name}”{_figure(was.target)}{unit}→{now_is}"
        if was.kind is not indicator.kind:
            yield f"“{name}”由{was.kind.label}改为{indicator.kind.label}"
        if was.at_most != indicator.at_most or was.each != indicator.each:
            yield f"“{name}”怎样算达标有改动"
        if (was.per, was.aggregate) != (indicator.per, indicator.aggregate):
            yield f"“{name}”怎样合起来算有改动"
        yield from _bodies_changed(f"“{name}”报数", was.reported_by, indicator.reported_by)
        for what, field in (("阶段目标", "stages"), ("分解", "split")):
            if _within_year(getattr(was, field)) != _within_year(getattr(indicator, field)):
                yield f"“{name}”{what}有改动"
        if _day(was.due) != _day(indicator.due):
            yield f"“{name}”时限{_said(was.due)}→{_said(indicator.due)}"
    yield from (f"不再有指标“{name}”" for name in were if name not in now)
    for field, role in (("lead", "牵头"), ("responsible", "负责"), ("support", "配合")):
        yield from _bodies_changed(role, getattr(old, field), getattr(new, field))
    yield from _bodies_changed("报数", old.reported_by, new.reported_by)
    if _day(old.due) != _day(new.due):
        yield f"时限{_said(old.due)}→{_said(new.due)}"
    if plain_words(old.text) != plain_words(new.text):
        yield "文字有改动"
    else:
        yield from _numbers_changed(old, new)


def _bodies_changed(role: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    yield from (f"{role}增加 {name}" for name in new if name not in old)
    yield from (f"{role}减去 {name}" for name in old if name not in new)


def _within_year(values: Mapping[str, object]) -> dict[str, str]:
    """By day or department; a day without its year, which alone is no change."""
    return {re.sub(r"^\d{4}-", "", key): str(value) for key, value in values.items()}


def _numbers_changed(old: Task, new: Task) -> Iterator[str]:
    """Figures in the words that no indicator tells of; years do not count."""
    were, now = (Counter(_NUMBER.findall(task.text)) for task in (old, new))
    gone, come = list(were - now), list(now - were)
    before, after = ({i.name: _figure(i.target) for i in task.indicators} for task in (old, new))
    for name in {**before, **after}:
        was, became = before.get(name, ""), after.get(name, "")
        if was and became and (was in gone) != (became in come):
            continue  # a target that the words do not have: a later paper gave it
        gone = [number for number in gone if number != was]
        come = [number for number in come if number != became]
    if gone or come:
        yield f"文中的数{'、'.join(gone) or '（无）'}→{'、'.join(come) or '（无）'}"


def _day(due: dt.date | None) -> tuple[int, int] | None:
    """A day within a year: another year alone is no change."""
    return (due.month, due.day) if due else None


def _said(due: dt.date | None) -> str:
    return f"{due}" if due else "（未写）"


def _figure(value: object) -> str:
    return "" if value is None else f"{value:f}"


def plain_words(text: str) -> str:
    """A text without figures, marks and blanks, which tell nothing of what it is about."""
    return _USELESS.sub("", text)
