"""Records of the tour beside what was seen: where no camera was allowed."""

from typing import ClassVar

from inspector_app.records.fields import MomentText, Record


class NoCamera(Record):
    """An area in which no picture could be taken: `no-camera:<area>`, or `no-camera:facility`.

    `reason` is what was said about it, `limits` what else was imposed, `refused` who or what was
    refused to the team, in words and by role.
    """

    kind: ClassVar[str] = "no-camera"
    area: str = ""
    reason: str = ""
    limits: str = ""
    refused: str = ""
    held: MomentText | None = None
