"""Sign-offs, extensions and letters meet: one due date, one word for the same thing everywhere."""

from docx import Document

from tests.conftest import Fs
from tests.test_shared_figures import amended, update

COUNTIES = ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县")


def granted(fs: Fs, *args: str, to: str = "2022-03-31") -> str:
    fs("extension", "apply", *args, "--to", to, "--reason", "省级改期").ok()
    return fs("extension", "grant", *args, "--by", "李四").ok().out


def words_of(fs: Fs, name: str) -> str:
    document = Document(str(fs.folder / name))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_sign_off_is_late_by_the_date_that_everything_else_shows(fs: Fs) -> None:
    granted(fs, "20", "-i", "食用林产品监测")
    fs("signoff", "apply", "20", FS_TODAY="2022-01-15").ok()
    (row,) = fs.objects("signoff", "list", FS_TODAY="2022-01-15")
    assert not row["late"]
    fs("signoff", "form", "20", "-o", "a.docx", FS_TODAY="2022-01-15").ok()
    assert "2021年12月31日（现为2022年3月31日，已延期1次）" in words_of(fs, "a.docx")
    fs("signoff", "apply", "59", "-d", "高平市", FS_TODAY="2021-11-28").ok()
    (row,) = [r for r in fs.objects("signoff", "list", FS_TODAY="2021-11-30") if r["task"] == 59]
    assert row["late"], "its only indicator was due on 20 November"


def test_each_extension_counts_for_what_it_is_about(fs: Fs) -> None:
    assert "延期1次" in granted(fs, "16", "-i", "核查处置率", to="2022-02-28")
    assert "延期1次" in granted(fs, "16", "-i", "按时完成率", to="2022-01-31")
    shown = fs("extension", "-f", "table").ok().out
    assert shown.count("延期1次") == 2
    assert "核查处置率" in shown
    run = fs("extension", "opinion", "16", "-o", "o.docx")
    assert (run.code, "请用 -i 写明" in run.err) == (2, True)
    fs("extension", "opinion", "16", "-i", "核查处置率", "-o", "o.docx").ok()
    assert "同意延期。指标“核查处置率”原定时限" in words_of(fs, "o.docx")
    fs("extension", "form", "16", "-i", "按时完成率", "-o", "f.docx").ok()
    form = words_of(fs, "f.docx")
    assert "2022年1月31日" in form
    assert "现为" not in form, "what is asked for is told as things stood when it was"


def test_what_a_new_department_does_is_no_fault(fs: Fs) -> None:
    amended(fs, "{basis: x, effective: 2021-09-10, task: 43, responsible: [市住房和城乡建设局]}")
    fs("signoff", "apply", "43").ok()
    granted(fs, "43", to="2022-02-01")
    assert fs("check").ok().out == ""


def test_who_only_helps_asks_for_no_time(fs: Fs) -> None:
    run = fs("extension", "apply", "2", "-d", "晋城海关", "--to", "2022-02-28", "--reason", "x")
    assert (run.code, "不由“晋城海关”报数" in run.err) == (2, True)


def test_a_group_means_what_its_members_report(fs: Fs) -> None:
    fs("signoff", "apply", "16", "-d", "阳城县").ok()
    assert fs.objects("signoff", "-d", "各县") == fs.objects("signoff", "-d", "阳城县") != []


def test_a_letter_about_a_return_says_so(fs: Fs) -> None:
    fs("signoff", "apply", "20").ok()
    again = ("--reason", "差2批次", "--redo-by", "2021-10-05", "--by", "李四")
    fs("signoff", "return", "20", *again).ok()
    fs(*("letter", "write", "--returned", "--kind", "催办", "-o", "d"), FS_TODAY="2021-10-08").ok()
    (name,) = (fs.folder / "d").iterdir()
    told = words_of(fs, f"d/{name.name}")
    assert "已退回：差2批次，应于2021年10月5日前补齐，已过期" in told


def test_nobody_owes_an_answer_about_what_is_closed(fs: Fs) -> None:
    fs("letter", "write", "22", "--kind", "督办单", "-o", "d").ok()
    fs("signoff", "close-unmet", "22", "--reason", "a", "--by", "李四").ok()
    for args in (("due", "--unanswered"), ("letter", "--unanswered")):
        assert fs.objects(*args, FS_TODAY="2021-10-20") == []
    assert "督办未复" not in fs("overview", "-f", "table", FS_TODAY="2021-10-20").out
    assert "亮红灯：没有完成，已作未完成结案。" in fs("show", "22", "-f", "table").out


def test_one_of_two_letters_with_a_number_is_meant_by_its_id(fs: Fs) -> None:
    for county in ("阳城县", "城区"):
        number = ("--number", "晋市食安办督〔2021〕1号")
        kept = fs.ledger.read_bytes() if fs.ledger.exists() else b""
        fs.ledger.write_bytes(b"")
        fs("letter", "write", "34", "-d", county, "--kind", "督办", *number, "-o", county).ok()
        fs.ledger.write_bytes(kept + fs.ledger.read_bytes())
    run = fs("letter", "answered", "督〔2021〕1号")
    assert (run.code, "阳城县，编号" in run.err) == (2, True)
    meant = next(row for row in fs.objects("letter") if row["department"] == "城区")
    assert "（城区）" in fs("letter", "answered", str(meant["id"])).ok().out


def test_a_slip_has_the_departments_own_figures(fs: Fs) -> None:
    update(fs, "59", "-d", "阳城县", "--done")
    fs("signoff", "apply", "59", "-d", "阳城县").ok()
    fs("signoff", "form", "59", "-d", "阳城县", "-o", "a.docx").ok()
    assert "年度报告：已完成" in words_of(fs, "a.docx")


