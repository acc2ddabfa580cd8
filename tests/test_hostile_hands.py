"""Files from anybody: nothing in them changes a figure unseen, or breaks what is made."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foodsafety_cli.model.text import clean, for_markdown, for_spreadsheet, has_refused
from foodsafety_cli.store.files import file_names
from tests.conftest import FS, ROOT, Fs

Write = Callable[..., None]
HEAD = '"at":"2021-09-30T09:00:00+08:00","by":"甲","date":"2021-09-30"'
EVIL = "甲\u202e乙\u200b丙\x0b\x85\ufffe丁"


def line(entry: str, name: str = "a1", more: str = "") -> str:
    return f'{{"id":"{name}",{HEAD}{more},"entries":[{entry}]}}'


@pytest.mark.parametrize(
    ("bad", "code", "column"),
    [
        ('{"task":34,"departmemt":"阳城县","percent":80}', "ledger-unknown-key", 91),
        ('{"task":34,"percent":80,"\\u0070ercent":81}', "ledger-repeated-key", 0),
        ('{"task":34,"percent":80,"percent":81}', "ledger-repeated-key", 104),
        ('{"task":34,"percent" :80,"Note":"x"}', "ledger-unknown-key", None),
    ],
)
def test_a_key_that_is_not_understood_leaves_the_entry_open(
    fs: Fs, ledger_of: Write, bad: str, code: str, column: int | None
) -> None:
    ledger_of(line('{"task":1,"percent":5}', "a0"), line(bad))
    assert fs.thing("show", "34")["completion"] == 0
    run = fs("check")
    assert run.code == 1
    found = re.search(rf"progress\.jsonl:2(?::(\d+))?: 错误\[{code}\]", run.out)
    assert found, run.out
    if column:
        text = line(bad)
        at = int(found[1])
        assert text[at - 1] == '"'
    assert fs.thing("show", "1")["completion"] == 5


def test_one_flipped_bit_in_a_key_is_told(fs: Fs, ledger_of: Write) -> None:
    good = line('{"task":34,"department":"阳城县","percent":80}').encode()
    start, end = good.index(b"department"), good.index(b"department") + len("department")
    for at in range(start, end):
        for bit in range(8):
            flipped = bytes([good[at] ^ (1 << bit)])
            if flipped in (b'"', b"\\"):
                continue
            bad = good[:at] + flipped + good[at + 1 :]
            ledger_of(bad)
            if bit == at % 8:  # each place once, each bit somewhere
                run = fs("check")
                assert run.code == 1, bad


def test_a_strange_key_elsewhere_is_a_reminder(fs: Fs, ledger_of: Write) -> None:
    ledger_of(line('{"task":1,"percent":5}', more=',"source":"excel"'))
    run = fs("check").ok()
    assert "提醒[ledger-strange-key]" in run.out
    assert fs.thing("show", "1")["completion"] == 5


def test_a_line_of_a_newer_kind_is_kept_and_told_once(fs: Fs, ledger_of: Write) -> None:
    newer = f'{{"id":"n1",{HEAD},"kind":"pledge","of":"a1","step":"x"}}'
    ledger_of(line('{"task":1,"percent":5}'), newer, newer.replace("n1", "n2"))
    run = fs("check").ok()
    assert run.out.count("ledger-kind") == 1
    assert "有 2 行" in run.out
    assert fs.thing("show", "1")["completion"] == 5


def test_a_clock_that_was_ahead_is_told(fs: Fs, ledger_of: Write) -> None:
    ahead = line('{"task":1,"percent":5}').replace("2021-09-30T09", "2099-09-30T09")
    ledger_of(ahead)
    assert "提醒[ledger-at-ahead]" in fs("check").out
    assert "ledger-at-ahead" in fs("progress", "update", "3", "--percent", "5").ok().err


def test_what_is_acknowledged_stands_also_at_the_calendars_end(fs: Fs, ledger_of: Write) -> None:
    last = line('{"task":3,"percent":5}').replace(
        "2021-09-30T09:00:00+08:00", "9999-12-31T23:59:59.999999Z"
    )
    ledger_of(last)
    for percent in range(10, 20):
        fs("progress", "update", "3", "--percent", str(percent)).ok()
        assert fs.thing("show", "3")["completion"] == percent


WORDS = json.dumps({"note": EVIL, "problems": EVIL, "next_steps": EVIL, "evidence": [EVIL]})


def test_words_that_xml_cannot_hold_break_no_document(fs: Fs, ledger_of: Write) -> None:
    ledger_of(line(f'{{"task":1,"percent":5,{WORDS[1:-1]}}}'))
    for name in ("报告.docx", "报告.md", "进展.html", "台账.xlsx", "台账.csv", "台账.html"):
        command = "export" if name.startswith("台账") else "report"
        fs(command, "-o", name).ok()
        content = (fs.folder / name).read_bytes()
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                content = b"".join(packed.read(n) for n in packed.namelist() if n.endswith("xml"))
        for hidden in "\u202e\u200b\x0b\x85\ufffe":
            assert hidden.encode() not in content, (name, hidden)
    for form in ("tsv", "table", "md"):
        out = fs("show", "1", "-f", form).ok().out + fs("progress", "log", "-f", form).ok().out
        assert not set("\u202e\u200b\x0b\x85\ufffe") & set(out)


@pytest.mark.parametrize("char", ["\x0b", "\x85", "\x9b", "\uffff", "\ufdd0"])
def test_controls_are_refused_at_the_door(fs: Fs, char: str) -> None:
    run = fs("progress", "update", "1", "--percent", "5", "--note", f"甲{char}乙")
    assert run.code == 2
    (fs.folder / "a.csv").write_text(f'序号,数值,进展情况\n1,5,"甲{char}乙"\n', "utf-8")
    assert fs("progress", "import", "a.csv").code == 2
    assert not fs.ledger.exists()


def test_marks_without_width_make_no_second_department(fs: Fs) -> None:
    fs("progress", "update", "34", "--dept", "阳\u200b城县\u202c", "--percent", "5").ok()
    assert fs.reported()[0]["entries"][0]["department"] == "阳城县"
    fs.edit_plan("  - {name: 市公安局", '  - {name: "市\\u200b公安局"}\n  - {name: 市公安局')
    assert "duplicate-department" in fs("check").out or "yaml-character" in fs("check").out


def test_file_names_steer_no_terminal(fs: Fs) -> None:
    name = "a\x1b[31m\n红.csv"
    (fs.folder / name).write_text("序号,数值\n1,50\n", "utf-8")
    run = fs("progress", "import", name).ok()
    assert "\x1b" not in run.out + run.err
    assert len(run.out.splitlines()) == 1
    run = fs("init", "b\x1b[31m").ok()
    assert "\x1b" not in run.out + run.err


def test_a_title_that_looks_like_a_formula_is_none(fs: Fs) -> None:
    from openpyxl import load_workbook

    fs.edit_plan("title: 晋城市2021年食品安全重点工作安排", 'title: "=1+1"')
    fs("form", "-d", "市公安局", "-o", "表.xlsx").ok()
    book = load_workbook(fs.folder / "表.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    fs("progress", "import", "表.xlsx").ok()


@pytest.mark.parametrize("words", ["=1+1", " =1+1", "\t=1+1", "\n=1+1", "@x", "-x"])
def test_no_cell_of_a_table_is_run(fs: Fs, words: str) -> None:
    entry = json.dumps({"task": 1, "percent": 5, "note": f"{words}"})
    fs.ledger.write_text(line(entry) + "\n", "utf-8")
    for form in ("csv", "tsv"):
        out = fs("export", "-c", "note", "-f", form).ok().out
        rows = csv.reader(io.StringIO(out, newline=""), delimiter="," if form == "csv" else "\t")
        cells = [cell for row in rows for cell in row]
        assert all(not cell.strip().startswith(("=", "@", "-x")) for cell in cells), out


def test_markdown_stays_text(fs: Fs) -> None:
    fs("progress", "update", "1", "--percent", "5", "--note", "<script>&lt;~~x~~ *y* [z](u)").ok()
    fs("report", "-o", "报告.md", "--full").ok()
    text = (fs.folder / "报告.md").read_text("utf-8")
    assert r"\<script\>\&lt;\~\~x\~\~ \*y\* \[z\](u)" in text


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_the_filters_hold_for_any_text(text: str) -> None:
    filtered = clean(text)
    assert not has_refused(filtered)
    assert clean(filtered) == filtered
    filtered.encode()
    assert not for_spreadsheet(text).lstrip().startswith(("=", "@"))
    assert "\n" not in for_markdown(text)


def test_nothing_grows_with_a_number_in_a_file(fs: Fs) -> None:
    fs.edit_plan("id: 2\n", "id: 202109999\n")
    limited = [sys.executable, "-c", "import resource, os, sys\n"
               "resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))\n"
               "os.execv(sys.argv[1], sys.argv[1:])", *FS, "sections"]  # fmt: skip
    subprocess.run(limited, cwd=fs.folder, env=fs.env, check=True, capture_output=True, timeout=60)


@pytest.mark.parametrize(
    ("period", "code"),
    [("{start: 0021-01-01, end: 2021-12-31}", 1), ("{start: 2011-01-01, end: 2011-12-31}", 0)],
)
def test_a_period_beyond_reason_is_told(fs: Fs, period: str, code: int) -> None:
    text = fs.plan.read_text("utf-8")
    fs.plan.write_text(re.sub(r"period:.*", f"period: {period}", text, count=1), "utf-8")
    run = fs("check")
    assert (run.code, "period-length" in run.out) == (code, True)


def test_forms_of_names_alike_are_all_there(fs: Fs) -> None:
    names = ["甲/乙局", "甲:乙局", "甲?乙局", "CON", "nul.局", "局" * 90, "局" * 91]
    found = file_names(names)
    assert len({name.casefold() for name in found}) == len(names)
    assert all(len(name.encode()) <= 210 for name in found)
    assert not {"CON", "NUL"} & {name.split(".")[0].upper() for name in found}


@pytest.mark.parametrize("path", ["other/progress.jsonl", "Progress.JSONL", "../x/progress.jsonl"])
@pytest.mark.parametrize(
    "args", [["tasks", "-f", "json"], ["export"], ["schema"], ["report"]], ids=lambda a: a[0]
)
def test_no_answer_covers_a_ledger(fs: Fs, path: str, args: list[str]) -> None:
    target = fs.folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("台账\n", "utf-8")
    run = fs(*args, "-o", path)
    assert (run.code, run.out) == (2, "")
    assert target.read_text("utf-8") == "台账\n"


def test_a_draft_covers_no_ledger_even_if_forced(fs: Fs) -> None:
    (fs.folder / "通知.txt").write_text("1．做好监管。（市公安局负责）\n", "utf-8")
    fs.ledger.write_text("台账\n", "utf-8")
    assert fs("import", "通知.txt", "-o", "progress.jsonl", "--force").code == 2
    assert fs.ledger.read_text("utf-8") == "台账\n"


@pytest.mark.skipif(os.name == "nt", reason="file modes as POSIX has them")
def test_the_first_ones_umask_shuts_nobody_out(fs: Fs) -> None:
    fs.folder.chmod(0o775)
    command = f"umask 077; {' '.join(FS)} progress update 1 --percent 5"
    shell = ["sh", "-c", command]
    subprocess.run(shell, cwd=fs.folder, env=fs.env, check=True, capture_output=True)
    for path in (fs.ledger, fs.folder / ".progress.lock"):
        assert path.stat().st_mode & 0o777 == 0o664


@pytest.mark.skipif(os.name == "nt", reason="file modes as POSIX has them")
def test_a_file_that_is_replaced_keeps_its_mode(fs: Fs) -> None:
    target = fs.folder / "a.csv"
    target.write_text("")
    target.chmod(0o640)
    fs("tasks", "-o", "a.csv").ok()
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_a_file_that_is_replaced_keeps_its_owner(fs: Fs) -> None:
    target = fs.folder / "任务.csv"
    fs("tasks", "-o", str(target)).ok()
    os.chown(target, 1234, 1235)
    target.chmod(0o640)
    fs("tasks", "-o", str(target)).ok()
    status = target.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (1234, 1235, 0o640)


def test_a_time_zone_that_is_none_is_a_sentence(fs: Fs) -> None:
    run = fs("progress", "update", "1", "--percent", "5", TZ="UTC+25")
    assert "Traceback" not in run.err
    assert run.code in (0, 2)


def test_a_new_folder_is_whole_or_not_at_all(fs: Fs, tmp_path: Path) -> None:
    script = (
        "import os, resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "os.execv(sys.argv[1], sys.argv[1:])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *FS, "init", "新"],
        # what is compiled under the limit would stay behind, cut short
        cwd=fs.folder, env=fs.env | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 4
    assert not (fs.folder / "新").exists()


@pytest.mark.parametrize("encoding", ["gbk", "latin-1"])
def test_data_is_utf8_whatever_the_console(fs: Fs, encoding: str) -> None:
    env: dict[str, Any] = fs.env | {"PYTHONIOENCODING": encoding}
    for args in (["schema"], *(["tasks", "-f", form] for form in ("yaml", "md", "csv"))):
        done = subprocess.run([*FS, *args], cwd=fs.folder, env=env, capture_output=True, check=True)
        text = done.stdout.decode("utf-8")
        assert "?" not in text.replace("$schema", "")
        assert re.search("[一-龥]", text)


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no peak to be read")
def test_a_format_down_to_the_last_row_costs_nothing(fs: Fs) -> None:
    from openpyxl import load_workbook
    from openpyxl.styles import Font

    fs("form", "-d", "市公安局", "-o", "表.xlsx").ok()
    book = load_workbook(fs.folder / "表.xlsx")
    book["填报表"].cell(1_048_576, 9).font = Font(bold=True)
    book.save(fs.folder / "表.xlsx")
    script = (
        "import sys\nfrom foodsafety_cli.cli.main import main\n"
        "main(sys.argv[1:])\n"
        # not getrusage, which also counts what the parent had when it started this
        "peak = [one for one in open('/proc/self/status') if one.startswith('VmHWM')]\n"
        "print(peak[0].split()[1], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "progress", "import", "表.xlsx"],
        cwd=fs.folder, env=fs.env, capture_output=True, check=True, timeout=20,
    )  # fmt: skip
    assert int(done.stderr.split()[-1]) < 150_000
    assert ROOT


@pytest.mark.parametrize("name", ["plan.yaml", "scoring.yaml", "other/progress.jsonl", "PLAN.yaml"])
@pytest.mark.parametrize("command", [("tasks",), ("schema",), ("completion", "bash")])
def test_no_answer_covers_a_plan_a_rubric_or_a_ledger(
    fs: Fs, command: tuple[str, ...], name: str
) -> None:
    other = fs.folder / "office" / name
    other.parent.mkdir(parents=True)
    other.write_text("theirs", "utf-8")
    run = fs(*command, "-o", str(other))
    assert (run.code, "不能被覆盖" in run.err) == (2, True)
    assert other.read_text("utf-8") == "theirs"
