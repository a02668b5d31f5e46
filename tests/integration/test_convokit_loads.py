"""ConvoKit itself loads what is exported for it; its package is gigabytes, so it is left to `make soak`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.command import run
from tests.integration.readme import sample

# An environment of its own: what ConvoKit needs goes ill with what the builder is locked to. Kept between runs.
PLACE = "BUILDER_CONVOKIT_ENV"
LOAD = """
import json, sys
from convokit import Corpus
corpus = Corpus(filename=sys.argv[1])
threads = [conversation.check_integrity(verbose=False) for conversation in corpus.iter_conversations()]
print(json.dumps({
    "utterances": len(list(corpus.iter_utterances())),
    "conversations": len(threads),
    "whole": sum(threads),
    "texts": {utterance.id: utterance.text for utterance in corpus.iter_utterances()},
    "answers": {utterance.id: utterance.reply_to for utterance in corpus.iter_utterances()},
    "speakers": {utterance.id: utterance.speaker.id for utterance in corpus.iter_utterances()},
}))
"""


@pytest.fixture(scope="module")
def python(repository: Path) -> Path:
    """The Python of an environment that has ConvoKit; made once, which takes minutes and gigabytes."""
    home = Path(os.environ.get(PLACE, repository / ".artifacts" / "convokit"))
    inside = home / "bin" / "python"
    if not (home / ".ready").exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([inside, "-m", "pip", "install", "--quiet", "convokit"], check=True)
        (home / ".ready").touch()
    return inside


@pytest.mark.soak
def test_convokit_loads_the_sample(python: Path, tmp_path: Path) -> None:
    """Every utterance, conversation and answer of the export is in ConvoKit's own corpus, and threads are whole."""
    folder = sample(tmp_path)
    assert run("build", cwd=folder).returncode == 0
    assert run("export", "convokit", "--out", "out", cwd=folder).returncode == 0
    loaded = subprocess.run([python, "-c", LOAD, folder / "out"], capture_output=True, text=True, check=False)
    assert loaded.returncode == 0, loaded.stderr
    found = json.loads(loaded.stdout.splitlines()[-1])
    lines = (folder / "out/utterances.jsonl").read_text(encoding="utf-8").splitlines()
    due = [json.loads(line) for line in lines]
    assert found["utterances"] == len(due)
    assert found["conversations"] == found["whole"] == sum(one["reply-to"] is None for one in due)
    for name, field in (("texts", "text"), ("answers", "reply-to"), ("speakers", "speaker")):
        assert found[name] == {one["id"]: one[field] for one in due}
