"""Whether something reaches from one split of a release into another."""

from collections.abc import Iterator

from builder.contracts.faults import Fault
from builder.release.contents import Contents, entry
from builder.release.faults import fault
from builder.release.splits.leaks import AUTHOR, leaks

_WORDS = {
    "thread": "units of one thread",
    "copy": "a copy and its original",
    AUTHOR: "comments of one author",
}


def leak_faults(release: Contents) -> Iterator[Fault]:
    """Threads and copies in several splits, and authors where the splits were made by author."""
    by_author = entry(release.told, "splits").get("by") == AUTHOR
    for leak in leaks(release.tables):
        if leak.kind != AUTHOR or by_author:
            said = (
                f"{_WORDS[leak.kind]} are in different splits: {', '.join(pair)}" for pair in leak.examples
            )
            yield fault("splits", "leak", *said, column="split", count=leak.pairs)
