"""`fs import` held against the shipped plan: the same tasks, roles and figures, however broken."""

import re
from collections.abc import Callable

import pytest

from foodsafety_cli.analysis.match import match_department
from foodsafety_cli.model.plan import Plan, Task
from foodsafety_cli.notice.draft import PlanDraft, draft
from foodsafety_cli.notice.outline import outline
from foodsafety_cli.notice.reading import read_lines
from foodsafety_cli.notice.yamlwriting import as_yaml
from foodsafety_cli.store.plan import examining
from foodsafety_cli.store.plan import file as plan_file
from tests.conftest import ROOT

NOTICE = (ROOT / "docs" / "notice" / "notice-2021-26.md").read_text("utf-8")
PLAN = plan_file.load(ROOT / "plan.yaml").whole()
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
MISSED = {
    "推进市级完成创建国家级食品安全示范城市省级初评",
    "城区、阳城、陵川完成第三批省级食品安全示范县创建",
}


def imported(content: bytes) -> PlanDraft:
    lines = read_lines(content)
    return draft(outline(lines), lines)


@pytest.fixture(scope="module")
def drafted() -> Plan:
    return imported(NOTICE.encode()).plan


def canonical(names: tuple[str, ...]) -> set[str]:
    """Names as the shipped plan has them: which are one body is for a reviewer to say."""
    return {match_department(PLAN, name) for name in names}


def by_id(plan: Plan) -> dict[int, Task]:
    return {task.id: task for _, task in plan.tasks()}


def test_the_head(drafted: Plan) -> None:
    assert drafted[:5] == PLAN[:5]
    assert [s[:2] for s in drafted.sections] == [s[:2] for s in PLAN.sections]


def test_every_task_is_there_word_for_word(drafted: Plan) -> None:
    def words(plan: Plan) -> list[tuple[int, str, str]]:
        return [(task.id, task.text, task.responsibility) for _, task in plan.tasks()]

    assert words(drafted) == words(PLAN)


def test_every_role_is_as_the_plan_has_it(drafted: Plan) -> None:
    made = by_id(drafted)
    for number, task in by_id(PLAN).items():
        for field in ("lead", "responsible", "support"):
            given, meant = getattr(made[number], field), getattr(task, field)
            assert canonical(given) == set(meant), (number, field)


def test_every_department_is_one_of_the_plan(drafted: Plan) -> None:
    named = {name for task in by_id(PLAN).values() for name, _ in task.named()}
    assert canonical(tuple(d.name for d in drafted.departments)) == named


def test_the_indicators_but_two_and_no_others(drafted: Plan) -> None:
    def indicators(plan: Plan) -> set[tuple[object, ...]]:
        return {
            (task.id, i.quote, i.target, i.unit, i.kind, i.due)
            for _, task in plan.tasks()
            for i in task.indicators
        }

    assert indicators(drafted) <= indicators(PLAN)
    assert {row[1] for row in indicators(PLAN) - indicators(drafted)} == MISSED


def test_the_draft_is_a_valid_plan_that_says_the_same() -> None:
    made = imported(NOTICE.encode())
    plan, problems = examining.examine(as_yaml(made).encode(), "x")
    assert problems == []
    assert plan == made.plan


def wrapped(text: str) -> str:
    """Every paragraph broken at 33 characters, also inside brackets and words, pages numbered."""
    lines: list[str] = []
    for line in text.splitlines():
        lines += re.findall(".{1,33}", line) or [""]
    pages = [lines[n : n + 22] for n in range(0, len(lines), 22)]
    return "\n".join("\n".join([*page, f"- {n} -"]) for n, page in enumerate(pages, 1))


PAPER = "\n".join(
    line.lstrip("# ").rstrip() for line in NOTICE.splitlines() if not line.startswith("---")
)
BROKEN: dict[str, Callable[[], bytes]] = {
    "with a mark": lambda: b"\xef\xbb\xbf" + NOTICE.encode(),
    "gb18030": lambda: NOTICE.encode("gb18030"),
    "utf-16": lambda: NOTICE.encode("utf-16"),
    "windows lines": lambda: NOTICE.replace("\n", "\r\n").encode(),
    "indented": lambda: re.sub("^(?=.)", "\u3000\u3000", PAPER, flags=re.M).encode(),
    "half-width brackets": lambda: PAPER.replace("〔", "(").replace("〕", ")").encode(),
    "square brackets": lambda: PAPER.replace("〔", "【").replace("〕", "】").encode(),
    "full-width numbers": lambda: re.sub(
        r"^(\d+)\. ", lambda found: found[1].translate(FULL_WIDTH) + "．", PAPER, flags=re.M
    ).encode(),
    "another dot": lambda: re.sub(r"^(\d+)\. ", r"\1﹒", PAPER, flags=re.M).encode(),
    "a comma for a dot": lambda: re.sub(r"^(\d+)\. ", r"\1、", PAPER, flags=re.M).encode(),
    "broken by pages": lambda: wrapped(PAPER).encode(),
    "no line breaks at all": lambda: re.sub(r"\s*\n\s*", "", PAPER).encode(),
    "blanks around digits": lambda: re.sub(
        r"(?<=[一-龥])(\d+)(?=[一-龥])", r" \1 ", PAPER
    ).encode(),
}


@pytest.mark.parametrize("how", BROKEN)
def test_the_same_tasks_however_the_text_is_broken(how: str, drafted: Plan) -> None:
    made = imported(BROKEN[how]()).plan
    assert len(by_id(made)) == 59
    for number, task in by_id(drafted).items():
        same = by_id(made)[number]
        shapes = str.maketrans("()【】", "（）〔〕")
        assert same.text.translate(shapes) == task.text.translate(shapes)
        for field in ("lead", "responsible", "support"):
            assert canonical(getattr(same, field)) == canonical(getattr(task, field)), number
