"""Instructions become HTML that holds nothing but what Markdown says."""

from builder.annotate.questionnaire.instructions import instructions_html


def test_markdown_becomes_html() -> None:
    """Emphasis, headings and tables become HTML."""
    html = instructions_html("## Keys\n\n**Bold**\n\n| key | does |\n|---|---|\n| 1 | civil |\n")
    for part in ("<h2>Keys</h2>", "<strong>Bold</strong>", "<table>", "<td>civil</td>"):
        assert part in html


def test_html_stays_text() -> None:
    """HTML in the Markdown is shown as it is written, and neither script nor image can be loaded."""
    html = instructions_html("<script>1</script>\n\na <b>c</b> ![d](e.png) [f](javascript:1)")
    assert not [tag for tag in ("<script", "<b>", "<img", 'href="javascript') if tag in html]
    assert "&lt;script&gt;" in html
