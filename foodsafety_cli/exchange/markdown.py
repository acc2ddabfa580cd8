"""The report as Markdown."""

from collections.abc import Iterator

from foodsafety_cli.exchange.papers import Heading, Paper, Table
from foodsafety_cli.model.text import for_markdown


def as_markdown(paper: Paper) -> str:
    """The report's text."""
    return "\n\n".join(_blocks(paper)) + "\n"


def _blocks(paper: Paper) -> Iterator[str]:
    yield f"# {for_markdown(paper.title)}"
    yield for_markdown(paper.to)
    for block in paper.blocks:
        if isinstance(block, Table):
            yield _table(block)
        elif isinstance(block, Heading):
            yield f"{'#' * (block.level + 1)} {for_markdown(block.text)}"
        else:
            lead = f"**{for_markdown(block.lead)}**" if block.lead else ""
            yield lead + for_markdown(block.text)
    yield f"{for_markdown(paper.issuer)}  \n{paper.day}"
    for n, table in enumerate(paper.annexes, 1):
        yield f"## 附件{n}：{table.title}"
        yield _table(table) if table.rows else "没有。"


def _table(table: Table) -> str:
    lines = [table.head, ("---",) * len(table.head), *table.rows]
    return "\n".join(f"| {' | '.join(map(for_markdown, line))} |" for line in lines)
