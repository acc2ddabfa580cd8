"""What a leader reads names the right people, tasks and reasons."""

import csv
import io
import json
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import load_workbook

from foodsafety_cli.analysis.own import OwnStanding, ranks
from tests.conftest import Fs
from tests.test_shared_figures import amended
from tests.test_small_plans import plan as small_plan


def update(fs: Fs, *args: str) -> None:
    fs("progress", "update", *args).ok()


def test_a_red_task_has_whoever_is_behind_as_its_addressee(fs: Fs) -> None:
    for name in ("市民政局", "市市场监督管理局"):
        update(fs, "25", "--dept", name, "--percent", "20")
    told = {row["department"] for row in fs.objects("due", "--red") if 25 in row["red"]}
    assert {"市民政局", "市市场监督管理局"} <= told
    update(fs, "11", "--percent", "10")
    (row,) = [row for row in fs.objects("due", "--red", "--by", "task") if row["id"] == 11]
    assert row["departments"] == ["市发展和改革委员会"]


def test_the_most_urgent_tasks_are_the_red_ones(fs: Fs) -> None:
    update(fs, "49", "--dept", "市教育局", "--percent", "5")
    (row,) = fs.objects("due", "--dept", "市教育局")
    assert row["urgent"][0].startswith("49 ")
    assert len(row["urgent"]) > 3
    assert "49 " in fs("due", "--dept", "市教育局", "-f", "table").ok().out


def test_words_of_one_department_come_back_as_its_own(fs: Fs) -> None:
    for name in ("阳城县", "城区"):
        update(fs, "46", "--dept", name, "--percent", "50", "--note", f"{name}进展")
    fs("export", "-o", "台账.xlsx").ok()
    book = load_workbook(fs.folder / "台账.xlsx")
    sheet = book.active
    assert sheet is not None
    heads = [str(cell.value) for cell in sheet[2]]
    for row in sheet.iter_rows(min_row=3):
        if row[0].value == 46:
            cell = row[heads.index("进展情况")]
            cell.value = str(cell.value).replace("阳城县进展", "补充了人员")
    book.save(fs.folder / "台账.xlsx")
    fs("progress", "import", "台账.xlsx").ok()
    (newest,) = [row for row in fs.objects("log", "46") if row["note"] == "补充了人员"]
    assert newest["department"] == "阳城县"
    (again,) = [row for row in fs.objects("export") if row["id"] == 46]
    assert again["note"].count("城区进展") == 1


def test_problems_that_the_last_report_has_no_more_are_over(fs: Fs) -> None:
    update(fs, "18", "--value", "10", "--problems", "设备没有到位", "--date", "2021-06-30")
    fs("report", "-o", "r.md").ok()
    assert "设备没有到位" in (fs.folder / "r.md").read_text("utf-8")
    update(fs, "18", "--value", "20", "--date", "2021-09-20")
    fs("report", "-o", "r.md", "--force").ok()
    assert "设备没有到位" not in (fs.folder / "r.md").read_text("utf-8")


def test_the_same_words_name_all_their_tasks(fs: Fs) -> None:
    for task in ("18", "19", "20", "21"):
        update(fs, task, "--value", "1", "--problems", "人手不足")
    fs("report", "-o", "r.md").ok()
    assert "等4项）" in (fs.folder / "r.md").read_text("utf-8")


def test_the_circular_names_who_has_reported_in_part(fs: Fs) -> None:
    update(fs, "7", "--percent", "80", "--date", "2021-09-20")
    update(fs, "37", "--value", "3", "--date", "2021-08-20")
    fs("report", "--month", "2021-09", "-o", "t.md").ok()
    told = (fs.folder / "t.md").read_text("utf-8")
    assert "市农业农村局（任务" in told
    assert "各单位都已填报" not in told


def test_reasons_name_the_indicator_and_its_figure(fs: Fs) -> None:
    update(fs, "18", "--value", "62")
    fs("report", "--month", "2021-09", "-o", "t.md").ok()
    assert "“风险监测”（62 批次" in (fs.folder / "t.md").read_text("utf-8")


def test_no_form_for_a_group_without_members(fs: Fs) -> None:
    fs("form", "-o", "表").ok()
    assert not (fs.folder / "表" / "相关部门.xlsx").exists()


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.html", "a.csv"])
def test_a_task_in_a_file_has_its_indicators_and_records(fs: Fs, name: str) -> None:
    update(fs, "16", "--value", "5.2", "--note", "前三季度")
    fs("show", "16", "-o", name).ok()
    path = fs.folder / name
    if name.endswith("xlsx"):
        book = load_workbook(path)
        text = "".join(str(c.value) for s in book for row in s.iter_rows() for c in row)
    elif name.endswith("docx"):
        tables = Document(str(path)).tables
        text = "".join(c.text for table in tables for row in table.rows for c in row.cells)
    else:
        text = path.read_text("utf-8-sig")
    for words in ("食品检验量", "核查处置率", "前三季度"):
        assert words in text, words
    if name.endswith("csv"):
        assert list(csv.reader(io.StringIO(text)))


