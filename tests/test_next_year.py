"""Last year's arrangement beside one for 2022 that was written by hand, pair by pair."""

from foodsafety_cli.analysis.comparing import ChangeKind, Pair, compare
from foodsafety_cli.model.plan import Plan, Section, Task
from foodsafety_cli.store.plan import file as plan_file
from tests.conftest import ROOT, Fs
from tests.test_shared_figures import amended
from tests.test_signed_figures import BASES

PLAN = plan_file.load(ROOT / "plan.yaml").whole()
# the new task's words, and the tasks of 2021 that it continues
NEXT_YEAR = {
    1: ("持续完善进口冷链食品追溯平台，巩固与国家平台对接成果，及时准确上报追溯信息。", {1}),
    2: (
        "加强耕地土壤污染防治。在安全利用类耕地推广农艺调控、土壤改良等技术措施；在严格管控类耕地"
        "划定特定农产品禁止生产区域，推进种植结构调整、退耕还林还草等风险管控措施。",
        {7},
    ),
    3: (
        "深入开展校园食品安全守护行动。巩固全市学校食堂“明厨亮灶”全覆盖，市区学校食堂“互联网+"
        "明厨亮灶”覆盖率达到80%以上。落实校长（园长）负责制。",
        {14},
    ),
    4: (
        "加大抽检监测力度。完成食品检验量达到6.5批次/千人。国家级、省级监督抽检不合格食品核查处置率"
        "达到100%，按时完成率达到90%。",
        {16},
    ),
    5: ("开展农产品质量安全定量监测量达到1.6批次/千人，食用农产品例行监测合格率达到98%。", {17}),
    6: (
        "完成700批次食品安全风险监测任务，及时开展风险会商、预警交流，提高风险管理能力。",
        {18, 24},
    ),
    7: ("完成130批次食用林产品安全质量监测任务，对监测发现的问题及时采取处置措施。", {20}),
    8: ("严格落实走私冻品统一交由地方政府归口处置政策。", {34}),
    9: (
        "推行食用农产品合格证制度，实行主体开具使用合格证的覆盖率达到70%，严厉打击虚假开具行为。",
        {37},
    ),
    10: ("开展“阳光农安”试点，利用高清视频探头和人工智能技术强化农产品质量安全管理。", {37}),
    11: (
        "实施餐饮质量安全提升行动。加强从业人员培训考核；餐饮服务提供者明厨亮灶覆盖率达到85%；"
        "网络餐饮服务第三方平台分支机构全部实施备案管理。",
        {42},
    ),
    12: ("修订食品安全突发事件应急预案，组织一次应急演练，健全突发事件应急处置机制。", {45}),
    13: (
        "落实食品安全党政同责。按照食品安全责任制规定，做好跟踪督办、履职检查和评议考核，食品安全工作"
        "成效占党政领导干部政绩考评指标权重3%以上。",
        {57},
    ),
    14: ("建设校外供餐单位智慧监管系统，接入全部集体用餐配送单位。", set()),
    15: ("制定预制菜生产许可审查细则，引导预制菜产业规范发展。", set()),
}


def next_year() -> Plan:
    tasks = tuple(
        Task(id=n, title=text[:4], text=text, responsibility="市食安办", responsible=("市食安办",))
        for n, (text, _) in NEXT_YEAR.items()
    )
    return PLAN._replace(sections=(Section(1, "全部", tasks),))


def firm(pairs: list[Pair], *, turned: bool = False) -> set[tuple[int, int]]:
    kinds = (ChangeKind.GOES_ON, ChangeKind.JOINED, ChangeKind.PARTED)
    found = {(p.old.id, p.new.id) for p in pairs if p.old and p.new and p.kind in kinds}
    return {(b, a) for a, b in found} if turned else found


