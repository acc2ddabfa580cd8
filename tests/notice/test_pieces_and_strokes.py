"""Texts that are a piece of a longer one, and tables whose cells strokes part."""

import pytest

from tests.notice.made import drafted, roles, tasks

AREA = "某县2024年工作要点\n一、主要任务\n"


def test_paragraphs_under_a_sentence_that_announces_them_are_tasks() -> None:
    text = (
        f"{AREA}（一）做强冷链。形成三级冷链网络。\n"
        "县城冷库：扩建一座。（牵头单位：县商务局，责任单位：县供销社）\n"
        "乡镇冷库：每镇一座。（牵头单位：县农业农村局，配合单位：县财政局）\n"
        "（二）做实检测。（县市场监管局负责）\n"
    )
    assert roles(text) == [
        {"lead": ("县商务局",), "responsible": ("县供销社",)},
        {"lead": ("县农业农村局",), "support": ("县财政局",)},
        {"responsible": ("县市场监管局",)},
    ]
    assert tasks(text)[1].text == "乡镇冷库：每镇一座。"


def test_a_sentence_broken_by_layout_announces_nothing() -> None:
    text = f"{AREA}（一）做强冷链，扩建县城冷库（县商务局负责），\n新建乡镇冷库。（县供销社负责）\n"
    assert len(tasks(text)) == 1


@pytest.mark.parametrize("star", ["*", "★", "△"])
def test_who_has_a_star_leads(star: str) -> None:
    text = f"{AREA}（一）查酒。（责任单位：{star}县公安局、县商务局）\n（二）查茶。（县商务局）\n"
    assert roles(text)[0] == {"lead": ("县公安局",), "responsible": ("县商务局",)}
    notes = [note for notes in drafted(text).notes.values() for note in notes]
    assert "待核：名称前有星号的按牵头单位计" in notes


def test_what_site_makers_keep_above_a_page_is_its_title_and_no_words() -> None:
    text = (
        "---\nlayout: notice\ntitle: 某县2024年餐饮安全工作要点\ntags:\n  - 餐饮\n---\n\n"
        "一、重点\n1.查酒。（县公安局负责）\n2.查茶。（县商务局负责）\n"
    )
    plan = drafted(text).plan
    assert plan.title == "某县2024年餐饮安全工作要点"
    assert [task.text for _, task in plan.tasks()] == ["查酒。", "查茶。"]


def test_a_piece_of_a_text_without_line_breaks_begins_with_any_number() -> None:
    text = (
        "某县行动方案 二、重点任务（四）守住入口关。7.查验进货。登记造册。"
        "（县商务局牵头，县公安局配合）"
        "8.查验冷库。（县供销社负责）9.查验网店。（县公安局负责）"
    )
    assert roles(text) == [
        {"lead": ("县商务局",), "support": ("县公安局",)},
        {"responsible": ("县供销社",)},
        {"responsible": ("县公安局",)},
    ]


def test_a_figure_behind_a_sentence_begins_no_item() -> None:
    text = f"{AREA}（一）查酒。3.5万户全覆盖。第5条照办。（县公安局负责）\n（二）查茶。（县商务局）"
    assert len(tasks(text)) == 2


def test_a_chinese_number_may_have_a_blank_behind_it() -> None:
    text = (
        "某县2024年计划 特制定本计划。 一 完善制度 （一）查验 "
        "1.查酒。（县公安局负责） 2.查茶。（县商务局负责）"
    )
    assert [task.text for task in tasks(text)] == ["查酒。", "查茶。"]


def test_all_places_before_the_last_of_a_list_are_what_it_is() -> None:
    text = "某省要点\n1.查酒。（广州、深圳、东莞市政府负责）\n2.查茶。（省公安厅负责）"
    assert roles(text)[0] == {"responsible": ("广州市政府", "深圳市政府", "东莞市政府")}


