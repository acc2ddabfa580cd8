"""What is left of a plan without its ill-typed parts, so that one run can check the rest too."""

import copy
from collections.abc import Iterable, Iterator

from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.problem import Code, Fault, Path
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store.plan import schema
from foodsafety_cli.store.plan.yamltree import Node

_ATTEMPTS = 8  # one a level of nesting is enough
_SPEAK_OF_ABSENCE = {
    Code.TARGET_MISSING,
    Code.NO_DEPARTMENT,
    Code.EMPTY_VALUE,
    Code.BRACKET_MISMATCH,
    Code.PERIOD_LENGTH,
}
_STAND_INS: dict[str, object] = {
    "title": "？",
    "document_number": "？",
    "issuer": "？",
    "issued_on": "2000-01-01",
    "period": {"start": "0001-01-01", "end": "9999-12-31"},
    "departments": [],
    "sections": [],
}


class PartialPlan(ValueType):
    """A plan of what fits, the tree it came from, and the nodes that lost something."""

    plan: Plan
    root: Node
    cut: frozenset[int]

    def consequent(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """The faults, less those that only say that a part left out is missing."""
        for fault in faults:
            holders = self.root.nodes_along(fault.path)
            if fault.code is not Code.PERIOD_LENGTH:  # which two days of the whole plan make
                holders = holders[-2:]
            if fault.code in _SPEAK_OF_ABSENCE and any(id(node) in self.cut for node in holders):
                continue
            yield fault


def without(root: Node, faults: list[Fault]) -> PartialPlan | None:
    """Leave the ill-typed values out, then the list items that cannot do without them."""
    if not isinstance(root.value, dict):
        return None
    root = copy.deepcopy(root)
    cut: set[int] = set()
    for attempt in range(_ATTEMPTS):
        unfit = {_unfit_part(root, fault.path, whole_item=attempt > 0) for fault in faults}
        # from the back, so that list positions still to come stay true
        for path in sorted(unfit, key=lambda path: [str(s).zfill(9) for s in path], reverse=True):
            cut.add(id(_cut(root, path)))
        plan, faults = schema.read_plan(root.plain())
        if plan is not None:
            return PartialPlan(plan, root, frozenset(cut))
    return None


def _unfit_part(root: Node, path: Path, *, whole_item: bool) -> Path:
    """The ill-typed value; where it is missing, the list item that needs it."""
    is_there = len(root.nodes_along(path)) == len(path) + 1
    items = [n for n, step in enumerate(path) if isinstance(step, int)]
    if items and (whole_item or not is_there):
        return path[: items[-1] + 1]
    return path[:1] if whole_item else path


def _cut(root: Node, path: Path) -> Node:
    """Take the part out, putting in what a plan cannot be without; returns what lost it."""
    holder = root.nodes_along(path[:-1])[-1]
    step = path[-1]
    if isinstance(holder.value, list):
        del holder.value[int(step)]
    elif isinstance(holder.value, dict):
        holder.value.pop(str(step), None)
        if holder is root and step in _STAND_INS:
            holder.value[str(step)] = Node.of(_STAND_INS[str(step)], root.mark)
    return holder