def test_every_pair_is_found_and_no_other() -> None:
    truth = {(old, new) for new, (_, olds) in NEXT_YEAR.items() for old in olds}
    pairs = compare(PLAN, next_year())
    asked = {
        (p.old.id, p.new.id) for p in pairs if p.kind is ChangeKind.PERHAPS and p.old and p.new
    }
    assert firm(pairs) <= truth
    assert truth <= firm(pairs) | asked
    assert len(firm(pairs)) >= len(truth) - 2
    assert {p.new.id for p in pairs if p.kind is ChangeKind.NEW and p.new} == {14, 15}


def test_it_is_the_same_seen_from_the_new_year() -> None:
    assert firm(compare(PLAN, next_year())) == firm(compare(next_year(), PLAN), turned=True)


def test_every_task_of_both_years_is_in_some_row() -> None:
    pairs = compare(PLAN, next_year())
    assert {p.old.id for p in pairs if p.old} == {task.id for _, task in PLAN.tasks()}
    assert {p.new.id for p in pairs if p.new} == set(NEXT_YEAR)


def test_two_that_resemble_one_new_task_are_both_asked() -> None:
    old = ("严厉打击食用农产品中违法使用禁限用药物的行为", "开展食用农产品禁限用药物专项整治")
    new = "整治食用农产品违法使用禁限用农药兽药问题，建立长效机制，加强源头管理和宣传"
    sections = (Section(1, "", tuple(Task(n, "一二三四", t, "") for n, t in enumerate(old, 1))),)
    after = PLAN._replace(sections=(Section(1, "", (Task(1, "一二三四", new, ""),)),))
    pairs = compare(PLAN._replace(sections=sections), after)
    assert {p.old.id for p in pairs if p.old} == {1, 2}


def test_a_figure_or_a_day_that_changed_is_a_change(fs: Fs) -> None:
    plan = (fs.folder / "plan.yaml").read_text("utf-8")
    (fs.folder / "old").mkdir()
    (fs.folder / "old" / "plan.yaml").write_text(plan, "utf-8")
    fs.edit_plan("            due: 2021-11-20\n", "            due: 2021-10-10\n")
    run = fs("diff", "old", "--fail-on", "change", "-f", "json", "-c", "new_id,changes")
    assert run.code == 1
    assert "时限2021-11-20→2021-10-10" in run.out


def test_a_draft_like_a_plan_that_was_amended_keeps_the_notices_own_words(fs: Fs) -> None:
    amended(
        fs,
        "{basis: 甲〔2021〕1号, effective: 2021-09-01, task: 18, indicator: 风险监测, target: 700}",
    )
    (fs.folder / "新").mkdir()
    notice = str(ROOT / "docs" / "notice" / "notice-2021-26.md")
    fs("import", notice, "--like", "plan.yaml", "-o", "新/plan.yaml").ok()
    run = fs("--plan", "新/plan.yaml", "check").ok()
    assert "target-not-in-quote" not in run.out
    shown = fs.objects("--plan", "新/plan.yaml", "indicators")
    assert [(i["name"], i["target"]) for i in shown if i["task"] == 18] == [("风险监测", 650)]
    assert [i["due"] for i in shown if i["name"] == "年度报告"] == ["2021-11-20"]


def test_a_figure_that_was_put_right_last_year_is_drafted_once(fs: Fs) -> None:
    fs.edit_plan("unit: 批次/千人\n", "unit: 批次每千人\n            per: 常住人口\n")
    fs.edit_plan("\ndepartments:", f"{BASES}closing: {{required: true}}\ndepartments:")
    (fs.folder / "新").mkdir()
    notice = str(ROOT / "docs" / "notice" / "notice-2021-26.md")
    fs("import", notice, "--like", "plan.yaml", "-o", "新/plan.yaml").ok()
    assert fs("--plan", "新/plan.yaml", "check").ok().code == 0
    found = [
        i["unit"] for i in fs.objects("--plan", "新/plan.yaml", "indicators", "-i", "食品检验量")
    ]
    assert found == ["批次每千人"]
    draft = (fs.folder / "新" / "plan.yaml").read_text("utf-8")
    assert "待核：上一年“食品检验量”按“常住人口”合并，没有带过来" in draft
    assert "closing: {required: true, evidence: false}" in draft
