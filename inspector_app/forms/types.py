"""The types of findings: GAO-21-186, Tables 2 and 3, and one for what fits none of them."""

import tomllib
from dataclasses import dataclass
from functools import cache

from inspector_app.paths import resource


@dataclass(frozen=True, slots=True)
class FindingType:
    """`D…` are deficiencies, `A…` areas of concern; `party` is who usually answers for it."""

    code: str
    title: str
    party: str


@cache
def finding_types() -> dict[str, FindingType]:
    """Every type by its code, in the order of the tables."""
    table = tomllib.loads(resource("finding-types.toml").read_text("utf-8"))
    return {
        code: FindingType(code, row["title"], row["party"]) for code, row in table["type"].items()
    }
