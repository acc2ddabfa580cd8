"""Whom clerks of other offices name: in lists, in labels, before the task, without a level."""

import datetime as dt

import pytest

from foodsafety_cli.notice.cellwords import whole_names
from tests.notice.made import drafted, roles, table, tasks

HEAD = "松溪县2025年冷链食品监管任务分工\n一、追溯管理\n"


@pytest.mark.parametrize(
    ("bracket", "meant"),
    [
        (
            "县委组织部、网信办、编办、政法委，县教育局、团委负责",
            {
                "responsible": (
                    *("县委组织部", "县委网信办", "县委编办", "县委政法委"),
                    *("县教育局", "县团委"),
                )
            },
        ),
        (
            "区党工委办公室、管委会办公室，县政府办公室、党委办公室负责",
            {
                "responsible": (
                    *("区党工委办公室", "区管委会办公室"),
                    *("县政府办公室", "县党委办公室"),
                )
            },
        ),
        (
            "县农业农村局牵头，各团场、镇配合",
            {"lead": ("县农业农村局",), "support": ("各团场、镇",)},
        ),
        (
            "县农业农村局牵头，人保财险、太平洋财险等承保机构配合",
            {"lead": ("县农业农村局",), "support": ("人保财险", "太平洋财险")},
        ),
        (
            "师市市场监督管理局、农业科学研究所，县市场监管局、检验检测中心负责",
            {
                "responsible": (
                    *("师市市场监督管理局", "师市农业科学研究所"),
                    *("县市场监管局", "县检验检测中心"),
                )
            },
        ),
        (
            "县医保局牵头，县卫生健康局、社会信用建设办、人武部配合",
            {"lead": ("县医保局",), "support": ("县卫生健康局", "县社会信用建设办", "县人武部")},
        ),
        (
            "区农业农村局、市场监管分局负责",
            {"responsible": ("区农业农村局", "区市场监管分局")},
        ),
        (
            "省财政厅牵头，各市（州）、县（市、区）人民政府，各县（市、区）、高新区落实",
            {
                "lead": ("省财政厅",),
                "responsible": (*("各市（州）、县（市、区）人民政府", "各县（市、区）", "高新区"),),
            },
        ),
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
def test_whom_a_bracket_names(bracket: str, meant: dict[str, tuple[str, ...]]) -> None:
    assert roles(f"{HEAD}1.登记冷库12座。（{bracket}）\n") == [meant]


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        ("县商务局、府城镇、和川镇", ("县商务局", "府城镇", "和川镇")),
        ("县商务局、和各乡镇", ("县商务局", "各乡镇")),
        ("县商务局、教体局、文广旅游局", ("县商务局", "县教体局", "县文广旅游局")),
        ("县商务局、消费者协会", ("县商务局", "县消费者协会")),
        ("县商务局、县财政局等县食品安全委员会各成员单位", ("县商务局", "县财政局")),
        ("新区生态环境局、经济发展局", ("新区生态环境局", "新区经济发展局")),
        ("师市民政局、教育局", ("师市民政局", "师市教育局")),
        ("地区卫健委、发改委", ("地区卫健委", "地区发改委")),
        ("旗工信局、区域合作局", ("旗工信局", "旗区域合作局")),
        ("县商务局、经济开发区管委会", ("县商务局", "县经济开发区管委会")),
        ("东安市、西安市、南安市人民政府", ("东安市人民政府", "西安市人民政府", "南安市人民政府")),
        ("城区、东县、西市人民政府", ("城区", "东县", "西市人民政府")),
    ],
)
def test_names_in_a_list(names: str, meant: tuple[str, ...]) -> None:
    assert roles(f"{HEAD}1.登记冷库12座。（责任单位：{names}）\n") == [{"responsible": meant}]


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


def test_a_bracket_whose_beginning_is_lost_still_speaks() -> None:
    text = (
        f"{HEAD}1.登记冷库12座。责任单位：县商务局、松溪海关）\n"
        "2.抽查冷柜30台。县市场监管局牵头，县公安局按职责分工负责）\n"
    )
    assert roles(text) == [
        {"responsible": ("县商务局", "松溪海关")},
        {"lead": ("县市场监管局",), "responsible": ("县公安局",)},
    ]


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


