"""Instructions for annotators: Markdown that people write, as the HTML that Label Studio shows."""

from markdown_it import MarkdownIt


def instructions_html(markdown: str) -> str:
    """The instructions as HTML; HTML in the Markdown stays text, and addresses can only be plain links."""
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").disable("image").render(markdown))
