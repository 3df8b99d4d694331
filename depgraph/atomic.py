"""Files written whole or not at all: beside the target first, then moved into its place; and locks."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_PART: Final = re.compile(r"\.([0-9]+)-[0-9a-f]{8}\.part")
"""A file that is being written, with the number of the process that writes it."""


@contextmanager
def replacing(path: str | os.PathLike[str], *, durable: bool = False) -> Iterator[Path]:
    """Open a place beside a file, moved over the file when the block ends without an error.

    What was at `path` stays as it was if the block fails or is interrupted, and nothing is
    left beside it. A symbolic link stays one: the file that it leads to is replaced. A pipe
    or a device, which cannot be replaced, is written into.

    Parameters
    ----------
    path
        The file to write.
    durable
        Wait until the file is on the disk before it takes the place of the one before (for
        what cannot be made again).

    Yields
    ------
    pathlib.Path
        Where to write. No file is there yet.

    Raises
    ------
    OSError
        If it cannot be written; the error names `path`, never the temporary file.
    """
    target = Path(path)
    if target.exists() and not target.is_file():
        with _copied_into(target) as temporary:
            yield temporary
        return
    real = Path(os.path.realpath(target))
    temporary = real.with_name(f".{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        yield temporary
        if durable:
            _sync(temporary)
        temporary.replace(real)
    except OSError as error:
        raise _said_of(target, temporary, error) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def sweep(folder: str | os.PathLike[str]) -> None:
    """Remove from a folder what processes that were killed left of files half written.

    Raises
    ------
    OSError
        If the folder cannot be read, or a file in it not be removed.
    """
    for path in Path(folder).iterdir():
        match = _PART.fullmatch(path.name)
        if match and not _lives(int(match[1])):
            path.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    """Tell whether a process may be there still."""
    if os.name != "posix":  # elsewhere to ask is to end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # somebody else's
        pass
    return True


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file of these bytes, whole or not at all.

    Raises
    ------
    OSError
        If it cannot be written; what was at `path` before is untouched then.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write a file of this text in UTF-8, line ends as they are, whole or not at all.

    Raises
    ------
    OSError
        If it cannot be written; what was at `path` before is untouched then.
    """
    write_bytes(path, text.encode("utf-8"))


def lock(file: int) -> None:
    """Lock an open file or folder against other processes, until it is closed.

    Where the system has no such lock nothing is done.

    Parameters
    ----------
    file
        Its descriptor.

    Raises
    ------
    BlockingIOError
        If another process holds it.
    OSError
        If the file system has no locks.
    """
    try:
        import fcntl  # noqa: PLC0415  (absent on Windows)
    except ImportError:
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def no_empty_folder(path: str | os.PathLike[str]) -> Iterator[None]:
    """Take away again what was made of a folder, and of those above it, if nothing stands in it.

    Parameters
    ----------
    path
        A folder into which the block may write. What was there before stays.
    """
    new = [one for one in (Path(path), *Path(path).parents) if not one.exists()]
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # something stands in it, or it was not made
            for one in new:
                one.rmdir()


@contextmanager
def _copied_into(target: Path) -> Iterator[Path]:
    """Open a place in a folder of its own, copied into the target when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder, "part")
        yield temporary
        with temporary.open("rb") as content, target.open("wb") as out:
            shutil.copyfileobj(content, out)


def _sync(path: Path) -> None:
    """Wait until the bytes of a file are on the disk."""
    file = os.open(path, os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _said_of(target: Path, temporary: Path, error: OSError) -> OSError:
    """Return the error as one of the file that was asked for; one of another file as it is."""
    if error.filename not in (None, str(temporary), temporary) or error.errno is None:
        return error
    reason = str(error.strerror).replace(str(temporary), str(target))
    return OSError(error.errno, reason, str(target))
