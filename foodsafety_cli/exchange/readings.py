"""What a cell of a handed-in row says: a figure, a day, words; `UsageError` says why not."""

import datetime as dt
import re
from decimal import Decimal

from foodsafety_cli.analysis.days import read_day, read_month_end
from foodsafety_cli.analysis.figure_reading import SAYS_DONE, read_figure, refuse_percent_sign
from foodsafety_cli.analysis.match import match_indicator
from foodsafety_cli.analysis.measures import COMPLETION, measure_of
from foodsafety_cli.exchange.cells import Unusable
from foodsafety_cli.exchange.fields import DONE, Field, Row
from foodsafety_cli.model.errors import UsageError
from foodsafety_cli.model.plan import Indicator, Plan, Task
from foodsafety_cli.model.text import clean_words, has_refused, visible
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store.clock import today

_FIGURES = (Field.VALUE, Field.COUNT, Field.OF)
_LONGEST = 2000
# what spreadsheets and programs add to a day
_TIME = re.compile(r"(?:\s+|T)\d{1,2}:\d\d(?::\d\d(?:[.]\d+)?)?(?:Z|[+][0-9:]+)?$")
_LONGEST_NUMBER = 15  # digits; of longer ones a spreadsheet has changed the last


class CellFigure(ValueType):
    """What a cell says of how far the work is."""

    value: Decimal | None = None
    is_done: bool = False
    counted: Decimal | None = None
    out_of: Decimal | None = None


NOTHING = CellFigure()


def figure_of(value: object, indicator: Indicator | None, of: str | None) -> CellFigure:
    """A figure of an indicator, or of a task without any; `of`: what it is counted of."""
    measure = measure_of(indicator)
    is_milestone = not measure.is_figure
    is_said = of is None and (is_milestone or indicator is None) and text_of(value) in SAYS_DONE
    if isinstance(value, bool) and indicator is not None and not is_milestone:
        raise UsageError("成了是或否（TRUE、FALSE），不是数；请把这一格的格式设成常规，填上数")
    if value is True or is_said:
        return CellFigure(is_done=True)
    if is_milestone:
        raise UsageError(f"“{text_of(value)}”不对，节点完成了请填“{DONE}”，没有完成就空着")
    refuse_percent_sign(text_of(value), indicator)
    found = read_figure("", text_of(value), of, measure)
    return CellFigure(found.value, counted=found.counted, out_of=found.out_of)


def figure_given(row: Row) -> bool:
    """Whether a row has a figure in any of its cells."""
    return any(field in row and row[field].value is not None for field in _FIGURES)


def indicator_named(plan: Plan, task: Task, name: str) -> Indicator | None:
    """The indicator of that name; None where a task has none."""
    if not task.indicators and name == COMPLETION:
        return None
    if not task.indicators:
        raise UsageError(f"任务 {task.id} 没有指标，请写“{COMPLETION}”或空着")
    return match_indicator(plan, task, name)


def day_of(value: object) -> dt.date:
    """A day."""
    if isinstance(value, dt.datetime):
        return value.date()
    text = _TIME.sub("", text_of(value))
    day = value if isinstance(value, dt.date) else read_day(text)
    if day is None and re.match(
        "[0-9〇○零一二三四五六七八九]{4}", text
    ):  # 上月底 is another one each month
        day = read_month_end(text, today())
    if day is None:
        raise UsageError(f"“{text_of(value)}”不是日期，请写成 2021-09-30 这样")
    return day


def words_of(value: object) -> str:
    """Words as they can be kept."""
    if isinstance(value, bool):
        raise UsageError("成了是或否（TRUE、FALSE），不是写的文字；请改成文字")
    if isinstance(value, dt.date | dt.time):
        raise UsageError("成了日期，不是写的文字；请把这一格的格式设成文本，再写一次")
    text = text_of(value)
    if isinstance(value, Decimal) and len(text.lstrip("-")) > _LONGEST_NUMBER:
        raise UsageError("数字太长，表格程序已经改了后几位；请把这一格的格式设成文本，再写一次")
    if len(text) > _LONGEST:
        raise UsageError(f"文字有 {len(text)} 个字，最多 {_LONGEST} 个，请写短一些")
    if has_refused(text):
        raise UsageError("文字里有控制字符，请去掉")
    return clean_words(text)


def usable(value: object) -> object:
    """A cell's value; raises `UsageError` for one that says nothing."""
    if isinstance(value, Unusable):
        raise UsageError(value.reason)
    return value


def text_of(value: object) -> str:
    """What is written, less what nobody sees."""
    return f"{value:f}" if isinstance(value, Decimal) else visible(str(value)).strip()