def test_an_application_is_no_figure(fs: Fs) -> None:
    fs("signoff", "apply", "20").ok()
    assert fs.thing("show", "20")["light"] == "灰"


def test_a_share_that_an_amendment_scaled_is_a_whole_one(fs: Fs) -> None:
    fs.edit_plan(
        "            target: 120\n",
        "            target: 120\n            reported_by: [市规划和自然资源局, 市农业农村局]\n"
        "            split: {市规划和自然资源局: 50, 市农业农村局: 70}\n",
    )
    amended(
        fs, "{effective: 2021-09-01, basis: 甲文, task: 20, indicator: 食用林产品监测, target: 100}"
    )
    update(fs, "20", "-d", "市规划和自然资源局", "--value", "42")
    update(fs, "20", "-d", "市农业农村局", "--value", "12")
    run = fs("signoff", "apply", "20", "-d", "市农业农村局").ok()
    assert "数据 12/58，未达目标" in run.err
    fs("signoff", "apply", "20", "-d", "市规划和自然资源局").ok()
    fs("signoff", "form", "20", "-d", "市规划和自然资源局", "-o", "a.docx").ok()
    said = words_of(fs, "a.docx")
    assert "食用林产品监测：自己的目标 42 批次，完成 42 批次" in said


def test_what_is_withdrawn_leaves_the_earlier_decision_whole(fs: Fs) -> None:
    fs("progress", "update", "37", "--value", "60").ok()
    fs("signoff", "apply", "37").ok()
    back = ("--reason", "表不全", "--redo-by", "2021-10-20", "--by", "李四")
    fs("signoff", "return", "37", *back).ok()
    fs("signoff", "apply", "37", "--note", "补了").ok()
    fs("signoff", "withdraw", "37").ok()
    (row,) = fs.objects("signoff", "-a")
    assert (row["state"], row["decided_by"], row["reason"]) == ("已退回", "李四", "表不全")
    assert "表不全，请于 2021-10-20 前重新申请" in " ".join(fs.thing("show", "37")["why"])


def test_more_time_is_never_less(fs: Fs) -> None:
    for indicator, to in (("定量监测量", "2022-03-31"), (None, "2022-01-31")):
        which = ("-i", indicator) if indicator else ()
        fs("extension", "apply", "17", *which, "--to", to, "--reason", "推迟").ok()
        fs("extension", "grant", "17", "--by", "李四").ok()
    dues = {i["name"]: i["due"] for i in fs.thing("show", "17")["indicators"]}
    assert dues["定量监测量"] == "2022-03-31"


def test_of_two_that_wait_one_has_to_be_named(fs: Fs) -> None:
    fs("extension", "apply", "17", "--to", "2022-03-01", "--reason", "b").ok()
    fs("extension", "apply", "17", "-i", "定量监测量", "--to", "2022-02-01", "--reason", "a").ok()
    run = fs("extension", "grant", "17", "--by", "李四")
    assert (run.code, "（整项任务）" in run.err, "（定量监测量）" in run.err) == (2, True, True)
    fs("extension", "grant", "17", "-i", "整项任务", "--by", "李四").ok()
    run = fs("extension", "grant", "17", "-i", "定量监测量", "--by", "李四")
    assert (run.code, "不晚于现在的时限 2022-03-01" in run.err) == (2, True)


def test_each_part_that_is_not_applied_for_is_asked_to(fs: Fs) -> None:
    fs.edit_plan("lights:", "closing: {required: true}\nlights:")
    for county in COUNTIES:
        fs("progress", "update", "46", "-d", county, "--percent", "100", "--date", "2021-09-20")
    early = {"FS_TODAY": "2021-11-20"}  # met long ago: no figures are asked for month by month
    assert 46 not in {row["id"] for row in fs.objects("due", "--by", "task", **early)}
    late = {"FS_TODAY": "2022-01-05"}
    rows = fs.objects("due", "--by", "task", **late)
    (row,) = [row for row in rows if row["id"] == 46]
    assert all(county in str(row) for county in COUNTIES)
    told = fs("due", "-d", "城区", "--message", **late).ok().out
    assert "数已达标，请尽快申请销号" in next(s for s in told.splitlines() if "任务46" in s)
    written = fs.objects("letter", "write", "46", "--kind", "催办", "--dry-run", **late)
    assert {row["department"] for row in written} == set(COUNTIES)
    fs("signoff", "apply", "46", "-d", "城区").ok()
    why = " ".join(fs.thing("show", "46", "--as-of", "2022-01-05")["why"])
    assert "还没有申请销号的：泽州县、高平市" in why
    pending = fs.objects("tasks", "--status", "待审核", **late)
    assert [row["id"] for row in pending] == [46]
    assert fs.objects("tasks", "--status", "待审核", "-d", "泽州县", **late) == []


def test_no_advice_to_backdate_while_there_is_more_time(fs: Fs) -> None:
    fs("extension", "apply", "37", "--to", "2022-01-31", "--reason", "y").ok()
    fs("extension", "grant", "37", "--by", "李四").ok()
    run = fs("progress", "update", "37", "--value", "30", FS_TODAY="2022-01-05").ok()
    assert "在工作期" not in run.err


def test_a_part_without_an_indicator_has_its_figure_on_the_form(fs: Fs) -> None:
    fs("progress", "update", "46", "-d", "城区", "--percent", "80").ok()
    twice = ("--evidence", "文2号", "--evidence", "文2号")
    assert "佐证 1 份" in fs("signoff", "apply", "46", "-d", "城区", *twice).ok().out
    fs("signoff", "form", "46", "-d", "城区", "-o", "审.docx").ok()
    assert "完成率：80.0%" in words_of(fs, "审.docx")
