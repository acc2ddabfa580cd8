"""The `fs` script, and `python -m foodsafety_cli`."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

from foodsafety_cli.cli.parser.deferred import UnfitTyper, import_typer


def run() -> NoReturn:
    """Run the command line; an interrupt is answered also while the program still loads.

    A process that lives for some milliseconds makes little garbage: the collector would only
    walk what the imports made, and taking all of it down one by one at the end helps no one.
    """
    gc.disable()
    try:
        import_typer()
        from foodsafety_cli.cli.main import main

        code = main(sys.argv[1:])
    except UnfitTyper as error:
        print(error, file=sys.stderr)
        code = 70
    except KeyboardInterrupt:
        from foodsafety_cli.cli.streams import say_interrupted

        say_interrupted()
        code = 130
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # what could not be said has been dealt with
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