def test_a_table_whose_rows_a_stroke_begins() -> None:
    text = (
        "某县2024年民生实事\n|\n序号 |\n项目名称 |\n投资（万元） |\n责任单位 |\n"
        "|\n1 |\n改造农贸市场 |\n300 |\n县商务局 |\n"
        "|\n2 |\n新建检测室 |\n80 |\n县市场监管局、\n县财政局 |\n"
    )
    assert roles(text) == [
        {"responsible": ("县商务局",)},
        {"responsible": ("县市场监管局", "县财政局")},
    ]


def test_rows_below_a_merged_cell_have_its_bodies() -> None:
    text = (
        "某县2024年民生实事\n序号 | 项目内容 | 进展 | 责任单位 |\n"
        "1 | 新建驿站7家。 | 建成3家。 | 县卫健局 |\n新增托位500个。 | 新增200个。 | ||\n"
        "2 | 新增线路3条。 | 无 | 县交通局 |\n | 优化线路20条。 | 完成 |  |\n"
    )
    assert [(task.text, task.responsible) for task in tasks(text)] == [
        ("新建驿站7家", ("县卫健局",)),
        ("新增托位500个", ("县卫健局",)),
        ("新增线路3条", ("县交通局",)),
        ("优化线路20条", ("县交通局",)),
    ]


@pytest.mark.parametrize(
    ("bracket", "meant"),
    [
        (
            "县商务局牵头，县公安局配合，应于10月底前完成",
            {"lead": ("县商务局",), "support": ("县公安局",)},
        ),
        ("各乡镇负责，须于6月底前办结", {"responsible": ("各乡镇",)}),
        ("各乡镇负责，需报县食安办备案", {"responsible": ("各乡镇",)}),
        ("县农业农村局、农技站", {"responsible": ("县农业农村局", "县农技站")}),
        ("县农业农村局、种畜站", {"responsible": ("县农业农村局", "县种畜站")}),
        ("县商务局、晋城东站", {"responsible": ("县商务局", "晋城东站")}),
    ],
)
def test_what_a_bracket_says_besides_names(bracket: str, meant: dict[str, tuple[str, ...]]) -> None:
    assert roles(f"{AREA}1.查酒。（{bracket}）\n2.查茶。（县公安局负责）\n")[0] == meant


def test_another_bracket_at_a_parts_end_is_no_sign_that_the_last_speaks_for_all() -> None:
    text = "某县要点\n一、宣传\n1.开会部署。（地点另定）\n2.办好展览。（县文旅局负责）\n"
    assert [task.text for task in tasks(text)] == ["办好展览。"]


def test_a_line_that_announces_is_no_part_of_a_section() -> None:
    text = (
        "某县方案\n一、降低租金\n具体措施：\n1.减免租金。（县国资局负责）\n"
        "二、2024年重点工作\n2.查酒。（县公安局负责）\n"
    )
    plan = drafted(text).plan
    assert [section.title for section in plan.sections] == ["降低租金", "2024年重点工作"]


def test_an_item_may_begin_with_a_figure_in_a_text_without_lines() -> None:
    text = (
        "某县方案 一、重点任务 1.查酒。（县公安局负责）2.24小时受理投诉。（县商务局负责）"
        "3.15座冷库全部登记。（县供销社负责）"
    )
    assert [task.text for task in tasks(text)] == [
        "查酒。",
        "24小时受理投诉。",
        "15座冷库全部登记。",
    ]


def test_an_item_may_begin_with_a_figure_below_its_heading() -> None:
    text = (
        "某县方案\n一、县水利局\n1.检查水库。\n2.疏浚河道。\n二、县气象局\n"
        "1.24小时预报准确率达到85%。\n三、县财政局\n1.筹集资金。\n资金不少于\n1.24亿元。\n"
    )
    assert [task.text for task in tasks(text)] == [
        "检查水库。",
        "疏浚河道。",
        "24小时预报准确率达到85%。",
        "筹集资金。资金不少于1.24亿元。",
    ]


