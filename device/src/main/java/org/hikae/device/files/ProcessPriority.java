package org.hikae.device.files;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Makes work give way to all other, for the processor and for the disk. On Linux both are set for
 * each thread; threads that are started later take it over from those that start them.
 */
public final class ProcessPriority {

  private static final int THIS_THREAD = 0;
  private static final int LOWEST_NICE = 19;
  private static final int PRIO_PROCESS = 0;
  private static final int IOPRIO_WHO_PROCESS = 1;

  /** Class 3, idle: the disk is used when nobody else does. */
  private static final int IOPRIO_IDLE = 3 << 13;

  /** The C library has no function for this call, and its number differs. */
  private static final long IOPRIO_SET =
      System.getProperty("os.arch", "").equals("aarch64") ? 30 : 251;

  private ProcessPriority() {}

  /**
   * Lowers it, for good, of the thread that calls and of those that it starts from now on: what
   * else this process does is not slowed down. False when the system did not let it, which is no
   * reason to stop.
   */
  public static boolean lower() {
    // Whatever is wrong here costs nothing but the priority.
    try (Arena arena = Arena.ofConfined()) {
      Calls calls = new Calls(Libc.newErrno(arena));
      boolean nice = calls.nice(THIS_THREAD);
      boolean idle = calls.idle(THIS_THREAD);
      return nice && idle;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  /** The two calls. */
  private static final class Calls {
    private final MemorySegment errno;
    private final MethodHandle setpriority =
        Libc.function(
            "setpriority",
            -1,
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
    private final MethodHandle syscall =
        Libc.function(
            "syscall",
            1,
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));

    Calls(MemorySegment errno) {
      this.errno = errno;
    }

    boolean nice(int thread) {
      try {
        return (int) setpriority.invokeExact(errno, PRIO_PROCESS, thread, LOWEST_NICE) == 0;
      } catch (Throwable e) {
        throw Libc.broken(e);
      }
    }

    boolean idle(int thread) {
      try {
        return (long)
                syscall.invokeExact(errno, IOPRIO_SET, IOPRIO_WHO_PROCESS, thread, IOPRIO_IDLE)
            == 0;
      } catch (Throwable e) {
        throw Libc.broken(e);
      }
    }
  }
}
