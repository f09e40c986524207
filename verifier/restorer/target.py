"""Making what a snapshot has, below a folder that is empty, following no link (HK1-M-05, HK1-M-10 to HK1-M-15)."""

import contextlib
import errno
import os
import secrets

from .encoding import Refused, shown

_NOBODY = 0xFFFFFFFF
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class NotRestored(Exception):
    """An entry that could not be made; the rest is restored."""


class Nowhere:
    """A dry run: opens everything and writes nothing."""

    def enter(self, entry, told):
        pass

    leave = link = node = enter

    def file(self, entry, contents, told):
        for _ in contents:
            pass


class Target:
    """Places are reached by descriptors from the target down; names are made anew and never replaced."""

    def __init__(self, path):
        try:
            os.mkdir(path, 0o700)
        except FileExistsError:
            pass
        self.top = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        if os.listdir(self.top):
            raise Refused("HK1-M-10", "the target has entries", 9)
        self.stack = []
        self.places = {}

    def enter(self, entry, told):
        if not self.stack:
            self.stack.append((self.top, None, ()))
            return
        above, _, path = self.stack[-1]
        if above is None:
            self.stack.append((None, None, path))
            raise NotRestored("lies in a folder that was not restored")
        try:
            os.mkdir(entry.name, 0o700, dir_fd=above)
            fd = os.open(entry.name, _DIRECTORY, dir_fd=above)
        except OSError as e:
            self.stack.append((None, None, path))
            raise _local(e) from None
        self.stack.append((fd, entry.meta, (*path, entry.name)))

    def leave(self, entry, told):
        fd, meta, _ = self.stack.pop()
        if fd is not None and self.stack:
            try:
                _metadata(fd, meta, told)
            finally:
                os.close(fd)

    def _folder(self):
        if self.stack[-1][0] is None:
            raise NotRestored("lies in a folder that was not restored")
        return self.stack[-1][0]

    def file(self, entry, contents, told):
        folder = self._folder()
        name = b".hikae-" + secrets.token_hex(16).encode()
        try:
            fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600,
                         dir_fd=folder)
        except OSError as e:
            raise _local(e) from None
        try:
            for piece in contents:
                if isinstance(piece, int):
                    os.lseek(fd, piece, os.SEEK_CUR)
                while not isinstance(piece, int) and piece:
                    piece = piece[os.write(fd, piece):]
            os.ftruncate(fd, entry.length)
            _metadata(fd, entry.meta, told)
            _give_name(folder, name, entry.name)
        except (OSError, OverflowError) as e:
            raise _local(e) from None
        finally:
            os.close(fd)
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name, dir_fd=folder)
        self.places[entry.inode] = (*self.stack[-1][2], entry.name)

    def link(self, entry, told):
        """A further name of a file that was restored; False when that one was not."""
        folder, place = self._folder(), self.places.get(entry.inode)
        if place is None:
            return False
        at = os.dup(self.top)
        try:
            for name in place[:-1]:
                below = os.open(name, _DIRECTORY, dir_fd=at)
                os.close(at)
                at = below
            os.link(place[-1], entry.name, src_dir_fd=at, dst_dir_fd=folder, follow_symlinks=False)
        except OSError as e:
            raise _local(e) from None
        finally:
            os.close(at)
        return True

    def node(self, entry, told):
        """A symbolic link or a named pipe."""
        folder = self._folder()
        try:
            if entry.kind == "symbolic link":
                os.symlink(entry.target, entry.name, dir_fd=folder)
            else:
                os.mkfifo(entry.name, 0o600, dir_fd=folder)
            fd = os.open(entry.name, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
        except OSError as e:
            raise _local(e) from None
        try:
            _metadata(fd, entry.meta, told, entry.kind == "symbolic link")
        finally:
            os.close(fd)


def _give_name(folder, name, wanted):
    """A whole file gets its name; what has it already stays (HK1-M-11)."""
    try:
        os.link(name, wanted, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except OSError as e:
        if e.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
            raise
        with contextlib.suppress(FileNotFoundError):  # a file system without hard links
            os.stat(wanted, dir_fd=folder, follow_symlinks=False)
            raise NotRestored("there is something under its name") from None
        os.rename(name, wanted, src_dir_fd=folder, dst_dir_fd=folder)


def _local(e):
    """A full disk ends the restore; anything else leaves the entry out (HK1-M-13)."""
    if isinstance(e, OSError) and e.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.EIO):
        return Refused("HK1-M-13", f"the target takes no more: {e.strerror}", 9)
    return NotRestored(e.strerror if isinstance(e, OSError) else str(e))


def _metadata(fd, meta, told, link=False):
    """Owner, attributes, mode, time of what is open, in this order (HK1-M-12)."""
    path, owned = f"/proc/self/fd/{fd}", meta.uid != _NOBODY and meta.gid != _NOBODY
    if owned:
        try:
            os.chown(path, meta.uid, meta.gid)
        except OSError:
            owned = False
    for key, value in meta.attributes:
        try:
            os.setxattr(path, key, value)
        except OSError as e:
            if key.startswith(b"user."):
                told(f"the attribute {shown(key)} was not set: {e.strerror}")
    if not link:
        try:
            os.chmod(path, meta.mode if owned else meta.mode & ~0o6000)
        except OSError as e:
            told(f"the mode was not set: {e.strerror}")
    wanted = meta.seconds * 1_000_000_000 + meta.nanoseconds
    try:
        os.utime(path, ns=(os.stat(path).st_atime_ns, wanted))
        held = os.stat(path).st_mtime_ns == wanted
    except (OSError, OverflowError):
        held = False
    if not held:
        told("the file system cannot hold its time")
