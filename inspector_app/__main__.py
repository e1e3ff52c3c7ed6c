"""The program's entry: no command opens the window, a command runs it.

The only module that knows both the window and the command line.
"""

import sys
from pathlib import Path

DECODE = "decode-pictures"
PICTURES = "picture-pages"


def main() -> int:
    """Run the program; returns the exit code."""
    arguments = sys.argv[1:]
    if arguments[:1] == [DECODE]:
        from inspector_app.photos import serve

        serve()
        return 0
    if arguments[:1] == [PICTURES]:
        from inspector_app.ui.pictures import paint

        return paint(*map(Path, arguments[1:3]))
    if not arguments or (len(arguments) == 1 and Path(arguments[0]).is_dir()):
        from inspector_app.ui.app import main as window

        return window(Path(arguments[0]) if arguments else None)
    from inspector_app.cli import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
