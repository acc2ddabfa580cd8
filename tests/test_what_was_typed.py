"""What people type instead of what is meant: taken where it is plain, else a hint that works."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from foodsafety_cli.store.plan.yamlfaults import syntax_fault
from tests.conftest import Fs

HINTS = [
    (["tasks", "市监局"], "fs tasks --dept 市监局"),
    (["indicators", "市监局"], "fs indicators --dept 市监局"),
    (["市监局"], "fs tasks --dept 市监局"),
    (["progress", "16", "5.2"], "fs progress update 16 --value 5.2"),
    (["progress", "16"], "fs progress update 16 --value 数值"),
    (["progress", "16号", "5.2"], "fs progress update 16 --value 5.2"),
    (["progress", "16", "--value", "5.2"], "fs progress update 16 --value 5.2；"),
    (["progress", "59", "完成"], "fs progress update 59 --done；"),
    (["progress", "59", "100"], "fs progress update 59 --done；"),
    (["tasks", "－d", "市监局"], "前面要写半角的短横：-d"),
    (["tasks", "抽检"], "找文字请写：fs tasks --search 抽检"),
    (["抽检监测"], "找文字请写：fs tasks --search 抽检监测"),
    (["第16项"], "fs show 16"),
    (["任务16"], "fs show 16"),
    (["tasks", "16号"], "fs show 16"),
    (["tasks", "市监局", "红"], "请写：fs tasks --dept 市监局 --light 红"),
    (["tasks", "dept=市监局"], "请写：fs tasks --dept 市监局"),
    (["tasks", "单位：市监局"], "请写：fs tasks --dept 市监局"),
    (["tasks", "--亮灯", "红"], "请写：fs tasks --light 红"),
    (["tasks", "--状态", "未报"], "请写：fs tasks --status 未报"),
    (["tasks", "--单位", "市监局"], "请写：fs tasks --dept 市监局"),
    (["撤销"], "fs progress undo"),
    (["Version"], "fs --version"),
    (["exit"], "没有要退出的"),
    (["view", "16"], "fs show"),
    (["progress", "1", "60"], "fs progress update 1 --percent 60；"),
    (["progress", "update", "55", "-i", "初评", "--percent", "100"], "请用 --done 填报"),
    (["version"], "fs --version"),
    (["-v"], "fs --version"),
    (["help"], "fs --help"),
    (["help", "tasks"], "fs tasks --help"),
    (["progress", "help", "update"], "fs progress update --help"),
    (["check", "plan.yaml"], "fs check --plan plan.yaml"),
    (["tasks", "--status", "未完成"], "请写 推进中、未报、逾期"),
    (["show", "16", "17"], "一次只看一项"),
    (["progress", "update", "59", "—done"], "前面要写两个半角的短横：--done"),
    (["progress", "update", "59", "–done"], "前面要写两个半角的短横：--done"),
    (["progress", "update", "1", "－－percent", "60"], "两个半角的短横：--percent"),
    (["progress", "update", "1", "-percent", "60"], "两个半角的短横：--percent"),
    (["tasks", "—dept", "市公安局"], "两个半角的短横：--dept"),
    (["progress", "update", "59", "--percent", "100"], "完成后请用 --done 填报"),
    (["tasks", "-d", "市公\u200b安局吗"], "看不见的字符 U+200B"),
    (["tasks", "--due-before", "2021-06"], "不是日期"),
    (["红灯"], "fs tasks --light 红灯"),
    (["逾期"], "fs tasks --status 逾期"),
    (["第三部分"], "fs tasks --section 第三部分"),
    (["帮助"], "fs --help"),
    (["帮助", "tasks"], "fs tasks --help"),
    (["due", "2021-10-10"], "fs due --as-of 2021-10-10"),
    (["export", "a.xlsx"], "fs export -o a.xlsx"),
    (["show", "16、17"], "一次只能写一项任务，这里写了 2 项"),
    (["log", "市监局"], "“市监局”是单位，不是任务序号。单位请写在 --dept 后面"),
    (["depts", "城区、市公安局"], "fs tasks --dept 城区、市公安局"),
    (["log", "16", "17"], "一次只看一项，请分几次写：fs log 16"),
    (["tasks", "--overdue"], "请写：fs tasks --status 逾期"),
    (["depts", "--json"], "请写：fs depts --format json"),
]


@pytest.mark.parametrize(("args", "hint"), HINTS, ids=lambda value: str(value)[:40])
def test_a_hint_that_works(fs: Fs, args: list[str], hint: str) -> None:
    run = fs(*args)
    assert (run.code, run.out) == (2, "")
    assert hint in run.err
    for line in _LINES.findall(run.err.partition("\n")[0]):
        done = fs(*shlex.split(line)[1:])  # as it is printed
        assert done.code == 0 or "没有可以撤销的" in done.err, (line, done.err)


# a command line in a hint: up to the end of the sentence, without places to be filled in
_LINES = re.compile("请写[：在].*?(fs [^；。：（）文数值名姓务]+?)(?=[；。（]|$)")


@pytest.mark.parametrize("word", ["dept", "exprot", "taks"])
def test_one_command_that_was_meant_is_the_one_that_is_named(fs: Fs, word: str) -> None:
    meant = {"dept": "depts", "exprot": "export", "taks": "tasks"}[word]
    assert f"您是不是要找：{meant}？" in fs(word).err


def test_a_section_by_its_number_in_digits(fs: Fs) -> None:
    assert fs("tasks", "--section", "第3部分").ok().out == fs("tasks", "--section", "3").ok().out


@pytest.mark.parametrize(
    ("args", "same"),
    [
        (["tasks", "--light", "红灯"], ["tasks", "--light", "红"]),
        (["tasks", "--light", "灰、红"], ["tasks", "--light", "灰", "--light", "红"]),
        (["tasks", "--status", "未报，逾期"], ["tasks", "--status", "未报", "--status", "逾期"]),
        (["tasks", "-d", "城区、市公安局"], ["tasks", "-d", "城区", "-d", "市公安局"]),
        (["tasks", "-d", "各县（市、区）人民政府"], ["tasks", "-d", "各县"]),
        (["tasks", "--as-of", "2021-06"], ["tasks", "--as-of", "2021-06-30"]),
        (["tasks", "--as-of", "2021年2月"], ["tasks", "--as-of", "2021-02-28"]),
        (["tasks", "--as-of", "上月底"], ["tasks", "--as-of", "2021-08-31"]),
        (["show", "第16项", "-f", "JSON"], ["show", "16", "-f", "json"]),
        (["tasks", "-d", "市公\u200b安局"], ["tasks", "-d", "市公安局"]),
        (["tasks", "--search", "⻝品"], ["tasks", "--search", "食品"]),
        (["tasks", "-s", "3、四"], ["tasks", "-s", "3", "-s", "4"]),
        (["tasks", "-d", "市⺠政局"], ["tasks", "-d", "市民政局"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_what_is_plain_is_taken(busy: Fs, args: list[str], same: list[str]) -> None:
    assert busy(*args).ok().out == busy(*same).ok().out


@pytest.mark.parametrize(
    "name", ["粮食局", "气象局", "某某委", "财政局", "审计局", "体育局", "林业局"]
)
def test_no_suggestion_is_better_than_nonsense(fs: Fs, name: str) -> None:
    assert "您是不是要找" not in fs("tasks", "-d", name).err


@pytest.mark.parametrize(
    ("name", "meant"),
    [("市卫健局", "市卫生健康委"), ("市农业农林局", "市农业农村局"), ("市场监管局", "")],
)
def test_a_slip_finds_the_name(fs: Fs, name: str, meant: str) -> None:
    run = fs("tasks", "-d", name)
    assert meant in run.err


def test_dates_and_colons_of_a_plan(fs: Fs) -> None:
    text = fs.plan.read_text("utf-8")
    fs.plan.write_text(text.replace("issued_on: 2021-07-13", "issued_on: 2021-7-13"), "utf-8")
    assert fs("check").ok().out == ""
    fs.plan.write_text(text.replace("issuer: ", "issuer：", 1), "utf-8")
    run = fs("check")
    assert run.code == 1
    assert "plan.yaml:7:7: 错误[yaml-syntax] “issuer”后面的冒号是全角的“：”" in run.out
    fs.plan.write_text(text.replace("晋城市2021年", "晋城市\u20282021年", 1), "utf-8")
    assert "看不见的换行符（U+2028）" in fs("check").out


def test_a_plan_named_by_the_environment_may_begin_at_home(anywhere: Fs, fs: Fs) -> None:
    home = anywhere.env["HOME"]
    (fs.folder / "plan.yaml").rename(f"{home}/x.yaml")
    assert fs("tasks", FS_PLAN="~/x.yaml").ok().err == ""
    assert fs("tasks", "--plan", "~/x.yaml").ok().err == ""


def test_the_plan_of_the_program_never_answers_in_silence(anywhere: Fs) -> None:
    for args in (["tasks"], ["show", "16"], ["due"], ["overview", "-f", "json"]):
        assert "看的是程序自带的那一份" in anywhere(*args).ok().err


def test_a_completion_script_covers_nothing_but_an_earlier_one(fs: Fs) -> None:
    (fs.folder / ".bashrc").write_text("alias ll='ls -l'\n", "utf-8")
    run = fs("completion", "bash", "-o", ".bashrc")
    assert (run.code, "里是别的内容，没有覆盖" in run.err) == (2, True)
    assert (fs.folder / ".bashrc").read_text("utf-8") == "alias ll='ls -l'\n"
    for _ in range(2):
        fs("completion", "bash", "-o", "fs.bash").ok()


def test_several_departments_in_one_word_wherever_one_is_asked_for(busy: Fs) -> None:
    rows = busy.objects("log", "-d", "阳城县、城区")
    each = [row for name in ("阳城县", "城区") for row in busy.objects("log", "-d", name)]
    assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in each)
    busy("form", "-d", "阳城县、城区", "-o", "f").ok()
    assert {path.stem for path in (busy.folder / "f").iterdir()} == {"阳城县", "城区"}


def test_a_month_is_its_last_day(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "1", "--date", "2021-08").ok()
    assert fs.reported()[0]["date"] == "2021-08-31"
    fs("extension", "apply", "16", "--to", "2022-01", "--reason", "x").ok()
    assert fs.objects("extension")[0]["to"] == "2022-01-31"


@pytest.mark.parametrize(
    ("args", "same"),
    [
        (["--light", "红黄"], ["--light", "红", "--light", "黄"]),
        (["--light", "红和灰"], ["--light", "红", "--light", "灰"]),
        (["--light", "黄 灰"], ["--light", "黄", "--light", "灰"]),
        (["-d", "阳城县、"], ["-d", "阳城县"]),
        (["-f", "markdown"], ["-f", "md"]),
    ],
)
def test_words_run_together_are_taken_apart(busy: Fs, args: list[str], same: list[str]) -> None:
    assert busy("tasks", *args).ok().out == busy("tasks", *same).ok().out != ""


def test_a_month_without_its_year_is_told_so(fs: Fs) -> None:
    assert "请写上年份" in fs("tasks", "--as-of", "6月底").err


def test_files_may_begin_at_home_wherever_one_is_named(busy: Fs) -> None:
    home = Path(busy.env["HOME"])
    busy("export", "--output=~/x.csv").ok()
    assert (home / "x.csv").is_file()
    assert f"{home}/x.csv" in busy("progress", "import", "~/x.csv").ok().out
    assert f"{home}/n.txt" in busy("import", "~/n.txt", "-o", "~/p.yaml").err
    assert (busy("form", "-d", "城区", "-o", "~/表").ok(), (home / "表").is_dir())[1]
    assert not list(busy.folder.glob("~*"))


@pytest.mark.parametrize(
    "given", ["16,", "16.", "16、", "（16）", "十六", "第十六项", "16 加大抽检监测力度", "任务16"]
)
def test_a_task_by_whatever_its_number_is_written_as(fs: Fs, given: str) -> None:
    assert fs.thing("show", given)["id"] == 16


@pytest.mark.parametrize("given", ["0", "０", "00", "11"])
def test_a_section_that_there_is_not(fs: Fs, given: str) -> None:
    run = fs("tasks", "--section", given)
    assert (run.code, run.out) == (2, "")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("晋城市市场监督管理局", ["市市场监督管理局"]),
        ("晋城市公安局", ["市公安局"]),
        ("市监局 公安局", ["市市场监督管理局", "市公安局"]),
        ("市监局/公安局", ["市市场监督管理局", "市公安局"]),
        ("市监局和公安局", ["市市场监督管理局", "市公安局"]),
    ],
)
def test_departments_by_their_official_names_and_listed(
    fs: Fs, given: str, meant: list[str]
) -> None:
    asked = [arg for name in meant for arg in ("--dept", name)]
    assert fs("tasks", "--dept", given).ok().out == fs("tasks", *asked).ok().out


@pytest.mark.parametrize("given", ["全市", "市政府", "晋城市人民政府"])
def test_what_all_names_share_suggests_none(fs: Fs, given: str) -> None:
    run = fs("depts", given)
    assert (run.code, "您是不是要找" in run.err) == (2, False)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2021年6月末", "2021-06-30"),
        ("上季度末", "2021-06-30"),
        ("去年底", "2020-12-31"),
        ("2021年底", "2021-12-31"),
        ("本月底", "2021-09-30"),
        ("前天", "2021-09-28"),
        ("2021—06—30", "2021-06-30"),
        ("二〇二一年九月一日", "2021-09-01"),
    ],
)
def test_days_as_people_name_them(fs: Fs, given: str, day: str) -> None:
    assert fs("tasks", "--as-of", given).out == fs("tasks", "--as-of", day).out


def test_a_figure_with_its_own_unit(fs: Fs) -> None:
    assert "5.2 批次/千人" in fs("progress", "update", "16", "--value", "5.2批次/千人").ok().out
    (fs.folder / "a.csv").write_text("序号,数值,日期\n18,320批次,2021年9月\n", "utf-8")
    fs("progress", "import", "a.csv").ok()
    row = fs.thing("show", "18")["indicators"][0]
    assert (row["value"], row["date"]) == (320, "2021-09-30")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["progress", "update", "59", "--value", "完成"], "完成后请用 --done 填报"),
        (["progress", "update", "1", "--percent＝80"], "“＝”请写成半角的“=”：--percent=80"),
        (["progress", "update", "1", "2", "--percent", "60"], "一次只报一项任务"),
        (["任务"], "请写：fs tasks"),
        (["版本"], "请写：fs --version"),
        (["TASKS"], "请写：fs tasks"),
        (["ｔａｓｋｓ"], "请写：fs tasks"),
        (["tasks", "help"], "请写：fs tasks --help"),
        (["?"], "请写：fs --help"),
        (["tasks", "--search", "抽检", "监测"], "--search '抽检 监测'"),
        (["tasks", "--单位", "城区"], "请写：fs tasks --dept 城区"),
    ],
)
def test_hints_that_work(fs: Fs, typed: list[str], told: str) -> None:
    run = fs(*typed)
    assert run.code == 2
    assert told in run.err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["signoff", "16"], "fs signoff apply 16"),
        (["extension", "16"], "fs extension apply 16 --to 日期"),
        (["merge", "plan.yaml"], "不是台账，一行也读不了"),
        (["merge", "schema"], "里没有台账"),
    ],
)
def test_what_is_meant_is_told(fs: Fs, typed: list[str], told: str) -> None:
    (fs.folder / "schema").mkdir(exist_ok=True)
    run = fs(*typed)
    assert run.code in (2, 3)
    assert told in run.err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("issued_on: 2021", "issued_on:2021", "4:1: 错误[yaml-syntax] “issued_on:”后面要空一格"),
        ("issued_on: 2021", "issued_on:\u30002021", "4:1: 错误[yaml-syntax] “issued_on:”后面要空"),
        ("title: 甲", 'title: "甲', "错误[yaml-syntax] 引号没有收尾"),
        ("  - number", "  -number", "错误[yaml-syntax] “-”后面要空一格"),
        ("[甲局, 乙局]", "[甲局， 乙局]", "几个单位之间请用半角的“,”，不用“，”"),
        ("due: 2021-12-01, label", "due: 2021-12-01， label", "这里的逗号是全角的“，”"),
    ],
)
def test_slips_in_a_plan_are_told_where_they_are(fs: Fs, old: str, new: str, told: str) -> None:
    plan = (
        "title: 甲\ndocument_number: 甲〔2021〕1号\nissuer: 某办\nissued_on: 2021-01-05\n"
        "period: {start: 2021-01-01, end: 2021-12-31}\ndepartments:\n  - {name: 甲局}\n"
        "  - {name: 乙局}\nsections:\n  - number: 1\n    title: 一\n    tasks:\n"
        "      - {id: 1, title: 甲, text: 甲。, responsibility: 甲局、乙局负责, "
        'responsible: [甲局, 乙局], due: 2021-12-01, label: "1"}\n'
    )
    fs.plan.write_text(plan, "utf-8")
    assert fs("check").ok().out == ""
    fs.plan.write_text(plan.replace(old, new), "utf-8")
    assert told in fs("check").out


@pytest.mark.parametrize(
    ("given", "meant"),
    [("进行中", "推进中"), ("没报", "未报"), ("已逾期", "逾期"), ("超期", "逾期")],
)
def test_statuses_in_other_words(fs: Fs, given: str, meant: str) -> None:
    assert fs("tasks", "--status", given).ok().out == fs("tasks", "--status", meant).ok().out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["form", "市公安局"], "缺少选项：-o（文件夹，或一个 .xlsx 文件）"),
        (["check", "progress.jsonl"], "不用写文件名"),
        (["sections", "三"], "fs tasks --section 三"),
        (["progress", "list"], "请写：fs progress"),
    ],
)
def test_what_is_lacking_or_too_much_is_told(fs: Fs, typed: list[str], told: str) -> None:
    run = fs(*typed)
    assert (run.code, told in run.err) == (2, True)


@pytest.mark.parametrize(
    ("given", "meant"),
    [("阳城县政府", "阳城县"), ("晋城市城区", "城区"), ("中共晋城市委宣传部", "市委宣传部")],
)
def test_bodies_by_other_official_names(fs: Fs, given: str, meant: str) -> None:
    assert fs.thing("depts", given)["name"] == meant


@pytest.mark.parametrize("given", ["9月底", "九月底", "八月十五日", "三季度末"])
def test_a_day_without_its_year_is_asked_for_it(fs: Fs, given: str) -> None:
    run = fs("tasks", "--as-of", given)
    assert (run.code, "请写上年份" in run.err) == (2, True)


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_a_full_width_comma_is_named_whichever_parser_stops_at_it(loader: type) -> None:
    text = '{id: 1, due: 2021-12-01， label: "1"}\n'
    with pytest.raises(yaml.MarkedYAMLError) as stopped:
        yaml.load(text, loader)
    assert syntax_fault(stopped.value, text).message == "这里的逗号是全角的“，”"
