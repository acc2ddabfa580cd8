"""What leaders and departments read: who is asked for what, in which order, beside which day."""

from pathlib import Path

import pytest
from docx import Document

from tests.conftest import Fs
from tests.test_shared_figures import update

HEAD = """title: 甲市2021年食品安全工作要点
document_number: 甲政办〔2021〕3号
issuer: {issuer}人民政府办公室
issued_on: 2021-03-01
period: {{start: 2021-01-01, end: 2021-12-31}}
"""


def office(fs: Fs, departments: str, tasks: str, more: str = "", issuer: str = "甲市") -> Fs:
    """A folder with a plan of one part."""
    fs.plan.write_text(
        f"{HEAD.format(issuer=issuer)}{more}departments: [{departments}]\n"
        f"sections:\n  - number: 1\n    title: 抓源头\n    tasks:\n{tasks}",
        "utf-8",
    )
    fs.env["FS_TODAY"] = "2021-10-20"
    return fs


def task(number: int, title: str, bodies: str, more: str = "") -> str:
    bracket = bodies.replace(", ", "、")
    about = f"title: {title}, text: {title}。, responsibility: {bracket}, responsible: [{bodies}]"
    return f"      - {{id: {number}, {about}{more}}}\n"


COUNTIES = "{name: 东县}, {name: 西县}, {name: 各县, members: [东县, 西县]}"


def monthly(fs: Fs, month: str = "2021-10") -> str:
    fs("report", "--month", month, "-o", "t.md", "--force").ok()
    return (fs.folder / "t.md").read_text("utf-8")


def test_last_month_is_held_against_what_was_asked_then(fs: Fs) -> None:
    counts = (
        ", indicators: [{name: 检测量, quote: 检测农产品600批次, kind: cumulative, target: 600, "
        "unit: 批次, split: {东县: 400, 西县: 200}}]"
    )
    tasks = task(1, "检测农产品600批次", "各县", counts)
    paper = "task: 1, indicator: 检测量, target: 500, split: {东县: 300, 西县: 200}"
    office(fs, COUNTIES, f"{tasks}amendments:\n  - {{basis: 甲, effective: 2021-09-01, {paper}}}\n")
    fs.env["FS_TODAY"] = "2021-09-20"
    for value, day in (("200", "2021-08-20"), ("290", "2021-09-10")):
        update(fs, "1", "-d", "东县", "--value", value, "--date", day)
    (row,) = [r for r in fs.objects("depts", "--since", "2021-08-31") if r["name"] == "东县"]
    assert row["change"] == 46.67
    assert "| 东县 | 96.7% | +46.7 |" in monthly(fs, "2021-09")


@pytest.mark.parametrize("group", ["区食安委成员单位", "县级以上医疗机构"])
def test_bureaus_are_no_places_whatever_their_groups_name_has_in_it(fs: Fs, group: str) -> None:
    streets = "{name: 甲街道}, {name: 乙街道}, {name: 各街道, members: [甲街道, 乙街道]}"
    named = f"{{name: {group}, members: [区教育局, 区市场监管局]}}"
    bureaus = f"{{name: 区教育局}}, {{name: 区市场监管局}}, {named}"
    office(fs, f"{streets}, {bureaus}", task(1, "开展排查", f"{group}, 各街道"), issuer="丁区")
    text = monthly(fs)
    assert "街道完成情况" in text
    assert "部门完成情况" in text
    assert group not in text


def test_who_has_done_its_part_is_not_called_silent(fs: Fs) -> None:
    office(fs, COUNTIES, task(1, "出台方案", "各县"))
    update(fs, "1", "-d", "东县", "--done", "--date", "2021-08-10")
    update(fs, "1", "-d", "西县", "--percent", "50", "--date", "2021-09-10")
    assert "一项也没有填报的：西县。" in monthly(fs)


def closing(fs: Fs) -> Fs:
    lead = (
        "      - {id: 1, title: 开展大排查, text: 开展大排查。, "
        "responsibility: 市农业局牵头，各县负责, lead: [市农业局], responsible: [各县], "
        "due: 2021-09-30}\n"
    )
    counts = (
        ", indicators: [{name: 检测量, quote: 检测1200批次, kind: cumulative, target: 1200, "
        "unit: 批次}]"
    )
    tasks = lead + task(2, "检测1200批次", "市商务局", counts)
    more = "closing: {required: true, reviewer: 市食安办}\n"
    bodies = f"{{name: 市食安办}}, {{name: 市农业局}}, {{name: 市商务局}}, {COUNTIES}"
    return office(fs, bodies, tasks, more)


def test_only_who_applies_is_asked_for_a_sign_off(fs: Fs) -> None:
    closing(fs)
    update(fs, "1", "--percent", "100", "--date", "2021-09-20")
    update(fs, "2", "--value", "1200", "--date", "2021-09-20")
    told = fs("due", "--message").ok().out
    assert "县" not in told
    assert "数已达标，请尽快申请销号" in told
    assert ("请补报" in told, "本期" in told) == (False, False)


