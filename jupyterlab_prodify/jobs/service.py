"""Long work: start it, look at it, wait for it, cancel it, and find out after a crash what has become of it."""

from __future__ import annotations

import hashlib
import logging
import secrets
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from jupyterlab_prodify.api.files import ErrorAnswer
from jupyterlab_prodify.api.jobs import Job, JobKind, JobLog, JobProgress, JobState
from jupyterlab_prodify.jobs.errors import NoSuchJobError
from jupyterlab_prodify.jobs.messages import Conversation, Errand, Message
from jupyterlab_prodify.jobs.processes import ask_to_end, end_marked, start_process
from jupyterlab_prodify.jobs.records import Owner, Record
from jupyterlab_prodify.jobs.scratch import make_scratch, remove_tree

AT_ONCE = 2
KEPT = 50
_LOG_PART = 64 * 1024
_TELL_SECONDS = 0.2
_END_SECONDS = 30.0
_SLOT_SECONDS = 0.1
_LOG = logging.getLogger(__name__)
_LOST = ErrorAnswer(code="lost", message="The job ended with the server.", remedy="Start it again.")


@dataclass(frozen=True)
class Work:
    """What a job does.

    ``argv`` starts the child, which is given ``request`` (JSON); see ``jobs.child``. While a job runs, an equal
    ``Work`` does not start a second one but holds the first. ``near`` is a path on whose file system the scratch
    folder is wanted, so that files can be cloned there. ``patience`` is how many seconds a cancelled job may tidy up
    before it is killed.
    """

    kind: JobKind
    title: str
    argv: Sequence[str]
    request: bytes = b"null"
    environment: Mapping[str, str] = field(default_factory=dict)
    near: Path | None = None
    patience: float = 0.0

    @property
    def key(self) -> str:
        """Equal for work that would do the same."""
        parts = [self.kind, self.title, *self.argv, *(f"{k}={v}" for k, v in sorted(self.environment.items()))]
        return hashlib.sha256(msgspec.json.encode(parts) + self.request).hexdigest()


@dataclass
class _Entry:
    """A job of this service. ``work`` is None when another service has started it. ``holds`` counts who waits for it:
    everyone who has started it and not cancelled."""

    job: Job
    work: Work | None = None
    holds: int = 1
    process: subprocess.Popen[bytes] | None = None
    scratch: Path | None = None
    wanted: JobState | None = None
    """The state that it is to end in, whatever the child says: it was cancelled, or the server stops."""
    told: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)


