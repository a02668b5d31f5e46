"""Which executor a build has, by what its user says."""

from builder.core.errors import UsageError
from builder.run.corpus.executor import Executor, automatic, available_cores, processes, serial


def choose(name: str | None, workers: int | None, scheduler: str | None = None) -> Executor:
    """The executor of that name (``serial``, ``processes``, ``dask``); without one, by what else is said.

    ``scheduler`` is the address of a Dask scheduler to join. Raises ``UsageError`` for what does not go together,
    and where Dask is asked for and not installed.
    """
    if scheduler is not None and (name not in {None, "dask"} or workers is not None):
        raise UsageError(
            "A scheduler has its own workers: --executor dask --scheduler ADDRESS, and no --workers"
        )
    if name == "serial" and workers not in {None, 1}:
        raise UsageError("The serial executor is one worker. For more: --executor processes")
    if name == "dask" or scheduler is not None:
        return _dask(workers, scheduler)
    if name == "processes" or (name is None and workers is not None and workers > 1):
        return processes(workers or available_cores())
    return automatic if name is None and workers is None else serial


def _dask(workers: int | None, scheduler: str | None) -> Executor:
    try:
        from builder.run.corpus.cluster import joined, local  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError as error:
        raise UsageError(
            f"The executor dask needs what is not installed: {error.name}. pip install 'newsthreads[dask]'"
        ) from error
    return joined(scheduler) if scheduler is not None else local(workers or available_cores())
