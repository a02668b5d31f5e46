"""Whether a release would say anything that the one before it does not."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from builder.core.settings import Settings
from builder.release.contents import Contents
from builder.run.releasing.facts import Wanted, Written, facts_of_release
from builder.run.releasing.preparing import Prepared
from builder.run.releasing.versioning import Step

_OF_THE_STEP = frozenset({"version", "date", "previous", "bump", "bump_reason", "rows_changed", "history"})
_OF_THE_CUT = frozenset({"previous", "reason", "made_from", "other_files"})


def unchanged(settings: Settings, wanted: Wanted, step: Step, ready: Prepared, old: Contents) -> bool:
    """Whether all rows are the same, and all that documents tell but the version, its date and how it came to be."""
    if step.bump is None or step.bump.level != "patch":
        return False
    facts = facts_of_release(settings, wanted, step, ready, Written({}, _hashes(ready)), old)
    return _lasting(json.loads(json.dumps(facts))) == _lasting(old.facts)


def _hashes(ready: Prepared) -> dict[str, str]:
    return {path: sha256(content).hexdigest() for path, content in ready.guidelines.items()}


def _lasting(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What of the facts stays from release to release as long as nothing changes."""
    told = facts["told"]
    others = {path: one for path, one in told["other_files"].items() if not path.startswith("changes/")}
    return {
        "release": {name: one for name, one in facts["release"].items() if name not in _OF_THE_STEP},
        "told": {name: one for name, one in told.items() if name not in _OF_THE_CUT},
        "others": others,
        "answers": facts["answers"],
    }