def test_since_takes_a_month_by_its_first_day(fs: Fs) -> None:
    update(fs, "1", "--percent", "10", "--date", "2021-08-01")
    assert len(fs.objects("log", "--since", "2021-08")) == 1
    assert fs("due", "--since", "2021-08").code == 0


def test_a_month_told_in_words_is_no_silence(fs: Fs) -> None:
    update(fs, "59", "--dept", "阳城县", "--note", "正在起草", "--date", "2021-09-20")
    fs("report", "--month", "2021-09", "-o", "t.md").ok()
    told = (fs.folder / "t.md").read_text("utf-8")
    of_yangcheng = told[told.index("阳城县（任务") :].partition("）")[0]
    asked = next(
        r for r in fs.objects("due", "--as-of", "2021-09-30") if r["department"] == "阳城县"
    )
    assert "59" not in of_yangcheng
    assert 59 not in {*asked.get("unreported", []), *asked.get("not_since", [])}
    assert fs("report", "--month", "2020-12", "-o", "q.md").code == 2


def test_since_moves_the_day_and_hides_nothing(fs: Fs) -> None:
    whole = fs.objects("due", "--dept", "市公安局")
    moved = fs.objects("due", "--dept", "市公安局", "--since", "2021-09-01")
    assert [sorted(row) for row in moved] == [sorted(row) for row in whole]
    assert fs("due", "--since", "2031-01-01").code == 2


def test_who_is_level_as_shown_shares_a_rank() -> None:
    level = [
        OwnStanding(name, (), Decimal(completion), 1, 1, None)
        for name, completion in (("甲", "41.84"), ("乙", "41.76"), ("丙", "41.7"))
    ]
    assert ranks(level) == {"甲": 1, "乙": 1, "丙": 3}


def test_what_is_said_alike_is_said_once_with_names_and_nothing_is_no_problem(fs: Fs) -> None:
    fs("progress", "update", "18", "--value", "20", "--problems", "人手不足").ok()
    fs("progress", "update", "19", "--value", "20", "--problems", "人手 不足；").ok()
    fs("progress", "update", "26", "--percent", "5", "--problems", "暂无问题。").ok()
    fs("report", "-o", "r.md").ok()
    text = (fs.folder / "r.md").read_text("utf-8")
    assert "人手不足（市卫生健康委、市发展和改革委员会，任务18、19）。" in text
    assert "暂无问题" not in text.split("附件")[0]


def test_the_report_tells_what_is_newly_done_and_newly_reported(fs: Fs) -> None:
    fs("progress", "update", "7", "--percent", "50", "--date", "2021-08-20").ok()
    fs("progress", "update", "1", "--percent", "20").ok()
    fs("progress", "update", "7", "--percent", "100").ok()
    fs("report", "-o", "报告.md").ok()
    text = (fs.folder / "报告.md").read_text("utf-8")
    assert "与8月末相比，新完成1项（任务7）；新报1项（任务1）；亮灯" in text


def test_problems_are_told_task_by_task_in_turn_and_cut_at_a_stop(fs: Fs) -> None:
    for body in ("阳城县", "高平市", "泽州县"):
        fs("progress", "update", "34", "-d", body, "--percent", "1",
           "--problems", f"{body}人手不够").ok()  # fmt: skip
    long = "经费没有到位，" * 8 + "仪器也没有买"
    fs("progress", "update", "3", "--percent", "9", "--problems", long).ok()
    fs("report", "-o", "报告.md").ok()
    text = (fs.folder / "报告.md").read_text("utf-8")
    problems = text.partition("存在问题")[2].partition("下步措施")[0]
    said = [line for line in problems.splitlines() if "．" in line[:3]]
    assert ["任务34" in line for line in said] in (
        [True, False, True, True], [False, True, True, True])  # fmt: skip
    assert "经费没有到位……（" in problems


def test_one_departments_reminders_stand_under_their_reasons(busy: Fs) -> None:
    out = busy("due", "-d", "市市场监督管理局", "-f", "table", COLUMNS="120").ok().out
    assert "按事由" in out
    assert "未报：" in out


