"""Every command that lists, and every one that shows one thing: what the contract holds for."""

LISTINGS = [
    ["tasks", "--dept", "市市场监督管理局"],
    ["sections"],
    ["depts"],
    ["indicators"],
    ["progress"],
    ["progress", "--by", "dept"],
    ["progress", "--by", "task"],
    ["progress", "--by", "indicator"],
    ["progress", "log"],
    ["export"],
    ["due"],
    ["due", "--by", "task"],
]
THINGS = [["show", "16"], ["depts", "阳城"], ["overview"]]


def names(args: list[str]) -> str:
    """The name of a case: its command."""
    return " ".join(args)
