"""`fs merge`: another copy's lines come in whole, once, whatever they were saved as."""

import json
import subprocess

import pytest
from fasteners import InterProcessLock

from foodsafety_cli.model.events import Submission
from foodsafety_cli.model.text import shell_word
from foodsafety_cli.store.ledger import merging
from foodsafety_cli.store.ledger.file import LOCK_NAME
from foodsafety_cli.store.workspace import Workspace
from tests.conftest import FS, Fs


def two_copies(fs: Fs) -> tuple[bytes, bytes]:
    """The ledgers of two offices that started from the same one."""
    fs("progress", "update", "16", "--value", "5.2").ok()
    common = fs.ledger.read_bytes()
    fs("progress", "update", "17", "--value", "1.2").ok()
    first = fs.ledger.read_bytes()
    fs.ledger.write_bytes(common)
    fs("progress", "update", "37", "--value", "30").ok()
    return first, fs.ledger.read_bytes()


def test_what_is_lacking_comes_in_once(fs: Fs) -> None:
    first, second = two_copies(fs)
    (fs.folder / "other.jsonl").write_bytes(first)
    run = fs("merge", "other.jsonl").ok()
    assert run.out == "other.jsonl：并入 1 行，原有 1 行\n"
    assert fs.ledger.read_bytes() == second + first.splitlines(keepends=True)[1]
    assert fs("merge", "other.jsonl").ok().out == "other.jsonl：并入 0 行，原有 2 行\n"
    assert fs.thing("show", "17")["completion"] > 0


def test_whoever_reports_does_not_wait_while_a_copy_is_read(fs: Fs) -> None:
    first, second = two_copies(fs)
    other = fs.folder / "other.jsonl"
    other.write_bytes(first)
    lock = InterProcessLock(fs.folder / LOCK_NAME)
    workspace = Workspace(fs.plan)

    def fits(_: Submission) -> bool:
        """Asked for every line of the copy; meanwhile another office takes it in."""
        assert lock.acquire(blocking=False)
        lock.release()
        fs.ledger.write_bytes(second + first.splitlines(keepends=True)[1])
        return True

    merged = merging.merge(fs.ledger, workspace.index, other, fits)
    workspace.close()
    assert merged.new == ()
    assert fs.ledger.read_bytes() == second + first.splitlines(keepends=True)[1]


def test_utf_16_of_powershell_and_a_glued_line_are_read(fs: Fs) -> None:
    first, _ = two_copies(fs)
    (fs.folder / "other.jsonl").write_bytes(first.decode().encode("utf-16"))
    assert "并入 1 行" in fs("merge", "other.jsonl").ok().out
    fs.ledger.unlink()
    (fs.folder / "other.jsonl").write_bytes(first.replace(b"}\n{", b"}{"))
    assert "并入 2 行" in fs("merge", "other.jsonl").ok().out
    assert len(fs.ledger.read_bytes().splitlines()) == 2


def test_what_is_no_line_and_what_differs_stays_there(fs: Fs) -> None:
    first, second = two_copies(fs)
    changed = second.replace(b"5.2", b"5.3", 1)
    (fs.folder / "other.jsonl").write_bytes(changed + b"{torn\n" + first.splitlines()[1])
    run = fs("merge", "other.jsonl")
    assert run.code == 1
    assert "并入 1 行，原有 1 行" in run.out
    assert "other.jsonl:1: 编号" in run.err
    assert "other.jsonl:3: 这一行不是 JSON" in run.err
    assert b'"value":5.3' not in fs.ledger.read_bytes()


def test_kinds_that_this_version_does_not_know_come_in_too(fs: Fs) -> None:
    line = {"id": "a1", "at": "2021-09-30T08:00:00+08:00", "by": "x", "kind": "later", "more": 1}
    (fs.folder / "other.jsonl").write_text(json.dumps(line), "utf-8")
    fs("merge", "other.jsonl").ok()
    assert fs.reported() == [line]


