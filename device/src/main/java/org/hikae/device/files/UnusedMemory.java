package org.hikae.device.files;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Memory that work has left in this process, for one that stays until the next. */
public final class UnusedMemory {

  private UnusedMemory() {}

  /**
   * Gives back what work has left, in the heap and in the C library, which keeps what it has freed.
   * No object that held a secret of that work is left then; its bytes are overwritten only when the
   * memory is used again.
   */
  public static void giveBack() {
    System.gc();
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle trim =
          Libc.function(
              "malloc_trim",
              -1,
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
      var _ = (int) trim.invokeExact(Libc.newErrno(arena), 0L);
    } catch (UnsupportedOperationException e) {
      // Not every C library has it, and nothing depends on it.
    } catch (Throwable e) {
      throw Libc.broken(e);
    }
  }
}
