"""The standing texts: every template is well formed, and counts read as English."""

import string
import tomllib
from typing import Any

import pytest

from inspector_app.paths import resource
from inspector_app.reports.texts import fill, listed, report_of, say

TEXTS: dict[str, Any] = tomllib.loads(resource("report-texts.toml").read_text("utf-8"))
MANNERS = {"", "word", "Word", "plain"}


@pytest.mark.parametrize("id", TEXTS["text"])
def test_every_template_is_well_formed(id: str) -> None:
    template = TEXTS["text"][id]
    assert template.count("**") % 2 == 0
    for _, name, spec, _ in string.Formatter().parse(template):
        if name is not None:
            manner, _, noun = (spec or "").partition(" ")
            known = manner in MANNERS or manner in TEXTS["noun"]
            assert name.isidentifier() and known
            assert not noun or noun in TEXTS["noun"]


@pytest.mark.parametrize(
    ("template", "number", "shown"),
    [
        ("{n:deficiency}", 1, "<b>1</b>\u00a0deficiency"),
        ("{n:deficiency}", 1200, "<b>1,200</b>\u00a0deficiencies"),
        ("{n:Word finding-rests}", 0, "No\u00a0findings rest"),
        ("{n:Word finding-rests}", 1, "One\u00a0finding rests"),
        ("{n:word}", 0, "none"),
        ("{n:word}", 12, "12"),
        ("{n:plain finding}", 4, "4\u00a0findings"),
        ("**{n}**", 7, "<b>7</b>"),
    ],
)
def test_counts_read_as_english(template: str, number: int, shown: str) -> None:
    assert fill(template, n=number) == shown


def test_what_is_filled_in_never_becomes_markup() -> None:
    assert fill("**{a}** b", a="<i>**x**</i>") == "<b>&lt;i&gt;**x**&lt;/i&gt;</b> b"
    assert say("stream", stream="tour was made", reason="{n} & co").endswith("{n} &amp; co")


def test_lists_read_as_english() -> None:
    assert [listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize("kind", TEXTS["kind"])
def test_each_kind_has_its_issuer_and_title(kind: str) -> None:
    spec = report_of(kind, "WSO")
    assert spec.title and spec.issuer and spec.parts[-1] == "record"
    assert all(TEXTS["heading"].get(part, True) for part in spec.parts)
