"""The other end of the completion scripts: words up to the cursor in, one candidate a line out.

A script passes the words as the shell holds them, quotes and all, and quotes what it inserts by
the shell's own means. Nothing that this prints is ever evaluated by a shell.
"""

from collections.abc import Iterator, Sequence

from typer._click.core import Command
from typer._click.shell_completion import CompletionItem, ShellComplete, split_arg_string


def candidates(command: Command, words: Sequence[str]) -> Iterator[str]:
    """Lines of `value` or `value<TAB>help` for the last of these words."""
    unquoted = [_unquoted(word) for word in _without_equals(words)] or [""]
    for item in _Completion(command, unquoted).items():
        if str(item.value).isprintable():  # a line break would be two candidates
            yield "\t".join(filter(None, (str(item.value), _help(item))))


class _Completion(ShellComplete):
    """Typer's search for candidates, with the words given instead of found in the environment."""

    def __init__(self, command: Command, words: Sequence[str]) -> None:
        super().__init__(command, {}, "fs", "")
        self._words = words

    def items(self) -> list[CompletionItem]:
        return self.get_completions(*self.get_completion_args())

    def get_completion_args(self) -> tuple[list[str], str]:
        *before, last = self._words
        return before, last

    def source_vars(self) -> dict[str, object]:
        raise NotImplementedError  # the scripts are files of ours

    def format_completion(self, item: CompletionItem) -> str:
        raise NotImplementedError


def _without_equals(words: Sequence[str]) -> list[str]:
    """bash makes three words of `--dept=市`."""
    return [word for n, word in enumerate(words) if word != "=" or not _is_option(words[n - 1])]


def _is_option(word: str) -> bool:
    return word.startswith("--")


def _unquoted(word: str) -> str:
    """A word as the shell will read it; an open quote reaches to its end."""
    if word.isalnum():  # as most are: nothing to load
        return word
    return "".join(split_arg_string(word)) if word.strip() else word


def _help(item: CompletionItem) -> str:
    words = " ".join((item.help or "").split())
    return "".join(char for char in words if char.isprintable())
