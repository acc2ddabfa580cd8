"""What scripts are told: `FS_MESSAGES=json` makes each line of talk an object with its code."""

import json
import re

import pytest

from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.problem import Code
from tests.conftest import Fs
from tests.refusals import all_said


def told(stderr: str) -> list[tuple[str, str]]:
    """Kind and code of every line."""
    return [(one["kind"], one["code"]) for one in map(json.loads, stderr.splitlines())]


def as_said(words: str) -> re.Pattern[str]:
    """A sentence of the table with anything where its names and figures are filled in."""
    return re.compile(
        "|".join(".*".join(map(re.escape, one.split("…"))) for one in words.split(" ／ "))
    )


@pytest.mark.parametrize(
    ("command", "code", "exit_code"),
    [
        ("tasks --dept 粮食局", "unknown-name", 2),
        ("tasks --dept 局", "ambiguous-name", 2),
        ("progress update 16 --value 0.97.1", "bad-figure", 2),
        ("progress update 16 -i 2 --value 101", "bad-figure", 2),
        ("progress update 16 --value 5 --date 2021-12-01", "bad-day", 2),
        ("progress update 16 --percent 60", "misfit", 2),
        ("progress update 16 --value 6000", "misfit", 2),
        ("progress update 16", "usage", 2),
        ("progress update 16 --nonsense", "usage", 2),
        ("progress undo --yes", "step-refused", 2),
        ("signoff accept 16", "step-refused", 2),
        ("tasks --limit 3 -f tsv --light 紫", "usage", 2),
        ("tasks --light 紫", "bad-value", 2),
        ("report -o 报告.pdf", "bad-output", 2),
        ("progress import 没有.csv", "file-unreadable", 3),
        ("tasks --plan 没有.yaml", "plan-unreadable", 3),
        ("progress --fail-on 未报", "check-failed", 1),
        ("signoff apply 16 --plan .", "plan-unreadable", 3),
        ("letter write --dept 阳城县 --kind 催办", "usage", 2),
        ("progress import plan.yaml", "file-unreadable", 3),
    ],
)
def test_a_refusal_has_its_code(fs: Fs, command: str, code: str, exit_code: int) -> None:
    run = fs(*command.split(), FS_MESSAGES="json")
    assert run.code == exit_code
    assert (run.out == "") is (exit_code != 1)
    assert [one for one in told(run.err) if one[0] != "note"] == [("refusal", code)]
    message = next(one["message"] for one in map(json.loads, run.err.splitlines()) if one["code"])
    assert any(known == code and as_said(words).search(message) for known, words in all_said())


def test_each_caution_and_fault_has_its_code(fs: Fs) -> None:
    run = fs("progress", "update", "16", "--value", "60", FS_MESSAGES="json")
    assert (run.code, told(run.err)) == (0, [("caution", "far-off")])
    rows = "任务序号,指标,数值,数据日期\n16,食品检验量,五,\n160,,1,\n16,食品检验量,5,2021-12-30\n"
    (fs.folder / "报数.csv").write_text(rows, "utf-8")
    run = fs("progress", "import", "报数.csv", FS_MESSAGES="json")
    assert (run.code, told(run.err)) == (
        2,
        [
            ("fault", "bad-figure"),
            ("fault", "unknown-name"),
            ("fault", "bad-day"),
            ("refusal", "hand-in-faulty"),
        ],
    )
    (fs.folder / "progress.jsonl").write_text("{}\n", "utf-8")
    run = fs("tasks", "-c", "id", FS_MESSAGES="json")
    assert (run.code, told(run.err)) == (0, [("fault", "ledger-field")])


def test_a_row_that_was_corrected_since_is_told_as_known(fs: Fs) -> None:
    rows = "任务序号,指标,数值\n16,食品检验量,4.2\n"
    (fs.folder / "a.csv").write_text(rows, "utf-8")
    assert fs("progress", "import", "a.csv", "--date", "2021-09-01").code == 0
    assert fs("progress", "update", "16", "--value", "4.5").code == 0
    run = fs("progress", "import", "a.csv", "--date", "2021-09-02", FS_MESSAGES="json")
    assert ("caution", "known-row") in told(run.err)
    assert "4.5" in fs("show", "16", "-f", "json").out


def test_a_line_is_one_object_whatever_words_it_quotes(fs: Fs) -> None:
    run = fs("tasks", "--dept", 'a"\n\u2028{', FS_MESSAGES="json")
    assert told(run.err) == [("refusal", "unknown-name")]


def test_messages_are_words_unless_asked_for_otherwise(fs: Fs) -> None:
    assert fs("tasks", "--dept", "粮食局", FS_MESSAGES="text").err.startswith(
        "错误：没有叫“粮食局”"
    )
    run = fs("tasks", FS_MESSAGES="xml")
    assert (run.code, run.out) == (2, "")
    assert run.err == "错误：FS_MESSAGES：没有“xml”，可用：text、json\n"


def test_every_code_has_a_sentence_and_one_meaning() -> None:
    assert {code for code, _ in all_said()} == set(MessageCode)
    assert not {code.value for code in MessageCode} & {code.value for code in Code}


def test_a_console_that_is_not_utf_8_gets_escapes(fs: Fs) -> None:
    run = fs("tasks", "--dept", "粮食局", FS_MESSAGES="JSON", PYTHONIOENCODING="gbk")
    assert run.err.isascii()
    assert json.loads(run.err)["message"].startswith("没有叫“粮食局”的单位")
