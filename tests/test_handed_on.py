"""Tasks that a later document hands on: the past counts, and only as itself."""

import pytest

from tests.conftest import Fs
from tests.test_shared_figures import amended, update

LATE = "2021-09-20"


def hand_on(fs: Fs, task: int, *to: str, day: str = "2021-09-15") -> None:
    names = ", ".join(to)
    amended(fs, f"{{basis: 甲文, effective: {day}, task: {task}, responsible: [{names}]}}")


@pytest.mark.parametrize("day", ["2021-06-01", LATE])
@pytest.mark.parametrize("to", [["市公安局"], ["市公安局", "市商务局"], ["城区", "沁水县"]])
def test_a_paper_alone_makes_no_figure_better(fs: Fs, day: str, to: list[str]) -> None:
    update(fs, "34", "-d", "阳城县", "--percent", "60", "--date", day)
    before = fs.thing("show", "34")
    own = {row["name"]: row["own_completion"] for row in fs.objects("depts")}
    hand_on(fs, 34, *to)
    after = fs.thing("show", "34")
    assert (before["completion"], after["completion"]) == (10, 10)
    assert after["status"] == "推进中", "a figure that counts is no silence"
    still = {row["name"]: row["own_completion"] for row in fs.objects("depts")}
    assert still["阳城县"] == own["阳城县"]


def test_who_joins_is_waited_for(fs: Fs) -> None:
    hand_on(fs, 43, "市城市管理局", "市发展和改革委员会", "市商务局", day="2021-08-01")
    for name in ("市城市管理局", "市发展和改革委员会"):
        update(fs, "43", "-d", name, "--percent", "90", "--date", LATE)
    task = fs.thing("show", "43")
    assert (task["completion"], task["status"]) == (60, "推进中")
    assert "市商务局" in {row["department"] for row in fs.objects("due", "--unreported")}
    assert "未报" in fs("letter", "write", "43", "--dept", "市商务局", "--message").ok().out
    before = fs.thing("show", "43", "--as-of", "2021-07-31")
    assert "市商务局" not in before["responsible"]


@pytest.mark.parametrize("day", ["2021-06-01", LATE])
def test_those_who_stay_are_enough_once_each_has_told(fs: Fs, day: str) -> None:
    hand_on(fs, 34, "城区", "沁水县")
    update(fs, "34", "-d", "城区", "--percent", "80", "--date", day)
    assert fs.thing("show", "34")["completion"] == pytest.approx(13.33)
    update(fs, "34", "-d", "沁水县", "--percent", "60", "--date", day)
    assert fs.thing("show", "34")["completion"] == 70


def test_one_of_six_never_speaks_for_the_whole(fs: Fs) -> None:
    update(fs, "34", "-d", "城区", "--percent", "100", "--date", LATE)
    hand_on(fs, 34, "市公安局")
    assert fs.thing("show", "34")["status"] == "推进中"
    update(fs, "34", "-d", "市公安局", "--percent", "70", "--date", LATE)
    assert fs.thing("show", "34")["completion"] == 70


def test_when_all_who_report_now_have_they_alone_count(fs: Fs) -> None:
    update(fs, "34", "-d", "阳城县", "--percent", "50", "--date", "2021-07-01")
    hand_on(fs, 34, "城区", "沁水县", day="2021-08-01")
    update(fs, "34", "-d", "城区", "--percent", "100")
    assert fs.thing("show", "34")["status"] == "推进中"
    update(fs, "34", "-d", "沁水县", "--percent", "100")
    assert fs.thing("show", "34")["completion"] == 100


def test_a_sign_off_of_one_of_many_is_not_that_of_who_comes_after(fs: Fs) -> None:
    fs.edit_plan("lights:", "closing: {required: true}\nlights:")
    update(fs, "34", "-d", "城区", "--percent", "100", "--date", "2021-08-20")
    fs("signoff", "apply", "34", "-d", "城区", "--date", "2021-08-21").ok()
    fs("signoff", "accept", "34", "-d", "城区", "--date", "2021-08-22", "--by", "李四").ok()
    hand_on(fs, 34, "市公安局")
    update(fs, "34", "-d", "市公安局", "--percent", "100")
    assert fs.thing("show", "34")["status"] == "推进中"
    fs("signoff", "apply", "34", "-d", "市公安局").ok()


