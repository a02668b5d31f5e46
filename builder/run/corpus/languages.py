"""The language model that comes with the optional py3langid, for the languages of a dataset."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from builder.core.settings import Settings

if TYPE_CHECKING:
    from builder.parse.language import LanguageModel

PACKAGE = "py3langid"
_NO_LANGUAGE = "zxx"
_ABSENT = (
    f"The languages of texts were not determined, for {PACKAGE} is not installed. "
    "If you want them: pip install 'newsthreads[lang]', and build again."
)
_ALONE = (
    "Every text is taken to be in {}, the one language of the settings, without a score. To have the language of "
    "each determined, name all that may occur: languages in [tool.builder]."
)


@dataclass(frozen=True, slots=True)
class Languages:
    """How a build determines languages: among which (None: not at all), by what, and what to tell of it."""

    among: tuple[str, ...] | None = None
    by: str = ""
    remark: str = ""


NOT_AT_ALL: Final = Languages()


def languages_of(settings: Settings) -> Languages:
    """How languages are determined under these settings, with what is installed here."""
    if not settings.detect_languages:
        return NOT_AT_ALL
    try:
        by = f"{PACKAGE} {version(PACKAGE)}"
    except PackageNotFoundError:
        return Languages(remark=_ABSENT)
    named = ", ".join(settings.languages) or "all that it knows"
    alone = len(primary(settings.languages)) == 1
    return Languages(settings.languages, f"{by}: {named}", _ALONE.format(named) if alone else "")


@cache
def language_model(languages: tuple[str, ...]) -> "LanguageModel | None":
    """The model for these languages (BCP 47; none: for all that it knows); none where it knows none of them."""
    from builder.parse.language import choose  # noqa: PLC0415 - who only names a model need not load it

    wanted = primary(languages)
    model = _whole()
    among = [one for one in model.languages if one != _NO_LANGUAGE and (one in wanted or not wanted)]
    return choose(model, among) if among else None


def primary(languages: Sequence[str]) -> tuple[str, ...]:
    """The languages without what stands behind them: pt of pt-BR."""
    return tuple(dict.fromkeys(language.partition("-")[0].lower() for language in languages))


def _whole() -> "LanguageModel":
    import numpy as np  # noqa: PLC0415 - as in ``language_model``
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - an extra, and 48 MB

    from builder.parse.language import Automaton, LanguageModel  # noqa: PLC0415

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    languages = tuple(dict.fromkeys(model.nb_classes))
    automaton = Automaton(
        np.asarray(model.tk_nextmove).astype(np.int32),
        np.asarray(model.tk_row).astype(np.int32) << 8,
        np.asarray(model.tk_output, dtype=np.int32),
    )
    column = np.array([languages.index(one) for one in model.nb_classes], dtype=np.int64)
    weights = np.asarray(model.nb_ptc, dtype=np.float32)
    return LanguageModel(languages, column, weights, np.asarray(model.nb_pc, dtype=np.float32), automaton)
