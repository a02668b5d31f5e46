"""Who did how much of a build, and what it took."""

from collections.abc import Mapping

from builder.core.stopwatch import Times, together
from builder.run.corpus.plan import Shard
from builder.run.corpus.report import Redone
from builder.run.corpus.work import Done


class Ledger:
    """What has been done so far."""

    def __init__(self) -> None:
        self._read = [0, 0]
        self._parsed = [0, 0]
        self._spent: dict[str, Times] = {}

    def add(self, shard: Shard, done: Done) -> None:
        """Write down one shard."""
        for counts in (self._read, self._parsed) if done.parsed else (self._read,):
            counts[0] += 1
            counts[1] += len(shard)
        self._spent[done.worker] = together(self._spent.get(done.worker, {}), done.spent)

    def redone(self, shards: int) -> Redone:
        """The counts, of so many shards in all."""
        (shards_read, captures_read), (shards_parsed, captures_parsed) = self._read, self._parsed
        return Redone(shards, shards_read, shards_parsed, captures_read, captures_parsed)

    @property
    def spent(self) -> Mapping[str, Times]:
        """Where the time of each worker went."""
        return self._spent
