"""The tags and attributes that a labelling config may use, and why some that Label Studio knows are left out."""

from collections.abc import Mapping
from types import MappingProxyType

_SHOWN_WHEN = ("visibleWhen", "whenTagName", "whenChoiceValue")
_ASKS = ("name", "toName", "required", "requiredMessage")

TAGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "View": frozenset(("className", "style", "display", "idAttr", *_SHOWN_WHEN)),
        "Header": frozenset(("value", "size", "style", "underline")),
        "Style": frozenset(),
        "Text": frozenset(
            ("name", "value", "selectionEnabled", "granularity", "highlightColor", "showLabels")
        ),
        "Choices": frozenset((*_ASKS, "choice", "showInline", "layout", *_SHOWN_WHEN)),
        "Choice": frozenset(("value", "alias", "hotkey", "hint", "style")),
        "Labels": frozenset(("name", "toName", "showInline", "opacity")),
        "Label": frozenset(("value", "alias", "hotkey", "hint", "background", "selectedColor", "maxUsages")),
        "TextArea": frozenset(
            (
                *_ASKS,
                *("rows", "maxSubmissions", "editable", "placeholder", "label", "showSubmitButton"),
                *("skipDuplicates", *_SHOWN_WHEN),
            )
        ),
        "Number": frozenset((*_ASKS, "min", "max", "step", "slider", "hotkey")),
        "Rating": frozenset((*_ASKS, "maxRating", "icon", "size", "hotkey")),
    }
)
"""Each tag with its attributes, in the spelling of Label Studio's documentation."""

_PLACES = "counts places in a text in another way than code points, so that no span could be proven"
_LOADS = "loads an address"

REFUSED_TAGS: Mapping[str, str] = MappingProxyType(
    {
        "HyperText": "shows a task's text as HTML, which may load addresses and hide links",
        "Markdown": "runs script that stands in a task's text",
        "Paragraphs": _PLACES,
        "Table": "shows what is no text of the tables",
        "Taxonomy": "may take its options from a task",
        "List": "may show a task's text as HTML",
        "Pairwise": "compares two units, which no table can hold",
        **dict.fromkeys(("Image", "Audio", "AudioPlus", "Video", "TimeSeries", "Pdf"), _LOADS),
        **dict.fromkeys(("HyperTextLabels", "ParagraphLabels"), _PLACES),
    }
)
"""Tags that Label Studio knows, with the reason why no config may use them."""

_FILLS = "fills in an answer before anybody has looked"
_MARK = "asks about single marks, which no table can hold"

REFUSED_ATTRIBUTES: Mapping[str, str] = MappingProxyType(
    {
        "html": "shows HTML",
        "valueType": _LOADS,
        "resolver": _LOADS,
        "encoding": "shows another text than the one that is stored",
        "clickableLinks": "opens addresses that stand in a text",
        "inline": "shows HTML",
        "selected": _FILLS,
        "defaultValue": _FILLS,
        "value": "takes options or answers from a task",
        "perRegion": _MARK,
        "perItem": _MARK,
        "whenLabelValue": "depends on marks, which cannot be checked afterwards",
    }
)
"""Attributes that Label Studio knows, with the reason why no config may use them (there)."""

_TRUTH = ("true", "false")

VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("required", "showInline", "editable", "showSubmitButton", "skipDuplicates"), _TRUTH),
        **dict.fromkeys(("selectionEnabled", "showLabels", "underline", "slider"), _TRUTH),
        "choice": ("single", "single-radio", "multiple"),
        "layout": ("select", "inline", "vertical"),
        "display": ("block", "inline"),
        "granularity": ("symbol", "word", "sentence", "paragraph"),
    }
)
"""The values that an attribute may have, where there is a closed list."""

NUMBERS = ("rows", "maxSubmissions", "maxUsages", "min", "max", "step", "maxRating", "opacity")
"""The attributes that hold a number (``size`` is one only of a Header)."""

TAKEN_KEYS: Mapping[str, str] = MappingProxyType({"u": "unselect a mark"})
"""Keys of one character that Label Studio itself uses where texts are labelled, and for what."""
