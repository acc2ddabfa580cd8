"""What clerks of other offices write: signs before lines, bodies first, problems, feasts, slips."""

import datetime as dt

import pytest

from foodsafety_cli.notice.webpage import page_lines
from tests.notice.made import drafted, roles, tasks

HEAD = "松溪县2025年冷链食品监管任务分工\n一、追溯管理\n"


@pytest.mark.parametrize("sign", ["▶", "➤", "👉", "✅", "◎", "■ "])
def test_a_sign_before_a_line_is_no_part_of_it(sign: str) -> None:
    text = (
        f"{HEAD}1.登记冷库\n全县冷库登记率达到100%。\n{sign}责任单位：县市场监管局、商务局\n"
        f"{sign}完成时间：7月底前\n2.抽查冷柜\n抽查冷柜80台。\n{sign}责任单位：县商务局\n"
    )
    first, second = tasks(text)
    assert (first.responsible, second.responsible) == (("县市场监管局", "县商务局"), ("县商务局",))
    assert (first.due, first.title, second.title) == (dt.date(2025, 7, 31), "登记冷库", "抽查冷柜")


def test_who_does_it_may_stand_before_a_colon() -> None:
    text = (
        f"{HEAD}1.县市场监管局牵头，县商务局、交通运输局配合：登记冷库46座。\n"
        "2.县商务局牵头，各乡镇（街道）配合：排查冷柜120台。\n"
        "3.县交通运输局、公安局按职责分工：抽查冷藏车35辆。\n"
        "4.各乡镇（街道）：走访商户900户。\n"
    )
    assert roles(text) == [
        {"lead": ("县市场监管局",), "support": ("县商务局", "县交通运输局")},
        {"lead": ("县商务局",), "support": ("各乡镇（街道）",)},
        {"responsible": ("县交通运输局", "县公安局")},
        {"responsible": ("各乡镇（街道）",)},
    ]
    assert [task.title for task in tasks(text)][1] == "排查冷柜120台"
    assert [i.name for task in tasks(text) for i in task.indicators][3] == "商户"


def test_beside_others_with_you_one_may_do_without() -> None:
    text = (
        f"{HEAD}1.由县市场监管局牵头，县商务局配合，登记冷库46座。\n"
        "2.由县商务局牵头，县财政局配合，更换冷柜120台。\n"
        "3.县交通运输局、公安局负责抽查冷藏车35辆。\n"
    )
    assert roles(text)[2] == {"responsible": ("县交通运输局", "县公安局")}
    assert [i.name for i in tasks(text)[2].indicators] == ["抽查冷藏车"]


def test_stations_of_a_township_are_bodies_without_their_town() -> None:
    text = (
        "柳湾镇2025年重点工作\n（一）登记冷库12座。此项工作由镇市场监管所牵头，派出所、卫生院配合，"
        "3月底前完成。\n（二）排查冷柜40台。具体由镇应急办负责，第三季度末前完成。\n"
    )
    assert roles(text) == [
        {"lead": ("镇市场监管所",), "support": ("派出所", "卫生院")},
        {"responsible": ("镇应急办",)},
    ]
    assert [task.due for task in tasks(text)] == [dt.date(2025, 3, 31), dt.date(2025, 9, 30)]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("国庆节前完成", dt.date(2025, 9, 30)),
        ("“七一”前完成", dt.date(2025, 6, 30)),
        ("五一前完成", dt.date(2025, 4, 30)),
        ("2026年元旦前完成", None),  # the period's last day
        ("第三季度末完成", dt.date(2025, 9, 30)),
        ("汛前完成", None),
        ("开学前完成", None),
        ("供暖季前完成", None),
    ],
)
def test_a_feast_is_a_day_and_never_a_body(words: str, due: dt.date | None) -> None:
    text = f"{HEAD}1.登记冷库12座。（县市场监管局牵头，县商务局配合，{words}）\n"
    assert roles(text) == [{"lead": ("县市场监管局",), "support": ("县商务局",)}]
    assert tasks(text)[0].due == due


