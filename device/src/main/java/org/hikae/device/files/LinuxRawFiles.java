package org.hikae.device.files;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@link RawFiles} on Linux, by the system calls that take an open directory and a name. */
final class LinuxRawFiles implements RawFiles {

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_SYMLINK_FOLLOW = 0x400;
  private static final int AT_EMPTY_PATH = 0x1000;

  private static final int O_RDONLY = 0;
  private static final int O_WRONLY = 1;
  private static final int O_RDWR = 2;
  private static final int O_CREAT = 0100;
  private static final int O_EXCL = 0200;
  private static final int O_NONBLOCK = 04000;
  private static final int O_CLOEXEC = 02000000;
  private static final int O_PATH = 010000000;
  // These two differ between the architectures.
  private static final int O_DIRECTORY = isArm() ? 040000 : 0200000;
  private static final int O_NOFOLLOW = isArm() ? 0100000 : 0400000;
  private static final int O_TMPFILE = 020000000 | O_DIRECTORY;

  private static final int SEEK_SET = 0;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  private static final long UTIME_OMIT = (1L << 30) - 2;
  private static final int TRANSFER_BYTES = 256 * 1024;
  private static final int PATH_BYTES = MAX_LINK_BYTES + 1;
  private static final byte[] NO_NAME = {};
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");

  private final Arena arena = Arena.ofShared();
  private final MemorySegment errno = Libc.newErrno(arena);
  private final MemorySegment firstName = arena.allocate(PATH_BYTES);
  private final MemorySegment secondName = arena.allocate(PATH_BYTES);
  private final MemorySegment statx = arena.allocate(FileStatus.STATX_BYTES, 8);
  private final MemorySegment times = arena.allocate(32, 8);
  private final MemorySegment transfer = arena.allocate(TRANSFER_BYTES, 8);

  LinuxRawFiles() {}

  /** Whether this is the system and one of the architectures that this class knows. */
  static boolean runsHere(String system, String architecture) {
    return system.toLowerCase(Locale.ROOT).equals("linux") && ARCHITECTURES.contains(architecture);
  }

  private static boolean isArm() {
    return System.getProperty("os.arch", "?").equals("aarch64");
  }

  @Override
  public FileHandle openRoot() throws FileAccessException {
    return openAt(AT_FDCWD, new byte[] {'/'}, O_RDONLY | O_DIRECTORY, 0);
  }

