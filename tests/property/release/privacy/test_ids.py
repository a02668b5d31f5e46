"""Two people never share a pseudonym, and nothing but the key makes it."""

from hypothesis import given
from hypothesis import strategies as st

from builder.core import ids
from builder.release.privacy.keyed import released_id

people = st.tuples(st.text(max_size=5), st.text(max_size=9).map(ids.name_key))


@given(st.sets(people, min_size=2, max_size=50), st.binary(min_size=32, max_size=32))
def test_pseudonyms_are_injective(some: set[tuple[str, str]], key: bytes) -> None:
    """Authors who differ in source or name have different pseudonyms, again and again the same."""
    authors = {ids.author_id(*one) for one in some}
    made = {one: released_id(key, one) for one in authors}
    assert len(set(made.values())) == len(authors)
    assert made == {one: released_id(key, one) for one in authors}


@given(st.sets(st.integers(0, 2**80 - 1), min_size=1, max_size=50), st.binary(min_size=32, max_size=32))
def test_comments_and_tasks_are_injective(some: set[int], key: bytes) -> None:
    """Ids that differ stay different."""
    for letter in "ct":
        assert len({released_id(key, f"{letter}{one:020x}") for one in some}) == len(some)
