"""A Windows for the program alone: run as `python windows.py`, it imports every module and does the main work.

The program's own modules see an `os` and a `signal` without what only POSIX has, and cannot import its modules; what
they import in turn stays as it is.
"""

from __future__ import annotations

import builtins
import importlib
import os
import pkgutil
import signal
import sys
from types import ModuleType
from typing import Any

ABSENT_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
ABSENT = {
    "os": """
        chown chroot confstr ctermid fchmod fchown fork forkpty getegid geteuid getgid getgroups getloadavg getpgid
        getpgrp getpriority getresgid getresuid getsid getuid killpg lchown mkfifo mknod nice openpty pipe2
        posix_fadvise posix_fallocate posix_spawn pread pwrite readv sched_getaffinity sched_setaffinity sched_yield
        sendfile setegid seteuid setgid setgroups setpgid setpriority setsid setuid statvfs fstatvfs sync sysconf
        tcgetpgrp uname wait wait3 wait4 writev O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_SYNC O_TMPFILE
        WNOHANG memfd_create copy_file_range register_at_fork
    """,
    "signal": """
        SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGUSR1 SIGUSR2 SIGWINCH SIGXCPU alarm
        pause pthread_kill pthread_sigmask setitimer sigpending sigtimedwait sigwait sigwaitinfo siginterrupt
    """,
}


class _Poorer(ModuleType):
    """A module without some names; `os.name` says "nt"."""

    def __init__(self, real: ModuleType) -> None:
        super().__init__(real.__name__)
        self._real = real
        self._absent = frozenset(ABSENT[real.__name__].split())

    def __getattr__(self, name: str) -> Any:
        if name in self._absent:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r} on Windows")
        return "nt" if (self.__name__, name) == ("os", "name") else getattr(self._real, name)


POORER: dict[str, ModuleType] = {"os": _Poorer(os), "signal": _Poorer(signal)}
_import = builtins.__import__


def _import_on_windows(name: str, globals: Any = None, *rest: Any, **named: Any) -> Any:  # noqa: A002
    if str((globals or {}).get("__name__", "")).partition(".")[0] == "kotoneuvo":
        if name.partition(".")[0] in ABSENT_MODULES:
            raise ModuleNotFoundError(f"No module named {name!r} on Windows")
        if name in POORER:
            return POORER[name]
    return _import(name, globals, *rest, **named)


def main() -> None:
    """Import everything, or run the command that the arguments give."""
    setattr(builtins, "__import__", _import_on_windows)  # noqa: B010  (mypy holds that it is a function forever)
    if sys.argv[1:]:
        from kotoneuvo.cli.main import main as run

        run()
        return
    package = importlib.import_module("kotoneuvo")
    for module in pkgutil.walk_packages(package.__path__, "kotoneuvo."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
            sys.stdout.write(f"{module.name}\n")


if __name__ == "__main__":
    main()
