"""`fs signoff`: the group; without a command it lists what waits for a decision."""

from foodsafety_cli.cli.parser.app import CommandEntry, Group, new_app


class SignOffGroup(Group):
    """Sign-offs: applied for, decided on, looked through."""

    default = "list"
    for_number = (
        "申请销号请写：fs signoff apply {0}；同意：fs signoff accept {0}；看这项任务：fs show {0}"
    )
    guesses = {  # noqa: RUF012 - as in Group
        "申请": "fs signoff apply 任务序号",
        "同意": "fs signoff accept 任务序号",
        "退回": "fs signoff return 任务序号 --reason 原因",
        "撤回": "fs signoff withdraw 任务序号",
        "重新打开": "fs signoff reopen 任务序号",
        "结案": "fs signoff close-unmet 任务序号 --reason 原因",
        "refuse": "fs signoff return 任务序号 --reason 原因",
        "approve": "fs signoff accept 任务序号",
    }
    entries = {  # noqa: RUF012 - declared ClassVar in Group
        "list": CommandEntry("signoff_list", "等审核的销号申请（直接运行 fs signoff 也是它）"),
        "apply": CommandEntry("signoff_apply", "申请销号"),
        "withdraw": CommandEntry("signoff_withdraw", "撤回申请"),
        "accept": CommandEntry("signoff_accept", "同意销号"),
        "return": CommandEntry("signoff_return", "退回，写明原因"),
        "reopen": CommandEntry("signoff_reopen", "已销号的重新打开"),
        "close-unmet": CommandEntry("signoff_close_unmet", "没有完成也结案，写明原因"),
        "form": CommandEntry("signoff_form", "销号审核表（.docx）"),
    }


app = new_app(
    SignOffGroup,
    epilog=(
        "例：\n"
        "  fs signoff apply 20 --evidence 监测报告.pdf --note 120批次全部完成\n"
        "  fs signoff                                等审核的，先申请的在前\n"
        "  fs signoff accept 37 --by 姓名\n"
        "  fs signoff -o 销号台账.xlsx               全部销号，存成表"
    ),
)


@app.callback()
def signoff() -> None:
    """销号：申请、审核、退回、重新打开；不写命令则列出等审核的。"""
