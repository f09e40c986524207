package org.hikae.device.fuse;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.hikae.device.files.Libc;

/**
 * What it takes of the C library to have another program open a descriptor and hand it over. Java
 * starts programs with three descriptors and no more, and reads files by names only.
 */
final class FuseLibc {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private static final MethodHandle READ =
      Libc.function("read", -1, FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
  private static final MethodHandle WRITE =
      Libc.function("write", -1, FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
  private static final MethodHandle SOCKETPAIR =
      Libc.function(
          "socketpair", -1, FunctionDescriptor.of(INT, INT, INT, INT, ValueLayout.ADDRESS));
  private static final MethodHandle RECVMSG =
      Libc.function("recvmsg", -1, FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, INT));
  private static final MethodHandle WAITPID =
      Libc.function("waitpid", -1, FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
  private static final MethodHandle POSIX_SPAWN =
      Libc.function(
          "posix_spawn",
          -1,
          FunctionDescriptor.of(
              INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS));
  private static final MethodHandle ACTIONS_INIT = action("posix_spawn_file_actions_init");
  private static final MethodHandle ACTIONS_DESTROY = action("posix_spawn_file_actions_destroy");
  private static final MethodHandle ACTIONS_DUP2 =
      action("posix_spawn_file_actions_adddup2", INT, INT);
  private static final MethodHandle ACTIONS_CLOSE_FROM =
      action("posix_spawn_file_actions_addclosefrom_np", INT);

  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

  /** More than {@code posix_spawn_file_actions_t} has on any system. */
  private static final long ACTIONS_BYTES = 512;

  /** {@code struct msghdr}: name, its length, buffers, their number, control, its length, flags. */
  private static final long MESSAGE_BYTES = 56;

  private static final long CONTROL_BYTES = 24;

  private FuseLibc() {}

  private static MethodHandle action(String name, MemoryLayout... more) {
    MemoryLayout[] arguments = new MemoryLayout[1 + more.length];
    arguments[0] = ValueLayout.ADDRESS;
    System.arraycopy(more, 0, arguments, 1, more.length);
    return Libc.function(name, -1, FunctionDescriptor.of(INT, arguments));
  }

  /** A descriptor that the caller closes by {@link #close}, and what the other program gets. */
  record SocketPair(int ours, int theirs) {}

  static SocketPair socketPair() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = Libc.newErrno(arena);
      MemorySegment pair = arena.allocate(INT, 2);
      int answer;
      try {
        answer = (int) SOCKETPAIR.invokeExact(errno, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair);
      } catch (Throwable e) {
        throw Libc.broken(e);
      }
      require(answer, "socketpair", errno);
      return new SocketPair(pair.getAtIndex(INT, 0), pair.getAtIndex(INT, 1));
    }
  }

