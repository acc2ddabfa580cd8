"""The office that keeps a plan: who decides, writes letters and signs, at whichever level it is."""

import re

from foodsafety_cli.model.plan import Plan

_LEVEL = re.compile("(省|市|州|县|区|旗|镇|乡)(?:人民政府|政府|委员?会?|食品安全|食安|人民代表)")
_SHORT, _IN_FULL = "食安办", "食品安全委员会办公室"


def level_of(plan: Plan) -> str:
    """Whose plan it is, by who has issued it: 市, 县."""
    found = _LEVEL.search(plan.issuer)
    return found[1] if found else "市"


def reviewer_of(plan: Plan) -> str:
    """Who decides on applications, and writes letters: as told, else the food safety office."""
    told = plan.closing.reviewer if plan.closing else ""
    return told or _named(plan) or level_of(plan) + _SHORT


def signer_of(plan: Plan) -> str:
    """Who signs a report: the food safety office in full, or else the plan's issuer."""
    office = _named(plan)
    if office.endswith(_SHORT):
        return office.removesuffix(_SHORT) + _IN_FULL
    return office or plan.issuer


def _named(plan: Plan) -> str:
    """The food safety office as the plan has it among its departments; empty if it has none."""
    its = re.compile(f".*{level_of(plan)}(?:{_SHORT}|{_IN_FULL})")
    return next((d.name for d in plan.departments if its.fullmatch(d.name)), "")
