"""Sign-offs and extensions of tasks that papers hand on, in a city of its own."""

from collections.abc import Callable

import pytest

from tests.conftest import Fs
from tests.invented_city import CLOSING, COUNT, DAY, PLAN_MADE, paper, task, update


@pytest.mark.parametrize("to", ["市监局", "市监局, 市商务局", "东区, 市商务局"])
def test_what_was_signed_off_stays_so_when_it_is_handed_on(
    city: Callable[..., Fs], to: str
) -> None:
    fs = city(
        task(1, "市公安局", PLAN_MADE),
        amendments=paper("2024-06-01", f"task: 1, responsible: [{to}]") + CLOSING,
    )
    update(fs, "2024-05-01", "1", "--done")
    fs("signoff", "apply", "1", "--by", "甲", FS_TODAY="2024-05-02").ok()
    fs("signoff", "accept", "1", "--by", "乙", FS_TODAY="2024-05-03").ok()
    shown = fs.thing("show", "1")
    assert (shown["status"], shown["light"]) == ("已完成", "绿")
    assert "数字有变" not in shown["why"]
    assert fs.objects("due") == []


def test_who_joins_a_signed_off_task_has_its_own_part_to_sign_off(city: Callable[..., Fs]) -> None:
    fs = city(
        task(1, "市公安局", PLAN_MADE),
        amendments=paper("2024-06-01", "task: 1, responsible: [市公安局, 市监局]") + CLOSING,
    )
    update(fs, "2024-05-01", "1", "--done")
    fs("signoff", "apply", "1", "--by", "甲", FS_TODAY="2024-05-02").ok()
    fs("signoff", "accept", "1", "--by", "乙", FS_TODAY="2024-05-03").ok()
    assert fs.thing("show", "1")["status"] == "逾期"
    assert [row["department"] for row in fs.objects("due")] == ["市监局"]


def test_a_sign_off_that_was_asked_for_before_a_handover_counts_everywhere(
    city: Callable[..., Fs],
) -> None:
    fs = city(
        task(1, "市公安局", COUNT),
        amendments=paper("2024-06-01", "task: 1, responsible: [市监局]"),
    )
    update(fs, "2024-05-01", "1", "--value", "3")
    fs("signoff", "apply", "1", "--by", "甲", FS_TODAY="2024-05-02").ok()
    update(fs, DAY, "1", "--value", "10")
    fs("signoff", "accept", "1", "--by", "乙").ok()
    assert "没有计入" not in fs("log", "1").ok().out
    assert fs.thing("show", "1")["status"] == "已完成"


def test_no_time_is_given_to_who_has_left(city: Callable[..., Fs]) -> None:
    fs = city(
        task(1, "市公安局", COUNT),
        amendments=paper("2024-06-01", "task: 1, responsible: [市监局]"),
    )
    asked = ("--to", "2024-12-20", "--reason", "设备未到", "--by", "甲")
    fs.edit_plan("  title: 培训共10次\n", "  title: 培训共10次\n        due: 2024-08-31\n")
    fs("extension", "apply", "1", *asked, FS_TODAY="2024-05-20").ok()
    run = fs("extension", "grant", "1", "--by", "乙")
    assert (run.code, "已经不由市公安局承担" in run.err) == (2, True)
    fs("extension", "refuse", "1", "--by", "乙", "--reason", "已移交").ok()


def test_what_is_met_and_not_signed_off_has_until_the_task_is_due(city: Callable[..., Fs]) -> None:
    fs = city(task(1, "东区、西区", PLAN_MADE), amendments="")
    fs.edit_plan("bases:", f"{CLOSING}bases:")
    for name in ("东区", "西区"):
        update(fs, "2024-07-20", "1", "-d", name, "--done")
    shown = fs.thing("show", "1")
    assert (shown["due"], shown["status"], shown["light"]) == ("2024-12-31", "推进中", "绿")
    assert fs.thing("show", "1", "--as-of", "2024-07-19")["due"] == "2024-07-31"
    assert fs.thing("show", "1", "--as-of", "2025-01-01")["status"] == "逾期"


def signed_off(fs: Fs, day: str, *who: str) -> None:
    fs("signoff", "apply", "1", *who, "--by", "甲", FS_TODAY=day).ok()
    fs("signoff", "accept", "1", *who, "--by", "乙", FS_TODAY=day).ok()


@pytest.fixture
def handed_on_twice(city: Callable[..., Fs]) -> Fs:
    """A task that is done and applied for in May, handed on to one in June, to two in July."""
    fs = city(
        task(1, "市公安局", PLAN_MADE),
        amendments=paper("2024-06-01", "task: 1, responsible: [市监局]")
        + paper("2024-07-01", "task: 1, responsible: [西区, 黑县]")
        + CLOSING,
    )
    update(fs, "2024-05-01", "1", "--done")
    fs("signoff", "apply", "1", "--by", "甲", FS_TODAY="2024-05-03").ok()
    return fs


def test_what_was_opened_again_stays_open_when_it_is_handed_on(handed_on_twice: Fs) -> None:
    fs = handed_on_twice
    fs("signoff", "accept", "1", "--by", "乙", FS_TODAY="2024-05-03").ok()
    fs("signoff", "reopen", "1", "--reason", "核查不实", "--by", "乙", FS_TODAY="2024-06-10").ok()
    assert fs.thing("show", "1", "--as-of", "2024-06-30")["status"] == "推进中"
    assert fs.thing("show", "1")["status"] != "已完成"


def test_what_was_accepted_between_two_handovers_stays_so(handed_on_twice: Fs) -> None:
    handed_on_twice("signoff", "accept", "1", "--by", "乙", FS_TODAY="2024-06-10").ok()
    assert handed_on_twice.thing("show", "1")["status"] == "已完成"


def test_who_took_a_sign_off_over_can_be_opened_again(city: Callable[..., Fs]) -> None:
    fs = city(
        task(1, "市公安局、东区", PLAN_MADE),
        amendments=paper("2024-06-01", "task: 1, responsible: [市监局, 市商务局]") + CLOSING,
    )
    for name in ("市公安局", "东区"):
        update(fs, "2024-05-01", "1", "-d", name, "--done")
        signed_off(fs, "2024-05-03", "-d", name)
    fs("signoff", "reopen", "1", "-d", "市监局", "--reason", "核查不实", "--by", "乙").ok()
    assert fs("check").ok().out == ""
    assert "没有计入" not in fs("log", "1").ok().out
    assert "重新打开（市监局）：2024-08-15 核查不实" in fs("show", "1", "-f", "md").ok().out
    assert fs.thing("show", "1")["status"] == "推进中"
