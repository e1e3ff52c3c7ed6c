"""Which form's text an agreement has, by phrases that the form file lists; never by a file name."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.auditing.letters import best_passage, reduced
from inspector_app.forms import Form

KNOWN = 0.85
"""The share of a phrase's letters by which it is recognized in a bad scan.

Lower than for a quotation: a phrase only tells revisions apart, and no phrase that does so has
more than 0.8 of its letters, in order, in the text of another revision.
"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many of a form's phrases stand in a text, and those that do not."""

    form: Form
    found: int
    missing: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """A form fits when its every phrase is there; one without phrases never does."""
        return self.found > 0 and not self.missing


def likeness(text: str, form: Form) -> Likeness:
    """Compare a reduced text with one form's phrases."""
    shares = {phrase: best_passage(reduced(phrase), text).share for phrase in form.recognized_by}
    missing = [phrase for phrase, share in shares.items() if share < KNOWN]
    return Likeness(form, len(form.recognized_by) - len(missing), tuple(missing))


def fitting(text: str, forms: Sequence[Form]) -> list[Form]:
    """The forms whose phrases all stand in a reduced text: one, several or none."""
    return [form for form in forms if likeness(text, form).fits]


def nearest(text: str, forms: Sequence[Form]) -> Likeness | None:
    """The form that comes closest, to say what keeps it from fitting."""
    alike = [likeness(text, form) for form in forms if form.recognized_by]
    shares = [one.found / len(one.form.recognized_by) for one in alike]
    return alike[shares.index(max(shares))] if alike and max(shares) > 0 else None
