"""Faults that several checks find: names that are no department's, and what is said twice."""

from collections.abc import Iterable, Iterator

from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.problem import Code, Fault, Path


def unknown_department(plan: Plan, name: str, path: Path) -> Fault:
    """A name that is no department's; of an alias, whose it is."""
    whose = next((d.name for d in plan.departments if name in d.aliases), "")
    if whose:
        words = f"“{name}”是“{whose}”的别名，这里要写全称"
        return Fault(path, Code.UNKNOWN_DEPARTMENT, words, f"请写“{whose}”")
    words = f"departments 里没有“{name}”"
    sign = next((sign for sign in "，、；" if sign in name), "")
    if sign:
        remedy = f"几个单位之间请用半角的“,”，不用“{sign}”"
        return Fault(path, Code.UNKNOWN_DEPARTMENT, words, remedy)
    return Fault(path, Code.UNKNOWN_DEPARTMENT, words, "请用单位全称，或先登记这个单位")


def repeated(items: Iterable[tuple[object, Path]], code: Code, message: str) -> Iterator[Fault]:
    """Each that stands a second time; `message` has a place for it."""
    seen: set[object] = set()
    for value, path in items:
        if value in seen:
            yield Fault(path, code, message.format(value), "请改掉其中一个")
        seen.add(value)
