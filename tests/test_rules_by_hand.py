"""The rules of whose figures count, one row each, worked out by hand: seven kinds, six situations.

Three counties report; the target is 10 批次 (or 批次/千人, of 100, 200 and 700 thousand people),
or 80 %. On 30 September 74.8 % of the year are over: within 10 points of that is 绿, within 30 黄.
The last column is the completion once the last report has been taken back.
"""

import pytest

from foodsafety_cli.analysis.standing import TaskStanding
from tests.test_figures import COUNTIES, EACH, MEAN, MILESTONE, MIN, PER, SUM, Given, plan, stand

A, B, C = COUNTIES
THIRD = 100 / 3
Row = tuple[str, list[Given], float | None, float | None, bool, float, str, str, str, float]
# situation, reports, value, attainment, met, completion, reported, status, light, after undo
OPEN, GREEN, YELLOW, RED = ("推进中", "绿", "黄", "红")
NONE: Row = ("none", [], None, None, False, 0, "0/3", "未报", "灰", 0)

ROWS_OF_SUM: list[Row] = [
    NONE,
    ("some", [(A, 3), (B, 4)], 7, 70, False, 70, "2/3", OPEN, GREEN, 30),
    ("all", [(A, 3), (B, 3), (C, 3)], 9, 90, False, 90, "3/3", OPEN, GREEN, 60),
    ("reached", [(A, 4), (B, 3), (C, 3)], 10, 100, True, 100, "3/3", "已完成", GREEN, 70),
    ("whole before", [(None, 4), (A, 3)], 4, 40, False, 40, "3/3", OPEN, RED, 40),
    ("whole between", [(A, 3), (None, 6), (B, 3)], 6, 60, False, 60, "3/3", OPEN, YELLOW, 60),
    ("whole after", [(A, 3), (B, 3), (None, 8)], 8, 80, False, 80, "3/3", OPEN, GREEN, 60),
]
ROWS_OF_MEAN: list[Row] = [
    NONE,
    ("some", [(A, 60), (B, 80)], 70, 87.5, False, 175 / 3, "2/3", OPEN, YELLOW, 25),
    ("all", [(A, 60), (B, 80), (C, 100)], 80, 100, False, 100, "3/3", OPEN, GREEN, 175 / 3),
    ("reached", [(A, 80), (B, 80), (C, 80)], 80, 100, True, 100, "3/3", "已完成", GREEN, 2 * THIRD),
    ("whole before", [(None, 60), (A, 90)], 70, 87.5, False, 87.5, "3/3", OPEN, GREEN, 75),
    (
        *("whole between", [(A, 90), (None, 60), (B, 80)]),
        *(200 / 3, 250 / 3, False, 250 / 3, "3/3", OPEN, GREEN, 75),
    ),
    (
        "whole after",
        [(A, 90), (B, 90), (None, 40)],
        40,
        50,
        False,
        50,
        "3/3",
        OPEN,
        YELLOW,
        200 / 3,
    ),
]
ROWS_OF_MIN: list[Row] = [
    NONE,
    ("some", [(A, 60), (B, 90)], 60, 75, False, 0, "2/3", OPEN, RED, 0),
    ("all", [(A, 60), (B, 80), (C, 90)], 60, 75, False, 75, "3/3", OPEN, GREEN, 0),
    ("reached", [(A, 80), (B, 80), (C, 90)], 80, 100, True, 100, "3/3", "已完成", GREEN, 0),
    ("whole before", [(None, 70), (A, 80)], 70, 87.5, False, 87.5, "3/3", OPEN, GREEN, 87.5),
    ("whole between", [(A, 40), (None, 70), (B, 60)], 60, 75, False, 75, "3/3", OPEN, GREEN, 87.5),
    ("whole after", [(A, 90), (B, 90), (None, 40)], 40, 50, False, 50, "3/3", OPEN, YELLOW, 0),
]
ONE_SHORT = (35 / 3, 250 / 3, False, 250 / 3, "3/3", OPEN)
ROWS_OF_EACH: list[Row] = [
    NONE,
    ("some", [(A, 20), (B, 5)], 12.5, 75, False, 50, "2/3", OPEN, YELLOW, THIRD),
    ("all", [(A, 20), (B, 10), (C, 5)], *ONE_SHORT, GREEN, 2 * THIRD),
    ("reached", [(A, 20), (B, 10), (C, 12)], 14, 100, True, 100, "3/3", "已完成", GREEN, 2 * THIRD),
    (
        *("whole before", [(None, 5), (A, 10)]),
        *(20 / 3, 2 * THIRD, False, 2 * THIRD, "3/3", OPEN, GREEN, 50),
    ),
    (
        *("whole between", [(A, 10), (None, 5), (B, 10)]),
        *(20 / 3, 2 * THIRD, False, 2 * THIRD, "3/3", OPEN, GREEN, 50),
    ),
    ("whole after", [(A, 10), (B, 10), (None, 8)], 8, 80, False, 80, "3/3", OPEN, GREEN, 2 * THIRD),
]
ROWS_OF_POOLED: list[Row] = [
    NONE,
    ("some", [(A, 20), (B, 5)], 10, 100, False, 30, "2/3", OPEN, RED, 20),
    ("all", [(A, 20), (B, 10), (C, 5)], 7.5, 75, False, 75, "3/3", OPEN, GREEN, 40),
    ("reached", [(A, 10), (B, 10), (C, 10)], 10, 100, True, 100, "3/3", "已完成", GREEN, 30),
    ("whole before", [(None, 5), (A, 10)], 5.5, 55, False, 55, "3/3", OPEN, YELLOW, 50),
    ("whole between", [(A, 10), (None, 5), (B, 10)], 6, 60, False, 60, "3/3", OPEN, YELLOW, 50),
    ("whole after", [(A, 10), (B, 10), (None, 8)], 8, 80, False, 80, "3/3", OPEN, GREEN, 30),
]
ROWS_OF_MILESTONE: list[Row] = [  # neutral before its day, so 绿 as soon as somebody has reported
    NONE,
    ("some", [(A, 1), (B, 1)], None, 0, False, 0, "2/3", OPEN, GREEN, 0),
    ("all", [(A, 1), (B, 1), (C, 1)], None, 100, True, 100, "3/3", "已完成", GREEN, 0),
    ("whole before", [(None, 1), (A, 1)], None, 100, True, 100, "3/3", "已完成", GREEN, 100),
    (
        "whole between",
        [(A, 1), (None, 1), (B, 1)],
        None,
        100,
        True,
        100,
        "3/3",
        "已完成",
        GREEN,
        100,
    ),
    ("whole after", [(A, 1), (B, 1), (None, 1)], None, 100, True, 100, "3/3", "已完成", GREEN, 0),
]
ROWS_OF_PERCENT: list[Row] = [
    NONE,
    ("some", [(A, 60), (B, 90)], None, None, False, 50, "2/3", OPEN, YELLOW, 20),
    ("all", [(A, 60), (B, 90), (C, 90)], None, None, False, 80, "3/3", OPEN, GREEN, 50),
    (
        "reached",
        [(A, 100), (B, 100), (C, 100)],
        None,
        None,
        True,
        100,
        "3/3",
        "已完成",
        GREEN,
        200 / 3,
    ),
    ("whole before", [(None, 60), (A, 90)], None, None, False, 70, "3/3", OPEN, GREEN, 60),
    (
        "whole between",
        [(A, 90), (None, 60), (B, 90)],
        None,
        None,
        False,
        70,
        "3/3",
        OPEN,
        GREEN,
        60,
    ),
    ("whole after", [(A, 90), (B, 90), (None, 40)], None, None, False, 40, "3/3", OPEN, RED, 60),
]
KINDS = {
    "sum": (SUM, ROWS_OF_SUM),
    "mean": (MEAN, ROWS_OF_MEAN),
    "min": (MIN, ROWS_OF_MIN),
    "each": (EACH, ROWS_OF_EACH),
    "pooled": (PER, ROWS_OF_POOLED),
    "milestone": (MILESTONE, ROWS_OF_MILESTONE),
    "percent": (None, ROWS_OF_PERCENT),
}
CASES = [(kind, row) for kind, (_, rows) in KINDS.items() for row in rows]


def number(value: object) -> float | None:
    return None if value is None else float(str(value))


def whole_of(standing: TaskStanding) -> tuple[object, object, bool, str]:
    """Value, attainment, met and reported, of the indicator if the task has one."""
    for one in standing.indicators:
        return one.value, one.attainment, one.met, one.reported
    return None, None, standing.is_met, standing.reported


@pytest.mark.parametrize(
    ("kind", "row"), CASES, ids=lambda one: one if isinstance(one, str) else one[0]
)
def test_a_rule(kind: str, row: Row) -> None:
    _, given, value, attainment, met, completion, reported, status, light, undone = row
    of = plan(KINDS[kind][0])
    standing = stand(of, given)
    found = whole_of(standing)
    assert number(found[0]) == (None if value is None else pytest.approx(value))
    assert number(found[1]) == (None if attainment is None else pytest.approx(attainment))
    assert found[2:] == (met, reported)
    assert float(standing.completion) == pytest.approx(completion)
    assert (standing.status, standing.light) == (status, light)
    assert float(stand(of, given[:-1]).completion) == pytest.approx(undone)
