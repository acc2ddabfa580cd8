"""Several options as one parameter: what a value type declares, Typer sees as options."""

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any


def with_bundles(function: Callable[..., None]) -> Callable[..., None]:
    """Let a command take bundles: each field of such a parameter becomes an option."""
    signature = inspect.signature(function)
    bundles = {p.name: p.annotation for p in signature.parameters.values() if _is_bundle(p)}
    parameters: list[inspect.Parameter] = []
    for parameter in signature.parameters.values():
        if parameter.name in bundles:
            parameters += _options(parameter.annotation)
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))

    @wraps(function)
    def command(**given: Any) -> None:
        for name, bundle in bundles.items():
            given[name] = bundle(*map(given.pop, bundle._fields))
        function(**given)

    command.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    return command


def _is_bundle(parameter: inspect.Parameter) -> bool:
    return hasattr(parameter.annotation, "_field_defaults")


def _options(bundle: Any) -> Iterator[inspect.Parameter]:
    for name, annotation in bundle.__annotations__.items():
        yield inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=bundle._field_defaults[name],
            annotation=annotation,
        )