@pytest.mark.parametrize(
    ("bracket", "meant"),
    [
        (
            "牵头单位：区商务局；配合单位：区市场监管局、公安分局、生态环境分局",
            {
                "lead": ("区商务局",),
                "support": ("区市场监管局", "区公安分局", "区生态环境分局"),
            },
        ),
        (
            "责任单位：县商务局，移动、联通、电信松溪分公司",
            {"responsible": ("县商务局", "移动松溪分公司", "联通松溪分公司", "电信松溪分公司")},
        ),
        (
            "责任单位：省商务厅、民航江北监管局",
            {"responsible": ("省商务厅", "民航江北监管局")},
        ),
        (
            "责任单位：云东县委、县政府，市商务局",
            {"responsible": ("云东县委", "云东县政府", "市商务局")},
        ),
        (
            "责任单位：云东县、云西区党委和政府",
            {"responsible": ("云东县党委和政府", "云西区党委和政府")},
        ),
        (
            "第一责任单位：县商务局；责任单位：县市场监管局",
            {"lead": ("县商务局",), "responsible": ("县市场监管局",)},
        ),
        (
            "责任科室：餐饮科、流通科，排在首位的为牵头科室，下同",
            {"lead": ("餐饮科",), "responsible": ("流通科",)},
        ),
        (
            "县商务局牵头；县税务局、县人社局等进驻部门参与",
            {"lead": ("县商务局",), "support": ("县税务局", "县人社局")},
        ),
    ],
)
def test_whom_a_bracket_names(bracket: str, meant: dict[str, tuple[str, ...]]) -> None:
    assert roles(f"{HEAD}1.登记冷库12座。（{bracket}）\n") == [meant]


def test_a_bracket_whose_beginning_is_lost_still_speaks() -> None:
    text = (
        f"{HEAD}1.登记冷库12座。责任单位：县商务局、松溪海关）\n"
        "2.抽查冷柜30台。县市场监管局牵头，县公安局按职责分工负责）\n"
    )
    assert roles(text) == [
        {"responsible": ("县商务局", "松溪海关")},
        {"lead": ("县市场监管局",), "responsible": ("县公安局",)},
    ]


def test_what_is_wrong_by_now_sets_no_target() -> None:
    text = (
        "松溪县问题整改清单\n（一）冷链监管\n1.问题：登记缓慢，全县冷库320座，登记率41%。\n"
        "责任单位：县商务局\n整改目标：冷库登记率达到100%。\n"
        "2.存在问题：抽查的30台冷柜有12台不合格。\n责任单位：县市场监管局\n"
    )
    first, second = tasks(text)
    assert [i.name for i in first.indicators] == ["冷库登记率"]
    assert first.title == "登记缓慢，全县冷库320座，登记率41%"
    assert second.indicators == ()


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("可再生能源使用占比提高到20%。", [("可再生能源使用占比", 20, "%")]),
        ("冷库间距控制在0.8处/公里以内。", [("冷库间距", 0.8, "处/公里")]),
        ("登记率巩固在98%。", [("登记率", 98, "%")]),
        ("温度预警提前量达到30分钟以上。", [("温度预警提前量", 30, "分钟")]),
        ("编制清单，涵盖16个环节。", [("环节", 16, "个")]),
        ("与9家物流企业签订协议。", [("物流企业签订协议", 9, "家")]),
        ("设立总规模5亿元的冷链基金。", [("冷链基金", 5, "亿元")]),
        ("购置雷达3部。", [("雷达", 3, "部")]),
        ("到2025年，建成区冷库登记率达到95%。", [("建成区冷库登记率", 95, "%")]),
        ("货运量年均增长8%。", [("货运量", 8, "%")]),
        ("推动松北冷库、城南冷库等18个项目竣工投产。", [("项目", 18, "个")]),
        ("新增冷库6座，对2023年以来形成的4亿元资产开展清查。", [("冷库", 6, "座")]),
        ("登记冷库6座，落实“冷链新政”20条。", [("登记冷库", 6, "座")]),
        ("新建冷库6座，发放期限不超过36个月。", [("冷库", 6, "座")]),
    ],
)
def test_figures_and_their_names(sentence: str, meant: list[tuple[str, float, str]]) -> None:
    (task,) = tasks(f"{HEAD}1.{sentence}（责任单位：县商务局）\n")
    told = [(one.name, float(one.target or 0), one.unit) for one in task.indicators]
    assert told == [(name, float(target), unit) for name, target, unit in meant]


def test_a_day_by_which_something_is_done_is_not_that_of_the_next_figure() -> None:
    text = f"{HEAD}1.9月底前报县商务局备案，新建冷库60座，新增货位1200个。（县商务局负责）\n"
    (task,) = tasks(text)
    assert {i.name: i.due for i in task.indicators} == {
        "报县商务局备案": dt.date(2025, 9, 30),
        "冷库": None,
        "货位": None,
    }


