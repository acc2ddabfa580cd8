"""`fs letter`: the group; without a command it lists the letters and their answers."""

from foodsafety_cli.cli.parser.app import CommandEntry, Group, new_app


class LetterGroup(Group):
    """Letters: written, answered, looked through."""

    default = "list"
    entries = {  # noqa: RUF012 - declared ClassVar in Group
        "list": CommandEntry(
            "letter_list", "发过的函，谁反馈了、谁没有（直接运行 fs letter 也是它）"
        ),
        "write": CommandEntry(
            "letter_write", "写提醒函、催办函、督办单、约谈通知书（.docx），编号记账"
        ),
        "answered": CommandEntry("letter_answered", "记下一件函已经另行反馈"),
    }


app = new_app(
    LetterGroup,
    epilog=(
        "例：\n"
        "  fs letter write --kind 督办 --light 红 --reply-by 2021-10-20 -o 督办/\n"
        "  fs letter write --kind 提醒 --overdue --message   只要发微信的文字\n"
        "  fs letter                                 谁反馈了，谁没有\n"
        "  fs letter answered 晋市食安办督〔2021〕7号"
    ),
)


@app.callback()
def letter() -> None:
    """提醒函、催办函、督办单、约谈：写、编号、看谁反馈了；不写命令则列出。"""
