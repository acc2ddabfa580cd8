"""`fs export`."""

import sys
from pathlib import Path

import typer

from foodsafety_cli.analysis.statements import counting
from foodsafety_cli.cli.app import Command, new_app
from foodsafety_cli.cli.bundles import with_bundles
from foodsafety_cli.cli.office import keep_apart, office_of
from foodsafety_cli.cli.options import Days, Filters, ListOptions
from foodsafety_cli.model.errors import BadValue
from foodsafety_cli.render.ledger_views import ledger_listing
from foodsafety_cli.render.listing import Listing, choose_columns, sort_rows
from foodsafety_cli.render.output import Output
from foodsafety_cli.store.files import write_file

app = new_app()

_DOCUMENTS = (".xlsx", ".html")


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs export -o 台账.xlsx                    全部任务的台账\n"
        "  fs export --dept 市公安局 -o 清单.xlsx    一个单位的责任清单\n"
        "  fs export --light 红 -o 红灯.html         红灯任务，一个网页"
    ),
)
@with_bundles
def export(
    ctx: typer.Context,
    days: Days,
    filters: Filters,
    listing: ListOptions,
) -> None:
    """工作台账：任务、单位、指标、进展、问题、措施，一表列全；-o 的后缀可用 .xlsx、.html。"""
    output = listing.as_output()
    is_document = _is_document(output)
    office = office_of(ctx, days)
    selection = filters.selection(office.narrow(filters.wanted()))
    selected = office.select(selection)
    reports = counting(office.workspace.history.reports(days=(None, days.known_on)), office.as_of)
    answer = ledger_listing(selected, selection, reports, office.as_of)
    if is_document and output.file:
        keep_apart(office.workspace, output.file)
        office.report_problems()
        write_file(output.file, _document(answer, output, output.file))
    else:
        office.show(answer, output)


def _is_document(output: Output) -> bool:
    """Whether the file is to be one for an office program; raises `BadValue` for an odd ending."""
    if output.file and output.file.suffix.lower() in _DOCUMENTS:
        return True
    try:
        output.resolve(sys.stdout)
    except BadValue as error:
        raise BadValue("-o", f"{error.reason}；存成文档用 {'、'.join(_DOCUMENTS)}") from None
    return False


def _document(answer: Listing, output: Output, file: Path) -> bytes:
    if output.format:
        raise BadValue("-f", f"“{file}”的后缀已经说明格式，请去掉 -f 或换一个文件名")
    answer = sort_rows(answer, output.sort) if output.sort else answer
    answer = choose_columns(answer, output.columns) if output.columns else answer
    if file.suffix.lower() == ".xlsx":
        from foodsafety_cli.exchange.workbook import as_workbook

        return as_workbook(answer)
    from foodsafety_cli.exchange.webtable import as_webpage

    return as_webpage(answer).encode()
