"""Keep the state of files as a commit under a private ref; neither branch, index nor files change."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone

from jupyterlab_prodify.vcs.git import Repository
from jupyterlab_prodify.vcs.own_index import own_index

BACKUPS = "refs/prodify/backup/"
# A snapshot is no work of the person's: it needs no name, and none is asked for.
_WHO = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "jupyterlab_prodify"), ("EMAIL", "prodify@localhost"))
}


def keep(repository: Repository, files: Iterable[str], contents: Mapping[str, bytes], message: str) -> str:
    """The ref of a commit that holds the last commit with these ``files`` as they are on disk, and with ``contents``
    for the paths named there."""
    head = repository.head()
    with own_index(repository, head.commit) as index:
        index.take(files)
        for path, content in contents.items():
            index.put(path, content)
        tree = index.tree()
    parent = ["-p", head.commit] if head.commit is not None else []
    done = repository.run("commit-tree", tree, *parent, "-F", "-", given=message.encode("utf-8", "replace"), extra=_WHO)
    commit = repository.checked(done, "commit-tree").decode("ascii").strip()
    now = datetime.now(timezone.utc)
    ref = f"{BACKUPS}{now:%Y%m%dT%H%M%S-%f}-{secrets.token_hex(4)}"  # sorted by name they are sorted by time
    repository.write("update-ref", ref, commit, "0" * len(commit))
    return ref
