"""What a file or a ledger says twice, in part or unseen is told, never guessed."""

import gzip
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import FS, Fs
from tests.offices import converted, needs_libreoffice
from tests.test_shared_figures import update

HEAD = '{"id":"aaaa","at":"2021-09-30T09:00:00+08:00","by":"a","date":"2021-09-30","entries":['


def told(fs: Fs, entry: str) -> str:
    fs.ledger.write_bytes(f"{HEAD}{entry}]}}\n".encode())
    assert fs("tasks").ok().err.count("另有") == 0, "every problem is one that check names"
    return fs("check").out


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('{"task":34,"department":"","percent":80}', "“department”是空的"),
        ('{"task":16,"indicator":"核查处置率","value":50,"count":98,"of":99}', "不是一回事"),
        ('{"task":34,"done":false}', "没有数也没有文字"),
        ('{"task":34,"note":"x\\ud800y"}', "半个字符（\\ud800）"),
        ('{"task":9223372036854775808,"percent":5}', "位数不可能"),
        ('{"task":-9223372036854775809,"percent":5}', "位数不可能"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named(fs: Fs, entry: str, words: str) -> None:
    assert words in told(fs, entry)


def test_counts_written_by_hand_are_no_mere_words(fs: Fs) -> None:
    told(fs, '{"task":16,"indicator":"按时完成率","count":9,"of":10}')
    assert "按时完成率 9/10" in fs("progress", "log").ok().out


def csv(fs: Fs, text: str) -> str:
    (fs.folder / "a.csv").write_text(text, "utf-8")
    run = fs("progress", "import", "a.csv")
    return run.err if run.code else f"{run.out}{run.err}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("序号,数值,完成率\n2,30,40\n", "不知道以哪个为准"),
        ("序号,数值,完成率\n2,30,30\n", "已记录 1 条"),
        ("序号,指标,数值（万批次/千人）\n16,食品检验量,5.2\n", "表头写的单位是“万批次/千人”"),
        ("序号,指标,数值（批次/千人）\n16,食品检验量,5.2\n", "已记录 1 条"),
        ("序号,数值（‰）\n1,65\n", "表头写的单位是“‰”"),
        ("序号,数\u200b值\n34,\u200b60\n", "已记录 1 条"),
    ],
)
def test_headings_say_what_is_meant(fs: Fs, text: str, words: str) -> None:
    assert words in csv(fs, text)


@needs_libreoffice
def test_a_form_saved_as_text_still_says_whose_it_is(fs: Fs) -> None:
    fs("form", "-d", "阳城县", "-o", "阳城县.xlsx").ok()
    book = load_workbook(fs.folder / "阳城县.xlsx")
    sheet = book["填报表"]
    row = next(r for r in sheet.iter_rows(min_row=4) if r[0].value == 34)
    row[7].value = 60
    book.save(fs.folder / "阳城县.xlsx")
    text = converted(
        fs.folder / "阳城县.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1", fs.folder
    ).read_text("utf-8-sig")
    (fs.folder / "a.csv").write_text(text, "utf-8")
    fs("progress", "import", "a.csv").ok()
    (entry,) = fs.reported()[0]["entries"]
    assert entry["department"] == "阳城县"
    (fs.folder / "b.csv").write_text(text.replace("〔2021〕", "〔2020〕"), "utf-8")
    assert fs("progress", "import", "b.csv").code == 3
    (fs.folder / "c.csv").write_text(text.replace("〔2021〕", ""), "utf-8")
    assert "是另一份安排的填报表" in fs("progress", "import", "c.csv").err


def test_a_column_that_nothing_is_taken_from_is_told(fs: Fs) -> None:
    fs("form", "-d", "阳城县", "-o", "a.xlsx").ok()
    book = load_workbook(fs.folder / "a.xlsx")
    book["填报表"]["P3"] = "补充说明"
    book.save(fs.folder / "a.xlsx")
    run = fs("progress", "import", "a.xlsx")
    assert "补充说明" in run.err


