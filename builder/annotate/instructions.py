"""Instructions for annotators."""


def instructions_html(markdown: str) -> str:
    """Stand-in until the branch of the configs."""
    return markdown
