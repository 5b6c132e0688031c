"""What a Python kernel is told, silently, before the first cell: random seeds, and that the project is the copy.

An editable install, a ``PYTHONPATH`` or a ``.pth`` file leads to the person's own files; in the kernel they lead to the
same place in the copy. Whatever cannot be imported there cannot be imported here either. Writing into the person's
project by an absolute path is refused.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

#: Runs in the kernel's Python, which may be an old one and has nothing of this package.
_CODE = """
def _prodify_preamble(places, modules, seed):
    import importlib, importlib.util, os, sys
    real, join = os.path.realpath, os.path.join

    def original(path):
        path = real(path)
        if any(path == new or path.startswith(join(new, '')) for _, new in places):
            return None
        for old, new in places:
            if path == old or path.startswith(join(old, '')):
                return new + path[len(old):]
        return None

    def moved(path):
        new = original(path) if path else None
        return new if new and os.path.exists(new) else path

    before = list(sys.path)
    sys.path[:] = [moved(path) for path in before]
    found = [path for path in sys.path if path not in before]
    importlib.invalidate_caches()
    for name in modules:
        try:
            spec = importlib.util.find_spec(name)
        except Exception:
            continue
        inside = list(spec.submodule_search_locations or []) if spec else []
        for place in inside or ([spec.origin] if spec and spec.origin else []):
            if moved(place) != place:
                folder = os.path.dirname(moved(place))
                if folder not in sys.path:
                    sys.path.insert(1, folder)
                    found.append(folder)
    inherited = os.environ.get('PYTHONPATH', '').split(os.pathsep)
    known = found + [moved(path) for path in inherited if path]
    if known:
        os.environ['PYTHONPATH'] = os.pathsep.join(dict.fromkeys(known))

    if seed is not None:
        import random
        random.seed(seed)
        try:
            import numpy
            numpy.random.seed(seed)
        except Exception:
            pass

    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    # Event: for each path, the places of the path and of the folder's descriptor among the arguments.
    changing = {
        'os.remove': [(0, 1)], 'os.rmdir': [(0, 1)], 'os.mkdir': [(0, 2)], 'os.truncate': [(0, None)],
        'os.rename': [(0, 2), (1, 3)], 'os.link': [(0, 2), (1, 3)], 'os.symlink': [(0, None), (1, 2)],
        'os.chmod': [(0, 2)], 'os.chown': [(0, 3)], 'os.utime': [(0, 3)], 'os.setxattr': [(0, None)],
        'os.removexattr': [(0, None)], 'shutil.rmtree': [(0, 1)], 'sqlite3.connect': [(0, None)],
    }

    def no_write(path):
        raise PermissionError(
            13, 'Verify runs in a copy, and the project itself stays as it is; this is an absolute path', path
        )

    def opened(descriptor):
        try:
            if os.path.isdir('/proc/self/fd'):
                return os.readlink('/proc/self/fd/%d' % descriptor)
            import fcntl
            return os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).rstrip(bytes(1)))
        except Exception:
            return None

    def place(event, path, descriptor):
        if isinstance(path, int) and not isinstance(path, bool):
            return opened(path) or ''
        if not isinstance(path, (str, bytes, os.PathLike)):
            return ''
        path = os.fsdecode(path)
        if event == 'sqlite3.connect':
            if path.startswith('file:'):
                import urllib.parse
                address = urllib.parse.urlsplit(path)
                if 'mode=ro' in address.query or 'immutable=1' in address.query:
                    return ''
                path = urllib.parse.unquote(address.path)
            if not path or path.startswith(':memory:'):
                return ''
        if os.path.isabs(path) or not isinstance(descriptor, int) or descriptor < 0:
            return os.path.abspath(path)
        folder = opened(descriptor)
        # A folder that cannot be named may be the person's.
        return os.path.join(folder, path) if folder else no_write(path)

    def refuse(event, args):
        if event == 'open':
            if not isinstance(args[2], int) or not args[2] & writing:
                return
            paths = [(0, None)]
        elif event in changing:
            paths = changing[event]
        else:
            return
        for at, fd in paths:
            if at >= len(args) or (event == 'open' and isinstance(args[at], int)):
                continue
            path = place(event, args[at], args[fd] if fd is not None and fd < len(args) else None)
            if path and original(path) is not None:
                no_write(path)

    if hasattr(sys, 'addaudithook'):
        sys.addaudithook(refuse)

_prodify_preamble(*__import__('json').loads({arguments!r}))
del _prodify_preamble
"""


def preamble(places: Sequence[tuple[str, str]], modules: Sequence[str], seed: int | None) -> str:
    """The code. ``places`` are folders and their copies, ``modules`` names that the project defines."""
    arguments = json.dumps([[list(place) for place in places], list(modules), seed])
    return _CODE.replace("{arguments!r}", repr(arguments))
