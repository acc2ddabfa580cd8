"""`fs evidence`: the group; without a command it lists what there is and what is missing."""

from foodsafety_cli.cli.parser.app import CommandEntry, Group, new_app


class EvidenceGroup(Group):
    """Evidence: listed, checked, collected."""

    default = "list"
    entries = {  # noqa: RUF012 - declared ClassVar in Group
        "list": CommandEntry(
            "evidence_list", "按任务和单位列出佐证，缺的标明（直接运行 fs evidence 也是它）"
        ),
        "check": CommandEntry("evidence_check", "核对文件：改过的、不见了的"),
        "collect": CommandEntry("evidence_collect", "把文件按任务收集到一个文件夹，附清单"),
    }


app = new_app(
    EvidenceGroup,
    epilog=(
        "例：\n"
        "  fs evidence --dept 阳城县                 阳城县有什么、缺什么\n"
        "  fs evidence check                         文件有没有改过、丢失\n"
        "  fs evidence collect -o 佐证材料/          收集起来，附清单"
    ),
)


@app.callback()
def evidence() -> None:
    """佐证材料：有什么、缺什么，核对，收集。"""