def test_remarks_of_an_earlier_round_are_gone(fs: Fs) -> None:
    fs("form", "-d", "阳城县", "-o", "a.xlsx").ok()
    book = load_workbook(fs.folder / "a.xlsx")
    book["填报表"]["H5"], book["填报表"]["H4"] = "xyz", "abc"
    book.save(fs.folder / "a.xlsx")
    keep = ("progress", "import", "--keep-good")
    fs(*keep, "a.xlsx", "-o", "一")
    book = load_workbook(fs.folder / "一" / "a.xlsx")
    assert book["填报表"]["H4"].comment is not None
    book["填报表"]["H4"] = 60
    book.save(fs.folder / "一" / "a.xlsx")
    fs(*keep, "一/a.xlsx", "-o", "二")
    sheet = load_workbook(fs.folder / "二" / "a.xlsx")["填报表"]
    assert (sheet["H4"].comment, sheet["H5"].comment is not None) == (None, True)


def test_invisible_signs_do_not_matter_where_words_are_typed(fs: Fs) -> None:
    update(fs, "34", "-d", "阳城县", "--percent", "5\u200b")
    assert fs("tasks", "--light", "红\u200b").code == 0
    assert fs("tasks", "--dept", "市\u00a0公安局").code == 0


def two_copies(fs: Fs) -> tuple[Path, Path]:
    """Two ledgers in which the same file was imported, around another figure in one of them."""
    (fs.folder / "a.csv").write_text("序号,完成率,日期\n1,40,2021-09-30\n", "utf-8")
    fs("progress", "import", "a.csv", FS_BY="张三").ok()
    first = fs.ledger.read_bytes()
    fs.ledger.unlink()
    update(fs, "1", "--percent", "45", "--date", "2021-09-30")
    fs("progress", "import", "a.csv", "--allow-decrease", FS_BY="李四").ok()
    one, other = fs.folder / "一.jsonl", fs.folder / "二.jsonl"
    one.write_bytes(first)
    other.write_bytes(fs.ledger.read_bytes())
    return one, other


def test_merging_gives_the_same_figures_either_way(fs: Fs) -> None:
    one, other = two_copies(fs)
    found = []
    for mine, theirs in ((one, other), (other, one)):
        fs.ledger.write_bytes(mine.read_bytes())
        fs("merge", theirs.name).ok()
        again = fs.ledger.read_bytes()
        fs("merge", theirs.name).ok()
        assert fs.ledger.read_bytes() == again
        found.append(fs.thing("show", "1")["completion"])
        assert fs("check").code == 0
    assert found[0] == found[1]


def test_a_line_that_is_not_understood_comes_in_once(fs: Fs) -> None:
    update(fs, "1", "--percent", "45")
    entry = '{"task":8,"precent":5}'
    (fs.folder / "o.jsonl").write_text(f"{HEAD}{entry}]}}\n", "utf-8")
    fs("merge", "o.jsonl").ok()
    once = fs.ledger.read_bytes()
    fs("merge", "o.jsonl").ok()
    assert fs.ledger.read_bytes() == once


@pytest.mark.skipif(sys.platform == "win32", reason="ulimit is of Unix")
def test_a_workbook_that_finds_no_room_is_a_sentence(fs: Fs) -> None:
    words = f"{shlex.join(FS)} form -d 阳城县 -o ff.xlsx"
    command = f"ulimit -f 4; PYTHONDONTWRITEBYTECODE=1 exec {words}"
    run = subprocess.run(
        ["bash", "-c", command], cwd=fs.folder, env=fs.env, capture_output=True, check=False
    )
    assert run.returncode == 4, run.stderr.decode()
    assert "Traceback" not in run.stderr.decode()


