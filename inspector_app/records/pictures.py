"""What is kept of pictures: which original, what it shows, and the marks laid over it."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from inspector_app.records.fields import Count, Hash, MomentText, Record

MarkShape = Literal["arrow", "box", "circle", "text", "blur"]
MarkColor = Literal["red", "yellow", "blue", "black", "white"]
Place = Annotated[int, Field(ge=0, le=10_000)]
"""In ten-thousandths of the upright picture's width or height, from its upper left corner."""


class Photo(Record):
    """A picture by the hash of its original bytes. Sizes are of the upright picture, in pixels.

    `release` is what a person decided on the public: shown with its blurs, or the exemption of
    5 U.S.C. 552(b) under which it is withheld; undecided, it is withheld.

    `taken_from` says whose clock claims `taken`: the camera's, or this laptop's when it was added.
    """

    kind: ClassVar[str] = "photo"
    sha256: Hash | None = None
    media_type: str = ""
    width: Count | None = None
    height: Count | None = None
    size: Count | None = None
    taken: MomentText | None = None
    taken_from: Literal["camera", "laptop"] | None = None
    area: str = ""
    caption: str = ""
    alt: str = ""
    decorative: bool = False
    release: Literal["public", "b6", "b7C", "b7E"] | None = None


class Annotation(Record):
    """A mark on a photo, drawn over what is shown and reported, never in the original.

    An arrow points from (x1, y1) to (x2, y2); of the others these are two opposite corners. Words
    begin in the upper left one and are as high as the box. A blur takes what is under it away.
    """

    kind: ClassVar[str] = "annotation"
    photo: str = ""
    shape: MarkShape | None = None
    x1: Place | None = None
    y1: Place | None = None
    x2: Place | None = None
    y2: Place | None = None
    text: str = ""
    color: MarkColor | None = None
