package org.hikae.device.files;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The functions of the C library that this program calls, one to one. Each takes as its first
 * argument the segment in which {@code errno} is left. The signatures are those of 64-bit Linux,
 * where {@code size_t}, {@code ssize_t} and {@code off_t} have 64 bits. Others link functions of
 * their own by {@link #function}.
 */
public final class Libc {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPENAT =
      function(
          "openat",
          3,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", -1, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle STATX =
      function(
          "statx",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS));
  private static final MethodHandle GETDENTS64 =
      function(
          "getdents64",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle PREAD =
      function(
          "pread",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle PWRITE =
      function(
          "pwrite",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle LSEEK =
      function(
          "lseek",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
  private static final MethodHandle FTRUNCATE =
      function(
          "ftruncate",
          -1,
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
  private static final MethodHandle FSYNC =
      function("fsync", -1, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle READLINKAT =
      function(
          "readlinkat",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle SYMLINKAT =
      function(
          "symlinkat",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS));
  private static final MethodHandle LINKAT =
      function(
          "linkat",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final MethodHandle MKDIRAT =
      function(
          "mkdirat",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final MethodHandle MKFIFOAT =
      function(
          "mkfifoat",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final MethodHandle FCHMOD =
      function(
          "fchmod",
          -1,
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle FCHMODAT =
      function(
          "fchmodat",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT));
  private static final MethodHandle FCHOWNAT =
      function(
          "fchownat",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT));
  private static final MethodHandle UTIMENSAT =
      function(
          "utimensat",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final MethodHandle UNLINKAT =
      function(
          "unlinkat",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final MethodHandle RENAMEAT =
      function(
          "renameat",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS));
  private static final MethodHandle FSETXATTR =
      function(
          "fsetxattr",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
  private static final MethodHandle LLISTXATTR =
      function(
          "llistxattr",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle LGETXATTR =
      function(
          "lgetxattr",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle LSETXATTR =
      function(
          "lsetxattr",
          -1,
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));

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
      return (int) FSYNC.invokeExact(errno, fd);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int openat(MemorySegment errno, int dirFd, MemorySegment name, int flags, int mode) {
    try {
      return (int) OPENAT.invokeExact(errno, dirFd, name, flags, mode);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Closes a descriptor. */
  public static int close(MemorySegment errno, int fd) {
    try {
      return (int) CLOSE.invokeExact(errno, fd);
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
      return (int) STATX.invokeExact(errno, dirFd, name, flags, mask, status);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long getdents64(MemorySegment errno, int fd, MemorySegment entries, long size) {
    try {
      return (long) GETDENTS64.invokeExact(errno, fd, entries, size);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long pread(MemorySegment errno, int fd, MemorySegment buffer, long size, long offset) {
    try {
      return (long) PREAD.invokeExact(errno, fd, buffer, size, offset);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long pwrite(MemorySegment errno, int fd, MemorySegment buffer, long size, long offset) {
    try {
      return (long) PWRITE.invokeExact(errno, fd, buffer, size, offset);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long lseek(MemorySegment errno, int fd, long offset, int whence) {
    try {
      return (long) LSEEK.invokeExact(errno, fd, offset, whence);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int ftruncate(MemorySegment errno, int fd, long size) {
    try {
      return (int) FTRUNCATE.invokeExact(errno, fd, size);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long readlinkat(
      MemorySegment errno, int dirFd, MemorySegment name, MemorySegment buffer, long size) {
    try {
      return (long) READLINKAT.invokeExact(errno, dirFd, name, buffer, size);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int symlinkat(MemorySegment errno, MemorySegment target, int dirFd, MemorySegment name) {
    try {
      return (int) SYMLINKAT.invokeExact(errno, target, dirFd, name);
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
      return (int) LINKAT.invokeExact(errno, oldDirFd, oldName, newDirFd, newName, flags);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int mkdirat(MemorySegment errno, int dirFd, MemorySegment name, int mode) {
    try {
      return (int) MKDIRAT.invokeExact(errno, dirFd, name, mode);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int mkfifoat(MemorySegment errno, int dirFd, MemorySegment name, int mode) {
    try {
      return (int) MKFIFOAT.invokeExact(errno, dirFd, name, mode);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int fchmod(MemorySegment errno, int fd, int mode) {
    try {
      return (int) FCHMOD.invokeExact(errno, fd, mode);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int fchmodat(MemorySegment errno, int dirFd, MemorySegment name, int mode, int flags) {
    try {
      return (int) FCHMODAT.invokeExact(errno, dirFd, name, mode, flags);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int fchownat(
      MemorySegment errno, int dirFd, MemorySegment name, int uid, int gid, int flags) {
    try {
      return (int) FCHOWNAT.invokeExact(errno, dirFd, name, uid, gid, flags);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int utimensat(
      MemorySegment errno, int dirFd, MemorySegment name, MemorySegment times, int flags) {
    try {
      return (int) UTIMENSAT.invokeExact(errno, dirFd, name, times, flags);
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
      return (int) RENAMEAT.invokeExact(errno, oldDirFd, oldName, newDirFd, newName);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int fsetxattr(
      MemorySegment errno, int fd, MemorySegment name, MemorySegment value, long size, int flags) {
    try {
      return (int) FSETXATTR.invokeExact(errno, fd, name, value, size, flags);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int unlinkat(MemorySegment errno, int dirFd, MemorySegment name, int flags) {
    try {
      return (int) UNLINKAT.invokeExact(errno, dirFd, name, flags);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long llistxattr(MemorySegment errno, MemorySegment path, MemorySegment list, long size) {
    try {
      return (long) LLISTXATTR.invokeExact(errno, path, list, size);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long lgetxattr(
      MemorySegment errno, MemorySegment path, MemorySegment name, MemorySegment value, long size) {
    try {
      return (long) LGETXATTR.invokeExact(errno, path, name, value, size);
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
      return (int) LSETXATTR.invokeExact(errno, path, name, value, size, flags);
    } catch (Throwable e) {
      throw broken(e);
    }
  }
}
