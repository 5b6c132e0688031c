"""The base of every wire type."""

from __future__ import annotations

import msgspec


class WireType(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Base of every wire type: immutable, and an unknown field is an error that names the field."""