def test_a_countys_papers_are_addressed_as_a_countys(fs: Fs) -> None:
    text = small_plan(2021, "抽检 完成抽检100批次。 各县")
    text = text.replace("某办", "阳城县人民政府办公室").replace("各县", "各乡镇")
    fs.plan.write_text(text, "utf-8")
    fs("progress", "update", "1", "-d", "甲县", "--percent", "50", "--date", "2021-09-01").ok()
    fs("report", "--month", "2021-09", "-o", "m.md").ok()
    fs("report", "-o", "r.md").ok()
    month = (fs.folder / "m.md").read_text("utf-8")
    assert "各乡镇，县直各有关部门：" in month
    assert "一、乡镇完成情况" in month
    assert "县委、县政府：" in (fs.folder / "r.md").read_text("utf-8")


def test_when_the_year_is_over_the_last_day_with_reports_is_offered(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "1", "--date", "2021-09-20").ok()
    run = fs("tasks", FS_TODAY="2022-02-01")
    assert "工作期已于 2021-12-31 结束；看当时：--as-of 2021-09-20" in run.err


def test_a_page_with_very_long_words_stays_small(fs: Fs) -> None:
    words = "检查发现问题整改不到位" * 100
    lines = [
        {
            "id": f"p{task:02}{day:02}", "at": f"2021-09-{day:02}T08:00:00+08:00", "by": "甲",
            "date": f"2021-09-{day:02}", "entries": [{"task": task, "note": f"{day}{words}"}],
        }
        for task in range(1, 60)
        for day in range(1, 6)
    ]  # fmt: skip
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    fs.ledger.write_text(text, "utf-8")
    fs("report", "-o", "p.html").ok()
    page = (fs.folder / "p.html").read_bytes()
    assert len(page) < 500_000
    assert "另有较早的 4 条" in page.decode("utf-8")


@pytest.mark.parametrize(("command", "heading"), [("tasks", "时限"), ("depts", "最近填报")])
def test_a_day_has_room_in_a_word_table(busy: Fs, command: str, heading: str) -> None:
    busy(command, "-o", "t.docx").ok()
    (table,) = Document(str(busy.folder / "t.docx")).tables
    heads = [cell.text for cell in table.rows[0].cells]
    width = table.rows[1].cells[heads.index(heading)].width
    assert width is not None
    assert width.pt >= 62, "ten figures of 10.5 points, and the cell's margins"


def bulletin(fs: Fs, month: str, **env: str) -> str:
    fs("report", "--month", month, "-o", "通报.md", "--force", **env).ok()
    return (fs.folder / "通报.md").read_text("utf-8")


def test_a_milestone_before_its_day_is_nothing_to_be_told(fs: Fs) -> None:
    told = bulletin(fs, "2021-06", FS_TODAY="2021-07-02")
    assert "任务59" not in told


def test_who_has_handed_a_task_on_is_not_asked_for_it(fs: Fs) -> None:
    update(fs, "48", "-d", "市科技局", "--percent", "68", "--date", "2021-08-30")
    for task in ("24", "44", "49"):
        update(fs, task, "-d", "市科技局", "--percent", "50", "--date", "2021-09-20")
    before = bulletin(fs, "2021-09", FS_TODAY="2021-10-02")
    assert "市科技局（任务48" in before
    amended(fs, "{basis: 甲〔2021〕1号, effective: 2021-09-01, task: 48, responsible: [市科协]}")
    after = bulletin(fs, "2021-09", FS_TODAY="2021-10-02")
    assert "市科技局（任务48" not in after


def test_a_circular_tells_the_papers_of_its_own_month(fs: Fs) -> None:
    amended(fs, "{basis: 甲〔2021〕1号, effective: 2021-08-10, task: 48, responsible: [市科协]}")
    assert "任务48：甲〔2021〕1号" in bulletin(fs, "2021-08", FS_TODAY="2021-10-02")
    assert "任务48：甲〔2021〕1号" not in bulletin(fs, "2021-09", FS_TODAY="2021-10-02")


def test_a_department_that_only_supports_has_its_place_in_every_table(fs: Fs) -> None:
    update(fs, "48", "-d", "市科技局", "--percent", "30", "--date", "2021-08-30")
    amended(
        fs,
        "{basis: 甲〔2021〕1号, effective: 2021-09-01, task: 48, responsible: [市科协], "
        "support: [市科技局]}",
        *(
            f"{{basis: 甲〔2021〕1号, effective: 2021-09-01, task: {task}, responsible: [市科协]}}"
            for task in ("24", "44", "49")
        ),
    )
    rows = {row["name"]: str(row["rank"]) for row in fs.objects("depts")}
    fs("report", "-o", "报告.md", "--force").ok()
    lines = (fs.folder / "报告.md").read_text("utf-8").splitlines()
    told = [line.split(" | ") for line in lines if "| 市科技局 |" in line]
    assert [row[0].strip("| ") for row in told] == [rows["市科技局"]]
