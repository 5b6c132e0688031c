"""What can go wrong between a person's files, Git and DVC: each with a code, a message and a way out."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SECRET = re.compile(r"(\w+://)[^/@\s]+@")
_QUERY = re.compile(r"(\w+://[^\s?]+)\?\S+")


def redacted(text: str) -> str:
    """The text without user, password and query in addresses."""
    return _QUERY.sub(r"\1", _SECRET.sub(r"\1", text))


class VcsError(Exception):
    """The action is not possible or did not work; ``paths`` are the files that it is about, where they are known."""

    code = "vcs_failed"

    def __init__(self, message: str, remedy: str, paths: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.paths = tuple(paths)


class NotARepositoryError(VcsError):
    """There is no Git repository with files around this folder."""

    code = "not_a_repository"


class InProgressError(VcsError):
    """A merge, rebase, cherry-pick, revert or bisect is not over."""

    code = "in_progress"


class DetachedHeadError(VcsError):
    """No branch is checked out, so a commit would be on none."""

    code = "detached_head"


class IndexLockedError(VcsError):
    """Another Git process is at work, or was killed."""

    code = "index_locked"


class NoIdentityError(VcsError):
    """Git does not know who makes the commit."""

    code = "no_identity"


class PartlyStagedError(VcsError):
    """A file has staged changes and further ones that are not."""

    code = "partly_staged"


class ConflictedError(VcsError):
    """A file is left with conflicts of an earlier merge."""

    code = "conflicted"


class NothingToCommitError(VcsError):
    """The files are as the last commit has them."""

    code = "nothing_to_commit"


class PathError(VcsError):
    """A path cannot be committed: it is not there, ignored, or inside another repository."""

    code = "bad_path"


class IgnoredPathError(PathError):
    """A rule of a ``.gitignore`` leaves the path out."""

    code = "ignored"


class NestedRepositoryError(PathError):
    """The path lies in another repository, such as a submodule."""

    code = "other_repository"


class HookError(VcsError):
    """A hook refused the commit, or put other files into it. Nothing was committed."""

    code = "hook_failed"


class SigningError(VcsError):
    """The commit could not be signed. Nothing was committed."""

    code = "signing_failed"


class BranchMovedError(VcsError):
    """Somebody else moved the branch at the same moment. Nothing was committed."""

    code = "branch_moved"


class NoSuchRevisionError(VcsError):
    """There is no commit of this name."""

    code = "no_such_revision"


class GitError(VcsError):
    """Git ended with an error that has no name here."""

    code = "git_failed"


class TookTooLongError(VcsError):
    """A process took too long and was ended with all that it had started."""

    code = "timeout"


class ProgramMissingError(VcsError):
    """A program is not installed."""

    code = "program_missing"


class DvcError(VcsError):
    """DVC ended with an error, or its worker process with none."""

    code = "dvc_failed"


class NotADvcProjectError(VcsError):
    """There is no ``.dvc`` folder around the path."""

    code = "not_a_dvc_project"


class WorkerEndedError(DvcError):
    """The worker was ended from outside while it was at work."""

    code = "worker_ended"


class ChangedWhileHashedError(DvcError):
    """A file was written to while its content was being taken."""

    code = "changed_while_hashed"


class DataMissingError(DvcError):
    """A version's data is neither in the cache nor in the remote."""

    code = "data_missing"


class RemoteError(DvcError):
    """The remote is not set, does not answer, or does not hold what was sent."""

    code = "remote_failed"


class DiskFullError(VcsError):
    """There is no room for what must be written."""

    code = "disk_full"


class NotWritableError(VcsError):
    """A file or folder that must be written is read-only."""

    code = "read_only"