def test_who_issues_it() -> None:
    task = "一、登记\n1.登记冷库。（县商务局负责）\n"
    body = f"现将要点印发给你们。\n\n{{}}\n2025年3月11日\n\n冷链要点\n{task}"
    several = body.format("松溪县商务局　　　　松溪县教育局")
    assert drafted(f"关于印发冷链要点的通知\n{several}").plan.issuer == "松溪县商务局、松溪县教育局"
    acting = body.format("松溪县食品安全委员会\n（代章）")
    assert drafted(f"关于印发冷链要点的通知\n{acting}").plan.issuer == "松溪县食品安全委员会"
    under = f"松溪县2025年冷链工作任务\n松溪县商务局\n（2025年3月11日）\n{task}"
    assert drafted(under).plan.issuer == "松溪县商务局"


def test_the_foot_of_a_site_is_no_task() -> None:
    text = (
        f"{HEAD}1.登记冷库12座。（县商务局负责）\n"
        "主办单位：松溪县商务局　承办单位：县信息中心\n地址：滨河路8号\n某ICP备12345678号\n"
    )
    assert roles(text) == [{"responsible": ("县商务局",)}]
    assert len(drafted(text).coverage.unread) == 3, "and it is told"
    page = "<p>1.登记冷库。</p><aside><p>2.县商务局召开会议</p></aside>"
    assert [line.text for line in page_lines(page.encode())] == ["1.登记冷库。"]


def test_who_signs_below_a_table_pasted_cell_by_cell_is_in_no_row() -> None:
    rows = "1\n登记冷库12座。\n县商务局\n2\n抽查冷柜30台。\n县市场监管局\n"
    text = (
        f"松溪县任务分解表\n序号\n工作任务\n责任单位\n{rows}\n松溪县人民政府办公室\n2025年2月28日\n"
    )
    assert roles(text) == [{"responsible": ("县商务局",)}, {"responsible": ("县市场监管局",)}]


def test_labels_of_days_beside_others_on_a_line() -> None:
    text = (
        f"{HEAD}1.登记冷库\n登记冷库12座。\n"
        "牵头单位：县商务局　责任单位：县财政局、县林业局　整改时限：2025年10月31日前\n"
        "2.抽查冷柜\n抽查冷柜30台。\n责任单位：县公安局；县商务局；办结时限：2025年6月30日\n"
    )
    assert roles(text) == [
        {"lead": ("县商务局",), "responsible": ("县财政局", "县林业局")},
        {"responsible": ("县公安局", "县商务局")},
    ]
    assert [task.due for task in tasks(text)] == [dt.date(2025, 10, 31), dt.date(2025, 6, 30)]


@pytest.mark.parametrize(
    ("bracket", "meant"),
    [
        (
            "县商务局、县财政局（以上为牵头单位）、县公安局",
            {"lead": ("县商务局", "县财政局"), "responsible": ("县公安局",)},
        ),
        (
            "县商务局、县财政局（并列牵头），县公安局配合",
            {"lead": ("县商务局", "县财政局"), "support": ("县公安局",)},
        ),
        (
            "市商务局、和平区人民政府、国家税务总局和顺市税务局负责",
            {"responsible": ("市商务局", "和平区人民政府", "国家税务总局和顺市税务局")},
        ),
        (
            "市商务局牵头，会同县人民政府配合",
            {"lead": ("市商务局",), "support": ("会同县人民政府",)},
        ),
        (
            "市委组织部牵头，委编办、纪委监委配合",
            {"lead": ("市委组织部",), "support": ("市委编办", "市纪委监委")},
        ),
        (
            "区商务局、规划资源分局、财政局",
            {"responsible": ("区商务局", "区规划资源分局", "区财政局")},
        ),
        ("在松各高校", {"responsible": ("在松各高校",)}),
    ],
)
def test_whom_marks_and_places_name(bracket: str, meant: dict[str, tuple[str, ...]]) -> None:
    assert roles(f"{HEAD}1.登记冷库12座。（{bracket}）\n") == [meant]