def test_a_task_that_gets_a_lead_keeps_its_past(fs: Fs) -> None:
    for body in ("城区", "泽州县", "高平市"):
        update(fs, "5", "-d", body, "--value", "90", "--date", "2021-05-01")
    own = next(row for row in fs.objects("depts") if row["name"] == "城区")["own_reported"]
    lead = "lead: [市市场监督管理局], responsible: [市商务局, 各县（市、区）人民政府]"
    amended(fs, f"{{basis: 甲文, effective: 2021-09-01, task: 5, {lead}}}")
    for _ in range(2):  # what is on record only changes nothing
        task = fs.thing("show", "5")
        assert (task["completion"], task["status"]) == (33.75, "推进中")
        still = next(row for row in fs.objects("depts") if row["name"] == "城区")["own_reported"]
        assert (own, still) == ("1/10", "1/10")
        assert "只作记录" in update(fs, "5", "-d", "城区", "--value", "95").err


def test_a_paper_about_support_alone_leaves_who_answers(fs: Fs) -> None:
    amended(fs, "{basis: 甲文, effective: 2021-09-01, task: 42, support: [市商务局]}")
    task = fs.thing("show", "42")
    assert (task["lead"], task["support"]) == (["市市场监督管理局"], ["市商务局"])
    update(fs, "42", "-i", "备案", "--value", "90", "-d", "市市场监督管理局")


def test_who_left_one_group_for_another_keeps_what_it_reported(fs: Fs) -> None:
    update(fs, "45", "-d", "高平市", "--percent", "60")
    fs.edit_plan("members: [城区, 泽州县, 高平市,", "members: [城区, 泽州县,")
    fs.edit_plan("sections:\n", "  - {name: 省直管县, members: [高平市]}\n\nsections:\n")
    assert fs("check").ok().out == ""
    assert fs.thing("show", "45")["completion"] == 10


def test_a_figure_for_the_whole_stays_with_who_alone_reported_then(fs: Fs) -> None:
    def own(name: str) -> tuple[object, object]:
        row = next(row for row in fs.objects("depts") if row["name"] == name)
        return row["own_completion"], row["own_date"]

    update(fs, "2", "--percent", "60", "--date", "2021-06-01")
    before = own("市市场监督管理局"), own("市商务局")
    others = "[市市场监督管理局, 市交通运输局, 市卫生健康委, 晋城海关]"
    paper = f"task: 2, lead: [市商务局], responsible: {others}"
    amended(fs, f"{{basis: 函1, effective: 2021-08-01, {paper}}}")
    assert own("市市场监督管理局")[0] == before[0][0]
    assert own("市商务局")[1] is None, "it has not reported anything"


def test_where_nobody_has_reported_who_is_asked_now_is_waited_for(fs: Fs) -> None:
    paper = "task: 14, lead: [市教育局], responsible: [市市场监督管理局]"
    amended(fs, f"{{basis: 函, effective: 2021-09-30, {paper}}}")
    update(fs, "14", "-i", "1", "-d", "市市场监督管理局", "--value", "50")
    rows = fs.thing("show", "14")["indicators"]
    assert [row["reported"] for row in rows] == ["", ""]


def test_what_all_had_reported_stands_until_all_who_take_over_have(fs: Fs) -> None:
    for body in ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县"):
        update(fs, "34", "-d", body, "--percent", "60", "--date", "2021-07-01")
    hand_on(fs, 34, "市公安局", "市商务局", day="2021-08-01")
    told = update(fs, "34", "-d", "市公安局", "--percent", "80").err
    assert "接手的单位都报了，才换成它们的数。接手后还没有报的：市商务局。" in told
    assert fs.thing("show", "34")["completion"] == 60
    update(fs, "34", "-d", "市商务局", "--percent", "90")
    assert fs.thing("show", "34")["completion"] == 85


def test_the_register_keeps_sign_offs_of_who_had_the_task(fs: Fs) -> None:
    for body in ("城区", "泽州县"):
        update(fs, "34", "-d", body, "--percent", "100", "--date", "2021-07-01")
        fs("signoff", "apply", "34", "-d", body, "--date", "2021-07-02").ok()
        fs("signoff", "accept", "34", "-d", body, "--date", "2021-07-03", "--by", "李四").ok()
    hand_on(fs, 34, "市公安局", "市商务局", day="2021-08-01")
    kept = {row["department"]: row["state"] for row in fs.objects("signoff", "-a")}
    assert kept == {"城区": "已销号", "泽州县": "已销号"}
    assert fs.objects("signoff") == []
