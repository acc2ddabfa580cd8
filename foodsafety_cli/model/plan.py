"""The arrangement: one notice, one year, as `plan.yaml` holds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from foodsafety_cli.model.valuetype import ValueType

_NUMBERS_END = 1_000_000_000  # what any reader of JSON keeps exactly


class Role(StrEnum):
    """What a bracket asks of a department."""

    LEAD = "牵头"
    RESPONSIBLE = "负责"
    SUPPORT = "配合"


class Kind(StrEnum):
    """How an indicator's figure behaves through the year."""

    CUMULATIVE = "cumulative"
    RATE = "rate"
    MILESTONE = "milestone"

    @property
    def label(self) -> str:
        """The word an officer uses for it."""
        return {"cumulative": "累计", "rate": "比率", "milestone": "节点"}[self.value]


class Aggregate(StrEnum):
    """How departments' own figures make one."""

    SUM = "sum"
    MEAN = "mean"
    MIN = "min"


class About:
    """What a field of the file means (shown by editors), and the limits of its value."""

    __slots__ = ("description", "limits")

    def __init__(self, description: str, **limits: int) -> None:
        self.description = description
        self.limits = limits


class Period(ValueType):
    """The working period, both days included."""

    start: Annotated[dt.date, About("工作期第一天，如 2021-01-01")]
    end: Annotated[dt.date, About("工作期最后一天，如 2021-12-31")]


class Thresholds(ValueType):
    """When lights change: points behind the pace, and days before the due date."""

    yellow: Annotated[Decimal, About("落后多少个百分点起亮黄灯", ge=0)] = Decimal(10)
    red: Annotated[Decimal, About("落后多少个百分点起亮红灯", ge=0)] = Decimal(30)
    due_soon_days: Annotated[int, About("到期前多少天内算临期", ge=0, lt=_NUMBERS_END)] = 15


class Closing(ValueType):
    """How tasks are signed off (销号)."""

    required: Annotated[bool, About("销号后才算完成")] = False
    evidence: Annotated[bool, About("申请销号要有佐证材料")] = False
    reviewer: Annotated[str, About("由谁审核，如 市食安办")] = ""


class LetterNumbering(ValueType):
    """How letters (提醒函、督办单) are numbered."""

    prefix: Annotated[str, About("发文代字，如 晋市食安办", min_length=1)]


class Department(ValueType):
    """Anyone who can be named in a bracket; with `members`, a group."""

    name: Annotated[str, About("单位全称，与通知括号中的写法一致", min_length=1)]
    aliases: Annotated[tuple[str, ...], About("简称和通知中的其他写法")] = ()
    members: Annotated[tuple[str, ...], About("成员单位（这一条是一组单位时填写）")] = ()
    contact: Annotated[str, About("联系人、电话，如 张三 0356-0000000")] = ""


class Indicator(ValueType):
    """A measurable target of one task; `quote` is where the notice says so."""

    name: Annotated[str, About("指标名称，同一任务内不重复", min_length=1)]
    quote: Annotated[str, About("任务原文中规定这个指标的字句，一字不差", min_length=1)]
    kind: Annotated[Kind, About("cumulative 累计｜rate 比率｜milestone 节点")]
    target: Annotated[Decimal | None, About("目标值；节点类不填", ge=0)] = None
    unit: Annotated[str, About("计量单位，如 批次/千人、%；节点类不填")] = ""
    aggregate: Annotated[Aggregate | None, About("各单位分别填报时如何汇总：sum｜mean｜min")] = None
    due: Annotated[dt.date | None, About("指标自己的时限；不填则同任务")] = None
    reported_by: Annotated[
        tuple[str, ...], About("由哪些单位报数；不填则同任务，任务也不填则看括号")
    ] = ()
    per: Annotated[str, About("按哪个基数计算（bases 中的名称），如 常住人口")] = ""
    split: Annotated[Mapping[str, Decimal], About("各单位分到的目标，如 {城区: 3448}")] = {}
    each: Annotated[bool, About("目标对每个报数单位分别成立")] = False
    at_most: Annotated[bool, About("越少越好：不超过目标值即为达标")] = False
    stages: Annotated[
        Mapping[str, str],
        About("阶段目标：到哪一天应达到多少，如 {2021-06-30: 26%, 2021-09-30: 61%}"),
    ] = {}

    @property
    def is_share(self) -> bool:
        """Whether the figure is a percentage, which cannot pass 100."""
        return self.unit == "%"


class Task(ValueType):
    """One numbered task; `id` is the integer printed in the notice."""

    id: Annotated[int, About("通知中印的任务序号，永不改变", gt=0, lt=_NUMBERS_END)]
    title: Annotated[str, About("任务原文中的一小段，作表格里的名称", min_length=1)]
    text: Annotated[str, About("任务原文", min_length=1)]
    responsibility: Annotated[str, About("责任括号中的原文", min_length=1)]
    lead: Annotated[tuple[str, ...], About("牵头单位")] = ()
    responsible: Annotated[tuple[str, ...], About("责任单位")] = ()
    support: Annotated[tuple[str, ...], About("配合单位")] = ()
    due: Annotated[dt.date | None, About("完成时限；不填则为工作期最后一天")] = None
    indicators: Annotated[tuple[Indicator, ...], About("可衡量的指标")] = ()
    label: Annotated[str, About("通知中印的序号，与 id 不同时填写，如 （三）")] = ""
    and_others: Annotated[bool, About("括号里有“等”，单位没有列全")] = False
    reported_by: Annotated[tuple[str, ...], About("由哪些单位报数；不填则看括号")] = ()
    continues: Annotated[
        tuple[int, ...], About("接着上一年的哪几项任务（previous 那份的序号）")
    ] = ()

    @property
    def figures(self) -> tuple[Indicator | None, ...]:
        """What is reported of it: its indicators, or its completion (None) where it has none."""
        return self.indicators or (None,)

    def indicator(self, name: str | None) -> Indicator | None:
        """The indicator of this name, if it has one."""
        return next((one for one in self.indicators if one.name == name), None)

    def named(self) -> Iterator[tuple[str, Role]]:
        """The departments that the bracket names, with their roles, leads first."""
        for role, names in (
            (Role.LEAD, self.lead),
            (Role.RESPONSIBLE, self.responsible),
            (Role.SUPPORT, self.support),
        ):
            for name in names:
                yield name, role

    def all_named(self) -> Iterator[str]:
        """The departments named in the bracket or as reporters, some of them twice."""
        for name, _ in self.named():
            yield name
        yield from self.reported_by
        for indicator in self.indicators:
            yield from indicator.reported_by


