"""Instructions for annotators: Markdown that people write, as the HTML that Label Studio shows."""

from markdown_it import MarkdownIt

# Label Studio takes all space from between paragraphs and cells; it drops styles of single tags, not a sheet.
_SHEET = """\
.nt-read p, .nt-read ul, .nt-read ol, .nt-read table { margin: 0 0 12px }
.nt-read h1, .nt-read h2, .nt-read h3 { margin: 20px 0 8px; font-size: 18px; font-weight: 600 }
.nt-read ul { padding-left: 20px; list-style: disc }
.nt-read ol { padding-left: 20px; list-style: decimal }
.nt-read th, .nt-read td { padding: 3px 14px 3px 0; text-align: left; vertical-align: top }
.nt-read tr { border-bottom: 1px solid #8a8fb8 }"""


def instructions_html(markdown: str) -> str:
    """The instructions as HTML; HTML in the Markdown stays text, and addresses can only be plain links."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    return f'<style>{_SHEET}</style>\n<div class="nt-read">\n{reader.render(markdown)}</div>\n'
