"""Scores, forecasts and comparisons on plans of a few lines, each worked out by hand."""

from collections.abc import Sequence

import pytest
from openpyxl import load_workbook

from tests.conftest import Fs
from tests.test_shared_figures import update

COUNT = (
    "indicators: [{name: 抽检, quote: 完成抽检1000批次, kind: cumulative, target: 1000, "
    "unit: 批次MORE}]"
)
EACH = (
    "indicators: [{name: 抽检, quote: 完成抽检100批次, kind: cumulative, target: 100, "
    "unit: 批次, each: true}, {name: 投诉, quote: 投诉控制在10件以内, kind: cumulative, "
    "target: 10, unit: 件, each: true, at_most: true}]"
)
SAMPLING = "抽检 完成抽检1000批次。"
BOTH = "抽检 完成抽检100批次，投诉控制在10件以内。"


def plan(year: int, *tasks: str, head: str = "") -> str:
    """A plan; each task is a title, its text, who is responsible, and further fields."""
    lines = []
    for number, task in enumerate(tasks, 1):
        title, text, whose, *more = task.split(" ", 3)
        lines.append(
            f"      - {{id: {number}, title: {title}, text: {text}, responsibility: {whose}, "
            f"responsible: [{whose}]{''.join(f', {one}' for one in more)}}}"
        )
    return (
        f"title: 安排\ndocument_number: 某〔{year}〕1号\nissuer: 某办\nissued_on: {year}-01-10\n"
        f"period: {{start: {year}-01-01, end: {year}-12-31}}\n{head}"
        "departments: [{name: 甲县}, {name: 乙县}, {name: 丙县}, "
        "{name: 各县, members: [甲县, 乙县, 丙县]}]\n"
        "sections:\n  - number: 1\n    title: 重点\n    tasks:\n" + "\n".join(lines) + "\n"
    )


def written(fs: Fs, year: int, *tasks: str, head: str = "", rubric: Sequence[str] = ()) -> Fs:
    fs.plan.write_text(plan(year, *tasks, head=head), "utf-8")
    fs.ledger.unlink(missing_ok=True)
    if rubric:
        items = "".join(
            f'  - {{id: "{n}", title: 项{n}, {line}}}\n' for n, line in enumerate(rubric, 1)
        )
        text = f"title: 细则\nbase: 100\nseries: [{{name: 县, group: 各县}}]\nitems:\n{items}"
        (fs.folder / "scoring.yaml").write_text(text, "utf-8")
    return fs


def figure(fs: Fs, whose: str, name: str, value: str, day: str, *more: str) -> None:
    update(fs, "1", "-d", whose, "-i", name, "--value", value, "--date", day, *more, FS_TODAY=END)


END = "2021-12-31"


def test_beyond_all_of_a_target_counts_of_a_single_figure_alone(fs: Fs) -> None:
    bands = "points: 60, rule: {kind: bands, task: 1, bands: [[60, 30], [100, 60]]}"
    written(fs, 2021, f"{BOTH} 各县 {EACH}", rubric=[bands, "points: 40, rule: {kind: marked}"])
    figure(fs, "甲县", "抽检", "300", END, "--evidence", "文〔2021〕1号", "--force")
    rows = fs.objects("score", "甲县", FS_TODAY=END)
    assert (rows[0]["got"], rows[0]["evidence"]) == (0, ["文〔2021〕1号"])


def test_each_limit_by_itself_and_silence_keeps_none(fs: Fs) -> None:
    both = "indicators: [{name: 超标, quote: 超标控制在100批次以内, kind: cumulative, target: 100, "
    both += "unit: 批次, each: true, at_most: true}, {name: 投诉, quote: 投诉控制在10件以内, "
    both += "kind: cumulative, target: 10, unit: 件, each: true, at_most: true}]"
    task = f"控制 超标控制在100批次以内，投诉控制在10件以内。 各县 {both}"
    written(fs, 2021, task, rubric=["points: 100, rule: {kind: limit, task: 1}"])
    figure(fs, "甲县", "投诉", "5", END)
    figure(fs, "乙县", "投诉", "5", END)
    figure(fs, "乙县", "超标", "150", END)
    rows = {r["department"]: r["score"] for r in fs.objects("score", FS_TODAY=END)}
    assert (rows["甲县"], rows["乙县"]) == (50, 75)


