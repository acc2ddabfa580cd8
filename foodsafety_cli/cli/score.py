"""`fs score`: the group; without a command it shows the scores."""

from foodsafety_cli.cli.parser.app import CommandEntry, Group, new_app


class ScoreGroup(Group):
    """评议考核: scores, marks, publication and its documents."""

    default = "show"
    default_takes_names = True
    entries = {  # noqa: RUF012 - declared ClassVar in Group
        "show": CommandEntry("score_show", "各系列的得分、名次、等次；写单位名看每一分的来处"),
        "init": CommandEntry("score_init", "取一份评分细则样例（scoring.yaml）"),
        "check": CommandEntry("score_check", "检查评分细则"),
        "mark": CommandEntry("score_mark", "评分：自评、部门评、复核"),
        "flag": CommandEntry("score_flag", "记一次降等或否决的情形"),
        "form": CommandEntry("score_form", "自评表（.xlsx），每个单位一张"),
        "import": CommandEntry("score_import", "导入交回的自评表"),
        "publish": CommandEntry("score_publish", "公布：记下得分表，写考核结果通报（.docx）"),
        "deductions": CommandEntry("score_deductions", "扣分明细（.docx），一个单位一页"),
        "letter": CommandEntry("score_letter", "把失分写成限期整改的督办单（.docx），一处一件"),
        "awards": CommandEntry("score_awards", "表彰建议名单"),
        "convert": CommandEntry("score_convert", "折算表：得分按权重折算"),
    }


app = new_app(
    ScoreGroup,
    epilog=(
        "例：\n"
        "  fs score                                  各系列的得分和名次\n"
        "  fs score 阳城县                           每一分的来处\n"
        "  fs score mark 3.1 --dept 阳城县 --points 4 --stage 复核\n"
        "  fs score publish -o 通报.docx             公布"
    ),
)


@app.callback()
def score() -> None:
    """评议考核：照评分细则（scoring.yaml）算分，每一分都有来处；不写命令则列出得分。"""
