"""How a dataset is split, as its settings say it in ``[tool.builder.splits]``."""

from dataclasses import dataclass
from typing import Final

ARTICLE, AUTHOR = "article", "author"
SPLITS: Final = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class SplitRule:
    """The shares of articles, 1 together; what else must not reach across splits; a word that shuffles anew.

    ``by`` is ``article``, or ``author`` where all comments of an author are to be in one split as well.
    """

    train: float = 0.8
    validation: float = 0.1
    test: float = 0.1
    by: str = ARTICLE
    salt: str = ""

    @property
    def shares(self) -> tuple[float, float, float]:
        """The shares, in the order of ``SPLITS``."""
        return self.train, self.validation, self.test


def split_rule(value: object) -> SplitRule | None:
    """The rule that a table of settings gives, or none where it is not sound."""
    if not isinstance(value, dict) or set(value) - {*SPLITS, "by", "salt"}:
        return None
    shares = [value.get(name, share) for name, share in zip(SPLITS, SplitRule().shares, strict=True)]
    by, salt = value.get("by", ARTICLE), value.get("salt", "")
    if not _sound(shares) or by not in {ARTICLE, AUTHOR} or not isinstance(salt, str):
        return None
    train, validation, test = map(float, shares)
    return SplitRule(train, validation, test, by, salt)


def _sound(shares: list[object]) -> bool:
    numbers = [each for each in shares if isinstance(each, int | float) and not isinstance(each, bool)]
    return len(numbers) == len(SPLITS) and min(numbers) >= 0 and abs(sum(numbers) - 1) < 1e-9


DEFAULT: Final = SplitRule()