def test_nobody_is_ranked_who_is_nobody(fs: Fs) -> None:
    tasks = task(1, "检测农产品", "市农业局") + task(2, "建平台", "相关部门", ", due: 2021-10-05")
    office(fs, "{name: 市农业局}, {name: 相关部门}", tasks)
    update(fs, "1", "--percent", "95")
    assert "任务 2 逾期、未报，“相关部门”没有列出是哪些单位" in fs("due").ok().err
    assert "相关部门" not in monthly(fs).partition("亮红灯")[0]


def test_what_is_overdue_is_told_first(fs: Fs) -> None:
    tasks = task(1, "公示案件", "市农业局", ", due: 2021-08-31")
    tasks += "".join(task(n, f"任务{n}", "市农业局") for n in (2, 3))
    office(fs, "{name: 市农业局}", tasks)
    update(fs, "1", "--percent", "97", "--problems", "三个案件没有公示")
    update(fs, "2", "--percent", "20", "--problems", "人手不够")
    update(fs, "3", "--percent", "60")
    fs("report", "-o", "r.md").ok()
    text = (fs.folder / "r.md").read_text("utf-8")
    assert text.index("“公示案件”滞后：2021-08-31到期未完成") < text.index("“任务2”滞后")
    assert "“任务3”滞后" in text, "there is room for every reason"
    assert text.index("1．三个案件没有公示") < text.index("2．人手不够")
    assert "存在问题：三个案件没有公示" in monthly(fs)


def test_an_unreported_task_is_told_once(fs: Fs) -> None:
    tasks = task(1, "印发方案", "市农业局", ", due: 2021-06-30") + task(2, "检查", "市农业局")
    office(fs, "{name: 市农业局}", tasks)
    update(fs, "2", "--percent", "80")
    fs("report", "-o", "r.md").ok()
    (part,) = [
        line for line in (fs.folder / "r.md").read_text("utf-8").split("\n") if "（一）" in line
    ]
    assert part.count("任务1") == 1
    assert "未报：任务1，已逾期。" in part


