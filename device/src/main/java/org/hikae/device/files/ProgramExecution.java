package org.hikae.device.files;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** Another program in the place of this one. */
public final class ProgramExecution {

  private ProgramExecution() {}

  /**
   * This process becomes that program, with the same number, terminal, environment and descriptors
   * but those that Java has opened; whoever waits for it goes on waiting. Nothing that the end of
   * the process would do is done. Returns only when it could not.
   *
   * @param program its path
   * @param arguments all, the name by which it is called first
   */
  public static void become(byte[] program, List<byte[]> arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle execv =
          Libc.function(
              "execv",
              -1,
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
      MemorySegment list = arena.allocate(ValueLayout.ADDRESS, arguments.size() + 1L);
      for (int i = 0; i < arguments.size(); i++) {
        list.setAtIndex(ValueLayout.ADDRESS, i, text(arena, arguments.get(i)));
      }
      var _ = (int) execv.invokeExact(Libc.newErrno(arena), text(arena, program), list);
    } catch (Throwable e) {
      throw Libc.broken(e);
    }
  }

  /** With the zero at its end. */
  private static MemorySegment text(Arena arena, byte[] bytes) {
    MemorySegment text = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return text;
  }
}