def test_a_level_is_that_of_the_task_or_what_the_notice_says_it_leaves_out() -> None:
    lines = f"{HEAD}1.登记冷库\n牵头单位：县商务局\n参与单位：财政局、公安局\n"
    assert roles(lines) == [{"lead": ("县商务局",), "support": ("县财政局", "县公安局")}]
    told = (
        "松溪县任务书\n县直部门均略去“县”字，下同。\n1.登记冷库12座。\n责任单位：商务局\n"
        "2.抽查冷柜30台。\n责任单位：财政局、各乡镇\n"
    )
    assert roles(told) == [{"responsible": ("县商务局",)}, {"responsible": ("县财政局", "各乡镇")}]


def test_a_day_from_which_on_is_no_deadline() -> None:
    text = f"{HEAD}1.登记冷库。（责任单位：县商务局；完成时限：2025年7月起持续推进）\n"
    assert tasks(text)[0].due is None


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("松溪县冷链要点\n（2025年2月18日县政府第九次常务会议通过）\n", dt.date(2025, 2, 18)),
        ("松溪县冷链要点\n（2025年5月1日）\n", dt.date(2025, 5, 1)),
    ],
)
def test_the_day_under_a_title(head: str, day: dt.date) -> None:
    text = f"{head}一、登记\n1.登记冷库。（县商务局负责；时限：\n2025年6月30日）\n"
    assert drafted(text).plan.issued_on == day


def test_a_period_in_brackets_under_the_title() -> None:
    text = "松溪县百日攻坚方案（2025年3月10日至6月17日）\n一、登记\n1.登记。（县商务局负责）\n"
    assert drafted(text).plan.period == (dt.date(2025, 3, 1), dt.date(2025, 6, 30))


def test_a_title_runs_on_into_the_first_part() -> None:
    more = "（3）抽查冷藏车35辆，合格率达到百分之九十五以上。（县公安局负责）"
    text = (
        "松溪县2025年冷链食品监管任务分解一、登记冷库（1）登记冷库12座。（县商务局负责）"
        f"（2）抽查冷柜30台。（县市场监管局负责）二、抽查车辆{more}"
    )
    plan = drafted(text).plan
    assert plan.title == "松溪县2025年冷链食品监管任务分解"
    assert [(s.title, len(s.tasks)) for s in plan.sections] == [("登记冷库", 2), ("抽查车辆", 1)]


def test_who_signs_is_no_part_of_the_last_task() -> None:
    text = (
        "松溪县关于明确重点任务的通知\n任务一：登记冷库\n主要内容：登记冷库12座。\n"
        "落实单位：县商务局\n任务二：抽查冷柜\n主要内容：抽查冷柜30台。\n落实单位：县财政局\n\n"
        "松溪县商务局\n2025年3月1日\n"
    )
    assert [task.title for task in tasks(text)] == ["登记冷库", "抽查冷柜"]
    assert "松溪县商务局" not in tasks(text)[1].text
    assert drafted(text).plan.issuer == "松溪县商务局"


def table(*rows: str) -> str:
    """A Markdown table of a notice."""
    return "松溪县任务分解表\n\n" + "".join(f"|{row}|\n" for row in rows)


def test_titles_in_two_rows_say_what_is_below() -> None:
    text = table(
        "序号|任务|目标值|目标值|责任单位|责任单位|时间安排|时间安排",
        "序号|任务|上半年|全年|牵头|配合|启动|完成",
        "1|冷库登记数（座）|6|12|县商务局|县财政局|3月底|9月底",
        "2|冷柜抽查数（台）|10|30|县财政局|县商务局|3月底|10月底",
    )
    first, second = tasks(text)
    assert (first.lead, first.support) == (("县商务局",), ("县财政局",))
    assert [task.due and task.due.month for task in (first, second)] == [9, 10]
    assert [f"{i.target}{i.unit}" for t in (first, second) for i in t.indicators] == [
        "12座",
        "30台",
    ]


def test_a_column_may_be_called_a_division_of_duties() -> None:
    text = table(
        "序号|重点任务|工作目标|职责分工|完成期限",
        "1|登记冷库|登记率达到98%|牵头：县商务局；配合：县财政局|6月底",
        "2|抽查冷柜|抽查30台|县财政局、县商务局|9月底",
    )
    assert [task.title for task in tasks(text)] == ["登记冷库", "抽查冷柜"]
    assert roles(text)[0] == {"lead": ("县商务局",), "support": ("县财政局",)}


