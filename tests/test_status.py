"""Whether a ledger's status tells it from itself after a change."""

import os
import time

import pytest

from foodsafety_cli.store.ledger.status import is_at_rest

SECOND = 1_000_000_000


def changed(at: int) -> os.stat_result:
    """The status of a file that was changed at that many nanoseconds."""
    times = {"st_atime_ns": at, "st_mtime_ns": at, "st_ctime_ns": at}
    return os.stat_result((0o100644, 1, 1, 1, 0, 0, 9, *[at // SECOND] * 3), times)


@pytest.mark.skipif(os.name == "nt", reason="no time of change there")
@pytest.mark.parametrize(
    ("seconds_ago", "is_whole", "is_relied_on"),
    [
        (10, False, True),
        (0, False, False),  # two changes within a tick have one time
        (-10, False, False),
        (10, True, False),  # its clock may be behind: two edits in one second look alike
    ],
)
def test_a_time_is_relied_on_where_the_next_change_has_another(
    seconds_ago: int, *, is_whole: bool, is_relied_on: bool
) -> None:
    at = (time.time_ns() // SECOND - seconds_ago) * SECOND
    assert is_at_rest(changed(at if is_whole else at + 999_999_999)) == is_relied_on
