"""Drafts of newly written notices."""

from foodsafety_cli.model.plan import Task
from foodsafety_cli.notice.draft import PlanDraft, draft
from foodsafety_cli.notice.outline import outline
from foodsafety_cli.notice.reading import read_lines


def drafted(text: str) -> PlanDraft:
    """The draft of a notice."""
    lines = read_lines(text.encode())
    return draft(outline(lines), lines)


def tasks(text: str) -> list[Task]:
    """The tasks of a notice."""
    return [task for _, task in drafted(text).plan.tasks()]


def roles(text: str) -> list[dict[str, tuple[str, ...]]]:
    """Who does what in each task, the empty roles left out."""
    fields = ("lead", "responsible", "support")
    return [{f: getattr(task, f) for f in fields if getattr(task, f)} for task in tasks(text)]


def table(*rows: str) -> str:
    """A Markdown table of a notice."""
    return "松溪县任务分解表\n\n" + "".join(f"|{row}|\n" for row in rows)
