"""A draft as the text of plan.yaml, with the remarks for its reviewer where they belong."""

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from foodsafety_cli.model.plan import Department, Indicator, Task
from foodsafety_cli.model.problem import Path
from foodsafety_cli.notice.draft import PlanDraft

# what YAML may take for something else when it stands bare; in doubt a scalar is quoted
_BARE = re.compile(r"[一-龥A-Za-z0-9（“《〔][^:#\n\"'\[\]{},&*!|>%@`\\]*")
_HEAD = """\
# yaml-language-server: $schema=schema/plan.schema.json
#
# 由 fs import 从通知起草。带“待核”的地方是猜的，请逐处核对，核完删去注释；改完运行 fs check。
"""


def as_yaml(draft: PlanDraft) -> str:
    """The file's text; what it says is the draft's plan."""
    return "".join(f"{line}\n" for line in (_HEAD.rstrip("\n"), *_plan(draft)))


def _plan(draft: PlanDraft) -> Iterator[str]:
    plan = draft.plan
    for field in ("title", "document_number", "issuer", "issued_on"):
        yield from _notes(draft, (field,), "")
        yield f"{field}: {scalar(str(getattr(plan, field)))}"
    yield from _notes(draft, ("period",), "")
    yield f"period: {{start: {plan.period.start}, end: {plan.period.end}}}"
    if plan.previous:
        yield f"previous: {scalar(plan.previous)}   # 上一年的文件夹"
    lights = plan.lights
    yield (
        f"lights: {{yellow: {lights.yellow}, red: {lights.red}, "
        f"due_soon_days: {lights.due_soon_days}}}   # 落后百分点；到期前天数"
    )
    if closing := plan.closing:
        told = [f"required: {_bool(closing.required)}", f"evidence: {_bool(closing.evidence)}"]
        told += [f"reviewer: {scalar(closing.reviewer)}"] if closing.reviewer else []
        yield f"closing: {{{', '.join(told)}}}"
    if plan.letters:
        yield f"letters: {{prefix: {scalar(plan.letters.prefix)}}}"
    if plan.first_leads_from is not None:
        yield f"first_leads_from: {plan.first_leads_from}   # 列第一位的为牵头单位"
    yield from ("", "departments:")
    for n, department in enumerate(plan.departments):
        yield from _notes(draft, ("departments", n), "  ")
        yield f"  - {_department(department)}"
    yield from ("", "sections:")
    for s, section in enumerate(plan.sections):
        yield from _notes(draft, ("sections", s), "  ")
        yield f"  - number: {section.number}"
        yield f"    title: {scalar(section.title)}"
        yield "    tasks:"
        for t, task in enumerate(section.tasks):
            yield from _notes(draft, ("sections", s, "tasks", t), "      ")
            yield from (f"      {line}" for line in _task(task))
        yield ""


def _department(department: Department) -> str:
    name = scalar(department.name)
    aliases = f", aliases: {_list(department.aliases)}" if department.aliases else ""
    members = f", members: {_list(department.members)}" if department.members else ""
    contact = f", contact: {scalar(department.contact)}" if department.contact else ""
    return f"{{name: {name}{aliases}{members}{contact}}}"


def _task(task: Task) -> Iterator[str]:
    yield f"- id: {task.id}"
    if task.label:
        yield f"  label: {scalar(task.label)}"
    for field in ("title", "text", "responsibility"):
        yield f"  {field}: {scalar(getattr(task, field))}"
    for field in ("lead", "responsible", "support"):
        if getattr(task, field):
            yield f"  {field}: {_list(getattr(task, field))}"
    if task.and_others:
        yield "  and_others: true"
    if task.due:
        yield f"  due: {task.due}"
    if task.reported_by:
        yield f"  reported_by: {_list(task.reported_by)}"
    if task.continues:
        yield f"  continues: [{', '.join(map(str, task.continues))}]"
    if task.indicators:
        yield "  indicators:"
        for indicator in task.indicators:
            yield from (f"    {line}" for line in _indicator(indicator))


def _indicator(indicator: Indicator) -> Iterator[str]:
    yield f"- name: {scalar(indicator.name)}   # 待核"
    yield f"  quote: {scalar(indicator.quote)}"
    yield f"  kind: {indicator.kind}"
    if indicator.target is not None:
        yield f"  target: {_figure(indicator.target)}"
        yield f"  unit: {scalar(indicator.unit)}"
    if indicator.aggregate:
        yield f"  aggregate: {indicator.aggregate}"
    if indicator.reported_by:
        yield f"  reported_by: {_list(indicator.reported_by)}"
    if indicator.each:
        yield "  each: true"
    if indicator.at_most:
        yield "  at_most: true"
    if indicator.due:
        yield f"  due: {indicator.due}"


def _notes(draft: PlanDraft, path: Path, indent: str) -> Iterator[str]:
    for note in draft.notes.get(path, ()):
        yield f"{indent}# {note}"


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _list(names: Sequence[str]) -> str:
    return f"[{', '.join(map(scalar, names))}]"


def _figure(value: Decimal) -> str:
    return f"{value:f}"


def scalar(text: str) -> str:
    """The text as a YAML scalar, quoted only where it must be."""
    is_bare = _BARE.fullmatch(text) and text == text.strip()
    return text if is_bare else json.dumps(text, ensure_ascii=False)
