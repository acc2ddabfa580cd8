"""Figures that go to the city's leaders, as commands: each of these was wrong once, in silence."""

import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import LISTINGS, THINGS, names
from tests.conftest import Fs

COUNTIES = ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县")
BASES = """
bases:
  - {name: 常住人口, unit: 千人, total: 1000,
     values: {城区: 300, 泽州县: 200, 高平市: 180, 阳城县: 140, 陵川县: 101, 沁水县: 79}}
"""


def update(fs: Fs, *args: str) -> str:
    return fs("progress", "update", *args).ok().out


def with_bases(fs: Fs) -> None:
    fs.edit_plan("\ndepartments:", f"{BASES}departments:")


def amended(fs: Fs, *amendments: str) -> None:
    lines = "".join(f"  - {{basis: 晋食安委〔2021〕5号, {text}}}\n" for text in amendments)
    text = fs.plan.read_text("utf-8").rstrip("\n")
    fs.plan.write_text(f"{text}\namendments:\n{lines}", "utf-8")


def test_one_of_eight_is_not_all_of_them(fs: Fs) -> None:
    out = update(fs, "5", "--dept", "城区", "--value", "100")
    assert "任务完成率 12.5%" in out
    assert "已报 1/8" in out
    task = fs.thing("show", "5")
    assert (task["status"], task["completion"]) == ("推进中", 12.5)
    assert (task["indicators"][0]["met"], task["indicators"][0]["reported"]) == (False, "1/8")
    own = fs.thing("depts", "泽州县")["own_reported"]
    assert own.startswith("0/"), "no credit for others' work"


def test_six_counties_at_5_2_are_at_5_2(fs: Fs) -> None:
    for county in COUNTIES:
        update(fs, "16", "--dept", county, "--value", "5.2")
    (found, *_) = fs.thing("show", "16")["indicators"]
    assert (found["value"], found["attainment"], found["met"]) == (5.2, 86.67, False)


