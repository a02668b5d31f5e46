"""The screen of an adjudicator: that of the annotators, with a box that shows the answers that do not agree."""

from collections.abc import Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring

from builder.annotate.questionnaire.config import ConfigText
from builder.annotate.questionnaire.controls import CONTROLS
from builder.annotate.tasks import ANSWERS

_NAME = "answers_given"
_STYLE = """
    .nt-answers { border: 1px solid #b7791f; border-left: 4px solid #b7791f; border-radius: 6px; \
background: var(--color-neutral-surface, #fffaf0); color: var(--color-neutral-content, #1c1c22); \
padding: 4px 4px 4px 8px; margin-bottom: 12px; max-height: 21vh; overflow: auto; }
    .nt-answers * { font-size: 13px !important; line-height: 1.45 !important; }
  """
_HEADING = "They do not agree. What is right?"
_READ_FIRST = """\
**You settle disagreements.** The answers of the annotators stand in the box beside the questions, a line a question:
≠ is in dispute, = was answered alike, · was answered otherwise and is not in dispute. A, B and C are people, in another
order for each text. Answer all questions as you find right, those that are not in dispute too: your answers take the
place of theirs. You need not side with any of them.

"""


def adjudication_config(text: ConfigText) -> ConfigText:
    """The config with the same questions, options and keys whose tasks also show ``$answers_text``.

    The box stands above the first question, outside whatever hides questions.
    """
    root: Element = fromstring(text.xml, forbid_dtd=True)
    above = {child: parent for parent in root.iter() for child in parent}
    here = _first_question(root)
    while above[here] is not root and ("visibleWhen" in above[here].attrib or _controls(above[here]) == 1):
        here = above[here]
    around = above[here]
    place = list(around).index(here)
    while place and around[place - 1].tag == "Header":
        place -= 1
    around.insert(place, _box({each.get("name", "") for each in root.iter()}))
    style = Element("Style")
    style.text = _STYLE
    root.insert(0, style)
    return replace(text, xml=tostring(root, encoding="unicode") + "\n", markdown=_READ_FIRST + text.markdown)


def _first_question(root: Element) -> Element:
    """The first control; one that marks no text, where there is any."""
    controls = [each for each in root.iter() if each.tag in CONTROLS]
    return next((each for each in controls if each.tag != "Labels"), controls[0])


def _controls(tag: Element) -> int:
    return sum(each.tag in CONTROLS for each in tag.iter())


def _box(names: set[str]) -> Element:
    box = Element("View", {"className": "nt-answers"})
    SubElement(box, "Header", {"value": _HEADING, "style": "font-weight:600;margin:0 0 2px 8px"})
    name = next(
        each for each in (_NAME, *(f"{_NAME}_{number}" for number in range(2, 99))) if each not in names
    )
    shown: Mapping[str, str] = {"name": name, "value": f"${ANSWERS}", "selectionEnabled": "false"}
    SubElement(box, "Text", dict(shown))
    return box
