"""The shipped plan is the notice: every text, bracket, role and figure of it."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.model.plan import Kind, Plan, Role
from foodsafety_cli.store.plan import examining
from tests.conftest import ROOT, Fs

NOTICE = ROOT / "docs" / "notice" / "notice-2021-26.md"
NAME_WITH_A_BLANK = "长江禁捕 打非断链"


@pytest.fixture(scope="module")
def plan() -> Plan:
    path = ROOT / "plan.yaml"
    found, problems = examining.examine(path.read_bytes(), str(path))
    assert problems == []
    assert found is not None
    return found


def notice_sections(path: Path) -> list[tuple[str, str, list[tuple[int, str]]]]:
    """The notice's sections and numbered tasks, without what page layout put into them."""
    body = path.read_text("utf-8").split("作出如下安排。", 1)[1].split("\n---\n", 1)[0]
    sections: list[tuple[str, str, list[tuple[int, str]]]] = []
    for line in body.splitlines():
        heading = re.match(r"#+ ([一二三四五六七八九十])、(.*)", line)
        item = re.match(r"(\d+)\. (.*)", line)
        if heading:
            sections.append((heading[1], heading[2].strip(), []))
        elif item:
            sections[-1][2].append((int(item[1]), item[2]))
        elif line.strip():
            number, text = sections[-1][2].pop()
            sections[-1][2].append((number, text + line))
    return [
        (label, title, [(n, close_up(t)) for n, t in tasks]) for label, title, tasks in sections
    ]


def close_up(text: str) -> str:
    return NAME_WITH_A_BLANK.join("".join(p.split()) for p in text.split(NAME_WITH_A_BLANK))


def test_every_section_and_task_is_the_notice_character_by_character(plan: Plan) -> None:
    printed = notice_sections(NOTICE)
    kept = [
        (s.label, s.title, [(t.id, f"{t.text}〔{t.responsibility}〕") for t in s.tasks])
        for s in plan.sections
    ]
    assert kept == printed
    assert [s.number for s in plan.sections] == list(range(1, 11))
    assert [task.id for _, task in plan.tasks()] == list(range(1, 60))


def test_the_head_is_the_notice(plan: Plan) -> None:
    text = close_up(NOTICE.read_text("utf-8"))
    assert plan.document_number in text
    assert plan.title in text
    assert plan.issuer in text
    assert f"{plan.issued_on:%Y年}{plan.issued_on.month}月{plan.issued_on.day}日" in text


def test_titles_are_short_verbatim_and_distinct(plan: Plan) -> None:
    titles = [task.title for _, task in plan.tasks()]
    assert all(task.title in task.text for _, task in plan.tasks())
    assert len(set(titles)) == 59
    assert max(map(len, titles)) <= 30


INDICATORS = [
    (5, "冷库全覆盖排查", "100", "%"),
    (14, "明厨亮灶", "100", "%"),
    (14, "互联网+明厨亮灶", "65", "%"),
    (16, "食品检验量", "6", "批次/千人"),
    (16, "核查处置率", "100", "%"),
    (16, "按时完成率", "85", "%"),
    (17, "定量监测量", "1.5", "批次/千人"),
    (17, "例行监测合格率", "97", "%"),
    (18, "风险监测", "650", "批次"),
    (19, "粮食检验监测", "600", "批次"),
    (20, "食用林产品监测", "120", "批次"),
    (21, "进出口食品抽检监测", "30", "批次"),
    (22, "食品相关产品抽检", "30", "批次"),
    (37, "合格证覆盖率", "50", "%"),
    (38, "自查报告率", "100", "%"),
    (38, "整改率", "100", "%"),
    (42, "明厨亮灶覆盖率", "75", "%"),
    (42, "备案", "100", "%"),
    (55, "初评", None, ""),
    (55, "示范县创建", "3", "个县"),
    (57, "权重", "2", "%"),
    (59, "年度报告", None, ""),
]


def test_the_22_indicators_with_their_targets(plan: Plan) -> None:
    found = [
        (t.id, i.name, None if i.target is None else str(i.target), i.unit)
        for _, t in plan.tasks()
        for i in t.indicators
    ]
    assert found == INDICATORS
    assert all(i.quote in t.text for _, t in plan.tasks() for i in t.indicators)