def test_the_only_department_and_the_whole_task_are_one_series(fs: Fs) -> None:
    update(fs, "18", "--value", "100", "--date", "2021-03-31")
    out = update(fs, "18", "--dept", "市卫生健康委", "--value", "320", "--date", "2021-06-30")
    assert "此前：风险监测 100（2021-03-31）" in out
    assert fs.thing("show", "18")["indicators"][0]["value"] == 320
    run = fs("progress", "update", "18", "--value", "300", "--date", "2021-07-31")
    assert run.code == 2
    assert "320" in run.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["17", "-i", "2", "--value", "0.97"], "请写 97"),
        (["1", "--percent", "0.6"], "请写 60"),
        (["17", "-i", "2", "--value", "99/98"], "超过了 100%"),
        (["17", "-i", "2", "--value", "5/0"], "分母是 0 时分子也应是 0"),
        (["16", "--value", "5", "--of", "0"], "分母是 0"),
        (["18", "--value", "5/10"], "不是比率"),
        (["18", "--value", "5", "--of", "10"], "不是比率"),
        (["16", "--of", "10"], "--of 要与 --value 合用"),
        (["16", "--value", "5/10", "--of", "10"], "已经写了分母"),
        (["16", "--value", "600"], "--force"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_can_hardly_be_meant_is_refused(fs: Fs, args: list[str], words: str) -> None:
    run = fs("progress", "update", *args)
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert not fs.ledger.exists()


@pytest.mark.parametrize(
    ("args", "value"),
    [
        (["17", "-i", "2", "--value", "0.97%"], 0.97),
        (["17", "-i", "2", "--value", "98/99"], 98.99),
        (["17", "-i", "2", "--value", "98／99"], 98.99),
        (["16", "--dept", "阳城县", "--value", "1120", "--of", "346.8"], 3.23),
        (["16", "--value", "600", "--force"], 600),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_surely_meant_is_recorded(fs: Fs, args: list[str], value: float) -> None:
    update(fs, *args)
    assert fs.reported()[0]["entries"][0]["value"] == value


def test_a_renamed_department_keeps_its_past(fs: Fs) -> None:
    update(fs, "34", "--dept", "阳城县", "--percent", "60")
    text = fs.plan.read_text("utf-8").replace("阳城县", "新阳城区")
    text = re.sub(r"(name: 新阳城区), aliases: \[", r"\1, aliases: [阳城县, ", text, count=1)
    text = text.replace("城区、阳城、陵川", "城区、阳城、陵川")
    fs.plan.write_text(text, "utf-8")
    assert fs.thing("show", "34")["completion"] == 10
    assert "台账有误" not in fs("tasks").ok().err
    update(fs, "34", "--dept", "新阳城区", "--percent", "90")
    assert fs.thing("show", "34")["completion"] == 15, "one series under both names"


def test_who_left_a_group_keeps_what_it_reported(fs: Fs) -> None:
    update(fs, "34", "--dept", "沁水县", "--percent", "60")
    fs.edit_plan("陵川县, 沁水县]", "陵川县]")
    assert fs("tasks").ok().err == ""
    assert fs.thing("show", "34")["completion"] == 10


def test_a_target_is_the_one_that_the_notice_gives(fs: Fs) -> None:
    fs.edit_plan("target: 650", "target: 700")
    run = fs("check")
    assert run.code == 1
    assert "target-not-in-quote" in run.out


def test_as_of_and_known_on_are_two_days(fs: Fs) -> None:
    lines = [
        ("a", "2021-09-30T09:00:00+08:00", "2021-09-30", 40),
        ("b", "2021-10-08T03:00:00+08:00", "2021-09-30", 50),
    ]
    fs.ledger.write_text(
        "".join(
            f'{{"id":"{name}","at":"{at}","by":"甲","date":"{day}",'
            f'"entries":[{{"task":1,"percent":{percent}}}]}}\n'
            for name, at, day, percent in lines
        )
        + '{"id":"u","at":"2021-10-09T09:00:00+08:00","by":"甲","undo":"a"}\n',
        "utf-8",
    )
    for known, expected in (("2021-09-29", 0), ("2021-10-07", 40), ("2021-10-08", 50)):
        shown = fs.thing("show", "1", "--known-on", known)
        assert shown["completion"] == expected
        row = fs("tasks", "--known-on", known, "-c", "id,completion").rows[1]
        assert row == ["1", str(expected)]
        there = fs("tasks", "--known-on", known, "-c", "id,completion", TZ="UTC").rows[1]
        assert there == row, "the day is that of the clock that the line was written by"
    log = fs.objects("progress", "log", "--known-on", "2021-10-08")
    undone = [entry["undone"] for entry in log]
    assert undone == [False, False], "what was undone later was not undone by then"


def test_a_report_handed_in_can_be_made_again(fs: Fs) -> None:
    update(fs, "16", "--value", "5.2")
    args = ("report", "--as-of", "2021-09-30", "--known-on", "2026-01-01", "-o")
    fs(*args, "前.md").ok()
    before = (fs.folder / "前.md").read_text("utf-8")
    update(fs, "17", "--value", "1.2")
    fs(*args, "后.md").ok()
    assert (fs.folder / "后.md").read_text("utf-8") == before


def test_the_unreported_can_fail_a_script(fs: Fs) -> None:
    assert fs("progress", "--fail-on", "红").code == 0
    for word in ("灰", "未报", "unreported"):
        assert fs("progress", "--fail-on", word).code == 1
    assert "未报 59 项" in fs("-f", "table").ok().out


def test_departments_are_ranked_by_what_they_reported_themselves(fs: Fs) -> None:
    update(fs, "34", "--dept", "阳城县", "--percent", "90")
    update(fs, "34", "--dept", "城区", "--percent", "60")
    rows = fs(
        "depts", "--group", "各县（市、区）", "--sort", "名次", "-c", "name,own_reported,rank"
    ).rows[1:]
    assert [row[0] for row in rows[:2]] == ["阳城县", "城区"]
    assert [row[2] for row in rows] == ["1", "2", "3", "3", "3", "3"], "equal figures share a rank"
    own = {row["task"]: row for row in fs.thing("depts", "阳城县")["own_figures"]}
    assert (own[34]["value"], own[34]["attainment"]) == (90, 90)
    assert own[55]["judged"] is False, "a count without a share of the target is not judged"


def test_own_standing_goes_by_the_own_target(fs: Fs) -> None:
    fs.edit_plan("            reported_by: [城区, 阳城县, 陵川县]",
                 "            reported_by: [城区, 阳城县, 陵川县]\n"
                 "            split: {城区: 1, 阳城县: 1, 陵川县: 1}")  # fmt: skip
    update(fs, "55", "-i", "2", "--dept", "阳城县", "--value", "1")
    own = {row["task"]: row for row in fs.thing("depts", "阳城县")["own_figures"]}
    assert (own[55]["target"], own[55]["attainment"], own[55]["judged"]) == (1, 100, True)


def test_a_target_is_split_to_the_last_one(fs: Fs) -> None:
    with_bases(fs)
    rows = fs("split", "16", "-c", "department,target").ok().rows[1:]
    assert rows[:2] == [["城区", "1800"], ["泽州县", "1200"]]
    run = fs("split", "16", "--keep", "市监局=710", "-f", "json").ok()
    targets = {row["department"]: row["target"] for row in run.data}  # type: ignore[attr-defined]
    assert sum(targets.values()) == 6000
    assert targets["市市场监督管理局"] == 710
    assert "split: {市市场监督管理局: 710, 城区: 1587," in run.err
    line = re.search(r"split: \{.*\}", run.err)
    assert line
    fs.edit_plan("            unit: 批次/千人\n            # 检验由",
                 f"            unit: 批次/千人\n            per: 常住人口\n            {line[0]}\n"
                 "            # 检验由")  # fmt: skip
    fs("check").ok()
    for name in ("分解.xlsx", "分解.docx"):
        fs("split", "16", "-o", name).ok()
        assert (fs.folder / name).read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("total: 1000", "total: 1001", "base-total"),
        ("values: {城区: 300", "values: {城关: 300", "unknown-department"),
        ("            unit: 批次/千人\n            # 检验由",
         "            unit: 批次/千人\n            per: 户\n            # 检验由", "unknown-base"),
        ("            unit: 批次/千人\n            # 检验由",
         "            unit: 批次/千人\n            per: 常住人口\n            split: {城区: 1}\n"
         "            # 检验由", "split-total"),
        ("            unit: 批次/千人\n            # 检验由",
         "            unit: 批次/千人\n            split: {市科协: 1}\n            # 检验由",
         "split-outside"),
        ("            each: true", "            each: true\n            aggregate: sum",
         "each-with-sum"),
    ],
    ids=lambda value: value if str(value).count("-") else "",
)  # fmt: skip
def test_shares_and_bases_that_do_not_hold(fs: Fs, old: str, new: str, code: str) -> None:
    with_bases(fs)
    fs.edit_plan(old, new)
    run = fs("check")
    assert run.code == 1
    assert re.search(rf"plan\.yaml:\d+:\d+: 错误\[{code}\]", run.out), run.out


def test_what_a_later_document_changed_holds_from_its_day(fs: Fs) -> None:
    amended(
        fs,
        "effective: 2021-09-01, task: 16, indicator: 食品检验量, target: 5",
        "effective: 2021-09-01, task: 17, responsible: [市农业农村局, 市市场监督管理局]",
        "effective: 2021-09-01, task: 20, withdrawn: true",
    )
    fs("check").ok()
    shown = fs("show", "16", "-f", "table").ok().out
    assert "原目标 6，晋食安委〔2021〕5号 自 2021-09-01 起 5" in shown
    assert fs.thing("show", "16")["indicators"][0]["target"] == 5
    assert fs.thing("show", "16", "--as-of", "2021-08-31")["indicators"][0]["target"] == 6
    ids = [row["id"] for row in fs.objects("tasks", "--dept", "市监局")]
    assert 17 in ids
    assert "不再列入" in fs("show", "20", "-f", "table").ok().out
    assert 20 not in [row["id"] for row in fs.objects("tasks")]
    assert fs("show", "20", "--as-of", "2021-08-31").code == 0


def test_a_task_that_was_added_is_one_like_others(fs: Fs) -> None:
    words = "title: 专项整治, text: 开展专项整治。, responsibility: 市公安局"
    added = f"{{id: 60, {words}, responsible: [市公安局]}}"
    amended(fs, f"effective: 2021-09-01, section: 3, add: {added}")
    fs("check").ok()
    update(fs, "60", "--percent", "40")
    assert fs.thing("show", "60")["completion"] == 40
    assert len(fs.objects("tasks")) == 60
    assert len(fs.objects("tasks", "--as-of", "2021-08-31")) == 59


@pytest.mark.parametrize(
    ("amendment", "code"),
    [
        ("effective: 2021-09-01, task: 99, due: 2021-10-01", "unknown-task"),
        ("effective: 2022-09-01, task: 16, due: 2021-10-01", "amendment-outside-period"),
        ("effective: 2021-09-01, task: 16", "amendment-of-nothing"),
        ("effective: 2021-09-01, due: 2021-10-01", "amendment-of-nothing"),
        ("effective: 2021-09-01, task: 16, indicator: 无, target: 5", "amendment-indicator"),
        ("effective: 2021-09-01, task: 16, lead: [无此局]", "unknown-department"),
    ],
    ids=lambda value: value if "," not in value else "",
)
def test_amendments_that_do_not_hold(fs: Fs, amendment: str, code: str) -> None:
    amended(fs, amendment)
    run = fs("check")
    assert run.code == 1
    assert re.search(rf"plan\.yaml:\d+:\d+: 错误\[{code}\]", run.out), run.out


def test_one_thing_is_amended_once_a_day(fs: Fs) -> None:
    amended(fs, *["effective: 2021-09-01, task: 1, due: 2021-10-01"] * 2)
    assert "amendment-twice" in fs("check").out


def test_whole_and_parts_that_differ_are_told(fs: Fs) -> None:
    for county in ("城区", "阳城县", "陵川县"):
        update(fs, "55", "-i", "2", "--dept", county, "--value", "1")
    run = fs("progress", "update", "55", "-i", "2", "--value", "2").ok()
    assert "与各单位之和 3 不一致" in run.err
    check = fs("check").ok()
    assert "提醒[ledger-apart]" in check.out


_MANY_DIGITS: list[bytes] = []


@pytest.fixture
def many_digits(fs: Fs) -> Fs:
    """A ledger whose means and attainments have no end; written once, and then copied."""
    if _MANY_DIGITS:
        fs.ledger.write_bytes(_MANY_DIGITS[0])
        return fs
    for county, value in zip(COUNTIES, ("1", "2", "3.5", "1.1", "2.2", "3.1"), strict=True):
        update(fs, "16", "--dept", county, "--value", value)
        update(fs, "34", "--dept", county, "--percent", value)
    update(fs, "17", "-i", "2", "--value", "98.5")
    update(fs, "57", "--dept", "城区", "--value", "1.7")
    _MANY_DIGITS.append(fs.ledger.read_bytes())
    return fs


LONG = re.compile(r"\d+\.\d{3,}")


@pytest.mark.parametrize("args", [*LISTINGS, *THINGS], ids=names)
@pytest.mark.parametrize("form", ["tsv", "csv", "json", "yaml", "md", "table"])
def test_no_computed_figure_has_more_than_two_decimals(
    many_digits: Fs, args: list[str], form: str
) -> None:
    out = many_digits(*args, "-f", form, COLUMNS="200").ok().out
    assert not LONG.search(re.sub(r"T\d\d:\d\d:\d\d\.\d+", "", out))


def test_documents_round_as_tables_do(many_digits: Fs) -> None:
    for name in ("报告.md", "进展.html"):
        many_digits("report", "-o", name).ok()
        text = (many_digits.folder / name).read_text("utf-8")
        drawn = r"(?s)<svg.*?</svg>|<style.*?</style>|\w+=\"[^\"]*\""
        assert not LONG.search(re.sub(drawn, "", text))
        assert "101.5%" in text, "98.5 of 97, rounded once"
    assert "101.5%" in many_digits("indicators", "-f", "csv").out


def test_papers_round_as_tables_do(many_digits: Fs) -> None:
    folder = many_digits.folder
    late = {"FS_TODAY": "2021-12-20"}
    many_digits("report", "-o", "报告.docx").ok()
    many_digits("report", "--full", "-o", "长报告.docx").ok()
    many_digits("report", "--month", "2021-09", "-o", "通报.docx").ok()
    many_digits("letter", "write", "--light", "红", "--kind", "督办", "-o", "督办", **late).ok()
    many_digits("signoff", "apply", "17").ok()
    many_digits("signoff", "form", "17", "-o", "销号.docx").ok()
    papers = sorted(folder.rglob("*.docx"))
    assert len(papers) > 5
    for path in papers:
        with zipfile.ZipFile(path) as packed:
            words = re.findall("<w:t[^>]*>([^<]*)", packed.read("word/document.xml").decode())
        assert not any(map(LONG.search, words)), path
    messages = many_digits("letter", "write", "--light", "红", "--message", **late).ok()
    assert not LONG.search(messages.out + many_digits("forecast", "-f", "json").ok().out)


def test_forms_and_shares_have_no_digits_without_end(many_digits: Fs) -> None:
    many_digits("form", "-o", "表").ok()
    many_digits("indicators", "-o", "指标.xlsx").ok()
    many_digits("depts", "-o", "单位.xlsx").ok()
    for path in sorted(many_digits.folder.rglob("*.xlsx")):
        for sheet in load_workbook(path):
            shown = [str(value) for row in sheet.values for value in row if isinstance(value, str)]
            assert not any(map(LONG.search, shown)), (path, sheet.title)


def test_a_workbook_has_no_digits_without_end(many_digits: Fs, tmp_path: Path) -> None:
    many_digits("export", "-o", "台账.xlsx").ok()
    for row in load_workbook(many_digits.folder / "台账.xlsx").active.iter_rows(values_only=True):  # type: ignore[union-attr]
        for value in row:
            if isinstance(value, float):
                assert -Decimal(str(value)).as_tuple().exponent <= 2  # type: ignore[operator]


def test_a_narrow_window_still_tells_counties_apart(fs: Fs) -> None:
    fs("progress", "update", "34", "-d", "阳城", "--percent", "60").ok()
    ranking = ("depts", "--group", "各县", "--sort", "名次", "-f", "table")
    head, *rows = (
        line
        for line in fs(*ranking, COLUMNS="80").ok().out.splitlines()
        if "县" in line or "单位  " in line
    )
    assert "自报完成率" in head
    assert "名次" in head
    assert rows[0].split()[0] == "阳城县"
    assert rows[0].split()[-1] == "1"
