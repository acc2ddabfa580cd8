"""Options that several commands share, as bundles; and the values people type, made typed."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from foodsafety_cli.analysis.match import match_departments, match_sections
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.dates import parse_day
from foodsafety_cli.cli.parser.strictness import takes_several
from foodsafety_cli.model.errors import BadValue
from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.model.plan import Plan, Role
from foodsafety_cli.model.text import visible
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.forms.registry import Format
from foodsafety_cli.render.output import Output
from foodsafety_cli.store.plan.narrowing import PlanQuery

if TYPE_CHECKING:
    from foodsafety_cli.analysis.query import Selection

E = TypeVar("E", bound=StrEnum)

_ENDS = ("", "灯", "色", "单位")  # that people add to the words


def one_of(option: str, words: type[E], **synonyms: E) -> Callable[[str], E]:
    """A parser for a word of a small vocabulary, or one of its synonyms."""

    def parse(text: str) -> E:
        written = visible(text).strip().lower()
        for word in words:
            said = {f"{word.value}{end}" for end in _ENDS} | {word.value.removeprefix("已")}
            if written in said:
                return word
        if written in synonyms:
            return synonyms[written]
        known = "、".join(word.value for word in words)
        hint = "；没有完成的请写 推进中、未报、逾期、待审核" if written == "未完成" else ""
        raise BadValue(option, f"没有“{text}”，可用：{known}{hint}")

    return takes_several(parse, (word.value for word in words))


def _parse_format(text: str) -> Format:
    if text.strip().lower() in ("xlsx", "html", "docx"):
        file = f"台账.{text.strip().lower()}"
        raise BadValue("--format", f"“{text}”只能存成文件，请写 fs export -o {file}，不用 -f")
    return one_of("--format", Format, markdown=Format.MD, yml=Format.YAML)(text)


def dept_option(words: str, complete: Callable[..., Any] = suggest.departments) -> Any:
    """`--dept`: which department's; `complete` is what TAB offers."""
    names = ("--dept", "-d")
    return typer.Option(*names, metavar="单位", help=words, autocompletion=complete)


def date_option(words: str) -> Any:
    """`--date`: which day it is of, or happened; of a month, its last."""
    parser = parse_day("--date", month_ends=True)
    return typer.Option("--date", metavar="日期", help=words, parser=parser)


TaskNumber = Annotated[
    str,
    typer.Argument(metavar="任务序号", help="通知中印的序号", autocompletion=suggest.tasks),
]


class Days(ValueType):
    """Which day is looked at, and what is known of it."""

    as_of: Annotated[
        dt.date | None,
        typer.Option(
            "--as-of",
            metavar="日期",
            parser=parse_day("--as-of", month_ends=True),
            help="截至哪一天的情况（默认今天）；可写 2021-06、上月底",
        ),
    ] = None
    known_on: Annotated[
        dt.date | None,
        typer.Option(
            "--known-on",
            metavar="日期",
            parser=parse_day("--known-on", month_ends=True),
            help="只算那一天（含）以前录入的：重做当时交出去的那一份",
        ),
    ] = None


SinceOption = Annotated[
    dt.date | None,
    typer.Option(
        "--since",
        metavar="日期",
        parser=parse_day("--since", month_ends=True),
        help="与那一天终了时比：增减、转灯、新完成、新报；可写 2021-08、上月底",
    ),
]