@pytest.mark.parametrize(
    ("signed", "issuer"),
    [
        ("某县妇女联合会　2024年3月5日", "某县妇女联合会"),
        ("某县食品安全委员会办公室　　二〇二四年三月五日", "某县食品安全委员会办公室"),
        ("（某县民政局 2024年3月5日）", "某县民政局"),
    ],
)
def test_a_signature_may_stand_on_one_line_with_its_day(signed: str, issuer: str) -> None:
    text = (
        f"关于印发某县餐饮方案的通知\n各乡镇：\n现印发给你们，请落实。\n{signed}\n"
        "某县餐饮方案\n一、重点\n1.查酒。（县公安局负责）\n2.查茶。（县商务局负责）\n"
    )
    plan = drafted(text).plan
    assert (plan.issuer, str(plan.issued_on)) == (issuer, "2024-03-05")


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("2024年9月起推行明厨亮灶。", "推行明厨亮灶"),
        ("从3月份开始排查冷库隐患。", "排查冷库隐患"),
        ("上半年建成检测中心。", "建成检测中心"),
        ("5月至9月开展夏季整治。", "开展夏季整治"),
        ("每年3月底前公布抽检计划。", "公布抽检计划"),
        ("2024年农村聚餐管理提升工程。", "2024年农村聚餐管理提升工程"),
    ],
)
def test_a_title_begins_with_what_is_done_and_not_when(sentence: str, title: str) -> None:
    assert tasks(f"{AREA}1.{sentence}（县公安局负责）\n2.查茶。（县商务局负责）")[0].title == title


def test_to_complete_a_system_covers_nothing() -> None:
    (task, _) = tasks(
        f"{AREA}1.建立健全覆盖城乡的检测网络。（县公安局负责）\n2.查茶。（县商务局负责）"
    )
    assert task.indicators == ()


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("动员80家企业加入追溯平台。", ("80", "家")),
        ("推动12家企业上市。", ("12", "家")),
        ("使800户群众受益。", ("800", "户")),
        ("放流鱼苗3000尾。", ("3000", "尾")),
        ("用电量达到500千瓦时。", ("500", "千瓦时")),
        ("抽检50项次。", ("50", "项次")),
    ],
)
def test_figures_behind_other_verbs_and_in_other_units(
    sentence: str, figure: tuple[str, str]
) -> None:
    task = tasks(f"{AREA}1.{sentence}（县公安局负责）\n2.查茶。（县商务局负责）")[0]
    assert [(str(i.target), i.unit) for i in task.indicators] == [figure]


def test_lines_right_below_a_heading_say_who_answers_for_what_follows() -> None:
    text = (
        f"{AREA}（一）做强冷链\n牵头单位：县商务局\n配合单位：县供销社\n扩建县城冷库。\n"
        "（二）做实检测\n牵头单位：县市场监管局\n配合单位：县财政局\n建成检测中心。\n"
    )
    assert [(task.text, task.lead, task.support) for task in tasks(text)] == [
        ("做强冷链。扩建县城冷库。", ("县商务局",), ("县供销社",)),
        ("做实检测。建成检测中心。", ("县市场监管局",), ("县财政局",)),
    ]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("对年用工20人以上的车间，按投资额给予补助，最高不超过5万元。", "按投资额给予补助"),
        (
            "支持符合条件的种植养殖大户牵头组建区域公用品牌农产品冷链直播供应联盟。",
            "支持符合条件的种植养殖大户牵头组建区域公用品牌农产品",
        ),
    ],
)
def test_a_title_is_what_is_done_and_ends_with_a_word(sentence: str, title: str) -> None:
    assert tasks(f"{AREA}1.{sentence}（县公安局负责）\n2.查茶。（县商务局负责）")[0].title == title


def test_full_width_digits_are_digits_and_stay_as_printed() -> None:
    task = tasks(
        f"{AREA}1.２０２４年６月底前培训村医３００人次，处理率达到９８％以上。（县卫健局负责）\n"
        "2.查茶。（县商务局负责）"
    )[0]
    assert [str(i.target) for i in task.indicators] == ["300", "98"]
    assert all(i.quote in task.text for i in task.indicators)
    assert str(task.indicators[0].due) == "2024-06-30"


