"""Remotes that stall, and remotes that cannot be: clear messages, and nothing that goes on behind the person's back."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterlab_prodify.data.add import Wishes, add
from jupyterlab_prodify.data.remotes import CredentialsError, RemoteSettingError, add_remote, remotes, set_default
from jupyterlab_prodify.data.share import push
from jupyterlab_prodify.data.versions import status
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.errors import DvcError, RemoteError, WorkerEndedError
from tests.data.conftest import Person


@pytest.fixture
def stalling(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an S3 server that takes everything and never answers."""
    for name, value in (("ACCESS_KEY_ID", "ada"), ("SECRET_ACCESS_KEY", "secret"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    server = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                held.append(server.accept()[0])
            except OSError:
                return

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}"
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)
    for one in held:
        one.close()


def write_remote(person: Person, url: str, seconds: int) -> None:
    person.write(
        ".dvc/config",
        f"[core]\n    remote = s3\n['remote \"s3\"']\n    url = s3://bucket/x\n    endpointurl = {url}\n"
        f"    connect_timeout = {seconds}\n    read_timeout = {seconds}\n",
    )
    person.commit(".dvc/config")


class TestStall:
    def test_a_limit_of_time(self, workspace: Workspace, dvc_person: Person, stalling: str) -> None:
        dvc_person.write("raw.csv", "1")
        add(workspace, ["raw.csv"], "Data")
        write_remote(dvc_person, stalling, 1)
        with pytest.raises(DvcError) as caught:
            push(workspace)
        assert "secret" not in caught.value.message
        assert caught.value.remedy
        assert status(workspace).paths[0].state == "unchanged"

    def test_cancel(self, workspace: Workspace, dvc_person: Person, stalling: str) -> None:
        dvc_person.write("raw.csv", "1")
        add(workspace, ["raw.csv"], "Data")
        write_remote(dvc_person, stalling, 600)
        timer = threading.Timer(2, workspace.cancel)
        timer.start()
        started = time.monotonic()
        with pytest.raises(WorkerEndedError):
            push(workspace)
        assert time.monotonic() - started < 20
        timer.join()
        assert status(workspace).paths[0].state == "unchanged"

    def test_no_commit_without_the_push_that_was_asked_for(
        self, workspace: Workspace, dvc_person: Person, stalling: str
    ) -> None:
        write_remote(dvc_person, stalling, 1)
        head = dvc_person.git("rev-parse", "HEAD")
        dvc_person.write("raw.csv", "1")
        with pytest.raises(DvcError):
            add(workspace, ["raw.csv"], "Data", wishes=Wishes(push=True))
        assert dvc_person.git("rev-parse", "HEAD") == head
        assert dvc_person.status() == ["?? raw.csv"]


def test_pushed_before_the_commit(workspace: Workspace, dvc_person: Person, tmp_path: Path) -> None:
    add_remote(workspace, "here", str(tmp_path / "remote"))
    dvc_person.commit(".dvc/config")
    dvc_person.write("raw.csv", "1")
    dvc_person.hook("pre-commit", f"ls {tmp_path}/remote/files/md5/* > {tmp_path}/there")
    add(workspace, ["raw.csv"], "Data", wishes=Wishes(push=True))
    assert (tmp_path / "there").read_text().strip()


class TestSettings:
    def test_the_first_one_is_the_default(self, workspace: Workspace, dvc_person: Person, tmp_path: Path) -> None:
        assert remotes(workspace).remotes == []
        add_remote(workspace, "here", str(tmp_path / "remote"))
        found = add_remote(workspace, "cloud", "gs://bucket/x", {"projectname": "p"})
        assert [(one.name, one.kind, one.default, one.missing) for one in found.remotes] == [
            ("cloud", "gcs", False, "dvc-gs"),
            ("here", "folder", True, None),
        ]
        assert found.notes == ["The remote `cloud` needs `pip install dvc-gs`."]
        assert found.file == ".dvc/config"
        assert [one.name for one in set_default(workspace, "cloud").remotes if one.default] == ["cloud"]
        with pytest.raises(RemoteError, match="already"):
            add_remote(workspace, "cloud", "gs://other")
        with pytest.raises(RemoteError, match="no remote"):
            set_default(workspace, "absent")
        with pytest.raises(DvcError):
            add_remote(workspace, "odd", "s3://bucket", {"no_such_option": "1"})
        assert len(remotes(workspace).remotes) == 2

    def test_an_address_with_a_password_is_never_shown(self, workspace: Workspace, dvc_person: Person) -> None:
        dvc_person.write(".dvc/config.local", "['remote \"x\"']\n    url = ssh://me:hidden@host/x\n")
        assert "hidden" not in str(remotes(workspace))

    @pytest.mark.parametrize(
        ("url", "options"),
        [
            ("ssh://me:pw@host/x", {}),
            ("https://host/x?sig=pw", {}),
            ("s3://b", {"access_key_id": "pw"}),
            ("s3://b", {"secret_access_key": "pw"}),
            ("s3://b", {"session_token": "pw"}),
            ("azure://b", {"connection_string": "pw"}),
            ("azure://b", {"account_key": "pw"}),
            ("azure://b", {"sas_token": "pw"}),
            ("ssh://host/x", {"password": "pw"}),
            ("s3://b", {"endpointurl": "http://me:pw@host"}),
        ],
    )
    def test_secrets(self, workspace: Workspace, dvc_person: Person, url: str, options: dict[str, str]) -> None:
        with pytest.raises(CredentialsError) as caught:
            add_remote(workspace, "x", url, options)
        assert "pw" not in f"{caught.value.message} {caught.value.remedy}"
        assert (dvc_person.root / ".dvc/config").read_text() == ""

    @pytest.mark.parametrize(
        ("name", "url", "options"),
        [
            ("-x", "s3://b", {}),
            ("a b", "s3://b", {}),
            ("", "s3://b", {}),
            ("x", " ", {}),
            ("x", "s3://b\nurl = y", {}),
            ("x", "http://[", {}),
            ("x", "s3://b", {"a b": "1"}),
            ("x", "s3://b", {"region": "1\n2"}),
        ],
    )
    def test_what_cannot_be(self, workspace: Workspace, name: str, url: str, options: dict[str, str]) -> None:
        with pytest.raises(RemoteSettingError):
            add_remote(workspace, name, url, options)

    @pytest.mark.parametrize(
        ("url", "options"),
        [
            ("ssh://me@host/x", {"keyfile": "~/.ssh/id", "user": "me", "port": "22"}),
            ("s3://b", {"credentialpath": "~/.aws", "profile": "p"}),
            ("azure://b", {"account_name": "a"}),
        ],
    )
    def test_what_is_no_secret(self, workspace: Workspace, url: str, options: dict[str, str]) -> None:
        assert [one.name for one in add_remote(workspace, "x", url, options).remotes] == ["x"]