class Filters(ValueType):
    """Which tasks are meant, as typed."""

    dept: Annotated[
        list[str] | None,
        dept_option("单位全称、简称或其中几个字；可重复。含经组（如各县）承担的任务"),
    ] = None
    role: Annotated[
        list[Role] | None,
        typer.Option(
            "--role",
            metavar="角色",
            help="牵头、负责或配合；可重复",
            parser=one_of(
                "--role", Role, lead=Role.LEAD, responsible=Role.RESPONSIBLE, support=Role.SUPPORT
            ),
            autocompletion=suggest.words_of(Role),
        ),
    ] = None
    section: Annotated[
        list[str] | None,
        typer.Option(
            "--section",
            "-s",
            metavar="部分",
            help="部分：3、三，或标题中的字；可重复",
            autocompletion=suggest.sections,
        ),
    ] = None
    indicator: Annotated[
        str,
        typer.Option(
            "--indicator",
            "-i",
            metavar="文字",
            help="有指标含这些字的任务",
            autocompletion=suggest.indicators,
        ),
    ] = ""
    search: Annotated[
        str, typer.Option("--search", metavar="文字", help="原文、标题或责任单位中含这些字的任务")
    ] = ""
    status: Annotated[
        list[Status] | None,
        typer.Option(
            "--status",
            metavar="状态",
            help="已完成、待审核、逾期、未报、推进中等；可重复",
            parser=one_of(
                "--status",
                Status,
                进行中=Status.UNDER_WAY,
                没报=Status.UNREPORTED,
                没有报=Status.UNREPORTED,
                未填报=Status.UNREPORTED,
                已逾期=Status.OVERDUE,
                超期=Status.OVERDUE,
                过期=Status.OVERDUE,
            ),
            autocompletion=suggest.words_of(Status),
        ),
    ] = None
    light: Annotated[
        list[Light] | None,
        typer.Option(
            "--light",
            metavar="灯",
            help="绿、黄、红或灰；可重复",
            parser=one_of(
                "--light",
                Light,
                green=Light.GREEN,
                yellow=Light.YELLOW,
                red=Light.RED,
                grey=Light.GREY,
            ),
            autocompletion=suggest.words_of(Light),
        ),
    ] = None
    due_before: Annotated[
        dt.date | None,
        typer.Option(
            "--due-before",
            metavar="日期",
            help="时限早于这一天的任务",
            parser=parse_day("--due-before"),
        ),
    ] = None
    returned: Annotated[bool, typer.Option("--returned", help="销号被退回、还没有再报的任务")] = (
        False
    )
    direct: Annotated[bool, typer.Option("--direct", help="与 --dept 合用：不含经组承担的任务")] = (
        False
    )

    def wanted(self) -> PlanQuery:
        """What of a plan the filters can let through."""
        words = (self.indicator, self.search)
        return PlanQuery(None, self.dept or (), self.section or (), words)

    def selection(self, plan: Plan) -> "Selection":
        """The filters with every name found; raises `UnknownName`, `AmbiguousName`."""
        if self.direct and not self.dept:
            raise BadValue("--direct", "要与 --dept 合用")
        from foodsafety_cli.analysis.query import Selection

        return Selection(
            departments=tuple(
                name for given in self.dept or () for name in match_departments(plan, given)
            ),
            roles=tuple(self.role or ()),
            sections=tuple(
                section.number
                for given in self.section or ()
                for section in match_sections(plan.sections, given)
            ),
            indicator=self.indicator,
            search=self.search,
            statuses=tuple(self.status or ()),
            lights=tuple(self.light or ()),
            due_before=self.due_before,
            direct=self.direct,
            returned=self.returned,
        )


FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        metavar="格式",
        help="table、tsv、csv、json、yaml 或 md（终端默认 table，否则 tsv）",
        parser=_parse_format,
        autocompletion=suggest.words_of(Format),
    ),
]
FileOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="文件", help="写入文件，格式看后缀，可用 .xlsx、.docx、.html"
    ),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="已有的文档（.xlsx 等）也覆盖；填报的数大得出奇也记录")
]


class FormOptions(ValueType):
    """The form of an answer that is one thing, as typed."""

    format: FormatOption = None
    output: FileOption = None
    force: ForceOption = False

    def as_output(self) -> Output:
        """What the renderer needs to know."""
        return Output(self.format, file=self.output, force=self.force)


class ListOptions(ValueType):
    """The form of a listing, as typed."""

    format: FormatOption = None
    columns: Annotated[
        str,
        typer.Option("--columns", "-c", metavar="列", help="只要这些列，逗号分隔，如 id,title"),
    ] = ""
    sort: Annotated[
        str | None,
        typer.Option("--sort", metavar="列", help="按这一列排序；前面加 - 为从大到小"),
    ] = None
    no_header: Annotated[bool, typer.Option("--no-header", help="不要标题和表头")] = False
    output: FileOption = None
    force: ForceOption = False

    def as_output(self) -> Output:
        """What the renderer needs to know."""
        columns = tuple(self.columns.replace("，", ",").replace("、", ",").split(","))
        return Output(
            self.format,
            tuple(name for name in columns if name.strip()),
            self.sort,
            not self.no_header,
            self.output,
            self.force,
        )