def test_an_unanswered_letter_is_urgent(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2021-09-01"
    fs("letter", "write", "26", "--kind", "督办", "-o", "函").ok()
    fs.env["FS_TODAY"] = "2021-09-30"
    (row,) = [row for row in fs.objects("due") if row["department"] == "市公安局"]
    assert row["urgent"][0] == "26 严厉打击食品安全违法犯罪"


def test_all_tasks_of_the_departments_asked_for_have_their_names(fs: Fs) -> None:
    listed = fs("due", "--dept", "各县", "--as-of", "2021-09-30", "-f", "csv").out
    assert listed.splitlines()[0].lstrip("\ufeff") == "单位,按事由"
    assert listed.count("44 做好能力建设发展规划") == 6


def test_who_has_not_reported_this_month_can_be_asked_for(busy: Fs) -> None:
    busy.env["FS_TODAY"] = "2021-12-20"
    rows = busy.objects("due", "--not-since")
    assert rows
    assert all(row["not_since"] for row in rows)


def test_words_over_the_only_ones_take_their_place(fs: Fs) -> None:
    update(fs, "26", "-d", "市公安局", "--percent", "49", "--note", "旧")
    fs("export", "-o", "t.csv").ok()
    text = (fs.folder / "t.csv").read_text("utf-8-sig").replace("市公安局：旧", "新情况")
    (fs.folder / "t.csv").write_text(text, "utf-8")
    assert "已记录 1 条" in fs("progress", "import", "t.csv").ok().out
    assert "没有填写任何进展" in fs("progress", "import", "t.csv").ok().out
    told = fs("export", "-f", "csv").ok().out
    assert ("市公安局：新情况" in told, "旧" in told) == (True, False)


def test_long_words_of_last_time_are_shortened_in_a_form(fs: Fs) -> None:
    from openpyxl import load_workbook

    update(fs, "26", "--percent", "60", "--note", "检查" * 400)
    fs("form", "-d", "市公安局", "-o", "f.xlsx").ok()
    sheet = load_workbook(fs.folder / "f.xlsx").worksheets[0]
    (cell,) = [c for row in sheet.iter_rows() for c in row if "检查检查检查" in str(c.value)]
    assert str(cell.value).startswith("60%")
    assert len(str(cell.value)) < 200


def test_a_task_that_falls_back_is_told(fs: Fs) -> None:
    update(fs, "26", "--percent", "100", "--date", "2021-08-20")
    update(fs, "26", "--percent", "90", "--date", "2021-09-20", "--allow-decrease")
    (row,) = [r for r in fs.objects("tasks", "--since", "2021-08-31") if r["id"] == 26]
    assert "不再是已完成" in row["turned"]
    fs("report", "-o", "r.docx").ok()
    words = "".join(p.text for p in Document(str(fs.folder / "r.docx")).paragraphs)
    assert "原已完成、现未完成1项（任务26）" in words


def test_a_list_keeps_its_dates_beside_what_has_changed(busy: Fs) -> None:
    run = busy("tasks", "--since", "2021-08-31", "-f", "table", COLUMNS="80")
    assert "时限" in run.ok().out.split("──")[0]


def test_which_plan_is_over_is_said_where_there_are_two(fs: Fs, tmp_path: Path) -> None:
    other = tmp_path / "乙"
    other.mkdir()
    text = fs.plan.read_text("utf-8").replace("晋城市2021年", "乙市2021年", 1)
    (other / "plan.yaml").write_text(text, "utf-8")
    fs.env["FS_TODAY"] = "2022-03-01"
    err = fs("tasks", "--plan", "plan.yaml", "--plan", str(other / "plan.yaml")).err
    assert "乙市2021年食品安全重点工作安排：工作期已于 2021-12-31 结束" in err


def test_a_part_of_one_task_has_its_changes(fs: Fs) -> None:
    tasks = task(1, "食堂", "市教育局") + task(2, "经费", "市财政局")
    office(fs, "{name: 市教育局}, {name: 市财政局}", tasks)
    update(fs, "1", "--percent", "70", "--date", "2021-08-20")
    update(fs, "1", "--percent", "100", "--date", "2021-09-20")
    rows = {row["name"]: row["turned"] for row in fs.objects("depts", "--since", "2021-08-31")}
    assert "完成+1" in str(rows["市教育局"])


def test_what_is_overdue_is_red(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2022-01-10"
    assert len(fs.objects("due", "--by", "task", "--red")) == len(
        fs.objects("tasks", "--light", "红")
    )


def test_nobody_has_a_rank_or_a_form_who_is_nobody(fs: Fs) -> None:
    tasks = task(1, "检测农产品", "市农业局") + task(2, "建平台", "相关部门")
    office(fs, "{name: 市农业局}, {name: 相关部门}", tasks)
    update(fs, "2", "--percent", "20")
    ranks = {row["name"]: row["rank"] for row in fs.objects("depts")}
    assert ranks == {"市农业局": 1, "相关部门": None}
    run = fs("form", "-d", "相关部门", "-o", "x.xlsx")
    assert (run.code, "没有列出是哪些单位" in run.err) == (2, True)


def test_denials_are_no_problems_and_stops_make_none_new(fs: Fs) -> None:
    office(fs, COUNTIES, task(1, "检测", "各县"))
    update(fs, "1", "-d", "东县", "--percent", "5", "--problems", "人手不足,经费紧")
    update(fs, "1", "-d", "西县", "--percent", "5", "--problems", "人手不足，经费紧。")
    fs("report", "-o", "r.md").ok()
    text = (fs.folder / "r.md").read_text("utf-8")
    assert text.count("人手不足") == 1
    for words in ("暂无存在问题", "不存在问题", "无"):
        update(fs, "1", "-d", "东县", "--percent", "6", "--problems", words)
        assert f"存在问题：{words}" not in monthly(fs)
    update(fs, "1", "-d", "东县", "--percent", "6", "--problems", "目前存在突出困难")
    assert "目前存在突出困难" in monthly(fs)


def test_many_amendments_stand_in_an_annex(fs: Fs) -> None:
    papers = "".join(
        f"  - {{basis: 甲〔2021〕5号, effective: 2021-09-01, task: {n}, due: 2021-11-30}}\n"
        for n in range(24, 34)
    )
    fs.plan.write_text(f"{fs.plan.read_text('utf-8')}amendments:\n{papers}", "utf-8")
    fs("report", "-o", "r.md").ok()
    body, _, annexes = (fs.folder / "r.md").read_text("utf-8").partition("附件1")
    assert ("后来的文件修改了10项任务" in body, "原时限" in body) == (True, False)
    assert annexes.count("原时限") == 10


def test_no_line_of_a_title_begins_with_a_closing_bracket(fs: Fs) -> None:
    office(fs, "{name: 市农业局}", task(1, "检测", "市农业局"))
    fs.edit_plan("甲市2021年食品安全工作要点", "云岭高新技术产业开发区2021年食品安全重点工作安排")
    fs("report", "--month", "2021-09", "-o", "u.docx").ok()
    lines = [p.text for p in Document(str(fs.folder / "u.docx")).paragraphs[:4]]
    assert not any(line.startswith(("》", "）")) for line in lines)


def test_a_red_task_of_nobody_is_told(fs: Fs) -> None:
    tasks = task(1, "检测农产品", "市农业局") + task(2, "建平台", "相关部门")
    office(fs, "{name: 市农业局}, {name: 相关部门}", tasks)
    update(fs, "2", "--percent", "10")
    for more in ((), ("--red",)):
        assert "任务 2 红灯，“相关部门”没有列出是哪些单位" in fs("due", *more).ok().err


@pytest.mark.parametrize(("month", "meant"), [("上月", "8月"), ("本月", "9月")])
def test_a_month_may_be_named_by_where_it_is(fs: Fs, month: str, meant: str) -> None:
    assert f"2021年{meant}落实情况的通报" in monthly(fs, month)