def test_what_comes_after_a_publication_is_told(fs: Fs) -> None:
    written(fs, 2021, "抽检 完成抽检。 各县", rubric=["points: 100, rule: {kind: marked}"])
    late = "2022-01-12"
    fs("score", "publish", "--provisional", "-o", "a.docx", FS_TODAY="2022-01-10").ok()
    assert "公布后有变" not in fs("score", FS_TODAY=late).ok().err
    fs("score", "mark", "1", "-d", "甲县", "--points", "90", FS_TODAY=late).ok()
    assert "公布后有变" in fs("score", FS_TODAY=late).ok().err
    run = fs("score", "publish", "--as-of", "2023-01-01", "-o", "b.docx", FS_TODAY=late)
    assert (run.code, "还没有到" in run.err) == (2, True)


GRADES = (
    "grades: [{name: A, least: 90, most: 2}, {name: B, least: 80, most: 1}, {name: C, least: 0}]\n"
    "vetoes: [{id: 否1, title: 事故}]\ndowngrades: [{id: 降1, title: 迟报}]\n"
)


def graded(fs: Fs, grades: str, marks: Sequence[str], *flags: str) -> list[str]:
    written(fs, 2021, "抽检 完成抽检。 各县", rubric=["points: 100, rule: {kind: marked}"])
    rubric = fs.folder / "scoring.yaml"
    rubric.write_text(rubric.read_text("utf-8") + grades, "utf-8")
    for whose, points in zip(("甲县", "乙县", "丙县"), marks, strict=True):
        fs("score", "mark", "1", "-d", whose, "--points", points).ok()
    for flag in flags:
        name, whose = flag.split()
        fs("score", "flag", name, "-d", whose, "--basis", "文").ok()
    return [row["grade"] for row in fs.objects("score")]


def test_whom_a_case_lowers_takes_no_place(fs: Fs) -> None:
    assert graded(fs, GRADES, ["98", "96", "94"], "否1 甲县", "否1 乙县") == ["C", "C", "A"]
    one = GRADES.replace("most: 2", "most: 1")
    assert graded(fs, one, ["97", "90", "85"], "降1 甲县") == ["B", "A", "C"]
    assert fs.objects("score")[2]["because"] == "B名额已满"


def test_a_mark_says_what_it_replaces_and_why(fs: Fs) -> None:
    rules = ["points: 60, rule: {kind: each, of: marked, per: 2}"]
    rules += ["points: 40, rule: {kind: each, of: late, per: 10}"]
    written(fs, 2021, "抽检 完成抽检。 各县", rubric=rules)
    fs("score", "mark", "1", "-d", "甲县", "--count", "30", "--stage", "自评").ok()
    fs("score", "mark", "1", "-d", "甲县", "--count", "25").ok()
    run = fs("score", "mark", "2", "-d", "甲县", "--count", "3").ok()
    assert "本来由填报的数算出" in run.err
    first, second = fs.objects("score", "甲县")[:2]
    assert first["marks"] == ["自评30次", "复核25次（-5）"]
    assert second["marks"] == ["自动40.00", "复核3次"]
    assert (second["got"], second["figures"]) == (10, "3 次")
    fs("score", "deductions", "-d", "甲县", "-o", "d.docx").ok()
    run = fs("score", "mark", "1", "-d", "甲县", "--count", "1000000000")
    assert (run.code, "次太多" in run.err) == (2, True)


