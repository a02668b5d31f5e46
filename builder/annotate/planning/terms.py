"""The terms of a round: what a person asks for when it is planned, and what is usual where nothing is said."""

from dataclasses import dataclass, field
from typing import Literal

from builder.annotate.planning.sample import Choice, Sample
from builder.annotate.questionnaire.questions import UnitType
from builder.core.errors import UsageError

Assign = Literal["pool", "personal"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person asks for when a round is planned; ``annotators`` are pseudonyms.

    ``gold`` is how many units each annotator (or the pool) gets whose right answers are known, ``repeat`` how
    many each annotator is shown a second time.
    """

    assign: Assign = "pool"
    overlap: int = 1
    annotators: tuple[str, ...] = ()
    sample: Sample = field(default_factory=Sample)
    gold: int = 0
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class Wishes:
    """Terms as far as a person named them; None is left to what is usual, or to the plan that is there."""

    sample: int | None = None
    seed: int | None = None
    stratify: tuple[str, ...] | None = None
    choose: Choice | None = None
    annotators: tuple[str, ...] | None = None
    overlap: int | None = None
    assign: Assign | None = None
    gold: int | None = None
    repeat: int | None = None

    def terms(self, unit_type: UnitType) -> Terms:
        """The terms of a new round: personal where annotators are named, captures by doubt, all by chance.

        Raises ``UsageError`` for personal projects without annotators, and for repeats in a pool.
        """
        annotators = tuple(dict.fromkeys(self.annotators or ()))
        assign = self.assign or ("personal" if annotators else "pool")
        if assign == "personal" and not annotators:
            raise UsageError("Personal projects need to know whose: --annotators ana,bo,chi")
        if assign == "pool" and self.repeat:
            raise UsageError(
                "--repeat shows somebody a unit twice, and in a pool the second showing may be another's. Leave it "
                "out, or give each annotator a project: --assign personal --annotators ana,bo,chi"
            )
        choose = self.choose or ("doubtful" if unit_type == "capture" else "random")
        sample = Sample(self.sample, self.seed or 0, self.stratify or (), choose)
        return Terms(assign, self.overlap or 1, annotators, sample, self.gold or 0, self.repeat or 0)
