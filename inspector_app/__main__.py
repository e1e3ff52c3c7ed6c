"""The program's entry: no command opens the window, a command runs it.

The only module that knows both the window and the command line.
"""

import sys
from importlib import import_module
from pathlib import Path

CHILDREN = {
    "decode-pictures": "inspector_app.photos",
    "read-agreement": "inspector_app.agreement",
    "read-signatures": "inspector_app.signatures",
}
"""What this program does as a child without keys, and the package whose `serve` does it."""

PICTURES = "picture-pages"


def main() -> int:
    """Run the program; returns the exit code."""
    arguments = sys.argv[1:]
    if arguments and arguments[0] in CHILDREN:
        import_module(CHILDREN[arguments[0]]).serve()
        return 0
    from inspector_app.crashes import keep_memory_to_itself

    keep_memory_to_itself()
    if arguments[:1] == [PICTURES]:
        from inspector_app.ui.pictures import paint

        paint(Path(arguments[1]), Path(arguments[2]), *arguments[3:4])
    if not arguments or (len(arguments) == 1 and Path(arguments[0]).is_dir()):
        from inspector_app.ui.app import main as window

        window(Path(arguments[0]) if arguments else None)
    from inspector_app.cli import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