def test_targets_with_their_unit_and_who_fills_the_table_in() -> None:
    text = table(
        "序号|任务|目标值|责任单位|完成时间",
        "1|冷库登记数|12座|县商务局|6月底",
        "2|冷柜抽查数|30台|县财政局|9月底",
        "填报单位：松溪县商务局||||2025年3月1日",
    )
    assert [f"{i.target}{i.unit}" for t in tasks(text) for i in t.indicators] == ["12座", "30台"]
    plan = drafted(text).plan
    assert (plan.issuer, plan.issued_on) == ("松溪县商务局", dt.date(2025, 3, 1))


def test_a_government_is_of_the_place_whose_party_stands_before_it() -> None:
    text = (
        f"{HEAD}1.登记冷库12座。\n责任单位：云东县委、县政府\n"
        "2.抽查冷柜30台。\n责任单位：云西区委、区政府，云北县党委、政府，云南新区党工委、管委会\n"
    )
    assert roles(text) == [
        {"responsible": ("云东县委", "云东县政府")},
        {
            "responsible": (
                *("云西区委", "云西区政府", "云北县党委", "云北县政府"),
                *("云南新区党工委", "云南新区管委会"),
            )
        },
    ]


@pytest.mark.parametrize(
    ("bracket", "meant"),
    [
        ("县商务局、府城镇、和川镇", ("县商务局", "府城镇", "和川镇")),
        ("县商务局、和各乡镇", ("县商务局", "各乡镇")),
        ("县商务局、教体局、文广旅游局", ("县商务局", "县教体局", "县文广旅游局")),
        ("县商务局、消费者协会", ("县商务局", "县消费者协会")),
        ("县商务局、县财政局等县食品安全委员会各成员单位", ("县商务局", "县财政局")),
    ],
)
def test_names_in_a_list(bracket: str, meant: tuple[str, ...]) -> None:
    assert roles(f"{HEAD}1.登记冷库12座。（{bracket}）\n") == [{"responsible": meant}]


def test_what_a_body_answers_for_is_no_body() -> None:
    bracket = "县商务局牵头，县财政局负责资金保障，各乡镇政府落实属地责任"
    assert roles(f"{HEAD}1.登记冷库12座。（{bracket}）\n") == [
        {"lead": ("县商务局",), "responsible": ("县财政局", "各乡镇政府")}
    ]


def test_a_title_of_several_lines_over_its_day() -> None:
    text = (
        "中共松溪县委\n松溪县人民政府\n松发〔2025〕1号\n关于学习运用冷链工程经验\n"
        "做好2025年食品安全重点工作的\n实施意见\n（2025年3月5日）\n一、登记\n"
        "1.登记冷库。（县商务局负责）\n"
    )
    plan = drafted(text).plan
    assert plan.title.endswith("关于学习运用冷链工程经验做好2025年食品安全重点工作的实施意见")
    assert (plan.issuer, plan.issued_on) == ("中共松溪县委、松溪县人民政府", dt.date(2025, 3, 5))


def test_number_issuer_and_day_on_one_line() -> None:
    text = (
        "松溪县冷链要点\n松商发〔2025〕9号　松溪县商务局　2025年2月18日\n1.登记。（县商务局负责）\n"
    )
    plan = drafted(text).plan
    assert (plan.document_number, plan.issuer) == ("松商发〔2025〕9号", "松溪县商务局")
    assert plan.issued_on == dt.date(2025, 2, 18)


def test_a_number_that_a_line_begins_with_is_no_items_where_a_unit_follows() -> None:
    text = f"{HEAD}1.登记冷库12座，配套道路\n68 公里，新建货位\n12 座。（县商务局负责）\n"
    (task,) = tasks(text)
    assert [f"{i.target}{i.unit}" for i in task.indicators] == ["12座", "68公里", "12座"]


def test_tasks_numbered_without_a_colon() -> None:
    text = (
        "松溪县冷链清单\n任务一　登记冷库\n登记冷库12座。\n责任单位：县商务局\n"
        "任务二　抽查冷柜\n抽查冷柜30台。\n责任单位：县财政局\n"
    )
    assert [task.title for task in tasks(text)] == ["登记冷库", "抽查冷柜"]