class JobService:
    """Jobs below ``folder``, which goes with the service when it is ``temporary``. ``on_change`` is called with the id
    of a job that has changed, from any thread."""

    def __init__(
        self,
        folder: Path,
        on_change: Callable[[str], None] = lambda job_id: None,
        at_once: int = AT_ONCE,
        temporary: bool = False,
    ) -> None:
        self._folder = folder
        self._temporary = temporary
        self._on_change = on_change
        self._entries: dict[str, _Entry] = {}
        self._guard = threading.Lock()
        self._slots = threading.Semaphore(at_once)
        self._made_owner: Owner | None = None

    # -- starting -------------------------------------------------------------------------------------------------

    def start(self, work: Work) -> Job:
        """Start the work and return at once; the job of equal work that has not ended yet, if there is one. That one
        is then held by both, and ends when both have cancelled."""
        with self._guard:
            going = (e for e in self._entries.values() if not e.over.is_set() and e.wanted is None)
            twin = next((e for e in going if _same(e.work, work)), None)
            if twin is not None:
                twin.holds += 1
                return twin.job
            job = Job(id=secrets.token_hex(8), kind=work.kind, title=work.title, state="queued", created=time.time())
            entry = self._entries[job.id] = _Entry(job, work)
            self._save(entry)
        self._on_change(job.id)
        threading.Thread(target=self._supervise, args=(entry, work), daemon=True, name=f"job {job.id}").start()
        return job

    # -- looking --------------------------------------------------------------------------------------------------

    def get(self, job_id: str) -> Job:
        """The job as it is now.

        Raises:
            NoSuchJobError: there is none.
        """
        return self._entry(job_id).job

    def jobs(self) -> list[Job]:
        """All jobs, the newest first; of those that have ended only the last ones are kept."""
        with self._guard:
            return sorted((entry.job for entry in self._entries.values()), key=lambda job: -job.created)

    def overview(self) -> list[Job]:
        """The same without results, each of which can hold megabytes of pictures."""
        return [msgspec.structs.replace(job, result=None) for job in self.jobs()]

    def log(self, job_id: str, offset: int = 0) -> JobLog:
        """A part of the log from ``offset`` on, never half a character; empty at its end.

        Raises:
            NoSuchJobError: there is no such job.
        """
        self._entry(job_id)
        try:
            with open(self._owner.log_file(job_id), "rb") as handle:
                handle.seek(offset)
                data = handle.read(_LOG_PART)
        except FileNotFoundError:
            data = b""
        data = _whole_characters(data)
        return JobLog(text=data.decode("utf-8", "replace"), next_offset=offset + len(data))

    def wait(self, job_id: str, seconds: float | None = None) -> Job:
        """Wait until the job has ended, or for some seconds; the job as it is then.

        Raises:
            NoSuchJobError: there is none.
        """
        entry = self._entry(job_id)
        entry.over.wait(seconds)
        return entry.job

    # -- ending ---------------------------------------------------------------------------------------------------

    def cancel(self, job_id: str) -> Job:
        """Give up one start of the job. When nobody else has started it, it ends with everything that it has started,
        and this waits until that is done; else it runs on for the others. A job that has ended already stays as it is.

        Raises:
            NoSuchJobError: there is none.
        """
        entry = self._entry(job_id)
        if self._end(entry, "cancelled", give_up=True):
            entry.over.wait(_END_SECONDS)
        return entry.job

    def close(self) -> None:
        """The server stops: what still runs is ended, and is ``lost``."""
        with self._guard:
            running = [entry for entry in self._entries.values() if not entry.over.is_set()]
        for entry in running:
            self._end(entry, "lost")
        for entry in running:
            entry.over.wait(_END_SECONDS)
        if self._made_owner is not None:
            self._made_owner.close()
            self._made_owner = None
        if self._temporary:
            remove_tree(self._folder)

    def forget(self, job_id: str) -> None:
        """Remove a job that has ended, with its log."""
        with self._guard:
            entry = self._entries.get(job_id)
            if entry is not None and entry.over.is_set():
                del self._entries[job_id]
                self._owner.forget(job_id)

    def _end(self, entry: _Entry, state: JobState, give_up: bool = False) -> bool:
        """True when the job has ended or will do so soon; with ``give_up`` only one hold is released."""
        with self._guard:
            if entry.over.is_set() or entry.wanted is not None:
                return True
            entry.holds -= 1
            if give_up and entry.holds > 0:
                return False
            entry.wanted = state
            process, patience = entry.process, entry.work.patience if entry.work else 0.0
        if process is not None:
            if patience:
                ask_to_end(process, patience)
            end_marked(entry.job.id, entry.scratch, process.pid)
        return True

    # -- after a crash --------------------------------------------------------------------------------------------

    def recover(self) -> list[Job]:
        """Take over the jobs of servers that are dead: what ran is ended with all its processes, and is ``lost``.

        Returns the lost jobs.
        """
        if not self._folder.is_dir():
            return []
        lost = []
        for remains in self._owner.take_over():
            if remains.record is None or remains.record.job.state in ("queued", "running"):
                end_marked(remains.job_id, Path(remains.scratch) if remains.scratch else None)
                if remains.scratch is not None:
                    remove_tree(Path(remains.scratch))
            if remains.record is None:
                continue
            entry = _Entry(remains.record.job)
            with self._guard:
                self._entries[remains.job_id] = entry
            if entry.job.state in ("queued", "running"):
                self._finish(entry, Message(), "lost")
                lost.append(entry.job)
            entry.over.set()
        self._forget_old()
        return lost

    # -- the life of a job ----------------------------------------------------------------------------------------

    def _supervise(self, entry: _Entry, work: Work) -> None:
        last = Message()
        try:
            if self._wait_for_slot(entry):
                try:
                    last = self._run(entry, work)
                finally:
                    self._slots.release()
        except OSError as error:
            last = Message(error=ErrorAnswer(code="not_started", message=f"The job does not start: {error}."))
        except Exception as error:
            _LOG.exception("A job could not be followed to its end")
            message = f"This is a fault of jupyterlab_prodify: {type(error).__name__}: {error}"
            last = Message(error=ErrorAnswer(code="our_fault", message=message))
        finally:
            self._finish(entry, last, entry.wanted)
            self._forget_old()

    def _wait_for_slot(self, entry: _Entry) -> bool:
        """True once the job may run, False when it is to end before."""
        while entry.wanted is None:
            if self._slots.acquire(timeout=_SLOT_SECONDS):
                return True
        return False

    def _run(self, entry: _Entry, work: Work) -> Message:
        """Start the process, listen to it until it ends, and return its result or error."""
        job_id = entry.job.id
        entry.scratch = make_scratch(self._folder, work.near)
        with open(self._owner.log_file(job_id), "ab") as log:
            with self._guard:
                if entry.wanted is not None:
                    return Message()
                entry.process = start_process(work.argv, job_id, entry.scratch, work.environment, log)
            with entry.process as process:
                try:
                    talk = Conversation(process, log, lambda progress: self._progress(entry, progress))
                    self._change(entry, state="running", started=time.time())
                    talk.send(Errand(job_id, str(entry.scratch), msgspec.Raw(work.request)))
                    code = process.wait()
                finally:
                    end_marked(job_id, entry.scratch)
                return talk.end(code)

    def _progress(self, entry: _Entry, progress: JobProgress) -> None:
        """Programs can print a lot; whoever listens is told a few times per second."""
        entry.job = msgspec.structs.replace(entry.job, progress=progress)
        if time.monotonic() - entry.told > _TELL_SECONDS:
            entry.told = time.monotonic()
            self._on_change(entry.job.id)

    def _finish(self, entry: _Entry, last: Message, wanted: JobState | None) -> None:
        """``wanted`` is the state of a job that was ended by us, whatever it has said."""
        if entry.scratch is not None:
            remove_tree(entry.scratch)
            entry.scratch = None
        ended = time.time()
        if wanted is not None:
            self._change(entry, state=wanted, ended=ended, error=_LOST if wanted == "lost" else None)
        elif last.result is not None:
            self._change(entry, state="done", ended=ended, result=last.result)
        else:
            self._change(entry, state="failed", ended=ended, error=last.error)
        entry.over.set()

    def _change(self, entry: _Entry, **fields: object) -> None:
        entry.job = msgspec.structs.replace(entry.job, **fields)
        self._save(entry)
        self._on_change(entry.job.id)

    # -- on disk --------------------------------------------------------------------------------------------------

    @property
    def _owner(self) -> Owner:
        """Made with the first job, so that a server without jobs leaves nothing behind."""
        if self._made_owner is None:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._made_owner = Owner(self._folder)
        return self._made_owner

    def _save(self, entry: _Entry) -> None:
        self._owner.save(Record(entry.job, str(entry.scratch) if entry.scratch else None))

    def _forget_old(self) -> None:
        with self._guard:
            ended = [entry.job for entry in self._entries.values() if entry.over.is_set()]
        for job in sorted(ended, key=lambda job: -job.created)[KEPT:]:
            self.forget(job.id)

    def _entry(self, job_id: str) -> _Entry:
        with self._guard:
            entry = self._entries.get(job_id)
        if entry is None:
            raise NoSuchJobError(job_id)
        return entry


def _same(work: Work | None, other: Work) -> bool:
    return work is not None and work.key == other.key


def _whole_characters(data: bytes) -> bytes:
    """Without a last character that is only half there."""
    for cut in range(1, min(4, len(data)) + 1):
        byte = data[-cut]
        if byte < 0x80:
            return data
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return data[:-cut] if length > cut and len(data) > cut else data
    return data
