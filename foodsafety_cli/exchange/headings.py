"""Where the headings of handed-in rows stand, and which column is which."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.measures import COMPLETION
from foodsafety_cli.exchange.fields import (
    ALSO_CALLED,
    BY_HEADING,
    HEADINGS,
    OPTIONAL,
    SAYING,
    SIGNED_BY,
    TITLES,
    WORDS,
    Cell,
    Field,
    Row,
)
from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.text import clean, first_few
from foodsafety_cli.model.valuetype import ValueType

_TASK_NUMBER, _FIGURES_DAY, _RESPONSIBLE = "任务序号", "数据日期", "责任单位"
_NAMED = 20  # columns
LOOKED_AT = 30  # rows in which the headings must stand
# 数值（批次/千人）, 数值[批次], 数值：批次
_UNIT = re.compile(r"[（(\[【][^（()）\[\]【】]*[）)\]】]$|[:：].+$")
_UNIT_SAID = re.compile("^(?:计量)?单位[:：为]?")
_NOUGHT = re.compile(r"0(?:\.0*)?[%％]?|[-—/]*")  # what was computed of nothing
# a remark on the figures
_NO_UNIT = re.compile("填|截至|截止|月底|累计|今年|本年|本月|[0-9][年月]")
_COMPUTED = {"亮灯", "应完成", "light", "lights", "expected"}
_RATES = (COMPLETION, "percent")  # beside 数值: the figure of a task, an indicator's attainment


class HeadingRow(ValueType):
    """The row of the headings, the field of each column, and which columns hold rates."""

    number: int
    fields: Mapping[int, Field]
    rates: frozenset[int]
    units: Mapping[int, str]
    unread: tuple[str, ...]  # the headings that nothing is taken from

    def row(self, cells: Mapping[int, Cell]) -> Row:
        """The cells by field; of several columns of figures the one that is meant.

        Raises `FileUnreadable` where two of them say different things.
        """
        figures = [n for n in cells if self.fields[n] is Field.VALUE]
        own = [n for n in figures if n not in self.rates] or figures
        row = {self.fields[n]: cell for n, cell in cells.items() if n not in figures}
        indicator = row.get(Field.INDICATOR)
        is_of_task = indicator is None or indicator.value in (None, COMPLETION)
        candidates = [*own, *(figures if is_of_task else ())]
        filled = [n for n in candidates if cells[n].value is not None]
        if not filled:
            _check_beside([cells[n] for n in figures if n not in candidates])
        if candidates:
            meant = (filled or candidates)[0]
            _check_one(cells[meant], [cells[n] for n in filled[1:]])
            beside = (cells[n].value for n in figures if n not in candidates)
            attained = next((value for value in beside if value is not None), None)
            unit = self.units.get(meant, "")
            row[Field.VALUE] = cells[meant]._replace(unit=unit, attained=attained)
        return row


def _check_one(meant: Cell, others: Sequence[Cell]) -> None:
    for other in others:
        if _said(other) != _said(meant):
            raise FileUnreadable(
                f"{meant.place}写的是“{meant.value}”，另一列写的是“{other.value}”，"
                "不知道以哪个为准，请只填一列"
            )


def _check_beside(rates: Sequence[Cell]) -> None:
    """An indicator's figure is no rate of the task: which of them was meant, nobody can tell."""
    for cell in rates:
        if cell.value is not None and not _NOUGHT.fullmatch(str(cell.value).strip()):
            raise FileUnreadable(
                f"{cell.place}填了“{cell.value}”，这一行报的是指标：请把指标的数填在“数值”列，"
                f"“{COMPLETION}”列只填没有指标的任务"
            )


def _said(cell: Cell) -> str:
    return f"{cell.value:f}" if isinstance(cell.value, Decimal) else str(cell.value).rstrip("%％")


class UnusableTable(FileUnreadable):
    """Its headings are found, and nothing in it can be a report."""


def find_head(name: str, rows: Sequence[Sequence[object]]) -> HeadingRow:
    """Where the headings stand and what they say; raises `FileUnreadable`, `UnusableTable`."""
    for number, row in enumerate(rows, 1):
        texts = {n: _bare(str(value)) for n, value in enumerate(row, 1) if value is not None}
        fields = _fields(texts)
        if Field.TASK in fields.values() or "id" in texts.values():
            _refuse_listing(name, texts)
        if Field.TASK in fields.values() and len(fields) > 1:
            _check_single(name, texts)
            _check_synonyms(name, texts)
            if name.casefold().endswith(".xlsx"):
                _check_complete(name, fields)
            rates = frozenset(n for n, text in texts.items() if text in _RATES)
            units = {n: _unit(row[n - 1]) for n in fields if fields[n] is Field.VALUE}
            unread = tuple(text for n, text in texts.items() if text and n not in fields)
            if not set(SAYING).intersection(fields.values()):
                named = f"；没用到的列：{first_few(unread, _NAMED)}" if unread else ""
                raise UnusableTable(
                    f"{name} 的表头里没有填数的列（“{HEADINGS[Field.VALUE]}”），"
                    f"也没有写文字的列{named}"
                )
            return HeadingRow(number, fields, rates, units, unread)
    raise FileUnreadable(
        f"{name} 里找不到表头（至少要有“序号”和“数值/完成率”等列），请不要改动表头"
    )


