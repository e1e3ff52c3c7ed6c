"""An inspection that follows changes one by one reads the same as one that is read anew."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.inspection import Inspection
from inspector_app.records import DocumentReview, SampledFile
from tests.reports.inspections import MARCUS, Case, small_form

FILES = [f"sampled-file:{n}" for n in range(4)]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("write", "remove", "dispute", "look")),
        st.sampled_from(FILES),
        st.sampled_from(("yes", "no", None)),
    ),
    max_size=20,
)


def read(inspection: Inspection) -> list[Any]:
    return [inspection.all(DocumentReview), inspection.all(SampledFile), inspection.unread_fields()]


@given(STEPS)
def test_following_reads_what_reading_anew_reads(steps: list[tuple[str, str, Any]]) -> None:
    case = Case(small_form())
    case.put("document-review:s", sample_kind="case-file")
    for act, record, result in steps:
        if act == "look":
            read(case.inspection)
        elif act == "dispute":
            case.dispute(record, file="another", strange=1)
        elif act == "remove" and case.inspection.log.in_view(record):
            case._write(case.inspection.removing(record), MARCUS, record)
        elif not case.inspection.log.disputed(record):
            case.put(record, review="document-review:s", results={"check-1": result})
        assert read(case.inspection) == read(Inspection(case.inspection.log, small_form()))
        case._at = case._at.replace(second=0)  # so that some changes claim the same second