def test_whom_an_item_does_not_concern_has_no_place_in_it(fs: Fs) -> None:
    rank = "points: 100, rule: {kind: rank, task: 1, indicator: 抽检, places: [100, 90, 80]}"
    written(fs, 2021, f"{BOTH} 各县 {EACH}", rubric=[rank])
    figure(fs, "甲县", "抽检", "90", END)
    figure(fs, "乙县", "抽检", "80", END)
    fs("score", "mark", "1", "-d", "甲县", "--not-concerned", FS_TODAY=END).ok()
    rows = {r["department"]: r for r in fs.objects("score", FS_TODAY=END)}
    assert (rows["乙县"]["score"], rows["乙县"]["rank"]) == (100, 1)
    assert (rows["甲县"]["score"], rows["甲县"]["rank"]) == (None, None)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("points: 100, rule: {kind: limit, of: completion}", "完成率越高得分反而越少"),
        ("points: 9, effect: deduct, rule: {kind: ratio, task: 1}", "完成得越好扣得越多"),
        ("points: 9, effect: bonus, rule: {kind: each, of: late, per: 1}", "毛病越多加得越多"),
        ("points: 9, rule: {kind: bands, task: 1, bands: [[60, 5], [80, 3]]}", "从低到高"),
        ("points: 9, rule: {kind: ratio, task: 1, per: 2}", "ratio 不看 per"),
        ("points: 9, rule: {kind: marked, of: late}", "marked 不看 of"),
    ],
)
def test_rules_that_cannot_be_meant_are_told(fs: Fs, rule: str, words: str) -> None:
    written(fs, 2021, "抽检 完成抽检。 各县", rubric=[rule])
    assert words in fs("score", "check").out


def test_a_series_is_known_by_its_whole_name_first(fs: Fs) -> None:
    written(fs, 2021, "抽检 完成抽检。 各县", rubric=["points: 100, rule: {kind: marked}"])
    rubric = fs.folder / "scoring.yaml"
    two = "series: [{name: 县, members: [甲县]}, {name: 县城, members: [乙县]}]"
    text = rubric.read_text("utf-8").replace("series: [{name: 县, group: 各县}]", two)
    rubric.write_text(text, "utf-8")
    assert [r["department"] for r in fs.objects("score", "--series", "县")] == ["甲县"]
    run = fs("score", "甲县", "--series", "县城")
    assert (run.code, "不在“县城”里" in run.err) == (2, True)


def test_marks_of_nobody_that_is_scored_are_told(fs: Fs) -> None:
    written(fs, 2021, "抽检 完成抽检。 各县", rubric=["points: 100, rule: {kind: marked}"])
    line = '{"id":"x1","at":"2021-09-30T00:00:00+08:00","by":"某","kind":"mark","step":"mark",'
    line += '"date":"2021-09-30","item":"1","department":"火星","stage":"复核","points":5}\n'
    fs.ledger.write_text(line, "utf-8")
    assert "“火星”不在评分细则的任何一个系列里" in fs("score", "check").out
    assert "计划里没有单位“火星”" in fs("check").out


def forecast(fs: Fs, as_of: str, *columns: str) -> dict[str, object]:
    (row,) = fs.objects("forecast", "--as-of", as_of, "-c", ",".join(columns), FS_TODAY=END)
    return row


def test_where_the_clock_stands_still_the_last_report_counts(fs: Fs) -> None:
    stages = ", stages: {2021-06-30: 50%, 2021-08-31: 50%}"
    written(fs, 2021, f"{SAMPLING} 甲县 {COUNT.replace('MORE', stages)}")
    for value, day in (("200", "2021-03-31"), ("400", "2021-06-30"), ("800", "2021-08-31")):
        figure(fs, "甲县", "抽检", value, day)
    row = forecast(fs, "2021-08-31", "value", "outlook", "low")
    assert (row["value"], row["outlook"]) == (800, "未定")
    assert float(str(row["low"])) >= 800


def test_the_course_holds_for_what_is_due_before_the_end(fs: Fs) -> None:
    head = "course: {2021-06-30: 26%, 2021-09-30: 61.4%}\n"
    task = f"{SAMPLING} 甲县 due: 2021-11-30, {COUNT.replace('MORE', '')}"
    written(fs, 2021, task, head=head)
    figure(fs, "甲县", "抽检", "260", "2021-06-30")
    (row,) = fs.objects("indicators", "--as-of", "2021-06-30", FS_TODAY=END)
    assert (row["expected"], row["course"]) == (26, "阶段目标")
    assert fs.objects("tasks", "--as-of", "2021-06-30", FS_TODAY=END)[0]["light"] == "绿"


ALIKE = (
    "专项检查 落实校长负责制，深入开展校园及周边食品安全专项检查，推进明厨亮灶建设。 甲县",
    "专项检查 深入开展校园及周边食品安全专项检查，推进明厨亮灶建设。 乙县",
)


