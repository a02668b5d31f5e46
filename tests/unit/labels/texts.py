"""Texts whose words tell how they were answered, more or less."""

from random import Random

from builder.labels.baseline import Labelled

WORDS = {"civil": "thanks fine bridge agree", "rude": "nonsense clown rubbish", "hate": "vermin scum"}
EVERYDAY = (
    "the",
    "council",
    "of",
    "a",
    "town",
    "said",
    "there",
    "will",
    "be",
    "no",
    "harbour",
    "before",
    "spring",
)


def text(random: Random, option: str, telling: float = 1.0) -> str:
    """A text of fourteen words, one of which tells the option so often."""
    words = random.choices(EVERYDAY, k=14)
    if random.random() < telling:
        words[random.randrange(14)] = random.choice(WORDS[option].split())
    return " ".join(words)


def labelled(
    n: int = 120, articles: int = 12, telling: float = 1.0, seed: int = 0, rude: float = 0.3
) -> Labelled:
    """So many texts with their labels, one in ten of them hate, dealt out to articles in turn."""
    random = Random(seed)
    labels = random.choices(list(WORDS), (0.9 - rude, rude, 0.1), k=n)
    return Labelled(
        tuple(f"c{number:020x}" for number in range(n)),
        tuple(text(random, label, telling) for label in labels),
        tuple(labels),
        tuple(f"a{number % articles:020x}" for number in range(n)),
    )
