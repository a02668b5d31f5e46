"""The head of the page: the dataset in a few numbers, and what stands out."""

from collections.abc import Iterator

import numpy as np

from builder.report.markup import Html, facts, joined, listed, tag
from builder.report.numbers import floats
from builder.report.study import Labels, Study
from builder.report.warned import warned_people
from builder.report.words import between, decimal, number, numeral, percent
from builder.report.work import answered_tasks

_DOUBT = 0.8
_WIDE = 0.3
"""An interval of alpha that is wider than this says little."""


def overview(study: Study) -> Html:
    """Numbers, and sentences about what a lead may want to look at first."""
    found = list(_findings(study))
    findings = joined((tag("h2", "What stands out", id="first-head"), listed(found))) if found else ""
    return tag("section", facts(_numbers(study), class_="numbers"), findings, id="first")


def _numbers(study: Study) -> Iterator[tuple[str, str]]:
    for name, thing in (("articles", "article"), ("comments", "comment"), ("authors", "named author")):
        yield _counted(study.corpus[name].num_rows, thing)
    if study.rounds:
        yield _counted(len(study.rounds), "round")
    if study.labels:
        yield _counted(len({one.annotator_id for one in study.labels.shares}), "annotator")
        done, of = answered_tasks(study.labels)
        yield "tasks answered", f"{numeral(done)} of {numeral(of)}"


def _counted(count: int, thing: str) -> tuple[str, str]:
    return thing if count == 1 else f"{thing}s", numeral(count)


def _findings(study: Study) -> Iterator[Html]:
    articles = study.corpus["articles"]
    doubt = int((floats(articles["parse_confidence"]) < _DOUBT).sum())
    if doubt:
        said = "article was" if doubt == 1 else "articles were"
        yield joined(
            (f"{numeral(doubt)} {said} cut with little confidence: see ", _link("corpus", "Corpus"), ".")
        )
    if study.labels:
        yield from _of_agreement(study.labels)
        yield from _of_rejects(study.labels)
        for said in warned_people(study.labels):
            yield joined((said, ": see ", _link("annotators", "Annotators"), "."))


def _of_agreement(labels: Labels) -> Iterator[Html]:
    wholes = [(subject, of) for subject, of in labels.measures if subject.option is None]
    known = [(of.alpha, subject.question, of) for subject, of in wholes if of.alpha is not None]
    if known:
        alpha, question, of = min(known, key=lambda one: one[:2])
        interval = between(of.alpha_low, of.alpha_high)
        about = f"alpha {decimal(alpha)}" + (f", 95 % interval {interval}" if interval else "")
        about += f"; raw agreement {percent(of.raw)}" if of.raw is not None else ""
        yield joined(
            (f"Annotators agree least on {question} ({about}): see ", _link("agreement", "Agreement"), ".")
        )
        low, high = of.alpha_low, of.alpha_high
        if low is not None and high is not None and high - low > _WIDE:
            yield joined(
                (f"That interval is wide, as {number(of.n_double, 'unit')} answered twice are few.",)
            )
    missing = [subject.question for subject, of in wholes if of.alpha is None]
    if missing:
        yield joined((f"Agreement is not defined for {', '.join(missing)}.",))


def _of_rejects(labels: Labels) -> Iterator[Html]:
    rejected = sum(one.rejected for one in labels.shares)
    total = sum(one.done + one.rejected for one in labels.shares)
    if rejected:
        said = (
            f"{number(rejected, 'answer')} of {numeral(total)} ({percent(rejected / np.maximum(1, total))})"
        )
        yield joined(
            (
                f"{said} {'was' if rejected == 1 else 'were'} rejected by the merge. To see why: ",
                tag("code", "builder merge"),
                ".",
            )
        )


def _link(key: str, words: str) -> Html:
    return tag("a", words, href=f"#{key}")
