"""Numbers and lists in words that a person reads."""

from collections.abc import Sequence

from builder.labels.proportions import Difference, Share

NBSP = "\u00a0"


def number(count: int, thing: str = "", things: str = "") -> str:
    """So many things, in words that agree; the number alone without a thing."""
    if not thing:
        return f"{count:,}"
    return f"{count:,}{NBSP}{thing if count == 1 else things or thing + 's'}"


def percent(value: float | None) -> str:
    """A share in percent; no tenths, except near nothing and near all."""
    if value is None:
        return "not defined"
    tenths = 0 < value < 0.01 or 0.99 < value < 1
    return f"{100 * value:.{1 if tenths else 0}f}{NBSP}%"


def decimal(value: float | None, digits: int = 2) -> str:
    """A coefficient with a real minus; what is not defined says so."""
    if value is None:
        return "not defined"
    said = f"{value:.{digits}f}"
    return ("0." + "0" * digits if float(said) == 0 else said).replace("-", "\u2212")


def between(low: float | None, high: float | None, *, shares: bool = False) -> str:
    """An interval; empty where there is none."""
    if low is None or high is None:
        return ""
    return f"{percent(low)} to {percent(high)}" if shares else f"{decimal(low)} to {decimal(high)}"


def estimate(one: Share) -> str:
    """A share with its interval in brackets; only that it is not defined, where it is of nothing."""
    if one.value is None or one.low is None or one.high is None:
        return "not defined"
    return f"{percent(one.value)} ({100 * one.low:.0f} to {100 * one.high:.0f})"


def difference(one: Difference) -> str:
    """A difference of shares in percentage points, with its interval in brackets."""
    value, low, high = map(moved, (one.value, one.low, one.high))
    return f"{value} ({low} to {high})"


def moved(value: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    whole = round(100 * value)
    return f"{whole:+d}".replace("-", "\u2212") if whole else "0"


def seconds(value: float) -> str:
    """A time that a person can grasp."""
    if value < 9.95:
        return f"{value:.1f}{NBSP}s"
    if value < 120:
        return f"{value:.0f}{NBSP}s"
    return f"{value / 60:.0f}{NBSP}min" if value < 7200 else f"{value / 3600:.1f}{NBSP}h"


def together(words: Sequence[str]) -> str:
    """Words as a list in a sentence."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def shortened(text: str, most: int) -> str:
    """A text of so many characters at most, cut at the end."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def numeral(count: int) -> str:
    """A whole number as short as an axis wants it."""
    if count >= 10_000 and count % 1000 == 0:
        return f"{count // 1000}k"
    return f"{count:,}"
