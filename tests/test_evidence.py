"""Evidence (佐证材料): kept with its checksum, listed, missed, checked, collected."""

from openpyxl import load_workbook

from tests.conftest import Fs


def with_files(fs: Fs) -> Fs:
    """A folder where two tasks have evidence, one of them files, and a third has none."""
    (fs.folder / "佐证").mkdir()
    (fs.folder / "佐证" / "监测报告.pdf").write_bytes(b"%PDF-1")
    (fs.folder / "佐证" / "照片.jpg").write_bytes(b"JPG")
    proof = ("--evidence", "佐证/监测报告.pdf", "--evidence", "晋规自发〔2021〕88号")
    fs("signoff", "apply", "20", *proof).ok()
    fs("progress", "update", "16", "--value", "5.2", "--evidence", "佐证/照片.jpg").ok()
    fs("progress", "update", "1", "--percent", "60").ok()
    return fs


def test_what_there_is_and_what_is_missing(fs: Fs) -> None:
    rows = {row["task"]: row for row in with_files(fs).objects("evidence")}
    assert rows[20]["evidence"] == ["佐证/监测报告.pdf", "晋规自发〔2021〕88号"]
    assert (rows[20]["department"], rows[20]["missing"]) == ("市规划和自然资源局", "")
    assert rows[16]["count"] == 1
    assert (rows[1]["count"], rows[1]["missing"]) == (0, "缺")
    assert [row["task"] for row in fs.objects("evidence", "--missing")] == [1]
    assert [row["task"] for row in fs.objects("evidence", "-d", "市规自局")] == [20]


def test_a_paper_that_asks_for_more_time_proves_no_work(fs: Fs) -> None:
    with_files(fs)
    asked = ("--to", "2022-03-31", "--reason", "人手不足", "--evidence", "晋市延〔2021〕3号")
    fs("extension", "apply", "1", *asked).ok()
    rows = {row["task"]: row for row in fs.objects("evidence")}
    assert (rows[1]["count"], rows[1]["missing"]) == (1, "缺")


def test_an_update_keeps_what_the_file_was_and_words_stay_words(fs: Fs) -> None:
    with_files(fs)
    fs("progress", "update", "37", "--value", "3", "--evidence", "不在这里.pdf").ok()
    entry = fs.reported()[1]["entries"][0]
    assert (entry["files"][0]["path"], entry["files"][0]["size"]) == ("佐证/照片.jpg", 3)
    assert "files" not in fs.reported()[-1]["entries"][0]
    assert fs("check").ok().out == ""


def test_what_changed_or_vanished_is_told(fs: Fs) -> None:
    with_files(fs)
    run = fs("evidence", "check", "-f", "table").ok()
    assert "佐证文件 2 份，都没有变" in run.out
    (fs.folder / "佐证" / "监测报告.pdf").write_bytes(b"%PDF-1 changed")
    (fs.folder / "佐证" / "照片.jpg").unlink()
    run = fs("evidence", "check")
    assert run.code == 1
    assert "改过了（原 6 字节，现 14 字节）" in run.out
    assert "不见了" in run.out
    assert "2 份佐证文件与记录不符" in run.err


def test_it_is_collected_by_task_with_a_list(fs: Fs) -> None:
    with_files(fs)
    fs("evidence", "collect", "-o", "佐证材料/").ok()
    found = sorted(str(p.relative_to(fs.folder)) for p in (fs.folder / "佐证材料").rglob("*.*"))
    assert found == [
        "佐证材料/16-加大抽检监测力度/01-照片.jpg",
        "佐证材料/20-食用林产品安全质量监测任务/01-监测报告.pdf",
        "佐证材料/佐证材料清单.xlsx",
    ]
    book = load_workbook(fs.folder / "佐证材料" / "佐证材料清单.xlsx")
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert "与记录相符" in cells
    assert "不是文件，只有文号或名称" in cells
    run = fs("evidence", "collect", "-o", "佐证材料/")
    assert (run.code, "--force" in run.err) == (4, True)
    fs("evidence", "collect", "-o", "佐证材料/", "--force").ok()


def test_what_is_gone_is_told_and_the_rest_collected(fs: Fs) -> None:
    with_files(fs)
    (fs.folder / "佐证" / "照片.jpg").unlink()
    run = fs("evidence", "collect", "-o", "a").ok()
    assert "已收集 1 份" in run.err
    assert "改过或不见了的 1 份" in run.err


def test_what_was_given_for_the_whole_task_is_collected_with_the_only_reporter(fs: Fs) -> None:
    (fs.folder / "r.pdf").write_bytes(b"x")
    fs("progress", "update", "20", "--value", "118", "--evidence", "r.pdf").ok()
    assert "已收集 1 份" in fs("evidence", "collect", "-o", "c", "-d", "市规自局").ok().err


def test_names_are_compared_whole(fs: Fs) -> None:
    (fs.folder / "晋规〔2021〕88号").write_bytes(b"x")
    proof = (
        "--evidence",
        "88号",
        "--evidence",
        "晋规〔2021〕88号",
        "--evidence",
        "www.gov.cn/a.pdf",
    )
    fs("signoff", "apply", "20", *proof).ok()
    fs("evidence", "collect", "-o", "c").ok()
    book = load_workbook(fs.folder / "c" / "佐证材料清单.xlsx")
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=3)]
    assert [row[3] for row in rows if row[2] == "晋规〔2021〕88号"] == ["与记录相符"]
    assert len(list((fs.folder / "c").rglob("01-*"))) == 1


def test_a_file_that_is_not_what_was_given_is_not_copied(fs: Fs) -> None:
    with_files(fs)
    (fs.folder / "佐证" / "照片.jpg").write_bytes(b"another")
    fs("evidence", "collect", "-o", "c").ok()
    assert not list((fs.folder / "c").rglob("*.jpg"))


def test_an_empty_file_is_kept_like_any_other(fs: Fs) -> None:
    (fs.folder / "空.pdf").write_bytes(b"")
    fs("signoff", "apply", "20", "--evidence", "空.pdf").ok()
    fs("progress", "update", "16", "--value", "1", "--evidence", "空.pdf").ok()
    for anew in ({}, {"XDG_CACHE_HOME": str(fs.folder / "新")}):
        assert fs("check", **anew).ok().out == ""
        assert "空.pdf" in fs("evidence", "list", **anew).ok().out
        assert "空.pdf" in fs("log", "16", **anew).ok().out
