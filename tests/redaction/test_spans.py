"""Sets of spans and the questions they answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redaction.spans import SpanSet

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda s: (s[0], s[0] + s[1])), max_size=12
)


@given(SPANS, st.integers(0, 45), st.integers(1, 9))
def test_touches_says_what_looking_at_each_span_says(spans, start: int, length: int) -> None:
    end = start + length
    assert SpanSet(spans).touches(start, end) == any(s < end and start < e for s, e in spans)


@given(SPANS)
def test_every_span_of_a_set_is_held_by_it(spans) -> None:
    held = SpanSet(spans)
    assert all(held.holds(start, end) for start, end in spans)
