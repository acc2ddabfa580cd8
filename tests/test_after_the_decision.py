"""What comes after a decision: figures that fall, steps that do not count, time that runs out."""

from collections.abc import Sequence

import pytest

from tests.conftest import Fs
from tests.test_shared_figures import amended, update

CHANGED = "销号后数字有变，请复核"


def signed_off(fs: Fs, task: str, *bodies: str) -> None:
    for body in bodies:
        fs("signoff", "apply", task, "-d", body, "--by", "王").ok()
        fs("signoff", "accept", task, "-d", body, "--by", "李").ok()


def told_of(fs: Fs) -> list[bool]:
    """Whether the overview, the task's page and the check say that something has changed."""
    shown = (fs("-f", "table").out, fs("show", "47", "-f", "table").out)
    return [CHANGED in text for text in (*shown, fs("check").out)]


def test_a_later_figure_for_the_whole_is_everybodys(fs: Fs) -> None:
    fs.edit_plan("lights:", "closing: {required: true}\nlights:")
    bodies = ("市公安局", "市市场监督管理局")
    for body in bodies:
        update(fs, "47", "-d", body, "--percent", "100")
    signed_off(fs, "47", *bodies)
    assert told_of(fs) == [False, False, False]
    update(fs, "47", "--percent", "60")
    assert told_of(fs) == [True, True, True]
    update(fs, "47", "--percent", "100")
    assert told_of(fs) == [False, False, False]


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        (
            "38",
            [("自查报告率", "80"), ("整改率", "100")],
            [("自查报告率", "100"), ("整改率", "80")],
        ),
        ("19", [("粮食检验监测", "700")], [("粮食检验监测", "500")]),
    ],
)
def test_each_figure_below_its_target_is_told(
    fs: Fs, task: str, before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> None:
    for name, value in before:
        update(fs, task, "-i", name, "--value", value)
    fs("signoff", "apply", task, "--by", "王").ok()
    fs("signoff", "accept", task, "--by", "李").ok()
    assert CHANGED not in fs("check").out
    for name, value in after:
        update(fs, task, "-i", name, "--value", value, "--allow-decrease")
    assert CHANGED in fs("check").out


def test_of_a_sum_that_is_not_shared_out_the_sum_counts(fs: Fs) -> None:
    counties = ("城区", "阳城县", "陵川县")
    for body in counties:
        update(fs, "55", "-i", "示范县", "-d", body, "--value", "1")
    update(fs, "55", "-i", "初评", "-d", "市市场监督管理局", "--done")
    signed_off(fs, "55", *counties, "市市场监督管理局")
    assert CHANGED not in fs("check").out
    update(fs, "55", "-i", "示范县", "-d", "城区", "--value", "0", "--allow-decrease")
    assert f"任务 55（城区）{CHANGED}" in fs("check").out


def test_a_decision_that_a_merge_makes_void_is_told(fs: Fs) -> None:
    fs("signoff", "apply", "20", "--by", "张").ok()
    other = fs.folder / "另一份.jsonl"
    fs("signoff", "apply", "20", "--by", "王").ok()
    lines = fs.ledger.read_text("utf-8").splitlines(keepends=True)
    other.write_text(lines[1], "utf-8")
    fs.ledger.write_text(lines[0], "utf-8")
    fs("signoff", "accept", "20", "--by", "李").ok()
    fs("merge", str(other)).ok()
    (row,) = fs.objects("signoff", "--all")
    if row["state"] == "待审核":
        assert "李的“同意销号”没有计入" in fs("check").out
    assert "ledger-step-void" in fs("check").out


@pytest.mark.parametrize(
    ("task", "due", "day", "late"),
    [
        (20, "2021-11-30", "2021-12-05", True),
        (19, "2022-02-28", "2022-01-15", False),
    ],
)
def test_late_is_what_comes_after_the_day_then_in_force(
    fs: Fs, task: int, due: str, day: str, *, late: bool
) -> None:
    amended(fs, f"{{basis: 甲文, effective: 2021-11-01, task: {task}, due: {due}}}")
    apply = ("extension", "apply", str(task), "--to", "2022-04-30", "--reason", "改期")
    said = fs(*apply, FS_TODAY=day).ok().out
    assert ("记为逾期申请" in said) is late
    (row,) = fs.objects("extension", FS_TODAY=day)
    assert row["late"] is late


def test_what_one_indicator_was_granted_is_not_anothers(fs: Fs) -> None:
    ask = ("extension", "apply", "38", "--to", "2022-03-31", "--reason", "改期")
    fs(*ask, "-i", "自查报告率").ok()
    fs("extension", "grant", "38", "--by", "李").ok()
    fs(*ask, "-i", "整改率", FS_TODAY="2022-01-10").ok()
    rows = fs.objects("extension", FS_TODAY="2022-01-10")
    assert sorted((r["indicator"], r["late"]) for r in rows) == [
        ("整改率", True),
        ("自查报告率", False),
    ]


def test_time_that_has_run_out_is_not_running(fs: Fs) -> None:
    fs("extension", "apply", "20", "--to", "2022-01-15", "--reason", "改期").ok()
    fs("extension", "grant", "20", "--by", "李").ok()
    assert fs.thing("overview", "--as-of", "2022-01-10")["extended"] == [20]
    assert fs.thing("overview", "--as-of", "2022-02-05")["extended"] == []
    update(fs, "20", "--value", "120")
    fs("report", "-o", "r.md").ok()
    assert "同意延期1件" in (fs.folder / "r.md").read_text("utf-8")


def test_the_day_of_an_answer_stays(fs: Fs) -> None:
    fs("letter", "write", "20", "--kind", "督办", "--reply-by", "2021-10-20", "-o", "函").ok()
    update(fs, "20", "--value", "60", "--date", "2021-10-05", FS_TODAY="2021-10-05")
    for day in ("2021-10-05", "2021-10-15", "2021-11-30"):
        (row,) = fs.objects("letter", FS_TODAY=day)
        assert (row["answered"], row["late"]) == ("2021-10-05", False)


def test_an_answer_that_came_late_stays_late(fs: Fs) -> None:
    fs("score", "init").ok()
    fs("letter", "write", "34", "--kind", "督办", "-d", "阳城县", "-o", "函").ok()
    update(fs, "34", "-d", "阳城县", "--percent", "90", FS_TODAY="2021-12-10")
    (row,) = fs.objects("letter", FS_TODAY="2021-12-10")
    assert (row["answer"], row["late"]) == ("2021-12-10 已反馈，逾期 64 天", True)
    rows = fs.objects("score", "阳城县", FS_TODAY="2021-12-10")
    (score,) = [r for r in rows if "函件" in r["title"]]
    assert "函件未按期反馈 1 次" in score["figures"]


def test_where_a_sign_off_is_all_that_is_lacking_it_is_said(fs: Fs) -> None:
    fs.edit_plan("lights:", "closing: {required: true}\nlights:")
    update(fs, "20", "--value", "120")
    assert "数已达标，还没有申请销号：fs signoff apply 20" in fs("show", "20", "-f", "table").out
    assert "数已达标，还没有申请销号" in fs("show", "20", "-f", "md").out
    due = fs("due", "-d", "市自然资源局", "--message", FS_TODAY="2022-01-10").out
    assert "数已达标，请尽快申请销号" in due


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ("signoff close-unmet 20 --reason x --date 1990-01-01", "早于工作期"),
        ("signoff return 19 --reason x --redo-by 2199-01-01 --by 李", "请核对年份"),
        ("letter write 17 --kind 督办 --reply-by 2099-01-01 -o l", "请核对年份"),
        ("extension apply 59 -d 市法院 --to 2021-11-25 --reason x", "已经过去"),
        ("signoff apply 17 --evidence ./没有", "没有“./没有”这个文件"),
        ("signoff apply 17 --evidence IMG.heic", "没有“IMG.heic”这个文件"),
        ("signoff apply 17 --evidence C:\\材料\\报告", "这个文件"),
        ("signoff accept 19 --by 王　五", "就是申请人"),
    ],
)
def test_days_and_files_that_cannot_be_meant(fs: Fs, args: str, words: str) -> None:
    fs("signoff", "apply", "19", "--by", "王五").ok()
    before = fs.ledger.read_bytes()
    run = fs(*args.split(" "), FS_TODAY="2021-12-01")
    assert (run.code, words in run.err) == (2, True), run.err
    assert fs.ledger.read_bytes() == before