def test_what_cannot_be_merged(fs: Fs, anywhere: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    before = fs.ledger.read_bytes()
    for args, code in ((["nowhere.jsonl"], 3), (["progress.jsonl"], 2), ([], 2), (["."], 2)):
        assert fs("merge", *args).code == code, args
    assert fs.ledger.read_bytes() == before


def test_the_plan_of_the_program_has_no_ledger_to_merge_into(anywhere: Fs) -> None:
    (anywhere.folder / "other.jsonl").write_bytes(b"")
    assert anywhere("merge", "other.jsonl").code == 4


def test_a_hundred_at_once_lose_nothing(fs: Fs) -> None:
    lines = [
        json.dumps({"id": f"m{n}", "at": "2021-09-30T08:00:00+08:00", "by": "x", "undo": f"u{n}"})
        for n in range(12)
    ]
    for n, line in enumerate(lines):
        (fs.folder / f"{n}.txt").write_text(line, "utf-8")
    running = [
        subprocess.Popen(
            [*FS, "merge", f"{n}.txt"],
            cwd=fs.folder,
            env=fs.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for n in range(12)
    ]
    for process in running:
        process.wait()
    assert sorted(line["id"] for line in fs.reported()) == sorted(f"m{n}" for n in range(12))


@pytest.mark.parametrize(
    "name", ["progress (冲突副本 2021-09-30).jsonl", "副本progress.jsonl", "复件 Progress.JSONL"]
)
def test_copies_left_beside_the_ledger_are_told(fs: Fs, name: str) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    (fs.folder / name).write_bytes(fs.ledger.read_bytes())
    run = fs("check").ok()
    assert f"{name}: 提醒[ledger-copy]" in run.out
    assert "里面的填报都已并入" in run.out
    (fs.folder / name).write_bytes(fs.ledger.read_bytes().replace(b'"id":"', b'"id":"f'))
    assert f"fs merge {shell_word(name)}" in fs("check").ok().out


def test_one_plan_in_two_folders_is_told(fs: Fs) -> None:
    for name in ("甲", "甲 - 副本"):
        (fs.folder / name).mkdir()
        (fs.folder / name / "plan.yaml").write_bytes(fs.plan.read_bytes())
    run = fs("progress", "--plan", "*/plan.yaml").ok()
    assert "甲 - 副本 和 甲 是同一份安排（晋市政办〔2021〕26号），都计入了" in run.err


def test_the_script_for_powershell_goes_to_a_file(fs: Fs) -> None:
    fs("completion", "powershell", "-o", "fs.ps1").ok()
    content = (fs.folder / "fs.ps1").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == fs("completion", "powershell").ok().out


def test_a_pattern_names_the_copies_without_a_shells_help(fs: Fs) -> None:
    fs("progress", "update", "7", "--percent", "5").ok()
    for name in ("aaa1", "bbb2"):
        (fs.folder / name).mkdir()
        line = fs.ledger.read_text("utf-8").splitlines()[0].replace(fs.reported()[0]["id"], name)
        (fs.folder / name / "progress.jsonl").write_text(line + "\n", "utf-8")
    fs("merge", "*/progress.jsonl").ok()
    assert len(fs.reported()) == 3
    run = fs("merge", "没有*/progress.jsonl")
    assert (run.code, "请核对路径" in run.err) == (3, True)


def test_trying_a_merge_writes_nothing(fs: Fs) -> None:
    first, second = two_copies(fs)
    (fs.folder / "other.jsonl").write_bytes(first + b"{torn\n")
    run = fs("merge", "other.jsonl", "--dry-run")
    assert (run.code, run.out) == (1, "other.jsonl：将并入 1 行，原有 1 行\n")
    assert "不能并入 other.jsonl:3" in run.err
    assert fs.ledger.read_bytes() == second


def test_the_ledger_of_another_arrangement_is_not_taken_for_a_copy(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    before = fs.ledger.read_bytes()
    line = {"at": "2020-09-30T08:00:00+08:00", "by": "x", "date": "2020-09-30"}
    entries = [{"task": 17, "percent": 80}]
    others = [{**line, "id": f"o{n}", "entries": entries} for n in range(3)]
    text = "".join(json.dumps(one) + "\n" for one in others)
    (fs.folder / "other.jsonl").write_text(text, "utf-8")
    run = fs("merge", "other.jsonl")
    assert run.code == 2
    assert "像是另一份安排" in run.err
    assert "3 行里有 3 行是这份计划里没有的" in run.err
    assert fs.ledger.read_bytes() == before
    assert "并入 3 行" in fs("merge", "other.jsonl", "--force").out


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_a_copy_in_wide_characters_without_its_mark(fs: Fs, encoding: str) -> None:
    line = (
        '{"id":"a1","at":"2021-09-30T08:00:00+08:00","date":"2021-09-30",'
        '"entries":[{"task":34,"percent":5,"note":"已对接"}]}\n'
    )
    (fs.folder / "other.jsonl").write_bytes(line.encode(encoding))
    fs("merge", "other.jsonl").ok()
    assert fs.objects("log")[0]["note"] == "已对接"


def test_a_total_that_falls_by_merging_is_told(fs: Fs) -> None:
    update = ("progress", "update", "18", "--value")
    fs(*update, "300", "--date", "2021-09-20", "--by", "甲").ok()
    first = fs.ledger.read_bytes()
    fs.ledger.unlink()
    fs(*update, "280", "--date", "2021-09-29", "--by", "乙").ok()
    (fs.folder / "other.jsonl").write_bytes(first)
    run = fs("merge", "other.jsonl").ok()
    assert "任务 18的累计数少了：2021-09-20 甲 报“" in run.err
    assert "2021-09-29 乙 报“" in run.err
    assert "fs progress undo" in run.err
    assert "少了" not in fs("merge", "other.jsonl").ok().err, "nothing new came in"


def test_a_total_that_was_meant_to_fall_is_not_told_of_a_merge(fs: Fs) -> None:
    update = ("progress", "update", "18", "--value")
    fs(*update, "300", "--date", "2021-09-20", "--by", "甲").ok()
    fs(*update, "280", "--date", "2021-09-22", "--by", "甲", "--allow-decrease").ok()
    common = fs.ledger.read_bytes()
    fs(*update, "290", "--date", "2021-09-29", "--by", "乙").ok()
    (fs.folder / "other.jsonl").write_bytes(fs.ledger.read_bytes())
    fs.ledger.write_bytes(common)
    assert "少了" not in fs("merge", "other.jsonl").ok().err


def test_two_letters_of_one_number_are_told_at_once(fs: Fs) -> None:
    write = ("letter", "write", "16", "--kind", "催办", "-d", "阳城县", "--by")
    fs(*write, "甲", "-o", "甲").ok()
    first = fs.ledger.read_bytes()
    fs.ledger.unlink()
    fs(*write, "乙", "-o", "乙").ok()
    (fs.folder / "other.jsonl").write_bytes(first)
    told = fs("merge", "other.jsonl").ok().err
    assert "号" in told
    assert told.splitlines()[-1] in fs("check").err + fs("check").out
