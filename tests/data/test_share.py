"""Push and pull: a folder remote, and an S3 server on loopback."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterlab_prodify.data.add import add
from jupyterlab_prodify.data.errors import NotVersionedError
from jupyterlab_prodify.data.share import pull, push
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.errors import DvcError, RemoteError
from tests.data.conftest import Person, add_remote


@pytest.fixture
def data(workspace: Workspace, dvc_person: Person) -> None:
    dvc_person.write("raw.csv", "1,2\n" * 500)
    for number in range(4):
        dvc_person.write(f"folder/{number}.txt", str(number))
    add(workspace, ["raw.csv", "folder"], "Data")


def lose_data(person: Person) -> None:
    """As in a fresh clone: neither the cache nor the data is there."""
    shutil.rmtree(person.root / ".dvc/cache/files/md5")
    shutil.rmtree(person.root / "folder")
    (person.root / "raw.csv").unlink()


@pytest.mark.usefixtures("data")
class TestFolder:
    def test_push_and_pull(self, workspace: Workspace, dvc_person: Person, tmp_path: Path) -> None:
        add_remote(dvc_person, tmp_path / "remote")
        assert push(workspace).paths == ["folder", "raw.csv"]
        assert push(workspace).objects == 0
        lose_data(dvc_person)
        pull(workspace, ["raw.csv"])
        assert not (dvc_person.root / "folder").exists()
        pull(workspace)
        assert (dvc_person.root / "folder/3.txt").read_text() == "3"
        assert (dvc_person.root / "raw.csv").read_text() == "1,2\n" * 500

    def test_a_pull_never_overwrites(self, workspace: Workspace, dvc_person: Person, tmp_path: Path) -> None:
        add_remote(dvc_person, tmp_path / "remote")
        push(workspace)
        dvc_person.write("raw.csv", "mine")
        with pytest.raises(DvcError) as caught:
            pull(workspace)
        assert caught.value.code == "unsaved_data"
        assert (dvc_person.root / "raw.csv").read_text() == "mine"

    def test_no_remote(self, workspace: Workspace) -> None:
        with pytest.raises(RemoteError):
            push(workspace)

    def test_a_remote_that_cannot_be_written(self, workspace: Workspace, dvc_person: Person, tmp_path: Path) -> None:
        (tmp_path / "remote").write_text("a file, not a folder")
        add_remote(dvc_person, tmp_path / "remote")
        with pytest.raises(DvcError):
            push(workspace)

    def test_an_object_that_the_cache_lost_is_not_called_pushed(
        self, workspace: Workspace, dvc_person: Person, tmp_path: Path
    ) -> None:
        add_remote(dvc_person, tmp_path / "remote")
        shutil.rmtree(dvc_person.root / ".dvc/cache/files/md5")
        with pytest.raises(DvcError):
            push(workspace, ["raw.csv"])

    def test_what_git_holds(self, workspace: Workspace) -> None:
        with pytest.raises(NotVersionedError):
            push(workspace, ["a.py"])


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.mark.usefixtures("data")
class TestS3:
    @pytest.fixture(autouse=True)
    def keys(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in (("ACCESS_KEY_ID", "ada"), ("SECRET_ACCESS_KEY", "secret"), ("DEFAULT_REGION", "us-east-1")):
            monkeypatch.setenv(f"AWS_{name}", value)
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    def remote(self, person: Person, url: str, bucket: str) -> None:
        person.write(
            ".dvc/config",
            f"[core]\n    remote = s3\n['remote \"s3\"']\n    url = s3://{bucket}/x\n    endpointurl = {url}\n"
            "    connect_timeout = 2\n",
        )
        person.commit(".dvc/config")

    def test_push_and_pull(self, workspace: Workspace, dvc_person: Person, s3: str) -> None:
        import boto3

        boto3.client("s3", endpoint_url=s3).create_bucket(Bucket="there")
        self.remote(dvc_person, s3, "there")
        assert push(workspace).objects == 6
        assert push(workspace).objects == 0
        lose_data(dvc_person)
        assert pull(workspace).paths == ["folder", "raw.csv"]
        assert (dvc_person.root / "folder/3.txt").read_text() == "3"

    def test_no_such_bucket(self, workspace: Workspace, dvc_person: Person, s3: str) -> None:
        self.remote(dvc_person, s3, "absent")
        with pytest.raises(DvcError) as caught:
            push(workspace, ["raw.csv"])
        assert "secret" not in caught.value.message

    def test_nobody_answers(self, workspace: Workspace, dvc_person: Person) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.remote(dvc_person, url, "there")
        with pytest.raises(DvcError):
            push(workspace, ["raw.csv"])