@pytest.mark.parametrize(
    "sentence",
    [
        "规范单笔300万元以下政府采购合同备案。",
        "全县已建成快检室46个，继续提升检测能力。",
        "在已命名的28家放心餐厅基础上，推广标准化管理。",
        "对贷款企业给予贴息，单户贴息不超过20万元。",
    ],
)
def test_what_there_is_whom_it_is_for_and_what_is_given_are_no_targets(sentence: str) -> None:
    task = tasks(f"{AREA}1.{sentence}（县公安局负责）\n2.查茶。（县商务局负责）")[0]
    assert task.indicators == ()


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("二季度举办食品安全宣传周。", "2024-06-30"),
        ("9月份开展冷链检查。", "2024-09-30"),
        ("每年5月举办演练。", "None"),
    ],
)
def test_a_clause_that_begins_with_a_time_is_due_at_its_end(sentence: str, due: str) -> None:
    task = tasks(f"{AREA}1.{sentence}（县公安局负责）\n2.查茶。（县商务局负责）")[0]
    assert str(task.due) == due


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("按照省里部署，开展农村聚餐整治。", "开展农村聚餐整治"),
        ("鉴于高温天气，加密冷饮抽检。", "加密冷饮抽检"),
        ("会同有关部门，检查校园食堂。", "检查校园食堂"),
        ("9月份开展冷链检查。", "开展冷链检查"),
        ("按照有关规定给予表彰。", "按照有关规定给予表彰"),
    ],
)
def test_grounds_are_no_part_of_a_title(sentence: str, title: str) -> None:
    assert tasks(f"{AREA}1.{sentence}（县公安局负责）\n2.查茶。（县商务局负责）")[0].title == title


def test_rows_that_add_up_are_no_tasks_and_a_head_may_say_what_and_when() -> None:
    text = (
        "某县2024年任务清单\n序号\t主要任务及完成时限\t牵头部门\n1\t6月底前查酒。\t县公安局\n"
        "2\t查茶。\t县商务局\n\t合计\t2\n"
    )
    assert [(str(task.due), task.lead) for task in tasks(text)] == [
        ("2024-06-30", ("县公安局",)),
        ("None", ("县商务局",)),
    ]


def test_rows_under_a_cell_that_reaches_down_are_one_cell_shorter() -> None:
    text = (
        "工作任务 | 具体要求 | 责任部门 |\n"
        "一、做好信息公开。 | 1.更新概况信息。 | 县政府办公室 |\n"
        "2.反馈网民意见。 | 各科室 | |\n"
        "二、做好政策解读。 | 3.解读重大政策。 | 县财政局 |\n"
        "4.更新公众号。 | 县政府办公室牵头，各科室配合 | |\n"
    )
    assert roles(text) == [
        {"responsible": ("县政府办公室",)},
        {"responsible": ("各科室",)},
        {"responsible": ("县财政局",)},
        {"lead": ("县政府办公室",), "support": ("各科室",)},
    ]
    sections = drafted(text).plan.sections
    assert [section.title for section in sections] == ["做好信息公开", "做好政策解读"]


def test_a_kind_that_reaches_down_over_rows_with_days_is_their_section() -> None:
    text = (
        "任务内容 | 标准或要求 | 工作要求 | 责任单位 | 协助单位 | 完成期限 |\n"
        "生态环境 | 1、大环境绿化扎实。 | 禁止开发山。 | 县规划局 | 县国土局 | 2010年9月20日前 |\n"
        "2、建设防护绿地。 | 加强绿地建设。 | 县建设局 | 有关部门 | 2010年9月20日前 |\n"
    )
    assert roles(text) == [
        {"responsible": ("县规划局",), "support": ("县国土局",)},
        {"responsible": ("县建设局",), "support": ("有关部门",)},
    ]
    assert [section.title for section in drafted(text).plan.sections] == ["生态环境"]
