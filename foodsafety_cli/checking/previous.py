"""What a plan says of last year's, held against last year's folder."""

from collections.abc import Iterator

from foodsafety_cli.analysis.amending import ever_in_force
from foodsafety_cli.model.errors import FoodSafetyError
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.problem import Code, Fault, Severity
from foodsafety_cli.store.workspace import Workspace


def check_previous(workspace: Workspace) -> Iterator[Fault]:
    """Last year's folder is another plan, which does not lead back; its tasks are there."""
    plan = workspace.plan
    if not plan.previous:
        yield from (_fault(*of, "没有写上一年的文件夹（previous）") for of in _continued(plan))
        return
    try:
        before = workspace.previous(plan.previous)
        known = {task.id for _, task in ever_in_force(before.plan).tasks()}
        is_circle = _leads_back(workspace, before)
    except FoodSafetyError as error:
        yield _of_folder(f"上一年的 {plan.previous} 用不上：{error}")
        return
    if before.plan.period.start >= plan.period.start:
        yield _of_folder(
            f"上一年的 {plan.previous} 是 {before.plan.period.start.year} 年的，不早于这一份"
        )
    if is_circle:
        yield _of_folder(f"上一年的 {plan.previous} 绕了一圈又回到了自己")
    for used in sorted({*workspace.letter_numbers()} & {*before.letter_numbers()}):
        yield _of_folder(f"文号 {used} 在上一年的 {plan.previous} 里也用过，请撤销一件，另编号重发")
    for place, number in _continued(plan):
        if number not in known:
            yield _fault(place, number, "那一份里没有")


def _leads_back(workspace: Workspace, link: Workspace) -> bool:
    seen = {workspace.plan_path.resolve()}
    while link.plan.previous and link.plan_path.resolve() not in seen:
        seen.add(link.plan_path.resolve())
        link = link.previous(link.plan.previous)
    return link.plan_path.resolve() in seen


_Place = tuple[int, int, int, int]  # section, task, its id, position in `continues`


def _continued(plan: Plan) -> Iterator[tuple[_Place, int]]:
    """Every task of last year's that is named."""
    for s, section in enumerate(plan.sections):
        for t, task in enumerate(section.tasks):
            for n, number in enumerate(task.continues):
                yield (s, t, task.id, n), number


def _fault(place: _Place, number: int, why: str) -> Fault:
    section, task, name, position = place
    path = ("sections", section, "tasks", task, "continues", position)
    words = f"任务 {name} 接着上一年的任务 {number}，{why}"
    return Fault(path, Code.CONTINUES, words, "请核对 continues", Severity.WARNING)


def _of_folder(words: str) -> Fault:
    return Fault(("previous",), Code.PREVIOUS, words, "请核对 previous", Severity.WARNING)
