"""The ledger: what is acknowledged is on the disk, what is bad is stepped over, nothing is lost."""

import json
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import FS, Fs

Write = Callable[..., None]


def line(number: int, **entry: Any) -> str:
    """A ledger line as another program might have written it."""
    given = {"task": 1, "percent": number} | entry
    head = {"id": f"{number:04}", "at": f"2021-09-01T08:00:{number % 60:02}+08:00", "by": "李四"}
    return json.dumps(head | {"date": "2021-09-01", "entries": [given]}, ensure_ascii=False)


def completion(fs: Fs, task: int = 1) -> float:
    data = fs("show", str(task), "-f", "json").ok().data
    assert isinstance(data, dict)
    return float(data["completion"])


BAD_LINES = [
    ('{"id":"x","at":"2021-09-01T08:00', "ledger-torn", "不完整"),
    ("不是 JSON", "ledger-not-json", "不是 JSON"),
    ("[1, 2]", "ledger-field", "“整行”的值不对"),
    ('{"id":"x"}', "ledger-field", "缺少“at”"),
    (line(7, percent="多"), "ledger-field", "entries[0].percent"),
    (line(7).replace("+08:00", ""), "ledger-field", "没有时区"),
    (line(7).replace('"date"', '"data"'), "ledger-field", "既不是填报也不是撤销"),
    (line(7, task=99), "ledger-task-gone", "没有任务 99"),
    (line(7, task=16, indicator="旧指标", value=3), "ledger-indicator-gone", "旧指标"),
    (line(7, department="旧局"), "ledger-department-gone", "旧局"),
    (line(7, percent=700), "ledger-out-of-range", "700"),
    (line(7, percent="NaN"), "ledger-field", "不是有限的数"),
    (line(7, task=16, indicator="按时完成率", value=101), "ledger-out-of-range", "101"),
    (line(7, task=59, indicator="年度报告", value=1), "ledger-wrong-figure", "节点"),
    (line(1, percent=99), "ledger-duplicate-id", "内容不同"),
    (line(1), "ledger-duplicate-id", "只计一次"),
    (
        '{"id":"u","at":"2021-09-02T08:00:00+08:00","undo":"nothing"}',
        "ledger-undo-unknown",
        "nothing",
    ),
    (b"\xff\xfe\x00", "ledger-not-json", "不是 JSON"),
]


@pytest.mark.parametrize(("bad", "code", "words"), BAD_LINES, ids=lambda v: str(v)[:24])
def test_reading_goes_on_past_a_bad_line(
    fs: Fs, ledger_of: Write, bad: str | bytes, code: str, words: str
) -> None:
    ledger_of(line(1), bad, line(3, task=3))
    run = fs("tasks", "-c", "id,completion").ok()
    assert ["1", "1"] in run.rows or ["1", "99"] in run.rows
    assert ["3", "3"] in run.rows
    check = fs("check")
    told = run.err or check.out  # the same line twice is told by the check alone
    assert re.search(rf"progress\.jsonl:2(:\d+)?: (错误|提醒)\[{code}\]", told)
    assert words in told
    assert check.code == (0 if "提醒[" in check.out else 1)
    assert code in check.out


def test_an_undo_of_an_undo_is_told_as_such(fs: Fs, ledger_of: Write) -> None:
    undo = '{"id":"%s","at":"2021-09-02T08:00:00+08:00","undo":"%s"}'
    name = json.loads(line(1))["id"]
    ledger_of(line(1), undo % ("u1", name), undo % ("u2", "u1"))
    run = fs("check")
    told = "progress.jsonl:3: 错误[ledger-undo-unknown] u1 本身是一条撤销，撤销不能再撤销"
    assert run.code == 1
    assert told in run.out
    assert "请重新填报" in run.out
    assert ["1", "0"] in fs("tasks", "-c", "id,completion").ok().rows


def test_writing_never_touches_what_is_there(fs: Fs, ledger_of: Write) -> None:
    ledger_of(line(1), "坏行", line(2))
    with fs.ledger.open("ab") as file:
        file.write(b'{"id":"torn","at":"2021-')
    before = fs.ledger.read_bytes()
    fs("progress", "update", "3", "--percent", "30").ok()
    after = fs.ledger.read_bytes()
    assert after.startswith(before + b"\n"), "the new line starts on its own"
    assert completion(fs, 3) == 30


def test_the_order_of_lines_and_copies_of_lines_do_not_matter(fs: Fs, ledger_of: Write) -> None:
    lines = [line(n) for n in range(1, 6)]
    answers = set()
    for order in (lines, lines[::-1], lines[2:] + lines[:2], lines + lines):
        ledger_of(*order)
        answers.add(fs("tasks").ok().out)
    assert len(answers) == 1


def test_the_same_id_twice_gives_the_same_answer_in_either_order(fs: Fs, ledger_of: Write) -> None:
    one, other = line(1, percent=10), line(1, percent=90)
    ledger_of(one, other)
    first = completion(fs)
    ledger_of(other, one)
    assert completion(fs) == first


def test_windows_line_ends_and_a_byte_order_mark_are_fine(fs: Fs) -> None:
    fs.ledger.write_bytes(b"\xef\xbb\xbf" + line(40).encode() + b"\r\n\r\n")
    run = fs("show", "1").ok()
    assert run.err == ""
    assert completion(fs) == 40


def test_a_ledger_that_is_a_folder(fs: Fs) -> None:
    fs.ledger.mkdir()
    run = fs("tasks")
    assert (run.code, run.out) == (3, "")
    assert "是文件夹" in run.err
    assert fs("progress", "update", "1", "--percent", "5").code == 3


