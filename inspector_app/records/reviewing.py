"""What follows the findings: signatures, reviews, ERO's disagreement, the issued report."""

from typing import ClassVar, Literal

from inspector_app.records.fields import Count, Hash, MomentText, Record


class SignOff(Record):
    """A person stands by a part, as long as its digest is this one: `sign-off:<author>/<part>`.

    `seen` are the newest changes that he had before him, one of each author, apart by spaces:
    what somebody wrote at the same time can be told from what somebody altered later. `name` is
    that of his card: a reviewer is no member of the team, whose names are kept there.
    """

    kind: ClassVar[str] = "sign-off"
    part: str = ""
    digest: Hash | None = None
    role: str = ""
    held: MomentText | None = None
    name: str = ""
    seen: str = ""


class Review(Record):
    """What a reviewer says of a part as its digest has it; without a verdict, a comment."""

    kind: ClassVar[str] = "review"
    part: str = ""
    digest: Hash | None = None
    verdict: Literal["accepted", "returned"] | None = None
    reason: str = ""
    role: str = ""
    name: str = ""
    held: MomentText | None = None


class Disagreement(Record):
    """What ERO says against a finding, and what OPR answers: `disagreement:<finding's own id>`.

    The finding stands as it is (GAO-21-186, footnote 59: ERO disputes some findings).
    """

    kind: ClassVar[str] = "disagreement"
    ero: str = ""
    role: str = ""
    held: MomentText | None = None
    answer: str = ""
    answered: MomentText | None = None


class Issue(Record):
    """A version of the report as it left the house: `issue:<report's number>/<version>`.

    `part` is the digest of the part "report", `sha256` that of the PDF, whose bytes are kept.
    `numbers` are those printed, a line each: record, tab, number. They hold in later versions.
    `seen` are the newest changes that it was made of, one of each author, apart by spaces: with
    them it can be made again.
    """

    kind: ClassVar[str] = "issue"
    number: str = ""
    version: Count | None = None
    replaces: str = ""
    part: Hash | None = None
    headquarters: str = ""
    field_office: str = ""
    at: MomentText | None = None
    sha256: Hash | None = None
    numbers: str = ""
    seen: str = ""


class SignedFile(Record):
    """An issued report that somebody signed as a file, kept: `signed-file:<its own SHA-256>`.

    `issue` is the issued version it begins with; `certificates` are the SHA-256 of those that
    signed it, apart by spaces. Whose they are, the file says.
    """

    kind: ClassVar[str] = "signed-file"
    issue: str = ""
    sha256: Hash | None = None
    certificates: str = ""
    at: MomentText | None = None
