"""Refusals of actions on data."""

from __future__ import annotations

from jupyterlab_prodify.vcs.errors import VcsError


class DataError(VcsError):
    """An action on data is not possible; nothing was changed."""

    code = "data_refused"


class NotVersionedError(DataError):
    """Neither DVC nor Git knows the path."""

    code = "not_versioned"


class NoSuchVersionError(DataError):
    """The commit does not hold the path."""

    code = "no_such_version"


class AdviceError(DataError):
    """The path should not, or cannot, be versioned."""

    code = "not_versionable"


class UnsavedRulesError(DataError):
    """A ``.gitignore`` that must change has changes of the person's own."""

    code = "changed_gitignore"