def test_many_bad_lines_are_cut_short_with_a_word(fs: Fs, ledger_of: Write) -> None:
    ledger_of(line(1), *["坏"] * 12)
    assert "另有 7 处，运行 fs check 全部列出" in fs("tasks").ok().err
    assert len(fs("check").out.splitlines()) == 12


def test_a_dozen_people_at_once_are_all_kept(fs: Fs) -> None:
    people = [f"人{n}" for n in range(12)]
    running = [
        subprocess.Popen(
            [*FS, "progress", "update", "3", "--percent", str(n), "--by", name],
            cwd=fs.folder,
            env=fs.env,
            stdout=subprocess.PIPE,
        )
        for n, name in enumerate(people)
    ]
    answers = [process.communicate(timeout=60)[0].decode() for process in running]
    assert all(process.returncode == 0 for process in running)
    assert all("已记录" in answer for answer in answers)
    kept = [json.loads(text) for text in fs.ledger.read_text("utf-8").splitlines()]
    assert sorted(record["by"] for record in kept) == sorted(people)
    assert len({record["id"] for record in kept}) == 12


def test_two_who_both_see_room_cannot_both_pass_the_check(fs: Fs) -> None:
    """The check against the last figure happens under the lock: figures never shrink."""
    running = [
        subprocess.Popen(
            [*FS, "progress", "update", "16", "--value", str(n)],
            cwd=fs.folder,
            env=fs.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for n in (5, 1, 4, 2, 3, 1, 5, 2)
    ]
    for process in running:
        process.wait(timeout=60)
    lines = fs.ledger.read_text("utf-8").splitlines()
    figures = [json.loads(text)["entries"][0]["value"] for text in lines]
    assert figures == sorted(figures)
    assert figures


REPORT_FOREVER = """
import sys
from foodsafety_cli.cli.main import main
n = 0
while True:
    n += 1
    assert main(["progress", "update", "3", "--percent", "50", "--by", str(n)]) == 0
    print("acknowledged", n, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 2, 5, 9])
def test_killed_at_any_moment_what_was_acknowledged_is_there(fs: Fs, acknowledged: int) -> None:
    seen = 0
    with subprocess.Popen(
        [sys.executable, "-c", REPORT_FOREVER],
        cwd=fs.folder,
        env=fs.env,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        for text in process.stdout:
            seen += text.startswith("acknowledged")
            if seen == acknowledged:
                process.send_signal(signal.SIGKILL)
    assert seen >= acknowledged
    log = fs("progress", "log", "-f", "json").ok().data
    assert isinstance(log, list)
    assert {str(n) for n in range(1, seen + 1)} <= {entry["by"] for entry in log}
    fs("progress", "update", "3", "--percent", "60").ok()
    assert completion(fs, 3) == 60


def limit_file_size(size: int) -> Callable[[], None]:
    """A disk that is full after `size` bytes of any one file."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("room", [0, 1, 60])
@pytest.mark.parametrize("known", [0, 3])
def test_a_full_disk_leaves_the_ledger_byte_for_byte(
    fs: Fs, ledger_of: Write, room: int, known: int
) -> None:
    if known:
        ledger_of(*[line(n) for n in range(1, known + 1)])
    before = fs.ledger.read_bytes() if known else b""
    fs("tasks").ok()
    done = subprocess.run(
        [*FS, "progress", "update", "3", "--percent", "5"],
        cwd=fs.folder,
        env=fs.env,
        capture_output=True,
        preexec_fn=limit_file_size(len(before) + room),
        check=False,
    )
    assert done.returncode == 4, done.stderr.decode()
    assert done.stdout == b""
    assert "没有记上" in done.stderr.decode()
    assert "原有内容没有改动" in done.stderr.decode()
    assert fs.ledger.exists() == bool(known)
    assert not known or fs.ledger.read_bytes() == before
    fs("progress", "update", "3", "--percent", "5").ok()


def test_a_full_disk_keeps_an_empty_ledger_empty(fs: Fs) -> None:
    fs.ledger.write_bytes(b"")
    fs("tasks").ok()
    done = subprocess.run(
        [*FS, "progress", "update", "3", "--percent", "5"],
        cwd=fs.folder,
        env=fs.env,
        capture_output=True,
        preexec_fn=limit_file_size(10),
        check=False,
    )
    assert done.returncode == 4
    assert fs.ledger.read_bytes() == b""


def test_a_read_only_folder(fs: Fs, as_ordinary_user: Fs, ledger_of: Write) -> None:
    ledger_of(line(1))
    before = fs.ledger.read_bytes()
    fs.ledger.chmod(0o444)
    fs.folder.chmod(0o555)
    try:
        run = as_ordinary_user("progress", "update", "3", "--percent", "5")
        assert as_ordinary_user("tasks").ok().err == ""
    finally:
        fs.folder.chmod(0o755)
    assert (run.code, run.out) == (4, "")
    assert "没有权限" in run.err
    assert fs.ledger.read_bytes() == before


def test_a_read_only_ledger_in_a_writable_folder(
    fs: Fs, as_ordinary_user: Fs, ledger_of: Write
) -> None:
    ledger_of(line(1))
    fs.ledger.chmod(0o444)
    run = as_ordinary_user("progress", "update", "3", "--percent", "5")
    assert (run.code, run.out) == (4, "")


def test_an_entry_that_says_nothing_is_told(fs: Fs, ledger_of: Write) -> None:
    head = '{"id":"%s","at":"2021-09-01T08:00:00+08:00","by":"x","date":"2021-09-01","entries":'
    ledger_of(head % "a1" + '[{"task":1}]}', head % "a2" + "[]}", line(3, task=3))
    run = fs("check").ok()
    for number in (1, 2):
        assert f"progress.jsonl:{number}: 提醒[ledger-says-nothing]" in run.out
    assert "progress.jsonl:3" not in run.out