def test_a_level_is_that_of_the_task_or_what_the_notice_says_it_leaves_out() -> None:
    lines = f"{HEAD}1.登记冷库\n牵头单位：县商务局\n参与单位：财政局、公安局\n"
    assert roles(lines) == [{"lead": ("县商务局",), "support": ("县财政局", "县公安局")}]
    told = (
        "松溪县任务书\n县直部门均略去“县”字，下同。\n1.登记冷库12座。\n责任单位：商务局\n"
        "2.抽查冷柜30台。\n责任单位：财政局、各乡镇\n"
    )
    assert roles(told) == [{"responsible": ("县商务局",)}, {"responsible": ("县财政局", "各乡镇")}]


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


def test_what_a_body_answers_for_is_no_body() -> None:
    bracket = "县商务局牵头，县财政局负责资金保障，各乡镇政府落实属地责任"
    assert roles(f"{HEAD}1.登记冷库12座。（{bracket}）\n") == [
        {"lead": ("县商务局",), "responsible": ("县财政局", "各乡镇政府")}
    ]


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


@pytest.mark.parametrize(
    ("level", "long"),
    [("省", "省高级人民法院"), ("市", "市中级人民法院"), ("县", "县人民法院")],
)
def test_a_court_is_that_of_its_level(level: str, long: str) -> None:
    text = f"{HEAD}1.审理案件20件。（{level}法院负责）\n"
    (court,) = drafted(text).plan.departments
    assert court.aliases[0] == long
    other = f"{HEAD}1.审理案件20件。（{level}法院负责）\n2.审理案件9件。（{long}负责）\n"
    assert [d.name for d in drafted(other).plan.departments] == [f"{level}法院"]


def test_the_partys_and_the_governments_office_of_one_name_are_one() -> None:
    text = f"{HEAD}1.查处10起。（县委网信办负责）\n2.查处9起。（县公安局、县网信办负责）\n"
    assert [d.name for d in drafted(text).plan.departments] == ["县委网信办", "县公安局"]


def test_roles_in_a_cell_are_parted_by_its_semicolons() -> None:
    rows = table(
        "序号|重点任务|责任单位",
        "1|登记冷库|县委社会工作部牵头；县商务局，各乡镇人民政府配合",
        "2|抽查|县商务局；县公安局",
    )
    assert roles(rows) == [
        {"lead": ("县委社会工作部",), "support": ("县商务局", "各乡镇人民政府")},
        {"responsible": ("县商务局", "县公安局")},
    ]


def test_a_name_cut_by_the_line_of_a_cell_is_one() -> None:
    assert whole_names("县商务局、各乡镇人民\n政府") == ["县商务局、各乡镇人民政府"]
    assert whole_names("各县直有关\n部门") == ["各县直有关部门"]
    assert whole_names("县商务局\n县公安局") == ["县商务局", "县公安局"]


def test_lines_that_name_persons_stand_between_those_that_name_departments() -> None:
    text = (
        "1.强化源头治理。\n责任领导：张某某\n责任单位：县农业农村局、各乡镇（街\n道）\n责任人：李某、王某\n"
        "督导单位：县生态环境局\n2.强化执法。\n责任单位：县公安局、各社区\n（村）。\n"
    )
    assert roles(text) == [
        {"responsible": ("县农业农村局", "各乡镇（街道）"), "support": ("县生态环境局",)},
        {"responsible": ("县公安局", "各社区（村）")},
    ]
    assert [task.text for task in tasks(text)] == ["强化源头治理。", "强化执法。"]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("区住建局区市场监管局", ("区住建局", "区市场监管局")),
        ("县卫生健康委县教育局县公安局", ("县卫生健康委", "县教育局", "县公安局")),
        ("市委市政府督查室", ("市委市政府督查室",)),
        ("市住建局市政处", ("市住建局市政处",)),
    ],
)
def test_departments_between_which_a_break_was_lost(printed: str, names: tuple[str, ...]) -> None:
    assert roles(f"1.改造电梯。（{printed}负责）\n") == [{"responsible": names}]


