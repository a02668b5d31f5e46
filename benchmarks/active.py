"""Active selection against chance: how good the baseline becomes for so many labels, on texts of known truth.

`python -m benchmarks.active [--seeds N] [--telling SHARE]` prints the learning curves and the gain with its
interval. The texts are generated: an article's own words, words of everyday, and few words that tell how hostile a
comment is, with some that mislead. Labels are wrong one time in ten. Real comments are harder; what is measured is
the choice of units.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.vocabulary import vocabulary
from builder.labels.arrays import Floats, Ints
from builder.labels.baseline import Fitted, Labelled, certainties, fit
from builder.labels.trial import macro_f1

OPTIONS = ("none", "rude", "hostile", "hate")
SHARES = (0.68, 0.20, 0.08, 0.04)
ARTICLES, POOL, TEST = 60, 1_500, 1_000
FIRST, BATCH, LAST = 100, 100, 600
WRONG = 0.1
OWN = 0.25  # share of an article's own words


@dataclass(frozen=True)
class World:
    """Texts with their articles and true options; labels are what an annotator would say."""

    texts: list[str]
    articles: Ints
    truth: Ints
    labels: Ints

    def labelled(self, places: Ints) -> Labelled:
        """The labels of some units."""
        return Labelled(
            tuple(f"c{place:020x}" for place in places),
            tuple(self.texts[place] for place in places),
            tuple(OPTIONS[self.labels[place]] for place in places),
            tuple(f"a{self.articles[place]:020x}" for place in places),
        )


Choose = Callable[[Fitted, World, Ints, np.random.Generator], Ints]
"""Of the units that have no label yet those that get one next."""


def world(seed: int, size: int, telling_share: float) -> World:
    """Texts of a seed; the words that tell options are the same for all seeds, so that pool and test agree."""
    random = np.random.default_rng(seed)
    words = np.array(vocabulary().forms[: vocabulary().size])
    everyday, rest = words[:400], words[400:]
    telling = [rest[option * 120 : (option + 1) * 120] for option in range(len(OPTIONS))]
    own = rest[1_000 : 1_000 + ARTICLES * 80].reshape(ARTICLES, 80)
    truth = random.choice(len(OPTIONS), size, p=SHARES)
    articles = random.integers(ARTICLES, size=size)
    texts = []
    for article, option in zip(articles, truth, strict=True):
        length = int(np.clip(random.lognormal(3, 0.6), 4, 150))
        kind = random.random(length)
        # A fifth of the telling words are those of the option next to it.
        said = np.clip(option + random.choice([-1, 0, 0, 0, 0, 0, 0, 0, 0, 1], length), 0, len(OPTIONS) - 1)
        place = np.minimum((random.exponential(18, length)).astype(np.int64), 79)
        drawn = np.where(
            kind < telling_share,
            [telling[one][at] for one, at in zip(said, place, strict=True)],
            np.where(kind < telling_share + OWN, own[article][place], random.choice(everyday, length)),
        )
        texts.append(" ".join(drawn))
    wrong = random.random(size) < WRONG
    labels = np.where(wrong, random.integers(len(OPTIONS), size=size), truth)
    return World(texts, articles, truth, labels)


def by_chance(_model: Fitted, _world: World, rest: Ints, random: np.random.Generator) -> Ints:
    """Any of them."""
    return random.permutation(rest)[:BATCH]


def uncertain(model: Fitted, one: World, rest: Ints, _random: np.random.Generator) -> Ints:
    """Those that the model is least sure of."""
    return rest[np.argsort(_sure(model, one, rest), kind="stable")][:BATCH]


def uncertain_apart(model: Fitted, one: World, rest: Ints, _random: np.random.Generator) -> Ints:
    """Of those that the model is least sure of some that are unlike each other."""
    best = rest[np.argsort(_sure(model, one, rest), kind="stable")][: 4 * BATCH]
    return best[apart([one.texts[place] for place in best], BATCH)]


def _sure(model: Fitted, one: World, rest: Ints) -> Floats:
    return certainties([model.shares([one.texts[place] for place in rest])])


STRATEGIES: dict[str, Choose] = {
    "random": by_chance,
    "uncertain": uncertain,
    "uncertain, apart": uncertain_apart,
}


def apart(texts: Sequence[str], size: int) -> Ints:
    """The places of so many texts: the first, then always the one least like any taken so far."""
    found = TfidfVectorizer(sublinear_tf=True).fit_transform(texts).toarray()
    taken = [0]
    nearest = found @ found[0]
    while len(taken) < min(size, len(texts)):
        nearest[taken] = np.inf
        taken.append(int(nearest.argmin()))
        nearest = np.maximum(nearest, found @ found[taken[-1]])
    return np.array(taken, np.int64)


def curve(choose: Choose, seed: int, telling_share: float) -> list[float]:
    """Macro-F1 on texts of their own, label batch by label batch."""
    pool, test = world(seed, POOL, telling_share), world(10_000 + seed, TEST, telling_share)
    random = np.random.default_rng(seed)
    taken = random.permutation(POOL)[:FIRST]
    truth = [OPTIONS[option] for option in test.truth]
    found = []
    while True:
        model = fit(pool.labelled(taken))
        said = model.shares(test.texts).argmax(axis=1)
        found.append(macro_f1(truth, [model.options[option] for option in said]))
        if len(taken) >= LAST:
            return found
        rest = np.setdiff1d(np.arange(POOL), taken)
        taken = np.concatenate([taken, choose(model, pool, rest, random)])


def report(curves: dict[str, Floats]) -> None:
    """Print mean curves, and the mean gain over chance of each strategy with its 95 % interval over seeds."""
    sizes = range(FIRST, LAST + 1, BATCH)
    print("labels           ", *(f"{size:5d}" for size in sizes))
    for name, found in curves.items():
        print(f"{name:<17}", *(f"{value:5.3f}" for value in found.mean(axis=0)))
    for name, found in curves.items():
        if name != "random":
            gain = found - curves["random"]
            _print_gain(f"{name}, mean over the curve", gain[:, 1:].mean(axis=1))
            _print_gain(f"{name}, at {LAST} labels", gain[:, -1])


def _print_gain(name: str, gains: Floats) -> None:
    half = 1.96 * gains.std(ddof=1) / np.sqrt(len(gains))
    print(f"gain of {name}: {gains.mean():+.3f} ({gains.mean() - half:+.3f} to {gains.mean() + half:+.3f})")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run all strategies over so many seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--telling", type=float, default=0.15, help="Share of words that tell the option.")
    asked = parser.parse_args(arguments)
    curves = {
        name: np.array([curve(choose, seed, asked.telling) for seed in range(asked.seeds)])
        for name, choose in STRATEGIES.items()
    }
    report(curves)


if __name__ == "__main__":
    main()
