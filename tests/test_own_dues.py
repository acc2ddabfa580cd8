"""More time for one of several departments: its own date everywhere, and nobody else's."""

from tests.conftest import Fs

CREATE, FIRST = "示范县创建", "初评"


def granted(fs: Fs, task: str, body: str, to: str) -> None:
    fs("extension", "apply", task, "-d", body, "--to", to, "--reason", "改期").ok()
    fs("extension", "grant", task, "-d", body, "--by", "李四").ok()


def dues(fs: Fs, body: str, task: int) -> dict[str, object]:
    rows = fs.objects("export", "-d", body)
    return {row["indicator"] or "": row["due"] for row in rows if row["id"] == task}


def test_only_the_figures_that_it_reports_are_put_off(fs: Fs) -> None:
    granted(fs, "55", "阳城县", "2022-03-31")
    assert fs.thing("show", "55")["due"] == "2021-12-31"
    assert {row["due"] for row in fs.objects("indicators", "-i", FIRST)} == {"2021-12-31"}
    assert dues(fs, "阳城县", 55)[CREATE] == "2022-03-31"
    assert dues(fs, "城区", 55)[CREATE] == "2021-12-31"
    late = fs.objects("due", "--overdue", "--by", "task", "--as-of", "2022-01-05")
    (row,) = (row for row in late if row["id"] == 55)
    assert ("城区" in str(row), "阳城县" in str(row)) == (True, False)


def test_the_list_of_extensions_shows_what_was_granted(fs: Fs) -> None:
    fs("extension", "apply", "59", "-d", "市公安局", "--to", "2021-12-10", "--reason", "改期").ok()
    decision = ("--by", "李四", "--to", "2021-11-30")
    fs("extension", "grant", "59", "-d", "市公安局", *decision).ok()
    (row,) = fs.objects("extension")
    assert (row["due"], row["due_first"]) == ("2021-11-30", "2021-11-20")


def test_the_report_names_whom_more_time_was_given(fs: Fs) -> None:
    granted(fs, "34", "阳城县", "2022-03-31")
    fs("progress", "update", "34", "-d", "阳城县", "--percent", "50").ok()
    fs("report", "-o", "r.md").ok()
    text = (fs.folder / "r.md").read_text("utf-8")
    dated = "2021-12-31；阳城县 2022-03-31（原 2021-12-31，延期1次）"
    assert f"延期1次 | {dated}" in text[text.index("逾期、未报、延期的任务") :]


def test_who_was_closed_unmet_is_asked_no_more(fs: Fs) -> None:
    fs("signoff", "close-unmet", "34", "-d", "城区", "--by", "李四", "--reason", "无冷库").ok()
    asked = fs("due", "--by", "task", "-d", "城区", "--as-of", "2022-01-05", "-f", "csv").ok().out
    assert "\n34," not in asked
    others = (
        fs("due", "--by", "task", "-d", "阳城县", "--as-of", "2022-01-05", "-f", "csv").ok().out
    )
    assert "\n34," in others


def test_reporters_of_a_task_without_indicators_are_reminded(fs: Fs) -> None:
    plan = (fs.folder / "plan.yaml").read_text("utf-8")
    head, _, tail = plan.partition("      - id: 2\n")
    tail = "      - id: 2\n        reported_by: [城区, 高平市]\n" + tail
    (fs.folder / "plan.yaml").write_text(head + tail, "utf-8")
    assert "2" in {str(row["id"]) for row in fs.objects("due", "--by", "task", "-d", "城区")}


def test_what_is_reported_unasked_counts_for_who_reports_it_alone(fs: Fs) -> None:
    told = fs("progress", "update", "9", "-d", "城区", "--percent", "100").ok()
    assert "只算它自己的进展，不算在任务里" in told.err
    own = next(row for row in fs.objects("depts") if row["name"] == "城区")
    assert (own["own_completion"], own["own_reported"]) == (10, "1/11")  # of ten that can be judged
    shown = fs.thing("show", "9")
    assert (shown["light"], shown["status"], shown["completion"]) == ("灰", "未报", 0)


def test_a_mean_of_some_does_not_contradict_the_whole(fs: Fs) -> None:
    for args in (("-d", "城区", "--value", "1.2"), ("-d", "泽州县", "--value", "1.5")):
        fs("progress", "update", "16", "-i", "食品检验量", *args, "--date", "2021-03-15").ok()
    whole = ("--value", "0.9", "--date", "2021-03-15")
    fs("progress", "update", "16", "-i", "食品检验量", *whole).ok()
    assert "不一致" not in fs("check").ok().out


def test_figures_that_do_not_concern_anyone_are_not_short(fs: Fs) -> None:
    for name in ("1", "2"):
        fs("progress", "update", "38", "-i", name, "--value", "0/0").ok()
    run = fs("signoff", "apply", "38").ok()
    assert ("不涉及" in run.err, "未达目标" in run.err) == (True, False)


def test_words_about_one_indicator_outlive_a_figure_of_another(fs: Fs) -> None:
    told = ("--value", "10", "--problems", "缺人手")
    fs("progress", "update", "16", "-i", "核查处置率", *told, "--date", "2021-09-01").ok()
    later = ("-i", "食品检验量", "--value", "1", "--date", "2021-09-02")
    fs("progress", "update", "16", *later).ok()
    fs("report", "-o", "r.md").ok()
    assert "缺人手" in (fs.folder / "r.md").read_text("utf-8")
