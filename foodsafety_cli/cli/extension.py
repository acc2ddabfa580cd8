"""`fs extension`: the group; without a command it lists the applications for more time."""

from foodsafety_cli.cli.parser.app import CommandEntry, Group, new_app


class ExtensionGroup(Group):
    """Extensions: applied for, granted or refused, looked through."""

    default = "list"
    for_number = (
        "申请延期请写：fs extension apply {0} --to 日期 --reason 原因；看这项任务：fs show {0}"
    )
    guesses = {  # noqa: RUF012 - as in Group
        "申请": "fs extension apply 任务序号 --to 日期 --reason 原因",
        "同意": "fs extension grant 任务序号",
        "批准": "fs extension grant 任务序号",
        "不同意": "fs extension refuse 任务序号 --reason 原因",
        "撤回": "fs extension withdraw 任务序号",
        "accept": "fs extension grant 任务序号",
        "approve": "fs extension grant 任务序号",
        "reject": "fs extension refuse 任务序号 --reason 原因",
    }
    entries = {  # noqa: RUF012 - declared ClassVar in Group
        "list": CommandEntry("extension_list", "延期申请和结果（直接运行 fs extension 也是它）"),
        "apply": CommandEntry("extension_apply", "申请延期"),
        "withdraw": CommandEntry("extension_withdraw", "撤回还没有审批的申请"),
        "grant": CommandEntry("extension_grant", "同意延期"),
        "refuse": CommandEntry("extension_refuse", "不同意延期，写明原因"),
        "form": CommandEntry("extension_form", "延期申请表（.docx）"),
        "opinion": CommandEntry("extension_opinion", "审批意见书（.docx）"),
    }


app = new_app(
    ExtensionGroup,
    epilog=(
        "例：\n"
        "  fs extension apply 55 --to 2022-03-31 --reason 省级初评改期\n"
        "  fs extension grant 55 --by 姓名\n"
        "  fs extension                              申请、结果和现在的时限"
    ),
)


@app.callback()
def extension() -> None:
    """延期：申请、审批；不写命令则列出。原来的时限总是写在旁边。"""