def test_a_folder_tells_what_it_holds_that_cannot_be_read(fs: Fs) -> None:
    folder = fs.folder / "交来"
    folder.mkdir()
    (folder / "县里.zip").write_bytes(b"PK")
    (folder / "市局.docx").write_bytes(b"PK")
    run = fs("progress", "import", "交来")
    assert run.code == 3
    assert "县里.zip 是压缩包，没有读；请先解开" in run.err
    assert "市局.docx 不是能读的格式" in run.err
    (folder / "a.csv").write_text("序号,完成率\n34,80\n", "utf-8")
    run = fs("progress", "import", "交来").ok()
    assert "县里.zip 是压缩包，没有读；请先解开" in run.err


LINE = HEAD + '{"task":34,"department":"阳城县","percent":80}]}'
OTHER = LINE.replace("aaaa", "bbbb")


@pytest.mark.parametrize("between", ["", " ", "\t", "\r", "\0", "\ufeff"])
def test_records_on_one_line_are_both_read(fs: Fs, between: str) -> None:
    fs.ledger.write_bytes(f"{LINE}{between}{OTHER}\n".encode())
    assert {row["id"] for row in fs.objects("log")} == {"aaaa", "bbbb"}
    (fs.folder / "other.jsonl").write_bytes(fs.ledger.read_bytes())
    fs.ledger.unlink()
    fs("merge", "other.jsonl")
    assert {row["id"] for row in fs.objects("log")} == {"aaaa", "bbbb"}


@pytest.mark.parametrize("line", [LINE + OTHER[:40], LINE[:90] + OTHER, LINE[:40] + OTHER])
def test_half_a_record_takes_no_whole_one_with_it(fs: Fs, line: str) -> None:
    fs.ledger.write_bytes(f"{line}\n".encode())
    assert len(fs.objects("log")) == 1
    assert fs("check").code == 1


@pytest.mark.parametrize("said", ['"note":"  "', '"note":""', '"percent":null', '"evidence":[]'])
def test_what_says_nothing_is_told_and_changes_nothing(fs: Fs, said: str) -> None:
    fs.ledger.write_bytes(f'{HEAD}{{"task":34,"department":"城区",{said}}}]}}\n'.encode())
    assert "[ledger-says-nothing]" in fs("check").ok().out
    assert fs.thing("show", "34")["status"] == "未报"


def test_marks_that_turn_writing_around_reach_no_answer(fs: Fs) -> None:
    text = fs.plan.read_text("utf-8")
    fs.plan.write_text(text.replace("加大抽检监测力度", "加大\u202e抽检监测<b>力度"), "utf-8")
    for form in ("md", "json", "yaml", "table", "tsv"):
        out = fs("show", "16", "-f", form).ok().out
        assert "\u202e" not in out
    assert "## 任务 16  加大抽检监测\\<b\\>力度" in fs("show", "16", "-f", "md").ok().out


@pytest.mark.parametrize(
    "content",
    [
        f"[{LINE}]\n".encode(),
        json.dumps(json.loads(LINE), indent=2).encode(),
        "<html>登录</html>\n".encode(),
        b"\0" * 4096,
        gzip.compress(LINE.encode(), mtime=0),
    ],
)
def test_what_is_no_ledger_at_all_is_never_taken_for_an_empty_one(fs: Fs, content: bytes) -> None:
    fs.ledger.write_bytes(content)
    for args in (["progress", "--fail-on", "红"], ["report", "-o", "r.docx"], ["check"]):
        run = fs(*args)
        assert (run.code, "一条也读不了" in run.err) == (3, True), args
    assert not (fs.folder / "r.docx").exists()
    assert fs.ledger.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="ulimit is of Unix")
