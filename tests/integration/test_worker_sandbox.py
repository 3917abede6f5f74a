"""What the child could do if an image took it over: nothing that leads out of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.worker import landlock, seccomp
from desktop.worker.environment import child_environment

needs_landlock = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
needs_seccomp = pytest.mark.skipif(not seccomp.is_there(), reason="this kernel has no filters")

TRY = """
import ctypes, fcntl, os, resource, signal, socket, subprocess, sys, threading
from desktop.worker import landlock, seccomp
here, there = socket.socketpair()
assert {module}.enclose()
try:
    {attempt}
except OSError as error:
    print(error.strerror)
else:
    print("done")
"""


def tried(module: str, attempt: str, *arguments: object) -> str:
    """What comes of `attempt` in a process that `module` has enclosed."""
    source = TRY.format(module=module, attempt=attempt)
    command = [sys.executable, "-c", source, *map(str, arguments)]
    found = subprocess.run(command, capture_output=True, text=True, env=child_environment(), check=False)
    assert not found.stderr
    return found.stdout.strip()


@needs_seccomp
@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket(socket.AF_INET)",
        "socket.socket(socket.AF_UNIX)",
        "socket.create_connection(('127.0.0.1', 9))",
        "subprocess.run(['/bin/true'])",
        "os.execv('/bin/true', ['true'])",
        "os.posix_spawn('/bin/true', ['true'], {{}})",
        "os.fork()",
        "os.forkpty()",
        "os.kill(os.getppid(), 0)",
        "os.kill(-1, 0)",
        "os.kill(1, 0)",
        "os.pidfd_open(os.getppid())",
        "socket.send_fds(here, [b'x'], [0])",
        "socket.socketpair()",
        "os.memfd_create('program') and os.execve(3, ['program'], {{}})",
        "resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)",
        "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
        "os.setpriority(os.PRIO_USER, 0, 19)",
        "os.sched_setscheduler(os.getppid(), os.SCHED_IDLE, os.sched_param(0))",
        "os.sched_setaffinity(os.getppid(), [0])",
        "fcntl.fcntl(here, fcntl.F_SETOWN, os.getppid())",
        "fcntl.fcntl(here, fcntl.F_SETSIG, signal.SIGKILL)",
    ],
)
def test_no_network_no_program_no_other_process(attempt: str) -> None:
    assert tried("seccomp", attempt.replace("{{}}", "{}")) == "Operation not permitted"


@needs_seccomp
@pytest.mark.parametrize(
    "attempt",
    [
        "os.kill(os.getpid(), 0)",
        "signal.raise_signal(signal.SIGCHLD)",
        "threading.Thread(target=print).start()",
        "os.sched_yield()",
        "os.nice(1)",
        "resource.getrlimit(resource.RLIMIT_STACK)",
        "fcntl.fcntl(here, fcntl.F_SETFD, fcntl.FD_CLOEXEC)",
    ],
)
def test_what_every_library_does_goes_on(attempt: str) -> None:
    assert tried("seccomp", attempt) == "done"


@needs_seccomp
@pytest.mark.parametrize(
    "attempt",
    [
        "os.chmod(sys.argv[1], 0o777)",
        "os.chown(sys.argv[1], os.getuid(), os.getgid())",
        "os.utime(sys.argv[1])",
        "os.setxattr(sys.argv[1], 'user.seen', b'yes')",
        "os.removexattr(sys.argv[1], 'user.seen')",
        "os.truncate(sys.argv[1], 0)",
    ],
)
def test_what_landlock_lets_be_done_to_files(attempt: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    before = secret.stat()
    assert tried("seccomp", attempt, secret) == "Operation not permitted"
    assert secret.stat() == before


@needs_seccomp
@pytest.mark.parametrize(
    "call",
    [
        "shmget(1, 4096, 0o600)",
        "shmat(0, None, 0)",
        "semget(1, 1, 0o600)",
        "msgget(1, 0o600)",
        "inotify_init()",
        "inotify_init1(0)",
        "fanotify_init(0, 0)",
    ],
)
def test_no_memory_of_others_no_watch_over_their_files(call: str) -> None:
    """What windows show lies in such memory, where every program of the user's may look."""
    attempt = f"assert ctypes.CDLL(None, use_errno=True).{call} in (-1, 2**64 - 1)"
    assert tried("seccomp", f"{attempt}; raise OSError(0, os.strerror(ctypes.get_errno()))") == (
        "Operation not permitted"
    )


@needs_landlock
def test_files_of_the_user_are_neither_read_nor_written(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    for attempt in (
        "open(sys.argv[1])",
        "open(sys.argv[1], 'a')",
        "open(sys.argv[1] + '.new', 'w')",
        "os.listdir(os.path.dirname(sys.argv[1]))",
        "os.unlink(sys.argv[1])",
        "os.mkdir(sys.argv[1] + '.folder')",
        "os.symlink('/', sys.argv[1] + '.link')",
        "os.truncate(sys.argv[1], 0)",
        "os.mkfifo(sys.argv[1] + '.fifo')",
    ):
        assert tried("landlock", attempt, secret) == "Permission denied", attempt
    assert secret.read_text() == "secret"
    assert list(tmp_path.iterdir()) == [secret]


@needs_landlock
@pytest.mark.parametrize(
    "attempt",
    [
        "os.listdir(os.path.expanduser('~'))",
        "open('/etc/passwd')",
        "open(f'/proc/{os.getppid()}/environ')",
        "open(f'/proc/{os.getppid()}/mem', 'rb')",
        "open('/proc/self/oom_score_adj', 'w')",
        "open(os.__file__, 'ab')",
        "open(landlock.__file__, 'a')",
    ],
)
def test_nor_is_the_system(attempt: str) -> None:
    assert tried("landlock", attempt) == "Permission denied"


@needs_landlock
@pytest.mark.parametrize("attempt", ["open(landlock.__file__)", "open('/dev/null', 'w')", "import colorsys"])
def test_the_program_itself_is_read(attempt: str) -> None:
    assert tried("landlock", attempt) == "done"
