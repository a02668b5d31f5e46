"""The screens of the configs are ones that people can label in: all in view, legible, by keyboard, safe."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from builder.annotate.questionnaire.questions import LabelConfig, Question
from tests.browser.screens import (
    SCREENS,
    Screen,
    config_of,
    make_project,
    open_stream,
    press,
    results,
    submit,
    wait_for_task,
)
from tests.browser.texts import COMMENT
from tests.browser.windows import open_window
from tests.integration.studio import Studio

EVERY_SCREEN = pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
EVERY_THEME = pytest.mark.parametrize("theme", ["Light", "Dark"])
HOSTILITY = SCREENS["comment_hostility"]
LEAST_CONTRAST = 4.5  # WCAG 2, level AA, for text of ordinary size
HARM = (
    "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 2'>"
    "<svg onload='window.harmed = 3'></svg><iframe srcdoc='<script>parent.harmed = 4</script>'></iframe>"
    "<style>body { display: none }</style><b>bold</b> &amp; [link](javascript:window.harmed=5)"
)
# What each text of the screen has for colour and ground, as the browser paints it.
PAINTED = """() => [...document.querySelectorAll('.nt-screen *')].filter(each => each.checkVisibility() &&
  [...each.childNodes].some(child => child.nodeType === 3 && child.data.trim())).map(each => {
    const layers = [];
    for (let at = each; at; at = at.parentElement) layers.push(getComputedStyle(at).backgroundColor);
    return [each.textContent, getComputedStyle(each).color, layers];
  })"""


@pytest.fixture(scope="module")
def window(studio: Studio, browser: Browser) -> Iterator[Page]:
    """A window in which an annotator has logged in."""
    page = open_window(browser, studio.url, studio.annotator("iris"))
    yield page
    page.context.close()


@EVERY_THEME
@EVERY_SCREEN
def test_a_decision_is_on_one_screen(
    studio: Studio, window: Page, screen: Screen, theme: str, screenshots: Path
) -> None:
    """With every question showing, all that a decision needs is in view at once, and nothing scrolls but texts."""
    open_stream(window, studio.url, make_project(studio.server(), config_of(screen), [screen.data]), theme)
    press(window, screen.keys)
    window.screenshot(path=screenshots / f"{screen.config}-{theme}.png")
    assert window.evaluate("document.documentElement.dataset.colorScheme") == theme.lower()
    below = window.locator("button:visible", has_text="Submit").first.bounding_box()
    shown = window.locator(".nt-screen").bounding_box()
    assert below
    assert shown
    assert shown["y"] + shown["height"] <= below["y"]
    assert shown["x"] + shown["width"] <= window.evaluate("innerWidth")
    assert window.locator(
        ".nt-screen label:visible, .nt-screen textarea:visible, .nt-screen input:visible"
    ).count()
    assert window.evaluate(
        "[...document.querySelectorAll('.nt-screen')].every(each => { for (let at = each; at; at = at.parentElement)"
        " if (at.scrollHeight > at.clientHeight + 1 && at.clientHeight) return false; return true; })"
    )


def test_a_comment_of_900_characters_is_in_view(studio: Studio, window: Page) -> None:
    """A comment of 900 characters is read without scrolling, and the thread is open at its last comment."""
    assert len(COMMENT) == 900
    open_stream(window, studio.url, make_project(studio.server(), config_of(HOSTILITY), [HOSTILITY.data]))
    hidden = "document.querySelector('.nt-target').scrollHeight - document.querySelector('.nt-target').clientHeight"
    assert window.evaluate(hidden) <= 0
    box = window.locator(".nt-thread").bounding_box()
    last = window.locator(".nt-thread .lsf-richtext__line").last.bounding_box()
    assert box
    assert last
    assert box["y"] <= last["y"]
    assert last["y"] + last["height"] <= box["y"] + box["height"]


@EVERY_THEME
@EVERY_SCREEN
def test_every_word_is_legible(studio: Studio, window: Page, screen: Screen, theme: str) -> None:
    """The contrast of each text with its ground is that of WCAG 2 AA, marks included, in both themes."""
    open_stream(window, studio.url, make_project(studio.server(), config_of(screen), [screen.data]), theme)
    config = config_of(screen)
    labels = [
        option.key for question in config.questions if question.kind == "spans" for option in question.options
    ]
    press(window, screen.keys)
    painted = []
    for key in labels:
        press(window, [key])
        painted += window.evaluate(PAINTED)
    assert len(painted) > 20 * len(labels)
    faint = [
        (text[:40], contrast(rgba(colour), [rgba(each) for each in layers]))
        for text, colour, layers in painted
    ]
    assert not [each for each in faint if each[1] < LEAST_CONTRAST]


def rgba(colour: str) -> tuple[float, float, float, float]:
    """The four parts of a colour as the browser writes it."""
    red, green, blue, *alpha = (float(part) for part in colour[colour.index("(") + 1 : -1].split(","))
    return red, green, blue, alpha[0] if alpha else 1.0


def contrast(colour: tuple[float, ...], layers: list[tuple[float, float, float, float]]) -> float:
    """The contrast of a colour with the layers below it, nearest first, as WCAG 2 counts it."""
    ground = (255.0, 255.0, 255.0)
    for *paint, alpha in reversed(layers):
        ground = tuple(alpha * new + (1 - alpha) * old for new, old in zip(paint, ground, strict=True))
    low, high = sorted((brightness(ground), brightness(colour[:3])))
    return (high + 0.05) / (low + 0.05)


def brightness(colour: tuple[float, ...]) -> float:
    """The relative luminance of a colour."""
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@EVERY_SCREEN
def test_each_key_chooses_its_option(studio: Studio, window: Page, screen: Screen) -> None:
    """Each key of a choice chooses exactly the option that the config says."""
    config = config_of(screen)
    open_stream(window, studio.url, make_project(studio.server(), config, [screen.data]))
    press(window, screen.keys)
    for question in choices(config):
        for option in question.options:
            box = window.locator(
                f".nt-screen label:has(input[name='{option.words}']):has-text('[{option.key}]') input"
            )
            before = box.is_checked()
            press(window, [option.key])
            assert box.is_checked() is not before, f"{question.name}: {option.key}"
            press(window, [option.key] if question.kind == "choices" else [])


def choices(config: LabelConfig) -> list[Question]:
    """The questions with options to choose; those that decide about others come last."""
    asked = [each for each in config.questions if each.kind in {"choice", "choices"}]
    deciding = {each.asked_when.question for each in config.questions if each.asked_when}
    return sorted(asked, key=lambda each: each.name in deciding)


def test_hidden_answers_are_not_sent(studio: Studio, window: Page) -> None:
    """What was answered before its question went away is not submitted, neither a choice nor a note."""
    data = [{**HOSTILITY.data, "text": text} for text in ("first", "second")]
    project = make_project(studio.server(), config_of(HOSTILITY), data)
    open_stream(window, studio.url, project)
    press(window, ["3", "a", "s", "e", "x"])
    window.fill("textarea[name=note]", "something")
    window.evaluate("document.activeElement.blur()")
    press(window, ["1", "x"])
    submit(window)
    wait_for_task(window)
    press(window, ["2", "l", "e"])
    submit(window)
    first, second = results(studio.server(), project)
    assert first == {"hostility": {"choices": ["none"]}, "stance": {"choices": ["neutral"]}}
    assert second["target"] == {"choices": ["other"]}


@EVERY_SCREEN
def test_a_warning_says_how_it_is_closed(studio: Studio, window: Page, screen: Screen) -> None:
    """Where a required answer is missing, the warning names Esc first, and Esc closes it with nothing sent."""
    project = make_project(studio.server(), config_of(screen), [screen.data])
    open_stream(window, studio.url, project)
    press(window, ["x", "Control+Enter"])
    warning = window.get_by_role("dialog").filter(has_text="Press Esc, then")
    warning.wait_for()
    press(window, ["Escape"])
    warning.wait_for(state="hidden")
    assert results(studio.server(), project) == [{}]
    assert "Esc closes a warning" in window.locator(".nt-screen").inner_text()


def test_a_text_stays_text(studio: Studio, window: Page) -> None:
    """HTML and script in any field of a task are shown as they are written, and nothing of them happens."""
    for screen in SCREENS.values():
        data = {field: f"{HARM} {said}" for field, said in screen.data.items()}
        project = make_project(studio.server(), replace(config_of(screen), unit_type="comment"), [data])
        open_stream(window, studio.url, project)
        window.wait_for_timeout(500)
        assert window.evaluate("window.harmed") is None
        assert window.locator(".nt-screen").locator("script, img, iframe, svg, a, b").count() == 0
        assert HARM in window.locator(".nt-target").inner_text()


def test_instructions_come_first(studio: Studio, window: Page) -> None:
    """The instructions, tables and all, come before the first task; HTML in them stays text, and Esc closes them."""
    config = config_of(HOSTILITY)
    written = f"{config.instructions}\n\n<img src=x onerror='window.harmed = 1'>"
    project = make_project(
        studio.server(), replace(config, instructions=written), [HOSTILITY.data], instructed=True
    )
    open_stream(window, studio.url, project)
    window.get_by_text("Content warning.").wait_for()
    assert window.locator("table td", has_text="submit and go on").is_visible()
    assert window.get_by_text("Esc closes this page").is_visible()
    assert window.get_by_text("<img src=x").count() == 1
    assert window.evaluate("window.harmed") is None
    press(window, ["Escape"])
    window.get_by_text("Content warning.").wait_for(state="hidden")