@pytest.mark.parametrize(
    "args",
    [
        ["form", "-d", "阳城县", "-o", "甲/乙/丙"],
        ["letter", "write", "16", "--kind", "提醒", "-o", "甲/函"],
    ],
)
def test_folders_made_for_nothing_are_taken_away(fs: Fs, args: list[str]) -> None:
    fs("tasks").ok()  # the plan's tables are there
    # Python would keep its own files cut short, too
    command = f"ulimit -f 4; PYTHONDONTWRITEBYTECODE=1 exec {shlex.join([*FS, *args])}"
    run = subprocess.run(
        ["sh", "-c", command], cwd=fs.folder, env=fs.env, capture_output=True, check=False
    )
    assert run.returncode == 4, run.stderr.decode()
    assert not (fs.folder / "甲").exists()


@pytest.mark.parametrize(
    "entry",
    [
        '{"task":34,"department":"城区","department" :"阳城县","percent":80}',
        '{"task":34,"department":"城区","percent":80,"percent"\t:5}',
        '{"task":34,"percent":80,"note":"a","no\\u0074e" :"b"}',
    ],
)
def test_a_key_repeated_before_a_blank_is_repeated(fs: Fs, entry: str) -> None:
    head = '"id":"a1","at":"2021-09-30T09:00:00+08:00","by":"甲","date":"2021-09-30"'
    fs.ledger.write_text(f'{{{head},"entries":[{entry}]}}\n', "utf-8")
    assert "ledger-repeated-key" in fs("check").out
    assert fs.thing("show", "34")["last_reported"] is None


@pytest.mark.parametrize(
    "line",
    [
        '{%s,"kind":"submission","dtae":"x","entries":[{"task":34,"percent":80}]}',
        '{%s,"entries":[{"task":34,"percent":80,"evidence":["a.pdf"],'
        '"files":[{"path":"a.pdf","size":1,"sha256":"ab","day":"2021-09-30","extra":1}]}]}',
    ],
)
def test_a_strange_key_anywhere_is_told_and_the_line_counts(fs: Fs, line: str) -> None:
    head = '"id":"a1","at":"2021-09-30T09:00:00+08:00","by":"甲","date":"2021-09-30"'
    fs.ledger.write_text(f"{line % head}\n", "utf-8")
    run = fs("check")
    assert "ledger-strange-key" in run.out
    assert "删去" not in run.out
    assert fs.thing("show", "34")["completion"] == 80


@pytest.mark.parametrize("char", ["\u034f", "\u17b4", "\u180b", "\uffa0", "\u2800", "\U000e0100"])
def test_what_has_no_width_makes_no_second_body(fs: Fs, char: str) -> None:
    fs.edit_plan("name: 市公安局", f"name: 市公{char}安局")
    assert fs.thing("depts", "市公安局")["name"] == "市公安局"
    fs("progress", "update", "1", "--note", f"好{char}的").ok()
    assert char not in fs("log", "-f", "tsv").ok().out


def test_a_clock_ahead_is_told_by_whoever_writes(fs: Fs) -> None:
    line = '{"id":"a1","at":"2099-09-30T09:00:00+08:00","by":"甲","date":"2021-09-30"'
    fs.ledger.write_text(f'{line},"entries":[{{"task":34,"percent":8}}]}}\n', "utf-8")
    (fs.folder / "a.csv").write_text("序号,完成率\n34,9\n", "utf-8")
    for command in (
        ["progress", "import", "a.csv"],
        ["progress", "update", "34", "--percent", "10"],
        ["signoff", "apply", "1", "--dept", "市市场监督管理局"],
    ):
        run = fs(*command)
        assert "填报时间比现在晚一天以上" in run.err, command


def test_a_problem_quotes_no_sign_that_a_terminal_obeys(fs: Fs) -> None:
    fs.ledger.write_text(
        '{"id":"a1","at":"2021-09-30T09:00:00+08:00","by":"甲","kind":"ki\u009b\u202e"}\n', "utf-8"
    )
    fs.edit_plan("title:", "ti\u202etle: 甲\ntitle:")
    for form in ("json", "yaml", "tsv", "csv"):
        out = fs("check", "-f", form).out
        assert not {"\u009b", "\u202e"} & set(out), form
