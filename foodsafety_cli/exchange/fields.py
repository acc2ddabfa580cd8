"""The columns of reporting forms: their headings and what a row of them says."""

from collections.abc import Mapping
from enum import StrEnum

from foodsafety_cli.model.valuetype import ValueType


class Field(StrEnum):
    """A column that can be filled in or tells which row it is, by its name in data."""

    TASK = "task"
    TITLE = "title"  # what a row says beside the number: it must not be another task's
    INDICATOR = "indicator"
    DEPARTMENT = "department"
    UNIT = "unit"  # what the figure is counted in, if the row says so: it must be the plan's
    VALUE = "value"
    COUNT = "count"
    OF = "of"
    DATE = "date"
    NOTE = "note"
    PROBLEMS = "problems"
    NEXT_STEPS = "next_steps"
    EVIDENCE = "evidence"


HEADINGS = {
    Field.TASK: "序号",
    Field.TITLE: "任务",
    Field.INDICATOR: "指标",
    Field.DEPARTMENT: "单位",
    Field.UNIT: "计量单位",
    Field.VALUE: "数值/完成率",
    Field.COUNT: "分子",
    Field.OF: "分母",
    Field.DATE: "日期",
    Field.NOTE: "进展情况",
    Field.PROBLEMS: "存在问题",
    Field.NEXT_STEPS: "下步措施",
    Field.EVIDENCE: "佐证材料",
}
WORDS = (Field.NOTE, Field.PROBLEMS, Field.NEXT_STEPS, Field.EVIDENCE)
SAYING = (Field.VALUE, Field.COUNT, Field.OF, *WORDS)  # a day alone says nothing
OPTIONAL = (
    Field.TITLE,
    Field.DEPARTMENT,
    Field.UNIT,
    Field.COUNT,
    Field.OF,
)  # columns that a form may lack
DONE = "完成"
META_SHEET = "_fs"
SHEET = "填报表"
OF_DAY = "数据截至"  # in a form's second row, before the day of its figures
SIGNED_BY, NOTED = "填报人", "知悉"  # begin the rows below a form's table
# what a form tells in columns that are not filled in
TITLES = ("任务", "任务名称", "任务原文", "任务内容", "title")
TOLD = (*TITLES, "角色", "目标值", "上次填报", "阶段目标")
BY_HEADING: Mapping[str, Field] = {
    **{heading: field for field, heading in HEADINGS.items() if field is not Field.TITLE},
    **{field.value: field for field in Field if field is not Field.TITLE},
}
ALSO_CALLED = {  # what others call them; counts where the column has not its own heading
    "任务": Field.TASK,
    "任务序号": Field.TASK,
    "数值": Field.VALUE,
    "完成值": Field.VALUE,
    "完成率": Field.VALUE,
    "percent": Field.VALUE,
    "指标名称": Field.INDICATOR,
    "name": Field.INDICATOR,
    "数据日期": Field.DATE,
    "填报日期": Field.DATE,
    "填报单位": Field.DEPARTMENT,
    "报送单位": Field.DEPARTMENT,
    "单位名称": Field.DEPARTMENT,
    "责任单位": Field.DEPARTMENT,
    "部门": Field.DEPARTMENT,
    "县（市、区）": Field.DEPARTMENT,
    "县市区": Field.DEPARTMENT,
    "县区": Field.DEPARTMENT,
    "考核指标": Field.INDICATOR,
    "指标内容": Field.INDICATOR,
    "完成情况": Field.NOTE,
    "工作进展": Field.NOTE,
    "主要问题": Field.PROBLEMS,
    "下步打算": Field.NEXT_STEPS,
    "下一步措施": Field.NEXT_STEPS,
}


class Cell(ValueType):
    """A value as it was found, and where."""

    place: str
    value: object
    unit: str = ""  # that the heading gives the figures of the column
    attained: object = None  # what a column of rates says beside it


Row = Mapping[Field, Cell]
