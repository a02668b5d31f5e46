"""The other side of `benchmarks.agreement`: crowd-kit's Dawid-Skene, in an environment of its own.

Called with a file of votes (three columns: task, worker, label). For each line that it reads, "STEPS TOLERANCE",
it answers with the processor seconds that it took and the share of tasks whose label it finds.
"""

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from crowdkit.aggregation import DawidSkene  # type: ignore[import-not-found] # not installed beside the builder


def main(folder: Path) -> None:
    """Read the votes once, then answer line by line."""
    votes = pd.DataFrame(np.load(folder / "votes.npy"), columns=["task", "worker", "label"])
    truth = np.load(folder / "truth.npy")
    for line in sys.stdin:
        steps, tolerance = line.split()
        started = time.process_time()
        found = DawidSkene(n_iter=int(steps), tol=float(tolerance)).fit_predict(votes)
        took = time.process_time() - started
        print(took, (found.sort_index().to_numpy() == truth).mean(), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
