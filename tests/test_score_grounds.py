"""What scores rest on, where a department reports alone, was given more time, or had nothing."""

import json

import pytest

from tests.conftest import Fs

HEAD = """title: 细则
base: {base}
series: [{{name: 局, members: [市卫生健康委, 市农业农村局, 市公安局]}}]
grades: [{{name: A, least: 0}}]
items:
"""


def with_rubric(fs: Fs, *items: str) -> None:
    base = 10 * len(items)
    text = HEAD.format(base=base) + "".join(
        f'  - {{id: "{n}", title: 甲{n}, points: 10, rule: {rule}}}\n'
        for n, rule in enumerate(items, 1)
    )
    (fs.folder / "scoring.yaml").write_text(text, "utf-8")


def got(fs: Fs, department: str = "市卫生健康委") -> dict[str, dict[str, object]]:
    rows = json.loads(fs("score", department, "-f", "json").ok().out)
    return {str(row["item"]): row for row in rows if row["item"]}


def test_figures_for_the_whole_are_those_of_the_one_that_reports(fs: Fs) -> None:
    with_rubric(fs, "{kind: each, of: silent_months, per: 1}", "{kind: each, of: late, per: 1}")
    for month in range(1, 10):
        day = f"2021-{month:02}-15"
        fs("progress", "update", "18", "--value", str(month), "--date", day).ok()
    rows = got(fs)
    assert rows["1"]["figures"] == "整月未报 0 次"
    assert "任务18" not in str(rows["2"]["figures"])


def test_more_time_that_was_granted_counts(fs: Fs) -> None:
    with_rubric(fs, "{kind: each, of: late, per: 1}", "{kind: each, of: late_signoffs, per: 1}")
    fs("extension", "apply", "18", "--to", "2022-02-28", "--reason", "设备").ok()
    fs("extension", "grant", "18", "--by", "李四").ok()
    fs.env["FS_TODAY"] = "2022-02-10"
    fs("progress", "update", "18", "--value", "650", "--date", "2022-02-01").ok()
    fs("signoff", "apply", "18", "--evidence", "文").ok()
    rows = got(fs)
    assert "任务18" not in str(rows["1"]["figures"])
    assert rows["2"]["figures"] == "逾期申请销号 0 次"


def test_nothing_to_count_and_parts_without_a_target_are_not_concerned(fs: Fs) -> None:
    with_rubric(fs, "{kind: ratio, task: 17, indicator: 例行监测合格率}")
    fs("progress", "update", "17", "-i", "例行监测合格率", "--value", "0/0").ok()
    assert got(fs, "市农业农村局")["1"]["figures"] == "不涉及"


def test_the_fewest_faults_have_the_first_place(fs: Fs) -> None:
    with_rubric(fs, "{kind: rank, of: returns, places: [10, 5]}")
    fs("progress", "update", "18", "--value", "650").ok()
    fs("signoff", "apply", "18", "--evidence", "文").ok()
    fs("signoff", "return", "18", "--reason", "补齐", "--by", "李四").ok()
    first, last = got(fs, "市公安局")["1"], got(fs)["1"]
    assert (first["got"], last["got"]) == (10, 5)
    (line,) = json.loads(json.dumps(last["lines"]))
    assert line in fs("log", "18", "-f", "tsv").ok().out  # the return itself


def test_bands_beyond_the_target_can_be_reached(fs: Fs) -> None:
    with_rubric(fs, "{kind: bands, task: 18, bands: [[60, 6], [100, 8], [110, 10]]}")
    fs("progress", "update", "18", "--value", "720").ok()
    assert got(fs)["1"]["got"] == 10


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{kind: growing, of: late, steps: [-1, -2]}", "不能小于 0"),
        ("{kind: last_year, task: 18}", "没有写去年的安排"),
        ("{kind: limit, task: 18}", "不是上限"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_told(fs: Fs, rule: str, words: str) -> None:
    with_rubric(fs, rule)
    assert words in fs("score", "check").out


def test_a_member_written_twice_is_told(fs: Fs) -> None:
    with_rubric(fs, "{kind: marked}")
    path = fs.folder / "scoring.yaml"
    text = path.read_text("utf-8").replace("市公安局]", "市公安局, 市公安局]")
    path.write_text(text, "utf-8")
    assert "写了两次" in fs("score", "check").out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("mark", "1", "-d", "市公安局", "--count", "9"), "不按次数算"),
        (("mark", "2", "-d", "市公安局", "--count", "2.9"), "应是整数"),
        (("mark", "1", "-d", "市公安局", "--points", "9", "--stage", "自评"), "不用自评"),
    ],
)
def test_a_mark_that_the_item_cannot_have(fs: Fs, args: tuple[str, ...], words: str) -> None:
    with_rubric(fs, "{kind: ratio, task: 18}", "{kind: each, of: marked, per: 1}")
    run = fs("score", *args)
    assert (run.code, words in run.err) == (2, True), run.err


