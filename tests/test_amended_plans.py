"""What later documents change: who reports, what is printed, what was reported before."""

import pytest
from openpyxl import load_workbook

from tests.conftest import Fs
from tests.test_shared_figures import amended, hand_on, update


def rename_bureau(fs: Fs) -> None:
    plan = fs.folder / "plan.yaml"
    text = plan.read_text("utf-8").replace("市卫生健康委", "市卫生健康局")
    old = "- {name: 市卫生健康局, aliases: ["
    assert old in text
    plan.write_text(
        text.replace(old, f"{old}市卫生健康委, ", 1).replace(
            "市卫生健康局员会", "市卫生健康委员会"
        ),
        "utf-8",
    )


def test_a_form_handed_out_under_an_earlier_name_is_taken(fs: Fs) -> None:
    fs("form", "--dept", "市卫生健康委", "-o", "f.xlsx").ok()
    book = load_workbook(fs.folder / "f.xlsx")
    sheet = book["填报表"]
    head = next(row for row in sheet.iter_rows() if any(c.value == "序号" for c in row))
    names = [str(cell.value) for cell in head]
    value = next(n for n, name in enumerate(names) if name.startswith("数值"))
    for row in sheet.iter_rows():
        if str(row[names.index("序号")].value) == "18":
            row[value].value = 320
    book.save(fs.folder / "f.xlsx")
    rename_bureau(fs)
    assert "已记录 1 条" in fs("progress", "import", "f.xlsx").ok().out
    assert fs.thing("show", "18")["indicators"][0]["value"] == 320


def test_the_log_of_a_renamed_department_has_all_it_reported(fs: Fs) -> None:
    update(fs, "18", "--dept", "市卫生健康委", "--value", "320")
    rename_bureau(fs)
    for name in ("市卫生健康局", "市卫生健康委"):
        (row,) = fs.objects("log", "--dept", name)
        assert row["department"] == "市卫生健康局"
    assert fs.thing("show", "18")["history"][0]["department"] == "市卫生健康局"


def test_who_was_responsible_then_may_still_report_on_it(fs: Fs) -> None:
    hand_on(fs, 43, "市住房和城乡建设局")
    late = ("--date", "2021-08-31")
    update(fs, "43", "--dept", "市城市管理局", "--percent", "65", *late)
    rows = "序号,单位,完成率,数据日期\n43,市发展和改革委员会,70,2021-08-30\n"
    (fs.folder / "a.csv").write_text(rows, "utf-8")
    assert "已记录 1 条" in fs("progress", "import", "a.csv").ok().out
    run = fs("progress", "update", "43", "--dept", "市城市管理局", "--percent", "70")
    assert (run.code, "没有“市城市管理局”" in run.err) == (2, True)


def test_a_withdrawn_task_is_shown_with_the_document_and_named_in_the_report(fs: Fs) -> None:
    update(fs, "18", "--value", "300", "--date", "2021-08-01")
    amended(fs, "{basis: X〔2021〕5号, effective: 2021-09-01, task: 18, withdrawn: true}")
    assert "X〔2021〕5号 自 2021-09-01 起不再列入" in fs("show", "18", "-f", "table").ok().out
    update(fs, "18", "--value", "320", "--date", "2021-08-20")
    fs("report", "-o", "r.md").ok()
    assert "X〔2021〕5号" in (fs.folder / "r.md").read_text("utf-8")


def test_an_amended_target_is_told_in_every_report(fs: Fs) -> None:
    amended(
        fs,
        "{basis: X〔2021〕5号, effective: 2021-09-01, task: 18, indicator: 风险监测, target: 500}",
    )
    for name, more in (("r.md", []), ("f.md", ["--full"]), ("p.html", [])):
        fs("report", "-o", name, *more).ok()
        told = (fs.folder / name).read_text("utf-8")
        assert "原目标 650，X〔2021〕5号 自 2021-09-01 起 500" in told, name


