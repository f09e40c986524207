package org.hikae.device.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The functions of the C library that this program calls, one to one. Each takes as its first
 * argument the segment in which {@code errno} is left. The signatures are those of 64-bit Linux,
 * where {@code size_t}, {@code ssize_t} and {@code off_t} have 64 bits. Others link functions of
 * their own by {@link #function}. Each has a class of its own, so that only what is called is
 * linked.
 */
public final class Libc {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  // Forms that several functions share: linking the first function of a form takes a program that
  // has just been started some milliseconds, and the others hardly anything. By the calling
  // conventions of 64-bit Linux each number has a register to itself. A function reads as many bits
  // of it as its parameter has, and no register beyond its last parameter; of an int that it gives
  // back the lower 32 bits count.
  private static final FunctionDescriptor NUMBERS =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor NAME =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor STATUS =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS);
  private static final FunctionDescriptor NAMES =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
  private static final FunctionDescriptor NAME_AND_DATA =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor LINK =
      FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
  private static final FunctionDescriptor LIST =
      FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
  private static final FunctionDescriptor ATTRIBUTE =
      FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG);

  private static final class Openat {
    static final MethodHandle CALL = function("openat", 3, NAME);
  }

  private static final class Close {
    static final MethodHandle CALL = function("close", -1, NUMBERS);
  }

  private static final class Statx {
    static final MethodHandle CALL = function("statx", -1, STATUS);
  }

  private static final class Getdents {
    static final MethodHandle CALL = function("getdents64", -1, NAME);
  }

  private static final class Pread {
    static final MethodHandle CALL = function("pread", -1, NAME);
  }

  private static final class Pwrite {
    static final MethodHandle CALL = function("pwrite", -1, NAME);
  }

  private static final class Lseek {
    static final MethodHandle CALL = function("lseek", -1, NUMBERS);
  }

  private static final class Ftruncate {
    static final MethodHandle CALL = function("ftruncate", -1, NUMBERS);
  }

  private static final class Fsync {
    static final MethodHandle CALL = function("fsync", -1, NUMBERS);
  }

  private static final class Readlinkat {
    static final MethodHandle CALL = function("readlinkat", -1, NAME_AND_DATA);
  }

  private static final class Symlinkat {
    static final MethodHandle CALL = function("symlinkat", -1, LINK);
  }

  private static final class Linkat {
    static final MethodHandle CALL = function("linkat", -1, NAMES);
  }

  private static final class Mkdirat {
    static final MethodHandle CALL = function("mkdirat", -1, NAME);
  }

  private static final class Mkfifoat {
    static final MethodHandle CALL = function("mkfifoat", -1, NAME);
  }

  private static final class Fchmod {
    static final MethodHandle CALL = function("fchmod", -1, NUMBERS);
  }

  private static final class Fchmodat {
    static final MethodHandle CALL = function("fchmodat", -1, NAME);
  }

  private static final class Fchownat {
    static final MethodHandle CALL = function("fchownat", -1, NAME);
  }

  private static final class Utimensat {
    static final MethodHandle CALL = function("utimensat", -1, NAME_AND_DATA);
  }

  private static final class Unlinkat {
    static final MethodHandle CALL = function("unlinkat", -1, NAME);
  }

  private static final class Renameat {
    static final MethodHandle CALL = function("renameat", -1, NAMES);
  }

  private static final class Fsetxattr {
    static final MethodHandle CALL = function("fsetxattr", -1, NAME_AND_DATA);
  }

  private static final class Llistxattr {
    static final MethodHandle CALL = function("llistxattr", -1, LIST);
  }

  private static final class Lgetxattr {
    static final MethodHandle CALL = function("lgetxattr", -1, ATTRIBUTE);
  }

  private static final class Lsetxattr {
    static final MethodHandle CALL = function("lsetxattr", -1, ATTRIBUTE);
  }

  private Libc() {}

  /** Memory for {@code errno}. */
  public static MemorySegment newErrno(Arena arena) {
    return arena.allocate(Linker.Option.captureStateLayout());
  }

  /** What the last call has left there. */
  public static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  /**
   * Links a function.
   *
   * @param firstVariadic number of the first variadic argument, -1 for none
   * @throws UnsupportedOperationException when this C library does not have it
   */
  @SuppressWarnings("restricted") // The signatures are the C library's own.
  public static MethodHandle function(
      String name, int firstVariadic, FunctionDescriptor signature) {
    MemorySegment address =
        SYMBOLS
            .find(name)
            .orElseThrow(
                () -> new UnsupportedOperationException("The C library has no " + name + "."));
    Linker.Option errno = Linker.Option.captureCallState("errno");
    return firstVariadic < 0
        ? LINKER.downcallHandle(address, signature, errno)
        : LINKER.downcallHandle(
            address, signature, errno, Linker.Option.firstVariadicArg(firstVariadic));
  }

  /** What cannot be when the signature is right. */
  public static IllegalStateException broken(Throwable cause) {
    return new IllegalStateException("a call into the C library failed to link", cause);
  }

  static int fsync(MemorySegment errno, int fd) {
    try {
      return (int) (long) Fsync.CALL.invokeExact(errno, (long) fd, 0L, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int openat(MemorySegment errno, int dirFd, MemorySegment name, int flags, int mode) {
    try {
      return (int)
          (long) Openat.CALL.invokeExact(errno, (long) dirFd, name, (long) flags, (long) mode, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Closes a descriptor. */
  public static int close(MemorySegment errno, int fd) {
    try {
      return (int) (long) Close.CALL.invokeExact(errno, (long) fd, 0L, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int statx(
      MemorySegment errno,
      int dirFd,
      MemorySegment name,
      int flags,
      int mask,
      MemorySegment status) {
    try {
      return (int)
          (long)
              Statx.CALL.invokeExact(errno, (long) dirFd, name, (long) flags, (long) mask, status);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long getdents64(MemorySegment errno, int fd, MemorySegment entries, long size) {
    try {
      return (long) Getdents.CALL.invokeExact(errno, (long) fd, entries, size, 0L, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long pread(MemorySegment errno, int fd, MemorySegment buffer, long size, long offset) {
    try {
      return (long) Pread.CALL.invokeExact(errno, (long) fd, buffer, size, offset, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long pwrite(MemorySegment errno, int fd, MemorySegment buffer, long size, long offset) {
    try {
      return (long) Pwrite.CALL.invokeExact(errno, (long) fd, buffer, size, offset, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long lseek(MemorySegment errno, int fd, long offset, int whence) {
    try {
      return (long) Lseek.CALL.invokeExact(errno, (long) fd, offset, (long) whence);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int ftruncate(MemorySegment errno, int fd, long size) {
    try {
      return (int) (long) Ftruncate.CALL.invokeExact(errno, (long) fd, size, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long readlinkat(
      MemorySegment errno, int dirFd, MemorySegment name, MemorySegment buffer, long size) {
    try {
      return (long) Readlinkat.CALL.invokeExact(errno, (long) dirFd, name, buffer, size, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int symlinkat(MemorySegment errno, MemorySegment target, int dirFd, MemorySegment name) {
    try {
      return (int) (long) Symlinkat.CALL.invokeExact(errno, target, (long) dirFd, name);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int linkat(
      MemorySegment errno,
      int oldDirFd,
      MemorySegment oldName,
      int newDirFd,
      MemorySegment newName,
      int flags) {
    try {
      return (int)
          (long)
              Linkat.CALL.invokeExact(
                  errno, (long) oldDirFd, oldName, (long) newDirFd, newName, (long) flags);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int mkdirat(MemorySegment errno, int dirFd, MemorySegment name, int mode) {
    try {
      return (int) (long) Mkdirat.CALL.invokeExact(errno, (long) dirFd, name, (long) mode, 0L, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int mkfifoat(MemorySegment errno, int dirFd, MemorySegment name, int mode) {
    try {
      return (int) (long) Mkfifoat.CALL.invokeExact(errno, (long) dirFd, name, (long) mode, 0L, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int fchmod(MemorySegment errno, int fd, int mode) {
    try {
      return (int) (long) Fchmod.CALL.invokeExact(errno, (long) fd, (long) mode, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int fchmodat(MemorySegment errno, int dirFd, MemorySegment name, int mode, int flags) {
    try {
      return (int)
          (long)
              Fchmodat.CALL.invokeExact(errno, (long) dirFd, name, (long) mode, (long) flags, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int fchownat(
      MemorySegment errno, int dirFd, MemorySegment name, int uid, int gid, int flags) {
    try {
      return (int)
          (long)
              Fchownat.CALL.invokeExact(
                  errno, (long) dirFd, name, (long) uid, (long) gid, (long) flags);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int utimensat(
      MemorySegment errno, int dirFd, MemorySegment name, MemorySegment times, int flags) {
    try {
      return (int)
          (long) Utimensat.CALL.invokeExact(errno, (long) dirFd, name, times, (long) flags, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int renameat(
      MemorySegment errno,
      int oldDirFd,
      MemorySegment oldName,
      int newDirFd,
      MemorySegment newName) {
    try {
      return (int)
          (long)
              Renameat.CALL.invokeExact(
                  errno, (long) oldDirFd, oldName, (long) newDirFd, newName, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int fsetxattr(
      MemorySegment errno, int fd, MemorySegment name, MemorySegment value, long size, int flags) {
    try {
      return (int)
          (long) Fsetxattr.CALL.invokeExact(errno, (long) fd, name, value, size, (long) flags);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int unlinkat(MemorySegment errno, int dirFd, MemorySegment name, int flags) {
    try {
      return (int)
          (long) Unlinkat.CALL.invokeExact(errno, (long) dirFd, name, (long) flags, 0L, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long llistxattr(MemorySegment errno, MemorySegment path, MemorySegment list, long size) {
    try {
      return (long) Llistxattr.CALL.invokeExact(errno, path, list, size);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long lgetxattr(
      MemorySegment errno, MemorySegment path, MemorySegment name, MemorySegment value, long size) {
    try {
      return (long) Lgetxattr.CALL.invokeExact(errno, path, name, value, size, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int lsetxattr(
      MemorySegment errno,
      MemorySegment path,
      MemorySegment name,
      MemorySegment value,
      long size,
      int flags) {
    try {
      return (int) (long) Lsetxattr.CALL.invokeExact(errno, path, name, value, size, (long) flags);
    } catch (Throwable e) {
      throw broken(e);
    }
  }
}