def test_full_days_in_a_table_pasted_cell_by_cell() -> None:
    rows = (
        "1\n登记冷库12座\n县商务局\n2025年4月30日\n2\n建立监管平台\n县财政局\n2025年9月30日\n"
        "3\n抽查冷柜30台\n县公安局\n2025年10月31日\n"
    )
    text = f"松溪县2025年任务清单\n序号\n工作任务\n责任单位\n完成时限\n{rows}"
    assert [task.due for task in tasks(text)] == [
        dt.date(2025, 4, 30),
        dt.date(2025, 9, 30),
        dt.date(2025, 10, 31),
    ]
    assert tasks(text)[1].title == "建立监管平台"


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("可疑交易核查率达到90%。", [("可疑交易核查率", 90, "%")]),
        ("征收水土保持补偿费2亿元。", [("征收水土保持补偿费", 2, "亿元")]),
        ("年内完成冷库改造56座。", [("冷库改造", 56, "座")]),
        ("冷链政策惠及3500人。", [("冷链政策惠及", 3500, "人")]),
        ("冷库温度不高于5摄氏度。", [("冷库温度", 5, "摄氏度")]),
        ("货运量达到9万吨，年均增长8%。", [("货运量", 90000, "吨"), ("货运量2", 8, "%")]),
    ],
)
def test_more_figures_and_their_names(sentence: str, meant: list[tuple[str, float, str]]) -> None:
    (task,) = tasks(f"{HEAD}1.{sentence}（责任单位：县商务局）\n")
    told = [(one.name, float(one.target or 0), one.unit) for one in task.indicators]
    assert told == [(name, float(target), unit) for name, target, unit in meant]


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        ("新区生态环境局、经济发展局", ("新区生态环境局", "新区经济发展局")),
        ("师市民政局、教育局", ("师市民政局", "师市教育局")),
        ("地区卫健委、发改委", ("地区卫健委", "地区发改委")),
        ("旗工信局、区域合作局", ("旗工信局", "旗区域合作局")),
        ("县商务局、经济开发区管委会", ("县商务局", "县经济开发区管委会")),
        ("东安市、西安市、南安市人民政府", ("东安市人民政府", "西安市人民政府", "南安市人民政府")),
        ("城区、东县、西市人民政府", ("城区", "东县", "西市人民政府")),
    ],
)
def test_levels_of_every_kind(names: str, meant: tuple[str, ...]) -> None:
    assert roles(f"{HEAD}1.登记冷库12座。（责任单位：{names}）\n") == [{"responsible": meant}]


def test_names_without_any_level_are_of_the_one_that_the_others_have() -> None:
    others = "".join(f"{n}.登记冷库{n}座。（县商务局负责）\n" for n in range(1, 7))
    text = f"{HEAD}{others}7.抽查冷柜。（农业农村局、财政局）\n"
    assert roles(text)[-1] == {"responsible": ("县农业农村局", "县财政局")}


def test_who_stands_first_leads_in_all_tasks_above_the_note() -> None:
    text = (
        f"{HEAD}1.登记冷库。（县商务局、县财政局）\n2.抽查冷柜。（县公安局、县商务局）\n"
        "二、工作要求\n以上任务，排在第一位的为牵头单位，其他为责任单位。\n"
    )
    assert [row["lead"] for row in roles(text)] == [("县商务局",), ("县公安局",)]


def test_years_in_figures_are_the_plans_years() -> None:
    text = table(
        "序号|任务|责任单位|完成时间", "1|登记冷库|县商务局|2024/6/30", "2|抽查|县财政局|2024/9/30"
    ).replace("松溪县任务分解表", "任务分解表")
    plan = drafted(text).plan
    assert plan.period.start == dt.date(2024, 1, 1)
    assert [task.due for _, task in plan.tasks()] == [dt.date(2024, 6, 30), dt.date(2024, 9, 30)]


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("登记率达到九成以上。", [("登记率", 90, "%")]),
        ("补贴资金发放率100%。", [("补贴资金发放率", 100, "%")]),
        ("预警提前量达到45分钟。", [("预警提前量", 45, "分钟")]),
        ("保证金存储率达到98%。", [("保证金存储率", 98, "%")]),
        ("吞吐量达到6万标箱。", [("吞吐量", 60000, "标箱")]),
        ("建筑面积5万平方米以上工地安装率达到100%。", [("以上工地安装率", 100, "%")]),
    ],
)
def test_figures_of_other_offices(sentence: str, meant: list[tuple[str, float, str]]) -> None:
    (task,) = tasks(f"{HEAD}1.{sentence}（责任单位：县商务局）\n")
    told = [(one.name, float(one.target or 0), one.unit) for one in task.indicators]
    assert [one[1:] for one in told] == [one[1:] for one in meant]
    assert all(name.endswith(said) for (name, *_), (said, *_) in zip(told, meant, strict=True))