  /**
   * Starts a program with this one's input, outputs, and one more descriptor, and nothing else that
   * is open here.
   *
   * @param fourth becomes descriptor 3; the same program's input where there is none
   * @return its process
   */
  static int spawn(byte[] program, List<byte[]> arguments, List<byte[]> environment, int fourth)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = Libc.newErrno(arena);
      MemorySegment actions = arena.allocate(ACTIONS_BYTES, 16);
      MemorySegment pid = arena.allocate(INT);
      int failed;
      try {
        requireZero((int) ACTIONS_INIT.invokeExact(errno, actions));
        requireZero((int) ACTIONS_DUP2.invokeExact(errno, actions, fourth, 3));
        requireZero((int) ACTIONS_CLOSE_FROM.invokeExact(errno, actions, 4));
        failed =
            (int)
                POSIX_SPAWN.invokeExact(
                    errno,
                    pid,
                    string(arena, program),
                    actions,
                    MemorySegment.NULL,
                    strings(arena, arguments),
                    strings(arena, environment));
        requireZero((int) ACTIONS_DESTROY.invokeExact(errno, actions));
      } catch (IOException e) {
        throw e;
      } catch (Throwable e) {
        throw Libc.broken(e);
      }
      requireZero(failed);
      return pid.get(INT, 0);
    }
  }

  /** Waits for a program that {@link #spawn} has started; its exit code, or 128 for a signal. */
  static int waitFor(int pid) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = Libc.newErrno(arena);
      MemorySegment status = arena.allocate(INT);
      int answer;
      do {
        try {
          answer = (int) WAITPID.invokeExact(errno, pid, status, 0);
        } catch (Throwable e) {
          throw Libc.broken(e);
        }
      } while (answer < 0 && Libc.errno(errno) == FuseErrorException.EINTR);
      require(answer, "waitpid", errno);
      int ended = status.get(INT, 0);
      return (ended & 0x7f) == 0 ? ended >> 8 & 0xff : 128;
    }
  }

  /** Receives a descriptor; -1 when the other side ends without one. */
  static int receiveDescriptor(int socket) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = Libc.newErrno(arena);
      MemorySegment byteHere = arena.allocate(1);
      MemorySegment vector = arena.allocate(16, 8);
      vector.set(ValueLayout.ADDRESS, 0, byteHere);
      vector.set(LONG, 8, 1);
      MemorySegment control = arena.allocate(CONTROL_BYTES, 8);
      MemorySegment message = arena.allocate(MESSAGE_BYTES, 8);
      message.set(ValueLayout.ADDRESS, 16, vector);
      message.set(LONG, 24, 1);
      message.set(ValueLayout.ADDRESS, 32, control);
      message.set(LONG, 40, CONTROL_BYTES);
      long got;
      do {
        try {
          got = (long) RECVMSG.invokeExact(errno, socket, message, MSG_CMSG_CLOEXEC);
        } catch (Throwable e) {
          throw Libc.broken(e);
        }
      } while (got < 0 && Libc.errno(errno) == FuseErrorException.EINTR);
      require(got, "recvmsg", errno);
      boolean descriptor =
          got > 0
              && message.get(LONG, 40) >= 20
              && control.get(INT, 8) == SOL_SOCKET
              && control.get(INT, 12) == SCM_RIGHTS;
      return descriptor ? control.get(INT, 16) : -1;
    }
  }

  /** One call of {@code read}: how many bytes came, or the negative errno. */
  static long read(int fd, MemorySegment into) {
    return transfer(READ, fd, into);
  }

  /** One call of {@code write}: how many bytes went, or the negative errno. */
  static long write(int fd, MemorySegment from) {
    return transfer(WRITE, fd, from);
  }

  private static long transfer(MethodHandle call, int fd, MemorySegment bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = Libc.newErrno(arena);
      long answer = (long) call.invokeExact(errno, fd, bytes, bytes.byteSize());
      return answer < 0 ? -Libc.errno(errno) : answer;
    } catch (Throwable e) {
      throw Libc.broken(e);
    }
  }

  static void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      // Nothing that was written can be lost by it.
      var _ = Libc.close(Libc.newErrno(arena), fd);
    }
  }

  private static MemorySegment string(Arena arena, byte[] text) {
    MemorySegment copy = arena.allocate(text.length + 1L);
    MemorySegment.copy(text, 0, copy, ValueLayout.JAVA_BYTE, 0, text.length);
    return copy;
  }

  private static MemorySegment strings(Arena arena, List<byte[]> texts) {
    MemorySegment all = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      all.setAtIndex(ValueLayout.ADDRESS, i, string(arena, texts.get(i)));
    }
    return all;
  }

  private static void require(long answer, String call, MemorySegment errno) throws IOException {
    if (answer < 0) {
      throw new IOException(call + ": error " + Libc.errno(errno));
    }
  }

  /** These say themselves what is wrong. */
  private static void requireZero(int failed) throws IOException {
    if (failed != 0) {
      throw new IOException("posix_spawn: error " + failed);
    }
  }
}
