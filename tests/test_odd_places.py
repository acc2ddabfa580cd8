"""Plans, ledgers and folders where nobody would look for them: links, pipes, names, rights."""

import os
import subprocess
import sys

import pytest

from tests.conftest import FS, Fs, Run


def test_a_broken_link_is_a_plan_that_is_missing_and_not_another_one(fs: Fs) -> None:
    inner = fs.folder / "里"
    inner.mkdir()
    (inner / "plan.yaml").symlink_to("没有.yaml")
    run = fs.at(inner)("progress", "update", "16", "--value", "5.2")
    assert (run.code, run.out) == (3, "")
    assert "断了的链接" in run.err
    assert not fs.ledger.exists()


def test_an_empty_plan_option_is_refused(fs: Fs) -> None:
    run = fs("tasks", "--plan", "")
    assert (run.code, run.out) == (2, "")
    assert "--plan" in run.err


def test_a_folder_nobody_may_search_is_named(fs: Fs, as_ordinary_user: Fs) -> None:
    inside = fs.folder / "里"
    inside.mkdir()
    (inside / "plan.yaml").write_bytes(fs.plan.read_bytes())
    below = inside / "下"
    below.mkdir()
    inside.chmod(0o600)
    try:
        pointed_at = as_ordinary_user("tasks", "--plan", "里/plan.yaml")
        written = as_ordinary_user("tasks", "-o", "里/x.csv")
        script = f"import os; os.chdir({str(below)!r}); os.chmod({str(inside)!r}, 0o600); "
        script += "from foodsafety_cli.cli.main import main; raise SystemExit(main(['tasks']))"
        inside.chmod(0o700)
        before = as_ordinary_user.command[: -len(FS)]
        done = subprocess.run(
            [*before, FS[0], "-c", script],
            cwd=fs.folder, env=fs.env, capture_output=True, check=False,
        )  # fmt: skip
    finally:
        inside.chmod(0o700)
    stood_in = Run(done.returncode, done.stdout.decode(), done.stderr.decode())
    for run in (pointed_at, stood_in):
        assert (run.code, run.out) == (3, "")
        assert "里" in run.err
        assert "没有" in run.err
    assert written.code == 4
    assert "里/x.csv" in written.err


def test_a_name_beyond_reason_is_named(fs: Fs) -> None:
    run = fs("tasks", "-o", "长" * 200 + ".csv")
    assert (run.code, run.out) == (4, "")
    assert "名字太长" in run.err


def test_pipes_and_devices_are_no_plans_or_ledgers(fs: Fs) -> None:
    os.mkfifo(fs.folder / "管")
    for path in ("管", "/dev/zero"):
        run = fs("tasks", "--plan", path)
        assert (run.code, run.out) == (3, "")
        assert "不是普通文件" in run.err
    os.mkfifo(fs.ledger)
    run = fs("tasks")
    assert run.code == 3
    assert "不是普通文件" in run.err


def test_links_in_a_circle_are_told_in_chinese(fs: Fs) -> None:
    (fs.folder / "圈").symlink_to("圈")
    run = fs("tasks", "--plan", "圈")
    assert run.code == 3
    assert "链接绕成了圈" in run.err


def test_a_folder_laid_out_over_what_cannot_be_read(fs: Fs, as_ordinary_user: Fs) -> None:
    attributes = fs.folder / ".gitattributes"
    attributes.write_text("*.md text\n")
    attributes.chmod(0)
    try:
        run = as_ordinary_user("init").ok()
    finally:
        attributes.chmod(0o600)
    assert "请在 .gitattributes 里加一行" in run.err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is Unicode")
def test_a_folder_whose_name_is_in_no_encoding_is_as_good_as_any(fs: Fs) -> None:
    folder = fs.folder / os.fsdecode(b"\xca\xb3\xb0\xb2")  # GBK, as an old archive leaves it
    folder.mkdir()
    there = fs.at(folder)
    there.plan.write_bytes(fs.plan.read_bytes())
    for value in ("5.2", "5.3"):
        there("progress", "update", "16", "--value", value).ok()
    assert len(there.reported()) == 2
    for _ in range(2):  # from what was kept, too
        assert "5.3" in there("indicators").ok().out


def test_a_ledger_that_is_linked_to_nothing_is_not_an_empty_one(fs: Fs) -> None:
    fs.ledger.symlink_to("没有接上/progress.jsonl")
    for args in (["progress"], ["check"], ["progress", "update", "16", "--value", "5.2"]):
        run = fs(*args)
        assert (run.code, run.out) == (3, ""), args
        assert "是一个链接，它指的文件不在" in run.err


def test_a_plan_by_another_name_is_not_covered_either(fs: Fs) -> None:
    draft = fs.folder / "草案.yaml"
    draft.write_bytes(fs.plan.read_bytes())
    run = fs("tasks", "-o", "草案.yaml")
    assert (run.code, "不能被覆盖" in run.err) == (2, True)
    assert draft.read_bytes() == fs.plan.read_bytes()
    fs("tasks", "-o", "任务.yaml").ok()
    fs("tasks", "-o", "任务.yaml").ok()