@pytest.mark.parametrize(
    ("bracket", "meant"),
    [
        ("县发改局负责；县城管局、县商务局加强指导", ("县发改局", "县城管局", "县商务局")),
        ("县公安局负责，县教育局加强督促检查", ("县公安局", "县教育局")),
        ("县公安局负责；县教育局督促检查", ("县公安局", "县教育局")),
        ("各行业主管部门分别负责组织本行业人员", ("各行业主管部门",)),
        ("县局办公室、各乡镇，3-12月", ("县局办公室", "各乡镇")),
        ("县公安局负责，各相关部门各司其职", ("县公安局", "各相关部门")),
        ("县公安局、各村、社区", ("县公安局", "各村、社区")),
        ("各区教育局、公安局", ("各区教育局", "各区公安局")),
        ("各县（市、区）水利局、司法局", ("各县（市、区）水利局", "各县（市、区）司法局")),
        ("师市党委组织部、党委政法委、民政局", ("师市党委组织部", "师市党委政法委", "师市民政局")),
    ],
)
def test_what_stands_behind_names_or_before_them(bracket: str, meant: tuple[str, ...]) -> None:
    assert roles(f"1.做好此事。（{bracket}）\n") == [{"responsible": meant}]


def test_for_the_most_part_and_beside_it() -> None:
    text = "1.做好此事。（县公安局为主、县教育局为辅）\n"
    assert roles(text) == [{"lead": ("县公安局",), "support": ("县教育局",)}]


def test_what_says_that_the_first_leads_is_no_part_of_a_name() -> None:
    text = "1.做好此事。（县住建局（排在第一位的为牵头部门，下同）、县公安局）\n"
    assert roles(text) == [{"lead": ("县住建局",), "responsible": ("县公安局",)}]


def test_a_name_that_stands_bare_at_the_head_of_lists_is_no_other_ones() -> None:
    text = (
        "1.招引企业。（经济发展局、投资促进局）\n2.培育企业。（财政金融局、经济发展局）\n"
        "3.纾困解难。（新区税务局、财政金融局）\n"
    )
    assert roles(text)[2] == {"responsible": ("新区税务局", "财政金融局")}


def test_a_heading_says_whose_the_items_below_are() -> None:
    text = (
        "一、县发改局牵头落实的任务（2项）\n1.投资增长8%。（配合单位：县统计局）\n2.开工项目50个。\n"
        "二、县教育局牵头落实的任务（1项）\n3.新增学位540个。（县财政局负责，县住建局配合）\n"
    )
    assert roles(text) == [
        {"lead": ("县发改局",), "support": ("县统计局",)},
        {"lead": ("县发改局",)},
        {"responsible": ("县财政局",), "support": ("县住建局",)},
    ]
    assert tasks(text)[0].responsibility == "县发改局牵头落实；配合单位：县统计局"


def test_headings_that_are_departments_and_nothing_else() -> None:
    text = "一、县农业农村局\n1.推进净土。\n2.农药减量1%。\n二、县市场监管局\n3.抽检3000批次。\n"
    assert roles(text) == [
        {"responsible": ("县农业农村局",)},
        {"responsible": ("县农业农村局",)},
        {"responsible": ("县市场监管局",)},
    ]


def test_who_assesses_answers_only_where_nobody_else_does() -> None:
    text = (
        "1.建档。（考核单位：县茶业中心；配合单位：县供销社）\n2.抽检。（考核单位：县食安办）\n"
        "3.执法。（责任单位：县公安局；考核单位：县食安办）\n"
    )
    assert roles(text) == [
        {"responsible": ("县茶业中心",), "support": ("县供销社",)},
        {"responsible": ("县食安办",)},
        {"responsible": ("县公安局",)},
    ]


