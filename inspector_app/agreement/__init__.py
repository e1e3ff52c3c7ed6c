"""The signed agreement: the PDF of an inspection's agreement, opened in a child process.

Importing this loads no PDF library; only the child that runs `serve` does.
"""

from inspector_app.agreement.reader import (
    AgreementFacts,
    AgreementReader,
    PagePicture,
    PageText,
)

__all__ = ["AgreementFacts", "AgreementReader", "PagePicture", "PageText", "serve"]


def serve() -> None:
    """Be the child: answer an `AgreementReader` on stdin and stdout until it goes away."""
    from inspector_app.agreement.opener import loop

    loop()
