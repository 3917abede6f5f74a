"""Another user of this computer."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

NOBODY = 65534
"""The user, and the group, that own nothing."""

needs_root = pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can be somebody else")

_AS_NOBODY = f"""
import os, socket, sys
os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
"""

_SAY = """
end = socket.socket(socket.AF_UNIX)
end.connect(sys.argv[1])
try:
    end.sendall(sys.argv[2].encode() + b"\\n")
    sys.stdout.write(end.recv(100).decode())
except ConnectionError:
    pass
"""

_LISTEN = """
end = socket.socket(socket.AF_UNIX)
end.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o777)
end.listen()
print("listening", flush=True)
while True:
    caller, _ = end.accept()
    sys.stdout.write(caller.recv(1000).decode())
    caller.sendall(b"taken\\n")
    caller.close()
    print(flush=True)
"""


def say_as_nobody(address: str, words: str) -> str:
    """What another user hears on the socket at `address` for these `words`."""
    command = [sys.executable, "-c", _AS_NOBODY + _SAY, address, words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@contextmanager
def nobody_listening(address: str) -> Iterator["subprocess.Popen[str]"]:
    """Another user's program that takes whatever is handed over at `address`, and prints it."""
    command = [sys.executable, "-c", _AS_NOBODY + _LISTEN, address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "listening\n"
        try:
            yield process
        finally:
            process.kill()