def test_that_the_first_leads_is_said_of_one_list_or_of_all_from_there() -> None:
    text = (
        "1.建档。（县商务局、县公安局）\n2.清零。（县教育局、县司法局（列第一位的为牵头单位{}））\n"
    )
    text += "3.抽检。（县卫健局、县水利局）\n"
    of_one, of_all = text.format(""), text.format("，下同")
    assert roles(of_one) == [
        {"responsible": ("县商务局", "县公安局")},
        {"lead": ("县教育局",), "responsible": ("县司法局",)},
        {"responsible": ("县卫健局", "县水利局")},
    ]
    assert roles(of_all)[2] == {"lead": ("县卫健局",), "responsible": ("县水利局",)}
    (department,) = (d for d in drafted(of_one).plan.departments if d.name == "县司法局")
    assert not any("第一位" in alias for alias in department.aliases)


def test_persons_with_their_offices_are_of_no_task() -> None:
    text = (
        "（一）大起底\n牵头领导：王某某（局党组成员、副局长）\n牵头科室：安全科\n配合科室：基教科\n"
        "对186所学校完成一次排查。\n（二）强执法\n牵头领导：李某某（局长）\n牵头科室：法规科\n"
        "配合科室：督导室\n查办案件20起。\n"
    )
    assert [task.title for task in tasks(text)] == ["大起底", "强执法"]
    assert "对186所学校完成一次排查" in tasks(text)[0].text
    assert "王某某" not in tasks(text)[0].text


def test_a_last_bracket_that_nobody_closed_may_have_closed_ones_in_it() -> None:
    text = "1.节能。到2025年降低14%。(市工信局、市住建局等按职责分工负责,各市〔特区、区〕人民政府"
    assert roles(text) == [{"responsible": ("市工信局", "市住建局", "各市〔特区、区〕人民政府")}]


def test_all_places_of_a_province_with_one_of_its_own_are_one_name() -> None:
    text = "1.推广。（责任单位：省商务厅，各市、州、直管市及神农架林区人民政府）\n"
    assert roles(text)[0]["responsible"] == (
        "省商务厅",
        "各市、州、直管市及神农架林区人民政府",
    )


def test_who_publishes_a_page_answers_for_nothing() -> None:
    text = "发文日期: 2022-01-04 发布机构: 淄川区卫生健康局\n做好宣传工作。\n"
    assert roles(text) == []


def test_departments_on_a_line_of_their_own_above_their_duty() -> None:
    text = (
        "一、职责\n（一）县教育局\n加强学校食堂管理，陪餐率达到100%。\n"
        "（二）县公安局\n查办案件5起。\n（三）县商务局\n建立台账。\n"
    )
    assert roles(text) == [
        {"responsible": ("县教育局",)},
        {"responsible": ("县公安局",)},
        {"responsible": ("县商务局",)},
    ]
    assert tasks(text)[1].text == "查办案件5起。"


def test_that_the_first_leads_is_said_in_the_head_of_a_text_without_line_breaks() -> None:
    text = (
        "现将有关事项通知如下（列第一位者为牵头单位）：一、建立台账。（县商务局、县公安局）"
        "二、开展抽检。（县水利局、县教育局）"
    )
    assert roles(text)[1] == {"lead": ("县水利局",), "responsible": ("县教育局",)}


@pytest.mark.parametrize(
    ("bracket", "meant"),
    [
        ("县商务局、县餐饮协会等行业协会", ("县商务局", "县餐饮协会")),
        ("县办公室，各科室、所、队按职责落实", ("县办公室", "各科室、所、队")),
    ],
)
def test_groups_at_the_end(bracket: str, meant: tuple[str, ...]) -> None:
    assert roles(f"1.做好此事。（{bracket}）\n") == [{"responsible": meant}]


def test_a_level_of_all_is_of_its_own_list() -> None:
    text = "1.甲。（市财政局、公安局）\n2.乙。（各区教育局、公安局、司法局）\n"
    assert roles(text) == [
        {"responsible": ("市财政局", "市公安局")},
        {"responsible": ("各区教育局", "市公安局", "各区司法局")},
    ]


def test_one_bare_name_among_levelled_ones_has_the_level_of_its_list() -> None:
    text = "1.甲。（县公安局、教育局）\n2.乙。（教育局、县财政局）\n3.丙。（县水利局、教育局）\n"
    assert roles(text)[2] == {"responsible": ("县水利局", "县教育局")}
