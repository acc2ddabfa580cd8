"""The `fs` script, and `python -m foodsafety_cli`."""

import sys


def run() -> None:
    """Run the command line; an interrupt is answered also while the program still loads."""
    try:
        from foodsafety_cli.cli.main import main

        code = main(sys.argv[1:])
    except KeyboardInterrupt:
        print("\n已中断。", file=sys.stderr)
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    run()
