"""What our libraries import and an answer hardly ever touches: loaded when it is touched.

A stopgap until `lazy import` (PEP 810) is in every Python that we support. The standard library's
`LazyLoader` gives up waiting as soon as a second module imports the same one, as most of these
are, or takes a name from it, and costs the load of `importlib.util` itself.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.abc import Loader

# Each is imported at the top of a module and used there in functions only. Behind it, what Typer
# and the modules it brings along take from it by name (`from x import y`) or derive from: they are
# handed something that stands in for it.
_SELDOM_TOUCHED = {
    "ast": ("NodeVisitor",),
    "bz2": (),
    "difflib": ("get_close_matches",),
    "fnmatch": (),
    "gettext": ("gettext",),
    "importlib.metadata": ("entry_points",),  # of pydantic, which looks for no plugins here
    "importlib.util": (),
    "ipaddress": (),
    "linecache": (),
    "locale": (),
    "lzma": (),
    "ntpath": (),
    "platform": (),
    "secrets": (),  # of pydantic
    "shellingham": (),
    "shutil": ("get_terminal_size",),
    "signal": (),
    "subprocess": (),
    "textwrap": (),
    "threading": (),
    "token": (),
    "tokenize": (),
    "traceback": ("FrameSummary", "StackSummary"),
    "typer.completion": ("get_completion_inspect_parameters",),
    "urllib.parse": ("quote_from_bytes",),
    "uuid": ("UUID",),
}
# of functions alone, which nothing compares by `is`: handed out whoever asks
_OF_FUNCTIONS = ("importlib.metadata",)
_FIRST_TYPER, _FIRST_UNKNOWN_TYPER = (0, 26), (0, 29)  # as in pyproject.toml
# What a module takes from another one itself, and so can be had there before it runs.
_FROM_BELOW = {("threading", "local"): ("_thread", "_local")}


class _Waiting(ModuleType):
    """A module that runs at the first look at anything in it but what every `import` looks at."""

    def __getattribute__(self, name: str) -> object:
        spec: ModuleSpec = object.__getattribute__(self, "__spec__")
        if name == "__spec__":
            return spec
        if name == "__path__":
            return object.__getattribute__(self, name)
        if (spec.name, name) in _FROM_BELOW:
            below, its_name = _FROM_BELOW[spec.name, name]
            return getattr(import_module(below), its_name)
        is_handed_out = _Later.is_handed_out or spec.name in _OF_FUNCTIONS
        if is_handed_out and name in _SELDOM_TOUCHED[spec.name]:
            kept: dict[str, object] = object.__getattribute__(self, "__dict__")
            return kept.setdefault(f"_later_{name}", _Later(self, name))
        self.__class__ = ModuleType  # type: ignore[assignment]  # from here on an ordinary one
        try:
            if spec.loader is not None:
                spec.loader.exec_module(self)
        except BaseException:  # it waits again, so that the next touch says the same
            self.__class__ = _Waiting
            raise
        return getattr(self, name)


class _Later:
    """A function or class that was taken from a waiting module; whatever is done with it loads it.

    A class may be derived from before it is there: what it has is found when it is asked for.
    What compares by `is` is not deceived: so it is handed out only while Typer is loaded.
    """

    is_handed_out = True

    def __init__(self, module: _Waiting, name: str) -> None:
        self._module = module
        self._name = name

    def _itself(self) -> Any:
        if type(self._module) is _Waiting:
            vars(self._module)
        return getattr(self._module, self._name)

    def __call__(self, *args: object, **kwargs: object) -> object:
        return self._itself()(*args, **kwargs)

    def __getattr__(self, name: str) -> object:
        return getattr(self._itself(), name)

    def __instancecheck__(self, instance: object) -> bool:
        return isinstance(instance, self._itself())

    def __subclasscheck__(self, other: type) -> bool:
        return issubclass(other, self._itself())

    def __eq__(self, other: object) -> bool:
        # nobody can have it itself while its module waits
        return self is other or (type(self._module) is not _Waiting and self._itself() == other)

    def __hash__(self) -> int:
        return hash(self._itself())

    def __or__(self, other: object) -> object:
        return self._itself() | other

    def __ror__(self, other: object) -> object:
        return other | self._itself()

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type]:
        def look_up(instance: object, name: str) -> object:
            return getattr(self._itself(), name).__get__(instance)

        return (type(self._name, (), {"__getattr__": look_up}),)


class _Waiter:
    """Stands in for a module's loader until the module is touched."""

    def __init__(self, loader: "Loader") -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__class__ = _Waiting


class _Deferring:
    """A finder for these few."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in _SELDOM_TOUCHED:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Waiter(spec.loader)  # type: ignore[assignment]  # importlib.abc is heavy
        return spec


class UnfitTyper(Exception):
    """A Typer is installed whose inner parts are not those that `cli.parser` builds on."""


def import_typer() -> None:
    """Load Typer; from now on, what is seldom touched is loaded when it is.

    Raises `UnfitTyper`, which an installer that heeds pyproject.toml never lets happen.
    """
    _defer_seldom_touched()
    import typer

    _Later.is_handed_out = False
    release = tuple(int(part) for part in typer.__version__.split(".")[:2])
    if not _FIRST_TYPER <= release < _FIRST_UNKNOWN_TYPER:
        raise UnfitTyper(
            f"fs 要用 typer {_dotted(_FIRST_TYPER)} 或更新、但在 {_dotted(_FIRST_UNKNOWN_TYPER)} "
            f"以前的版本，现在装的是 {typer.__version__}。"
            f"请重新安装：pip install 'typer<{_dotted(_FIRST_UNKNOWN_TYPER)}'"
        )


def _dotted(release: tuple[int, int]) -> str:
    return ".".join(map(str, release))


def _defer_seldom_touched() -> None:
    sys.meta_path.insert(0, _Deferring)
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        # 3.11 runs all of datetime in Python before it takes the C one; 3.12 takes it alone
        sys.modules.setdefault("datetime", import_module("_datetime"))
