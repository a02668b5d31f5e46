"""The report in a real browser: quiet, whole, legible on a desk, a phone, in the dark, on paper and without colours."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from builder.report.page import page as page_of
from builder.report.page import sections
from tests.unit.report.studies import HARM, article, comment, large, study

SIZES = {"desk": (1366, 768), "phone": (390, 844)}
EVERY_SIZE = pytest.mark.parametrize("size", SIZES)
EVERY_SCHEME = pytest.mark.parametrize("scheme", ["light", "dark"])
# Text of plots that leaves its plot, or meets other text of the same plot.
CROWDED = """() => [...document.querySelectorAll('svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
  const out = texts.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1
    || box.top < frame.top - 1 || box.bottom > frame.bottom + 1).map(([said]) => said);
  const met = texts.flatMap(([said, one], place) => texts.slice(place + 1)
    .filter(([, other]) => one.left < other.right - 1 && other.left < one.right - 1
      && one.top < other.bottom - 3 && other.top < one.bottom - 3)
    .map(([other]) => said + ' / ' + other));
  return [...out, ...met];
})"""
# Elements whose content is wider than they are and that do not scroll.
OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(each =>
  !(each instanceof SVGElement) && each.clientWidth && each.scrollWidth > each.clientWidth + 1
  && getComputedStyle(each).overflowX === 'visible' && getComputedStyle(each).display !== 'inline')
  .map(each => each.tagName + ': ' + each.textContent.slice(0, 60))"""
# Contrast of each text that is painted on the page or in a plot, with the ground that lies below its middle.
FAINT = """least => {
  const numbers = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = colour => {
    const [r, g, b] = numbers(colour).map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = each => {
    for (let at = each; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (numbers(colour)[3] !== 0) return colour;
    }
  };
  const below = text => {
    const box = text.getBoundingClientRect();
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const cells = [...text.closest('svg').querySelectorAll('path')].filter(path => {
      const cell = path.getBoundingClientRect();
      return path.getAttribute('style')?.includes('--shade') && cell.left < x && x < cell.right
        && cell.top < y && y < cell.bottom;
    });
    return cells.length ? getComputedStyle(cells[0]).fill : ground(text.closest('figure'));
  };
  const found = [];
  for (const each of document.querySelectorAll('body *')) {
    if (![...each.childNodes].some(child => child.nodeType === 3 && child.data.trim())) continue;
    if (!each.checkVisibility() || each.closest('.heard, .skip')) continue;
    const inPlot = each instanceof SVGElement;
    const [ink, paper] = inPlot ? [getComputedStyle(each).fill, below(each)]
      : [getComputedStyle(each).color, ground(each)];
    const [one, other] = [light(ink), light(paper)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < least) found.push(each.textContent.slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return found;
}"""
# How the series of a plot are painted, and what their patterns look like.
PAINTS = """key => {
  const plot = document.getElementById(key).querySelector('svg');
  const fills = [...plot.querySelectorAll('path')].map(each => each.style.fill);
  return [[...new Set(fills.filter(each => /^url|^var.--series/.test(each)))],
    [...plot.querySelectorAll('pattern')].map(each => each.querySelector('path').getAttribute('d'))];
}"""


@dataclass
class Window:
    """A page that was opened from disk, and everything that happened meanwhile."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


Open = Callable[..., Window]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a large study, on disk."""
    file = tmp_path_factory.mktemp("report") / "report.html"
    of = large()
    file.write_text(page_of(of, sections(of)), encoding="utf-8")
    return file


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Open a file in a new window of a size and scheme, and watch it."""
    with ExitStack() as windows:

        def window(file: Path, size: str = "desk", scheme: str = "light") -> Window:
            width, height = SIZES[size]
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            windows.callback(context.close)
            made = Window(context.new_page())
            made.page.on("request", lambda one: made.requests.append(one.url))
            made.page.on("console", lambda one: made.complaints.append(one.text))
            made.page.on("pageerror", lambda one: made.complaints.append(str(one)))
            made.page.goto(file.as_uri())
            return made

        yield window


def unfold(page: Page) -> None:
    """Show every table."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