@pytest.mark.parametrize(
    "tasks",
    [
        ALIKE,
        ("报送 每月报送工作进展情况。 甲县", "报送 每月报送工作进展情况。 乙县"),
        tuple(f"任务事项{n} 任务事项{n}完成抽检{n}00批次。 甲县" for n in range(1, 30)),
    ],
)
def test_a_plan_is_the_same_as_itself(fs: Fs, tasks: Sequence[str]) -> None:
    written(fs, 2021, *tasks)
    run = fs("diff", "plan.yaml", "--fail-on", "change")
    assert run.code == 0, run.err
    assert {row["kind"] for row in fs.objects("diff", "plan.yaml")} == {"延续"}


def test_what_later_papers_changed_is_a_change(fs: Fs) -> None:
    written(fs, 2021, f"{SAMPLING} 甲县 {COUNT.replace('MORE', ', stages: {2021-06-30: 50%}')}")
    later = fs.folder / "v2.yaml"
    amended = "amendments: [{basis: 某号, effective: 2021-09-01, task: 1, indicator: 抽检, "
    amended += "target: 700}]\nperiod"
    text = fs.plan.read_text("utf-8").replace("50%", "20%").replace("\nperiod", f"\n{amended}")
    later.write_text(text.replace("unit: 批次,", "unit: 批次, reported_by: [乙县],"), "utf-8")
    (row,) = fs.objects("diff", "plan.yaml", "v2.yaml")
    told = "；".join(row["changes"])
    assert "1000→700批次" in told
    assert "“抽检”报数增加 乙县" in told
    assert "“抽检”阶段目标有改动" in told


NEXT = """晋城市2022年食品安全重点工作安排
晋市政办〔2022〕18号
一、加强源头治理
1.加大抽检监测力度。完成食品检验量达到6.5批次/千人。（市市场监管局负责）
2.建立预制菜监管制度。探索预制菜生产经营规范。（市数据局牵头）
3.做好粮食质量安全监测。完成粮食检验监测700批次。（市发展改革委负责）
"""


def test_a_draft_says_what_it_took_from_last_year_and_what_not(fs: Fs) -> None:
    fs.edit_plan("lights: {yellow: 10, red: 30", "lights: {yellow: 5, red: 20")
    (fs.folder / "t.txt").write_text(NEXT, "utf-8")
    (fs.folder / "2022").mkdir()
    run = fs("import", "t.txt", "--like", "plan.yaml", "-o", "2022/plan.yaml").ok()
    draft = (fs.folder / "2022" / "plan.yaml").read_text("utf-8")
    assert "lights: {yellow: 5, red: 20" in draft
    assert "其中待核 1 处" in run.err
    assert "市数据局：上一年没有" in run.err
    assert "上一年由各县（市、区）人民政府报数，这份里没有，没有带过来" in draft
    perhaps = [r for r in fs.objects("diff", "plan.yaml", "2022/plan.yaml") if r["kind"] == "疑似"]
    for row in perhaps:
        assert f"疑似接着上一年的任务 {row['old_id']}（" in draft


def test_a_self_marking_form_shows_what_was_said_before(fs: Fs) -> None:
    rules = ["points: 60, rule: {kind: marked}", "points: 40, rule: {kind: marked}"]
    written(fs, 2021, "抽检 完成抽检。 各县", rubric=rules)
    fs("score", "mark", "1", "-d", "甲县", "--points", "49").ok()
    fs("score", "mark", "1", "-d", "甲县", "--points", "50", "--stage", "自评").ok()
    fs("score", "form", "-d", "甲县", "-o", "f.xlsx").ok()
    book = load_workbook(fs.folder / "f.xlsx")
    sheet = book["自评表"]
    assert [sheet.cell(4, n).value for n in (6, 7)] == [None, 50]
    sheet["J5"] = "情况"
    book.save(fs.folder / "g.xlsx")
    run = fs("score", "import", "g.xlsx")
    assert (run.code, "写了佐证材料或说明，没有写自评分" in run.err) == (2, True)
    rubric = fs.folder / "scoring.yaml"
    rubric.write_text(rubric.read_text("utf-8").replace("项1", "另一项"), "utf-8")
    run = fs("score", "import", "f.xlsx")
    assert (run.code, "现在是“另一项”，表上是“项1”" in run.err) == (2, True)
