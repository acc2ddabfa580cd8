"""Scores and years that go on under other names, in other copies, on other days."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.conftest import ROOT, Fs
from tests.test_shared_figures import update

RUBRIC = """title: 细则
series:
  - {name: 县, group: 各县（市、区）人民政府}
base: 10
grades: [{name: 优秀, least: 9}, {name: 良好, least: 8}, {name: 合格, least: 6}]
downgrades: [{id: 降1, title: 事故, by: 1}]
vetoes: [{id: 否1, title: 瞒报}]
items:
  - {id: "1", title: 评议, points: 10, rule: {kind: marked}}
"""


@pytest.fixture
def rubric(fs: Fs) -> Fs:
    (fs.folder / "scoring.yaml").write_text(RUBRIC, "utf-8")
    return fs


def mark(fs: Fs, name: str, points: str) -> None:
    fs("score", "mark", "1", "--dept", name, "--points", points, "--by", "李四").ok()


def test_a_downgrade_gives_nobody_a_grade(rubric: Fs) -> None:
    mark(rubric, "陵川县", "5")
    mark(rubric, "城区", "8.5")
    for name in ("陵川县", "城区"):
        rubric("score", "flag", "降1", "-d", name, "--basis", "文9号").ok()
    grades = {row["department"]: row["grade"] for row in rubric.objects("score")}
    assert (grades["陵川县"], grades["城区"]) == ("", "合格")


def test_one_case_told_in_two_copies_lowers_once(rubric: Fs) -> None:
    mark(rubric, "泽州县", "9.5")
    before = rubric.ledger.read_bytes()
    for who in ("甲", "乙"):
        rubric("score", "flag", "降1", "-d", "泽州县", "--basis", "文9号", FS_BY=who).ok()
        (rubric.folder / f"{who}.txt").write_bytes(rubric.ledger.read_bytes()[len(before) :])
        rubric.ledger.write_bytes(before)
    told = [(rubric.folder / f"{who}.txt").read_bytes() for who in ("甲", "乙")]
    rubric.ledger.write_bytes(before + b"".join(told))
    (row,) = [r for r in rubric.objects("score") if r["department"] == "泽州县"]
    assert row["grade"] == "良好"


def test_what_was_published_is_compared_on_its_own_day(rubric: Fs) -> None:
    for name in ("城区", "阳城县"):
        mark(rubric, name, "9")
    later = {"FS_TODAY": "2022-01-10"}
    publish = ("score", "publish", "--as-of", "2021-12-31", "--provisional", "-o", "t.docx")
    rubric(*publish, **later).ok()
    assert "公布后有变" not in rubric("score", **later).ok().err
    mark(rubric, "城区", "7")
    assert "城区 9.00 第1名 优秀→7.00 第2名 合格" in rubric("score", **later).ok().err


def test_marks_that_no_item_takes_are_told(rubric: Fs) -> None:
    mark(rubric, "城区", "9")
    path = rubric.folder / "scoring.yaml"
    path.write_text(RUBRIC.replace('id: "1"', 'id: "1.1"'), "utf-8")
    run = rubric("score", "check")
    assert (run.code, "progress.jsonl:1: 提醒[score-mark-lost]" in run.out) == (0, True)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{kind: each, task: 16, of: late, per: 1}", "不能只数任务 16"),
        ("{kind: each, of: completion, per: 1}", "完成率不是次数"),
        ("{kind: rank, of: completion, places: [5, 4, 4.5]}", "名次在后的得分反而高"),
    ],
)
def test_a_rule_counts_what_it_can_count(rubric: Fs, rule: str, words: str) -> None:
    text = RUBRIC.replace("{kind: marked}", rule)
    (rubric.folder / "scoring.yaml").write_text(text, "utf-8")
    run = rubric("score", "check")
    assert (run.code, words in run.out) == (1, True)


def test_what_a_rule_does_not_look_at_is_told(rubric: Fs) -> None:
    text = RUBRIC.replace("{kind: marked}", "{kind: ratio, task: 16, of: completion}")
    (rubric.folder / "scoring.yaml").write_text(text, "utf-8")
    assert "ratio 不看 of，没有用上" in rubric("score", "check").ok().out


def test_the_remedy_is_the_command_that_lists_all(rubric: Fs) -> None:
    items = "".join(
        f"  - {{id: x{n}, title: y, points: a, rule: {{kind: z}}}}\n" for n in range(40)
    )
    (rubric.folder / "scoring.yaml").write_text(RUBRIC + items, "utf-8")
    assert "运行 fs score check 全部列出" in rubric("score").err


def test_two_forms_that_differ_are_told_and_an_old_one_changes_nothing(rubric: Fs) -> None:
    rubric("score", "form", "-d", "阳城县", "-o", "甲.xlsx").ok()
    for name, points in (("甲", 8), ("乙", 7)):
        book = load_workbook(rubric.folder / "甲.xlsx")
        sheet = book.active
        assert sheet is not None
        (row,) = [r for r in sheet.iter_rows() if r[0].value == "1"]
        column = next(c.column for r in sheet.iter_rows() for c in r if c.value == "自评分")
        sheet.cell(row[0].row or 0, column or 0, points)
        book.save(rubric.folder / f"表{name}.xlsx")
    run = rubric("score", "import", "表甲.xlsx", "表乙.xlsx")
    assert (run.code, "写的不一样，请只交一份" in run.err) == (2, True)
    for name in ("甲", "乙", "乙"):
        rubric("score", "import", f"表{name}.xlsx").ok()
    run = rubric("score", "import", "表甲.xlsx").ok()
    assert "已记录自评 0 条" in run.out
    assert "以前导入过的，后来改过" in run.err


def test_a_mean_of_two_reaches_nothing_that_one_of_them_does_not(fs: Fs) -> None:
    for name, value in (("市教育局", "100"), ("市市场监督管理局", "54")):
        update(fs, "14", "-i", "互联网+明厨亮灶", "-d", name, "--value", value)
    (row,) = fs.objects("indicators", "-i", "互联网+明厨亮灶", "-c", "met,outlook,value,target")
    assert (row["met"], row["outlook"]) != (False, "能达标")


def test_a_renamed_department_is_the_same_in_both_years(fs: Fs) -> None:
    (fs.folder / "旧").mkdir()
    plan = (ROOT / "plan.yaml").read_text("utf-8")
    (fs.folder / "旧" / "plan.yaml").write_text(plan, "utf-8")
    renamed = plan.replace("市卫生健康委", "市卫健局").replace(
        "- {name: 市卫健局, aliases: [", "- {name: 市卫健局, aliases: [市卫生健康委, ", 1
    )
    (fs.folder / "plan.yaml").write_text(
        renamed.replace("市卫健局员会", "市卫生健康委员会"), "utf-8"
    )
    assert fs("diff", "旧", "--fail-on", "change").code == 0


def test_tasks_that_were_joined_are_compared_by_their_sum(fs: Fs) -> None:
    folder = fs.folder / "2020"
    folder.mkdir()
    plan = (ROOT / "plan.yaml").read_text("utf-8").replace("2021", "2020")
    again = plan.replace("name: 粮食检验监测", "name: 风险监测")
    (folder / "plan.yaml").write_text(again, "utf-8")
    lines = [
        {"id": f"a{task}", "at": "2020-09-20T08:00:00+08:00", "date": "2020-09-20",
         "entries": [{"task": task, "indicator": "风险监测", "value": value}]}
        for task, value in ((18, 300), (19, 150))
    ]  # fmt: skip
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "progress.jsonl").write_text(text, "utf-8")
    fs.edit_plan("lights:", "previous: 2020\nlights:")
    fs.edit_plan("      - id: 18\n", "      - id: 18\n        continues: [19, 18]\n")
    update(fs, "18", "--value", "500")
    (row,) = fs.objects("indicators", "-i", "风险监测")
    assert row["last_year"] == 450
    assert Decimal(str(row["year_on_year"])) == Decimal("11.11")


def test_points_against_last_year_say_both_years(fs: Fs) -> None:
    folder = fs.folder / "2020"
    folder.mkdir()
    plan = (ROOT / "plan.yaml").read_text("utf-8").replace("2021", "2020")
    (folder / "plan.yaml").write_text(plan, "utf-8")
    update(fs, "18", "--value", "500", "--date", "2021-09-20")
    line = json.loads(fs.ledger.read_bytes())
    line |= {"at": "2020-09-20T08:00:00+08:00", "date": "2020-09-20"}
    line["entries"][0]["value"] = 520
    (folder / "progress.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    fs.edit_plan("lights:", "previous: 2020\nlights:")
    fs.edit_plan("      - id: 18\n", "      - id: 18\n        continues: [18]\n")
    rubric = RUBRIC.replace("group: 各县（市、区）人民政府", "members: [市卫生健康委]")
    rubric = rubric.replace("{kind: marked}", "{kind: last_year, task: 18}")
    (fs.folder / "scoring.yaml").write_text(rubric, "utf-8")
    (row,) = (r for r in fs.objects("score", "市卫生健康委") if r["item"] == "1")
    assert row["figures"] == "风险监测 500/650，达成 76.9%，去年同期 80.0%"
    assert Decimal(str(row["got"])) == Decimal("9.62"), "10 × (500 ÷ 650) ÷ (520 ÷ 650)"


def test_a_table_that_was_changed_after_publication_is_told(rubric: Fs) -> None:
    for name in ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县"):
        mark(rubric, name, "9")
    rubric("score", "publish", "-o", "通报.docx").ok()
    assert "对不上" not in rubric("score", "check").ok().out
    text = rubric.ledger.read_text("utf-8")
    rubric.ledger.write_text(text.replace("城区\\t9.00", "城区\\t9.90"), "utf-8")
    assert "公布的得分表和它的校验码对不上" in rubric("score", "check").out


def test_a_mark_that_does_not_count_is_told(rubric: Fs) -> None:
    mark(rubric, "城区", "9")
    earlier = ("score", "mark", "1", "-d", "城区", "--points", "5", "--date", "2021-09-01")
    assert "现在算数的还是2021-09-30 的复核 9 分" in rubric(*earlier).ok().err
    assert rubric(*earlier[:-1], "2020-12-31").code == 2


def test_a_mark_of_nothing_is_a_nought(rubric: Fs) -> None:
    mark(rubric, "城区", "0")
    assert "复核 0 分" in rubric("log").ok().out


def with_bonus(fs: Fs, rule: str) -> Path:
    """The rubric with an item more, on top of the base."""
    path = fs.folder / "scoring.yaml"
    item = f'  - {{id: "2", title: 加分, points: 3, effect: bonus, rule: {rule}}}\n'
    path.write_text(RUBRIC + item, "utf-8")
    return path


def test_a_series_and_a_bonus_are_what_they_say(rubric: Fs) -> None:
    path = with_bonus(rubric, "{kind: rank, of: late, places: [3, 2, 1]}")
    rubric("score", "check").ok()
    path.write_text(RUBRIC.replace("group: 各县（", "members: [各县（").replace("政府}", "政府]}"))
    told = rubric("score", "check")
    assert (told.code, "请写 group: 各县（市、区）人民政府" in told.out) == (1, True)


def test_nothing_in_the_base_is_nothing_to_be_ranked(rubric: Fs) -> None:
    with_bonus(rubric, "{kind: each, of: marked, per: 1}")
    rubric("score", "mark", "1", "-d", "城区", "--not-concerned").ok()
    row = next(r for r in rubric.objects("score") if r["department"] == "城区")
    assert (row["score"], row["rank"], row["grade"]) == (None, None, "")
    rubric("score", "deductions", "-o", "扣.docx").ok()


def test_the_award_list_says_that_grades_are_provisional(rubric: Fs) -> None:
    mark(rubric, "城区", "9.5")
    rubric("score", "awards", "-o", "表彰.docx").ok()
    words = "".join(p.text for p in Document(str(rubric.folder / "表彰.docx")).paragraphs)
    assert "未评1项（1），等次是暂定的" in words


def test_what_a_share_gained_is_said_in_points(fs: Fs) -> None:
    folder = fs.folder / "2020"
    folder.mkdir()
    plan = (ROOT / "plan.yaml").read_text("utf-8").replace("2021", "2020")
    (folder / "plan.yaml").write_text(plan, "utf-8")
    line = {
        "id": "a1", "at": "2020-09-20T08:00:00+08:00", "date": "2020-09-20",
        "entries": [{"task": 14, "indicator": "明厨亮灶", "value": 50}],
    }  # fmt: skip
    text = json.dumps(line, ensure_ascii=False) + "\n"
    (folder / "progress.jsonl").write_text(text, "utf-8")
    fs.edit_plan("lights:", "previous: 2020\nlights:")
    fs.edit_plan("      - id: 14\n", "      - id: 14\n        continues: [14]\n")
    update(fs, "14", "-i", "明厨亮灶", "--value", "60")
    rows = {(row["task"], row["name"]): row for row in fs.objects("indicators")}
    assert rows[14, "明厨亮灶"]["year_on_year"] == 10
    assert "+10.0个百分点" in fs("indicators", "-f", "md").ok().out