def _refuse_listing(name: str, texts: Mapping[int, str]) -> None:
    """What a command has listed says what was computed, of many departments' figures: no report."""
    computed = next((text for text in texts.values() if text in _COMPUTED), None)
    if computed:
        raise UnusableTable(
            f"{name} 里有“{computed}”一列，是程序列出来的表，里面有算出来的数，不能当填报交回。"
            "要改了交回的表请用 fs form 或 fs export 做"
        )


def _fields(texts: Mapping[int, str]) -> dict[int, Field]:
    """Which column is which; what others call a field counts where it has not its own heading.

    But 任务序号 is the task's number wherever it stands: 序号 beside it counts the rows; and
    数据日期 is the day of the figure, whatever day stands beside it.
    """
    named = {_TASK_NUMBER: Field.TASK, _FIGURES_DAY: Field.DATE}
    elsewhere = {field for heading, field in named.items() if heading in texts.values()}
    fields = {
        n: BY_HEADING[text]
        for n, text in texts.items()
        if text in BY_HEADING and BY_HEADING[text] not in elsewhere
    }
    for other, field in ALSO_CALLED.items():
        for n, text in texts.items():
            if text == other and (field not in fields.values() or field is Field.VALUE):
                fields[n] = field
    if Field.TASK in fields.values():  # or 任务 is where the number stands
        titles = (n for n, text in texts.items() if text in TITLES and n not in fields)
        fields |= dict.fromkeys(itertools.islice(titles, 1), Field.TITLE)
    return dict(sorted(fields.items()))


def _unit(heading: object) -> str:
    """批次/千人, of 数值（批次/千人）."""
    found = _UNIT.search(_squeezed(str(heading)))
    words = found.group().strip("（()）[]【】:：") if found else ""
    said = _UNIT_SAID.sub("", words)
    return "" if said == words and _NO_UNIT.search(said) else said


def _bare(heading: str) -> str:
    """A heading without its unit, and without blanks that only space it out."""
    heading = _squeezed(heading)
    without_unit = _UNIT.sub("", heading)
    known = without_unit in BY_HEADING or without_unit in ALSO_CALLED
    return without_unit if known else heading


def _squeezed(heading: str) -> str:
    return "".join(clean(heading).split()).replace("／", "/")


def _check_single(name: str, texts: Mapping[int, str]) -> None:
    """Of two columns that are called the same, nobody can tell which is meant."""
    known = [text for text in texts.values() if text in BY_HEADING or text in ALSO_CALLED]
    for text in known:
        columns = [n for n, other in texts.items() if other == text]
        if len(columns) > 1:
            places = "、".join(f"第 {n} 列" for n in columns)
            raise FileUnreadable(f"{name} 的表头里有几列都叫“{text}”（{places}），请只留一列")
    for n, text in texts.items():
        if text not in BY_HEADING:
            continue
        same = [o for m, o in texts.items() if m > n and BY_HEADING.get(o) is BY_HEADING[text]]
        if same:
            words = f"“{text}”和“{same[0]}”是同一样东西"
            raise FileUnreadable(f"{name} 的表头里{words}，不知道以哪一列为准，请只留一列")


def _check_synonyms(name: str, texts: Mapping[int, str]) -> None:
    """进展情况 beside 工作进展: which of them is meant, nobody can tell.

    责任单位 beside 单位 says who answers for the task, not who reports.
    """
    for field in (*WORDS, Field.INDICATOR, Field.DEPARTMENT):
        called = [t for t in texts.values() if field in (BY_HEADING.get(t), ALSO_CALLED.get(t))]
        called = [t for t in called if t != _RESPONSIBLE]
        if len(called) > 1:
            raise FileUnreadable(
                f"{name} 的表头里“{called[0]}”和“{called[1]}”是同一样东西，"
                "不知道以哪一列为准，请只留一列"
            )


def _check_complete(name: str, fields: Mapping[int, Field]) -> None:
    missing = [
        HEADINGS[field] for field in Field if field not in OPTIONAL and field not in fields.values()
    ]
    if missing:
        raise FileUnreadable(f"{name} 的表头里缺少“{'、'.join(missing)}”，请不要删改表头")


# a heading over rows, what adds them up, or who has signed: no report
_NO_REPORT = re.compile(
    "[0-9]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]|合计|小计|总计|共计|平均|备注|说明|注[:：]"
    "|填报|填表|制表|审核|负责人|联系|单位|日期|签字|盖章|附"
)


def words_alone(rows: Iterable[Row]) -> Iterator[str]:
    """A note of each row that has nothing but words where its number should be.

    So a text looks that a program has torn at its line breaks.
    """
    for row in rows:
        cell = row.get(Field.TASK)
        filled = [one for one in row.values() if one.value is not None]
        if cell and filled == [cell] and not _NO_REPORT.match(str(cell.value).strip()):
            yield f"{cell.place}：只有文字“{cell.value}”，没有读"


def words_below(row: Row) -> Iterator[Cell]:
    """What somebody has written under the form's foot, which only people read.

    Beside 填报人 people sign. Raises `FileUnreadable` for what may well be a report.
    """
    if row[Field.TASK].value == SIGNED_BY:
        return
    said = [row[f] for f in SAYING if f in row and row[f].value is not None]
    is_numbered = re.search(r"\d", str(row[Field.TASK].value or ""))
    figures = [cell for cell in said if re.fullmatch(r"[\d.]+[%％]?", str(cell.value).strip())]
    if said and (is_numbered or figures or len(said) > 1):
        raise FileUnreadable(f"{(figures or said)[0].place}：这一行在表尾以下，请移到表里再导入")
    yield from (row[f] for f in WORDS if f in row and row[f].value is not None)