def test_what_was_known_on_a_day_is_told_where_it_is_counted(fs: Fs) -> None:
    days = ("--as-of", "2021-07-31", "--known-on", "2021-08-05")
    titled = "".join(fs("progress", *days, "-f", "table").ok().out.split())
    assert "只算2021-08-05（含）以前录入的" in titled
    for name in ("r.md", "p.html"):
        fs("report", "-o", name, *days).ok()
        assert "只算2021年8月5日（含）以前录入的数" in (fs.folder / name).read_text("utf-8")


def test_a_percentage_is_no_count(fs: Fs) -> None:
    run = fs("progress", "update", "16", "-i", "2", "--value", "98.99%", "--of", "99")
    assert (run.code, "是百分数" in run.err) == (2, True)


def test_a_figure_of_a_day_before_the_target_changed_is_answered_like_any(fs: Fs) -> None:
    amended(fs, "{basis: 甲文, effective: 2021-09-01, task: 18, indicator: 风险监测, target: 700}")
    run = update(fs, "18", "--value", "300", "--date", "2021-08-15")
    assert "目标：700 批次，达成率 42.9%" in run.out
    assert "还有指标" not in run.out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("task: 18, indicator: 风险监测, target: 2", "是 2，这一行报的 250 是它的 125 倍"),
        ("task: 18, withdrawn: true", "不再执行，这一行报的是 2021-09-10 的数"),
    ],
)
def test_a_figure_that_a_paper_made_odd_is_told(fs: Fs, line: str, words: str) -> None:
    update(fs, "18", "--value", "250", "--date", "2021-09-10")
    amended(fs, f"{{basis: 甲文, effective: 2021-09-01, {line}}}")
    assert words in fs("check").ok().out


def test_a_figure_from_before_a_far_smaller_target_is_told(fs: Fs) -> None:
    update(fs, "18", "--value", "250", "--date", "2021-07-30")
    amended(fs, "{basis: 函, effective: 2021-08-01, task: 18, indicator: 风险监测, target: 2}")
    assert "这一行报的 250 是它的 125 倍" in fs("check").ok().out
    smaller = ("--value", "150", "--date", "2021-08-29", "--allow-decrease")
    run = fs("progress", "update", "18", *smaller)
    assert ("75 倍" in run.err, " 0 倍" in run.err) == (True, False)


def test_a_withdrawn_indicator_is_named_as_one(fs: Fs) -> None:
    update(fs, "16", "-i", "按时完成率", "--value", "90", "--date", "2021-09-01")
    what = "task: 16, indicator: 按时完成率, withdrawn: true"
    amended(fs, f"{{basis: 函, effective: 2021-08-01, {what}}}")
    out = fs("check").ok().out
    assert "任务 16 的指标“按时完成率”函 自 2021-08-01 起不再执行" in out
    assert "不再计入" in out


def test_before_its_day_an_added_task_is_not_there(fs: Fs) -> None:
    body = "市市场监督管理局"
    task = "id: 60, title: 月饼抽检, text: 月饼抽检。"
    task = f"{{{task}, responsibility: {body}, responsible: [{body}]}}"
    amended(fs, f"{{basis: 函, effective: 2021-09-15, section: 3, add: {task}}}")
    run = fs("show", "60", "--as-of", "2021-09-01")
    assert (run.code, "自 2021-09-15 起才有的" in run.err) == (2, True)
    shown = fs.thing("show", "60")
    assert shown["status"] == "未报"
    assert shown["expected"] == 14.81, "16 of the 108 days from the paper's day to the end"


def test_a_withdrawn_task_stands_no_more(fs: Fs) -> None:
    update(fs, "34", "--percent", "60")
    amended(fs, "{basis: 函, effective: 2021-09-01, task: 34, withdrawn: true}")
    shown = fs.thing("show", "34")
    assert (shown["light"], shown["status"]) == (None, None)
    assert "progress update" not in fs("show", "34", "-f", "table").ok().out