def test_others_evidence_opens_no_door(fs: Fs) -> None:
    fs.edit_plan("lights:", "closing: {required: true, evidence: true}\nlights:")
    update(fs, "16", "-i", "核查处置率", "--value", "90", "--evidence", "晋某〔2021〕1号")
    run = fs("signoff", "apply", "16", "-d", "城区")
    assert (run.code, "要有佐证材料" in run.err) == (2, True)
    fs("signoff", "apply", "16", "-d", "市市场监督管理局").ok()


def test_only_those_sent_back_are_written_to(fs: Fs) -> None:
    fs("signoff", "apply", "45", "-d", "阳城县", "--by", "王").ok()
    fs("signoff", "return", "45", "-d", "阳城县", "--reason", "预案未修订。", "--by", "李").ok()
    rows = fs.objects("letter", "write", "--returned", "--kind", "督办", "--dry-run")
    assert [row["department"] for row in rows] == ["阳城县"]
    assert fs.objects("tasks", "--returned", "-d", "城区") == []
    assert len(fs.objects("tasks", "--returned", "-d", "阳城县")) == 1
    leads = fs.objects("letter", "write", "--role", "牵头", "--kind", "提醒", "--dry-run")
    assert "阳城县" not in {row["department"] for row in leads}
    assert "。。" not in fs("show", "45", "-f", "table").out


def test_the_plan_may_be_named_before_what_is_asked(fs: Fs) -> None:
    for group in ("signoff", "extension", "letter", "evidence", "progress"):
        assert fs(group, "--plan", "plan.yaml", "-f", "json").code == 0


def test_a_reviewer_that_is_no_department_is_told(fs: Fs) -> None:
    fs.edit_plan("lights:", "closing: {reviewer: 法规科}\nlights:")
    assert "departments 里没有“法规科”" in fs("check").ok().out
