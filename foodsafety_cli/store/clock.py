"""Which day and which moment it is."""

import datetime as dt
import os
import time
from contextlib import suppress

from foodsafety_cli.model.errors import BadValue

_MICROSECOND = dt.timedelta(microseconds=1)


def today() -> dt.date:
    """Today, or the day FS_TODAY fixes for tests and reruns."""
    fixed = os.environ.get("FS_TODAY")
    if not fixed:
        _refuse_unknown_zone()
        return dt.date.today()
    try:
        return dt.date.fromisoformat(fixed)
    except ValueError:
        raise BadValue("FS_TODAY", f"“{fixed}”不是日期，请写成 2021-09-30 这样") from None


def now(latest: dt.datetime | None) -> dt.datetime:
    """The moment, to the microsecond; where another office's clock was ahead, just after `latest`.

    Taken under the ledger's lock: what comes later sorts later.
    """
    _refuse_unknown_zone()
    try:
        moment = dt.datetime.now().astimezone()
    except ValueError:  # TZ=UTC+25
        raise _no_zone() from None
    if latest is None or latest < moment:
        return moment
    with suppress(OverflowError):  # the last moment of the calendar has none after it
        return latest + _MICROSECOND
    return latest


def local(moment: dt.datetime) -> dt.datetime:
    """A moment by the clock here; one at an end of the calendar as it was written."""
    try:
        return moment.astimezone()
    except OverflowError:
        return moment
    except ValueError:
        raise _no_zone() from None


def _refuse_unknown_zone() -> None:
    """Raise `BadValue` for a TZ that the system does not know, and takes for Greenwich's."""
    zone = os.environ.get("TZ", "").removeprefix(":")
    is_name = zone not in ("", "UTC", "GMT") and not zone.startswith("/")
    if time.timezone != 0 or not is_name or any(char.isdigit() for char in zone):
        return
    from zoneinfo import TZPATH, ZoneInfo

    if not any(map(os.path.isdir, TZPATH)):  # a system that has no names of zones at all
        return
    try:
        ZoneInfo(zone)
    except (ValueError, LookupError, OSError):
        raise _no_zone() from None


def _no_zone() -> BadValue:
    zone = os.environ.get("TZ", "")
    return BadValue("TZ", f"“{zone}”不是可用的时区，请改成 Asia/Shanghai 这样")