def test_one_case_lowers_a_grade_once(fs: Fs) -> None:
    with_rubric(fs, "{kind: marked}")
    path = fs.folder / "scoring.yaml"
    text = path.read_text("utf-8") + "downgrades: [{id: 降1, title: 迟报, by: 1}]\n"
    path.write_text(text, "utf-8")
    flag = ("score", "flag", "降1", "-d", "市公安局", "--basis", "某文")
    fs(*flag).ok()
    run = fs(*flag)
    assert (run.code, "已经记过" in run.err) == (2, True)
    assert (
        fs("score", "flag", "降1", "-d", "市公安局", "--basis", "x", "--date", "2031-01-01").code
        == 2
    )


def test_a_circular_has_a_heading_for_every_series(fs: Fs) -> None:
    names = [d["name"] for d in fs.objects("depts") if not d["members"]][:12]
    series = ", ".join(f"{{name: 系列{n}, members: [{name}]}}" for n, name in enumerate(names))
    with_rubric(fs, "{kind: ratio, of: completion}")
    path = fs.folder / "scoring.yaml"
    lines = path.read_text("utf-8").splitlines()
    lines[2] = f"series: [{series}]"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    fs("score", "publish", "-o", "通报.docx").ok()
    assert (fs.folder / "通报.docx").read_bytes().startswith(b"PK")


def test_a_count_that_nobody_has_shared_out_is_no_failing(fs: Fs) -> None:
    with_rubric(fs, "{kind: ratio, task: 18}", "{kind: ratio, of: completion}")
    both = "reported_by: [市公安局, 市卫生健康委]"
    fs.edit_plan("      - id: 18\n", f"      - id: 18\n        {both}\n")
    fs("progress", "update", "18", "-d", "市公安局", "--value", "30").ok()
    rows = got(fs, "市公安局")
    assert rows["1"]["figures"] == "不涉及（风险监测 30，没有自己的目标可比）"
    assert str(rows["2"]["figures"]).startswith("自报完成率 0.0%，报了 1/"), "others are unreported"


def test_who_has_reported_nothing_has_no_points_for_it(fs: Fs) -> None:
    with_rubric(
        fs,
        "{kind: rank, of: completion, places: [10, 8, 6]}",
        "{kind: bands, of: completion, bands: [[0, 5], [60, 10]]}",
    )
    fs("progress", "update", "18", "--value", "650").ok()
    rows = got(fs, "市公安局")
    assert [(row["got"], str(row["figures"])[:4]) for row in rows.values()] == [
        (0, "未报（报"),
        (0, "未报（报"),
    ]


def test_what_is_missing_of_a_mean_is_named(fs: Fs) -> None:
    with_rubric(fs, "{kind: ratio, task: 38, cap: 6}")
    text = (fs.folder / "scoring.yaml").read_text("utf-8").replace("市公安局", "市市场监督管理局")
    (fs.folder / "scoring.yaml").write_text(text, "utf-8")
    fs("progress", "update", "38", "-i", "自查报告率", "--value", "100").ok()
    row = got(fs, "市市场监督管理局")["1"]
    assert row["figures"] == "自查报告率 100/100，整改率 未报"
    assert (row["rule"], row["got"]) == ("分值×达成率，最多6分", 5)


def test_never_applying_is_no_better_than_applying_late(fs: Fs) -> None:
    fs.edit_plan("lights:", "closing: {required: true}\nlights:")
    with_rubric(fs, "{kind: each, of: late_signoffs, per: 1}")
    fs.env["FS_TODAY"] = "2022-01-10"
    fs("progress", "update", "18", "--value", "650", "--date", "2021-12-20").ok()
    assert "任务18" in str(got(fs)["1"]["figures"])
    fs("signoff", "apply", "18", "--date", "2022-01-04").ok()
    fs("signoff", "withdraw", "18", "--date", "2022-01-05").ok()
    assert "任务18" in str(got(fs)["1"]["figures"])


def test_whom_a_rank_does_not_concern_has_no_points_of_it(fs: Fs) -> None:
    with_rubric(fs, "{kind: rank, of: completion, places: [10, 8, 6]}")
    fs("progress", "update", "18", "--value", "650").ok()
    fs("score", "mark", "1", "-d", "市卫生健康委", "--not-concerned").ok()
    assert got(fs)["1"]["marks"] == ["复核不涉及"]


def test_a_weight_and_a_cap_that_cannot_be_are_told(fs: Fs) -> None:
    with_rubric(fs, "{kind: marked, cap: 3}")
    path = fs.folder / "scoring.yaml"
    path.write_text(path.read_text("utf-8") + "convert: {weight: 300}\n", "utf-8")
    out = fs("score", "check").out
    assert ("marked 不看 cap" in out, "300% 超过了 100%" in out) == (True, True)
