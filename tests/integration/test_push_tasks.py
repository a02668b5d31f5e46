"""Whatever breaks while tasks are pushed to a real server: in the end each is there once."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from builder.annotate.questionnaire.config import xml_sha256
from builder.annotate.server.connection import Server, connect
from builder.annotate.server.projects import Marker, NewProject, Project, find_project, make_project
from builder.annotate.transfer.push import Body, keys_there, listed, push_tasks
from builder.core.errors import ServerError, Unanswered
from tests.integration.proxy import Proxy, proxy
from tests.integration.studio import Studio

XML = (
    '<View><Text name="comment" value="$text"/><Choices name="mood" toName="comment">'
    '<Choice value="Glad" alias="glad"/><Choice value="Sad" alias="sad"/></Choices></View>'
)
COUNT = 2_000
BODIES: dict[str, Body] = {
    f"t{number}": {"data": {"task_key": f"t{number}", "text": f"so it goes {number} 🎻"}}
    for number in range(COUNT)
}
SMALL = 400  # tasks of a request, so that there is a middle to break something in
# A client in a process of its own, so that it can be killed.
CLIENT = """
import sys
from builder.annotate.server.connection import connect, given_address
from builder.annotate.transfer import push
from tests.integration.test_push_tasks import BODIES, SMALL
push.CHUNK = SMALL
push.push_tasks(connect(given_address(sys.argv[1], sys.argv[2])), int(sys.argv[3]), BODIES)
"""


@pytest.fixture(autouse=True)
def small_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send few tasks at a time."""
    monkeypatch.setattr("builder.annotate.transfer.push.CHUNK", SMALL)


@pytest.fixture
def project(studio: Studio) -> Project:
    """A new project without tasks."""
    marker = Marker("tests", uuid4().hex[:12], "mood", xml_sha256(XML), "pool")
    return make_project(studio.server(), NewProject(marker, marker.round, XML, "", 1))


@pytest.fixture
def between(studio: Studio) -> Iterator[Proxy]:
    """A proxy before the server."""
    with proxy(studio.url) as made:
        yield made


def through(between: Proxy, studio: Studio) -> Server:
    """A connection by way of a proxy."""
    return connect(replace(studio.address, url=between.url))


def assert_each_once(server: Server, project: Project, count: int = COUNT) -> None:
    """Fail unless so many tasks are on the server, no two with one key."""
    assert sum(1 for _ in listed(server, project.id, "id")) == count
    assert len(keys_there(server, project.id)) == count


def test_twice_is_once(studio: Studio, project: Project) -> None:
    """Pushed a second time, nothing is sent."""
    server = studio.server()
    first, second = (push_tasks(server, project.id, BODIES) for _ in range(2))
    assert (first.sent, second.sent, second.there) == (COUNT, 0, COUNT)
    assert_each_once(server, project)


def test_tasks_keep_their_order(studio: Studio, project: Project) -> None:
    """The server hands tasks out in the order in which they were planned."""
    push_tasks(studio.server(), project.id, BODIES)
    there = sorted(listed(studio.server(), project.id, "id,data"), key=lambda task: task["id"])
    keys = [task["data"]["task_key"] for task in there]
    assert keys == list(BODIES)


@pytest.mark.parametrize("how", ["lost", "gateway", "unsent"])
def test_an_answer_that_never_came(studio: Studio, between: Proxy, project: Project, how: str) -> None:
    """Whether the server did what was asked or not: after a broken answer each task is there once."""
    between.spoil(how, "POST", "/import", times=2)
    push_tasks(through(between, studio), project.id, BODIES)
    assert_each_once(studio.server(), project)


def test_a_server_that_keeps_failing_is_told(
    studio: Studio, between: Proxy, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A push that cannot get through ends with an error, and the next one goes on where it ended."""
    monkeypatch.setattr("builder.annotate.transfer.push._PATIENCE", 0.01)
    between.spoil("unsent", "POST", "/import", times=20)
    with pytest.raises(Unanswered):
        push_tasks(through(between, studio), project.id, BODIES)
    push_tasks(studio.server(), project.id, BODIES)
    assert_each_once(studio.server(), project)


def test_the_client_is_killed(studio: Studio, project: Project) -> None:
    """A client that dies in the middle leaves whole requests, and the next one sends the rest."""
    command = [sys.executable, "-c", CLIENT, studio.url, studio.token, str(project.id)]
    with subprocess.Popen(command) as client:
        while not some_there(studio.server(), project):
            assert client.poll() is None, "the client was done before it could be killed"
        client.kill()
    push_tasks(studio.server(), project.id, BODIES)
    wait_until_quiet(studio.server(), project)
    push_tasks(studio.server(), project.id, BODIES)
    assert_each_once(studio.server(), project)


def test_the_server_is_killed(studio: Studio, project: Project) -> None:
    """A server that dies in the middle keeps whole requests or none, and the client goes on when it is back."""
    failed: list[ServerError] = []

    def push() -> None:
        try:
            push_tasks(studio.server(), project.id, BODIES)
        except ServerError as error:
            failed.append(error)

    client = threading.Thread(target=push)
    client.start()
    while not some_there(studio.server(), project):
        time.sleep(0.02)
    studio.kill()
    studio.start()
    client.join()
    push_tasks(studio.server(), project.id, BODIES)
    assert_each_once(studio.server(), project)


def test_two_at_once(studio: Studio, project: Project) -> None:
    """Two people who push one round at the same time leave each task there once."""
    clients = [
        threading.Thread(target=push_tasks, args=(studio.server(), project.id, BODIES)) for _ in range(2)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    push_tasks(studio.server(), project.id, BODIES)
    assert_each_once(studio.server(), project)


def test_copies_that_were_answered_stay(studio: Studio, project: Project) -> None:
    """Of two copies of a task the answered one stays."""
    server = studio.server()
    two = {key: BODIES[key] for key in ("t0", "t1")}
    push_tasks(server, project.id, two)
    copy = server.post(f"api/projects/{project.id}/import", [BODIES["t0"]], return_task_ids="true")[
        "task_ids"
    ][0]
    glad = {"from_name": "mood", "to_name": "comment", "type": "choices", "value": {"choices": ["glad"]}}
    server.post(f"api/tasks/{copy}/annotations/", {"result": [glad]})
    assert push_tasks(server, project.id, two).removed == 1
    assert keys_there(server, project.id)["t0"] == [copy]


def test_two_projects_for_one_purpose_are_an_error(studio: Studio, project: Project) -> None:
    """Where two projects claim the same round and annotator, nothing is pushed into either."""
    server = studio.server()
    make_project(server, NewProject(project.marker, "again", XML, "", 1))
    with pytest.raises(ServerError, match="are both for round"):
        find_project(server, project.marker)


def some_there(server: Server, project: Project) -> int:
    """How many tasks are on the server."""
    return int(server.get(f"api/projects/{project.id}")["task_number"])


def wait_until_quiet(server: Server, project: Project) -> None:
    """Wait until no request of a dead client is under way any more."""
    before = -1
    while before != (now := some_there(server, project)):
        before = now
        time.sleep(1)