def test_each_target_stands_in_its_own_quote(plan: Plan) -> None:
    said_in_words = {"全覆盖", "全部", "城区、阳城、陵川"}
    for _, task in plan.tasks():
        for indicator in task.indicators:
            if indicator.kind is Kind.MILESTONE:
                continue
            in_words = any(word in indicator.quote for word in said_in_words)
            assert in_words or f"{indicator.target}" in indicator.quote


def test_the_yearly_report_is_due_on_20_november(plan: Plan) -> None:
    report = next(t for _, t in plan.tasks() if t.id == 59).indicators[0]
    assert str(report.due) == "2021-11-20"
    assert report.kind is Kind.MILESTONE


def roles(plan: Plan, number: int) -> dict[Role, tuple[str, ...]]:
    task = next(task for _, task in plan.tasks() if task.id == number)
    return {Role.LEAD: task.lead, Role.RESPONSIBLE: task.responsible, Role.SUPPORT: task.support}


COUNTIES = "各县（市、区）人民政府"
MEMBERS = "市食安委成员单位"


@pytest.mark.parametrize(
    ("number", "lead", "responsible", "support"),
    [
        (9, ["市发展和改革委员会"], ["市农业农村局", COUNTIES], []),
        (11, ["市发展和改革委员会"], ["市市场监督管理局", COUNTIES], []),
        (
            13,
            ["市市场监督管理局", "市农业农村局"],
            ["市公安局", "市商务局", "市供销合作社"],
            [],
        ),
        (42, ["市市场监督管理局"], [], [MEMBERS]),
        (49, [], [MEMBERS], []),
        (55, ["市市场监督管理局"], [COUNTIES], []),
        (56, ["市农业农村局"], [COUNTIES], []),
        (57, ["市食安办"], ["相关部门", COUNTIES], []),
    ],
)
def test_roles_as_the_bracket_means_them(
    plan: Plan, number: int, lead: list[str], responsible: list[str], support: list[str]
) -> None:
    found = roles(plan, number)
    assert list(found[Role.LEAD]) == lead
    assert list(found[Role.RESPONSIBLE]) == responsible
    assert list(found[Role.SUPPORT]) == support


def test_the_misprinted_transport_bureau_is_the_real_one(plan: Plan) -> None:
    assert "市交通和运输局" in next(t for _, t in plan.tasks() if t.id == 25).responsibility
    assert "市交通运输局" in roles(plan, 25)[Role.RESPONSIBLE]


def test_groups(plan: Plan) -> None:
    duties = Duties(plan)
    counties = ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县")
    assert duties.members(COUNTIES) == counties
    assert not duties.is_group("相关部门")
    named = {name for _, task in plan.tasks() for name, _ in task.named()}
    not_members = {COUNTIES, MEMBERS, "相关部门", "市食安办"}
    assert set(duties.members(MEMBERS)) == named - not_members


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("市监局", "市市场监督管理局"),
        ("市发改委", "市发展和改革委员会"),
        ("市卫健委", "市卫生健康委"),
        ("市住建局", "市住房和城乡建设局"),
        ("市文旅局", "市文化和旅游局"),
        ("市规自局", "市规划和自然资源局"),
    ],
)
def test_usual_short_names_are_known(fs: Fs, short: str, full: str) -> None:
    assert fs("depts", short, "-f", "json").ok().data["name"] == full  # type: ignore[index]


def test_shares_are_never_summed(plan: Plan) -> None:
    for _, task in plan.tasks():
        for indicator in task.indicators:
            adds_up = indicator.unit not in ("%", "") and "/" not in indicator.unit
            if measure_of(indicator).is_figure:
                assert measure_of(indicator).combine == ("sum" if adds_up else "mean")


def test_targets_are_decimals(plan: Plan) -> None:
    targets = [i.target for _, t in plan.tasks() for i in t.indicators if i.target is not None]
    assert all(isinstance(target, Decimal) for target in targets)