class Section(ValueType):
    """One numbered part of the notice."""

    number: Annotated[int, About("部分的序号：一是 1", gt=0, lt=_NUMBERS_END)]
    title: Annotated[str, About("部分的标题", min_length=1)]
    tasks: Annotated[tuple[Task, ...], About("这一部分的任务")]

    @property
    def label(self) -> str:
        """The number as it is printed: 一 … 十, 十一 …"""
        tens, ones = divmod(self.number, 10)
        digits = "零一二三四五六七八九"
        if tens > 9:
            return str(self.number)
        head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
        return head + (digits[ones] if ones else "")


class Base(ValueType):
    """What a ratio is counted per, and a target shared out by: inhabitants, shops."""

    name: Annotated[str, About("基数的名称，如 常住人口", min_length=1)]
    unit: Annotated[str, About("基数的单位，如 千人")]
    values: Annotated[Mapping[str, Decimal], About("各单位的数，如 {城区: 574.7}")]
    total: Annotated[Decimal | None, About("合计；填写则与各单位之和核对", gt=0)] = None
    as_of: Annotated[dt.date | None, About("截至哪一天的数")] = None


class Amendment(ValueType):
    """What a later document changed, from a day on; text and bracket stay as printed."""

    basis: Annotated[str, About("依据的文件，如 晋市食安委〔2021〕5号", min_length=1)]
    effective: Annotated[dt.date, About("从哪一天起")]
    task: Annotated[int | None, About("改哪项任务", gt=0, lt=_NUMBERS_END)] = None
    indicator: Annotated[str, About("改这项任务的哪个指标；改任务本身不填")] = ""
    target: Annotated[Decimal | None, About("新的目标值", ge=0)] = None
    due: Annotated[dt.date | None, About("新的时限")] = None
    lead: Annotated[tuple[str, ...], About("新的牵头单位")] = ()
    responsible: Annotated[tuple[str, ...], About("新的责任单位")] = ()
    support: Annotated[tuple[str, ...], About("新的配合单位")] = ()
    split: Annotated[Mapping[str, Decimal], About("新目标的分解；不写则各份按比例跟着变")] = {}
    withdrawn: Annotated[bool, About("这项任务（或这个指标）不再执行")] = False
    section: Annotated[int | None, About("新增任务放在第几部分", gt=0, lt=_NUMBERS_END)] = None
    add: Annotated[Task | None, About("新增的任务")] = None

    @property
    def hands_on(self) -> bool:
        """Whether it says anew who has the task."""
        return bool(self.lead or self.responsible or self.support)


class Plan(ValueType):
    """A whole work arrangement."""

    title: Annotated[str, About("工作安排的名称", min_length=1)]
    document_number: Annotated[str, About("文号，如 晋市政办〔2021〕26号", min_length=1)]
    issuer: Annotated[str, About("印发机关", min_length=1)]
    issued_on: Annotated[dt.date, About("成文日期")]
    period: Annotated[Period, About("工作期")]
    departments: Annotated[tuple[Department, ...], About("括号中出现的单位和单位组")]
    sections: Annotated[tuple[Section, ...], About("各部分")]
    lights: Annotated[Thresholds, About("亮灯与临期的界限")] = Thresholds()
    first_leads_from: Annotated[
        int | None,
        About("通知写明“列第一位者为牵头单位，下同”的，从哪项任务起", gt=0, lt=_NUMBERS_END),
    ] = None
    bases: Annotated[tuple[Base, ...], About("比率的基数、分解目标的依据")] = ()
    amendments: Annotated[tuple[Amendment, ...], About("后来的文件改了什么，从哪天起")] = ()
    closing: Annotated[Closing | None, About("销号的规矩；不写则报了完成就算完成")] = None
    letters: Annotated[LetterNumbering | None, About("提醒函、督办单的文号")] = None
    course: Annotated[
        Mapping[str, str], About("各累计指标到哪一天应完成目标的百分之几；没有自己的 stages 的照它")
    ] = {}
    previous: Annotated[str, About("上一年的文件夹，如 ../2020")] = ""

    def tasks(self) -> Iterator[tuple[Section, Task]]:
        """Every task with its section, in the notice's order."""
        for section in self.sections:
            for task in section.tasks:
                yield section, task

    def base(self, name: str) -> Base | None:
        """The base of this name, if there is one."""
        return next((base for base in self.bases if base.name == name), None)

    def due(self, task: Task) -> dt.date:
        """The day a task is due: its own, else the period's last."""
        return task.due or self.period.end