@EVERY_SCHEME
@EVERY_SIZE
def test_the_report_opens_quietly(
    report: Path, opened: Open, size: str, scheme: str, screenshots: Path
) -> None:
    """Opened from disk it asks for nothing but itself, and neither the browser nor its policy complains."""
    window = opened(report, size, scheme)
    unfold(window.page)
    window.page.screenshot(path=screenshots / f"report-{size}-{scheme}-tables.png", full_page=True)
    unfolded = window.page.evaluate("[...document.querySelectorAll('details')].every(each => each.open)")
    assert unfolded
    assert window.requests == [report.as_uri()]
    assert window.complaints == []


@EVERY_SIZE
def test_every_plot_is_drawn(report: Path, opened: Open, size: str, screenshots: Path) -> None:
    """Each plot has an extent, something painted in it, and no text that leaves it or meets another."""
    page = opened(report, size).page
    page.screenshot(path=screenshots / f"report-{size}.png", full_page=True)
    boxes = page.evaluate(
        """[...document.querySelectorAll('svg')].map(svg => [svg.clientWidth, svg.clientHeight,
           [...svg.querySelectorAll('path, use')].filter(each => each.getBoundingClientRect().width).length])"""
    )
    assert len(boxes) > 30
    assert all(width > 250 and height > 30 and painted for width, height, painted in boxes)
    assert page.evaluate(CROWDED) == []


@EVERY_SIZE
def test_nothing_overflows(report: Path, opened: Open, size: str) -> None:
    """The page is as wide as the window, with its tables shown too; what is wider scrolls by itself."""
    page = opened(report, size).page
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert page.evaluate(OVERFLOWING) == []


@EVERY_SCHEME
def test_text_can_be_read(report: Path, opened: Open, scheme: str) -> None:
    """Every text of the page and of its plots has the contrast that WCAG 2 asks for at level AA."""
    page = opened(report, scheme=scheme).page
    unfold(page)
    assert page.evaluate(FAINT, 4.5) == []


@pytest.mark.parametrize("kind", ["protanopia", "deuteranopia", "tritanopia", "achromatopsia"])
def test_without_colours(report: Path, opened: Open, kind: str, screenshots: Path) -> None:
    """With any colour blindness bars of different series differ in their pattern, and plots stay legible."""
    page = opened(report).page
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": kind})
    for key in ("authors", "habits-hostility-comment-tone"):
        page.locator(f"[id='{key}']").screenshot(path=screenshots / f"report-{kind}-{key}.png")
        fills, patterns = page.evaluate(PAINTS, key)
        assert len(fills) > 1
        assert sum(fill.startswith("var(") for fill in fills) == 1, "all series but one have a pattern"
        assert len(set(patterns)) == len(fills) - 1, "and no two have the same"


def test_it_reads_aloud(report: Path, opened: Open) -> None:
    """A screen reader finds each plot as an image named by its title and by what is to be seen in it."""
    page = opened(report).page
    named = page.get_by_role("img", name="Comments per article The median is")
    assert named.count() == 1
    assert page.get_by_role("img").count() == page.locator("svg").count()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the report"
    page.locator("#comments-per-article summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#comments-per-article table").is_visible()


def test_markup_in_comments_is_text(report: Path, opened: Open) -> None:
    """What somebody wrote as a comment does nothing but appear, letter by letter."""
    page = opened(report).page
    quoted = page.locator("blockquote", has_text="window.harmed").first
    assert quoted.inner_text() == HARM
    assert page.evaluate("window.harmed") is None


def test_it_prints(report: Path, opened: Open, screenshots: Path) -> None:
    """It can be printed: on paper there is no navigation, no figure is cut, nothing is dark, nothing overflows."""
    page = opened(report, scheme="dark").page
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert 8 < pdf.count(b"/Type /Page\n") < 60
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 less its margins
    page.emulate_media(media="print")
    page.screenshot(path=screenshots / "report-print.png", full_page=True)
    assert not page.locator("nav").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert page.evaluate(CROWDED) == []


def test_without_labels(opened: Open, tmp_path: Path, screenshots: Path) -> None:
    """The report of a corpus that nobody labelled is whole, and every other chapter names its commands."""
    of = study([article(0, n_comments=2)], [comment(0), comment(1, attribution="lost")])
    file = tmp_path / "report.html"
    file.write_text(page_of(of, sections(of)), encoding="utf-8")
    page = opened(file).page
    page.screenshot(path=screenshots / "report-bare.png", full_page=True)
    assert page.locator("section:not(#first, #corpus, #reading) .missing").count() == 7
    assert page.evaluate(OVERFLOWING) == []