  @Override
  public FileHandle openDirectory(FileHandle at, byte[] name) throws FileAccessException {
    return openAt(at.number(), checked(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
  }

  @Override
  public FileHandle openFile(FileHandle at, byte[] name) throws FileAccessException {
    return openAt(at.number(), checked(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
  }

  @Override
  public FileHandle createFile(FileHandle at, byte[] name) throws FileAccessException {
    return openAt(at.number(), checked(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  }

  @Override
  public FileHandle createNameless(FileHandle directory) throws FileAccessException {
    return openAt(directory.number(), new byte[] {'.'}, O_RDWR | O_TMPFILE, 0600);
  }

  @Override
  public void giveName(FileHandle nameless, FileHandle at, byte[] name) throws FileAccessException {
    MemorySegment file = string(secondName, procPath(nameless, NO_NAME));
    MemorySegment fresh = string(firstName, checked(name));
    require(
        Libc.linkat(errno, AT_FDCWD, file, at.number(), fresh, AT_SYMLINK_FOLLOW), "name", name);
  }

  @Override
  public void sync(FileHandle fileHandle) throws FileAccessException {
    require(Libc.fsync(errno, fileHandle.number()), "sync", NO_NAME);
  }

  @Override
  public RawPath realPath(RawPath path) throws FileAccessException {
    try (FileHandle fileHandle = openAt(AT_FDCWD, path.toBytes(), O_PATH, 0)) {
      return RawPath.of(readLinkAt(AT_FDCWD, procPath(fileHandle, NO_NAME)));
    }
  }

  @Override
  public FileHandle openDirectoryFollowing(RawPath path) throws FileAccessException {
    return openAt(AT_FDCWD, path.toBytes(), O_RDONLY | O_DIRECTORY, 0);
  }

  @Override
  public RawPath workingDirectory() throws FileAccessException {
    return RawPath.of(readLinkAt(AT_FDCWD, ascii("/proc/self/cwd")));
  }

  @Override
  public long freeBytes(FileHandle directory) {
    return new File("/proc/self/fd/" + directory.number()).getUsableSpace();
  }

  @Override
  public FileStatus status(FileHandle at, byte[] name) throws FileAccessException {
    return status(at.number(), checked(name), AT_SYMLINK_NOFOLLOW);
  }

  @Override
  public FileStatus status(FileHandle fileHandle) throws FileAccessException {
    return status(fileHandle.number(), NO_NAME, AT_EMPTY_PATH);
  }

  private FileStatus status(int fd, byte[] name, int flags) throws FileAccessException {
    int answer =
        Libc.statx(errno, fd, string(firstName, name), flags, FileStatus.STATX_MASK, statx);
    require(answer, "look at", name);
    return FileStatus.read(statx);
  }

  @Override
  public List<byte[]> list(FileHandle directory) throws FileAccessException {
    return list(directory, Integer.MAX_VALUE);
  }

  @Override
  public List<byte[]> list(FileHandle directory, int most) throws FileAccessException {
    List<byte[]> names = new ArrayList<>();
    // It may have been listed before.
    require(Libc.lseek(errno, directory.number(), 0, SEEK_SET), "list", NO_NAME);
    while (true) {
      long filled = Libc.getdents64(errno, directory.number(), transfer, TRANSFER_BYTES);
      require(filled, "list", NO_NAME);
      addNames(bytes(transfer, filled), names);
      if (filled == 0 || names.size() >= most) {
        names.sort(Arrays::compareUnsigned);
        return names;
      }
    }
  }

  /** Reads records of {@code struct linux_dirent64}; the offsets are the kernel's. */
  private static void addNames(byte[] entries, List<byte[]> names) {
    int at = 0;
    while (at < entries.length) {
      int end = at + 19;
      while (entries[end] != 0) {
        end++;
      }
      byte[] name = Arrays.copyOfRange(entries, at + 19, end);
      if (RawPath.isName(name)) {
        names.add(name);
      }
      // Both architectures are little-endian.
      at += (entries[at + 16] & 0xff) | (entries[at + 17] & 0xff) << 8;
    }
  }

  @Override
  public int read(FileHandle fileHandle, long position, byte[] into, int offset, int length)
      throws FileAccessException {
    int done = 0;
    while (done < length) {
      long wanted = Math.min(TRANSFER_BYTES, length - done);
      long got = Libc.pread(errno, fileHandle.number(), transfer, wanted, position + done);
      if (got < 0 && Libc.errno(errno) == FileAccessException.EINTR) {
        continue;
      }
      require(got, "read", NO_NAME);
      if (got == 0) {
        break;
      }
      MemorySegment.copy(
          transfer, ValueLayout.JAVA_BYTE, 0, into, offset + done, Math.toIntExact(got));
      done += Math.toIntExact(got);
    }
    return done;
  }

  @Override
  public void write(FileHandle fileHandle, long position, byte[] from, int offset, int length)
      throws FileAccessException {
    int done = 0;
    while (done < length) {
      int wanted = Math.min(TRANSFER_BYTES, length - done);
      MemorySegment.copy(from, offset + done, transfer, ValueLayout.JAVA_BYTE, 0, wanted);
      long put = Libc.pwrite(errno, fileHandle.number(), transfer, wanted, position + done);
      if (put < 0 && Libc.errno(errno) == FileAccessException.EINTR) {
        continue;
      }
      require(put, "write", NO_NAME);
      done += Math.toIntExact(put);
    }
  }

  @Override
  public void truncate(FileHandle fileHandle, long size) throws FileAccessException {
    require(Libc.ftruncate(errno, fileHandle.number(), size), "resize", NO_NAME);
  }

  @Override
  public long nextData(FileHandle fileHandle, long position) throws FileAccessException {
    return seek(fileHandle, position, SEEK_DATA, position);
  }

  @Override
  public long nextHole(FileHandle fileHandle, long position) throws FileAccessException {
    return seek(fileHandle, position, SEEK_HOLE, Long.MAX_VALUE);
  }

  private long seek(FileHandle fileHandle, long position, int whence, long unsupported)
      throws FileAccessException {
    long found = Libc.lseek(errno, fileHandle.number(), position, whence);
    if (found < 0 && Libc.errno(errno) == FileAccessException.ENXIO) {
      return -1;
    }
    if (found < 0 && Libc.errno(errno) == FileAccessException.EINVAL) {
      // A file system that keeps no holes: everything is data.
      return unsupported;
    }
    require(found, "seek in", NO_NAME);
    return found;
  }

  @Override
  public byte[] readLink(FileHandle at, byte[] name) throws FileAccessException {
    return readLinkAt(at.number(), checked(name));
  }

  private byte[] readLinkAt(int fd, byte[] name) throws FileAccessException {
    long length =
        Libc.readlinkat(errno, fd, string(firstName, name), transfer, MAX_LINK_BYTES + 1L);
    require(length, "read link", name);
    return bytes(transfer, length);
  }

  @Override
  public void symlink(byte[] target, FileHandle at, byte[] name) throws FileAccessException {
    MemorySegment points = string(secondName, target);
    require(
        Libc.symlinkat(errno, points, at.number(), string(firstName, checked(name))),
        "make link",
        name);
  }

  @Override
  public void link(FileHandle oldAt, byte[] oldName, FileHandle at, byte[] name)
      throws FileAccessException {
    MemorySegment old = string(secondName, checked(oldName));
    MemorySegment fresh = string(firstName, checked(name));
    require(Libc.linkat(errno, oldAt.number(), old, at.number(), fresh, 0), "link", name);
  }

  @Override
  public void rename(FileHandle at, byte[] oldName, byte[] name) throws FileAccessException {
    MemorySegment old = string(secondName, checked(oldName));
    MemorySegment fresh = string(firstName, checked(name));
    require(Libc.renameat(errno, at.number(), old, at.number(), fresh), "rename to", name);
  }

  @Override
  public void makeDirectory(FileHandle at, byte[] name) throws FileAccessException {
    require(
        Libc.mkdirat(errno, at.number(), string(firstName, checked(name)), 0700),
        "make directory",
        name);
  }

  @Override
  public void makeFifo(FileHandle at, byte[] name) throws FileAccessException {
    require(
        Libc.mkfifoat(errno, at.number(), string(firstName, checked(name)), 0600),
        "make pipe",
        name);
  }

  @Override
  public void changeMode(FileHandle fileHandle, int mode) throws FileAccessException {
    require(Libc.fchmod(errno, fileHandle.number(), mode), "set mode of", NO_NAME);
  }

  @Override
  public void changeMode(FileHandle at, byte[] name, int mode) throws FileAccessException {
    MemorySegment entry = string(firstName, checked(name));
    require(
        Libc.fchmodat(errno, at.number(), entry, mode, AT_SYMLINK_NOFOLLOW), "set mode of", name);
  }

  @Override
  public void changeOwner(FileHandle at, byte[] name, int uid, int gid) throws FileAccessException {
    MemorySegment entry = string(firstName, checked(name));
    require(
        Libc.fchownat(errno, at.number(), entry, uid, gid, AT_SYMLINK_NOFOLLOW),
        "set owner of",
        name);
  }

  @Override
  public void changeOwner(FileHandle fileHandle, int uid, int gid) throws FileAccessException {
    MemorySegment itself = string(firstName, NO_NAME);
    require(
        Libc.fchownat(errno, fileHandle.number(), itself, uid, gid, AT_EMPTY_PATH),
        "set owner of",
        NO_NAME);
  }

  @Override
  public void changeTime(FileHandle at, byte[] name, FileTime modified) throws FileAccessException {
    changeTime(at.number(), checked(name), modified, AT_SYMLINK_NOFOLLOW);
  }

  @Override
  public void changeTime(FileHandle fileHandle, FileTime modified) throws FileAccessException {
    changeTime(fileHandle.number(), null, modified, 0);
  }

  private void changeTime(
      int fd, byte @org.jspecify.annotations.Nullable [] name, FileTime modified, int flags)
      throws FileAccessException {
    times.set(ValueLayout.JAVA_LONG, 0, 0);
    times.set(ValueLayout.JAVA_LONG, 8, UTIME_OMIT);
    times.set(ValueLayout.JAVA_LONG, 16, modified.seconds());
    times.set(ValueLayout.JAVA_LONG, 24, modified.nanos());
    MemorySegment entry = name == null ? MemorySegment.NULL : string(firstName, name);
    require(
        Libc.utimensat(errno, fd, entry, times, flags),
        "set time of",
        name == null ? NO_NAME : name);
  }

  @Override
  public void remove(FileHandle at, byte[] name) throws FileAccessException {
    require(Libc.unlinkat(errno, at.number(), string(firstName, checked(name)), 0), "remove", name);
  }

  @Override
  public void removeDirectory(FileHandle at, byte[] name) throws FileAccessException {
    MemorySegment entry = string(firstName, checked(name));
    require(Libc.unlinkat(errno, at.number(), entry, AT_REMOVEDIR), "remove", name);
  }

  @Override
  public ExtendedAttributes attributes() {
    return new LinuxExtendedAttributes(this, errno, firstName, secondName, transfer);
  }

  private FileHandle openAt(int at, byte[] name, int flags, int mode) throws FileAccessException {
    while (true) {
      int fd = Libc.openat(errno, at, string(firstName, name), flags | O_CLOEXEC, mode);
      if (fd < 0 && Libc.errno(errno) == FileAccessException.EINTR) {
        continue;
      }
      require(fd, "open", name);
      return new FileHandle(this::close, fd);
    }
  }

  private void close(int fd) {
    // Nothing written through it is lost: an error of close is told to nobody, as is usual.
    int ignored = Libc.close(errno, fd);
    assert ignored <= 0;
  }

  /** A path to the entry through its open directory: for calls that take no directory. */
  static byte[] procPath(FileHandle at, byte[] name) {
    byte[] directory = ascii("/proc/self/fd/" + at.number() + (name.length == 0 ? "" : "/"));
    byte[] path = Arrays.copyOf(directory, directory.length + name.length);
    System.arraycopy(name, 0, path, directory.length, name.length);
    return path;
  }

  static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static byte[] checked(byte[] name) {
    if (!RawPath.isName(name)) {
      throw new IllegalArgumentException("not the name of a directory entry");
    }
    return name;
  }

  /** Copies a name and its closing zero into native memory. */
  static MemorySegment string(MemorySegment into, byte[] name) throws FileAccessException {
    if (name.length >= PATH_BYTES) {
      throw new FileAccessException("use", name, 36);
    }
    MemorySegment.copy(name, 0, into, ValueLayout.JAVA_BYTE, 0, name.length);
    into.set(ValueLayout.JAVA_BYTE, name.length, (byte) 0);
    return into;
  }

  static byte[] bytes(MemorySegment from, long length) {
    return from.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  void require(long answer, String operation, byte[] name) throws FileAccessException {
    if (answer < 0) {
      throw new FileAccessException(operation, name, Libc.errno(errno));
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
