"""Answers of several annotators: how far they agree, what follows from them, who works how."""
