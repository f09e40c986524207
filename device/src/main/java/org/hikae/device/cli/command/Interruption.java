package org.hikae.device.cli.command;

/**
 * How a command hears that it is to end before its time: its process is told so, or, where an agent
 * that stays does it, its client.
 */
@FunctionalInterface
public interface Interruption {

  /** Has this done then, on a thread of its own; running what it returns takes that back. */
  Runnable upon(Runnable ending);

  /** The end of this process, such as by Ctrl-C; it waits for what is done then. */
  static Interruption ofThisProcess() {
    return new ProcessEnd();
  }

  /** No lambdas: the first one of a process takes a client longer than all else that it does. */
  final class ProcessEnd implements Interruption {

    private ProcessEnd() {}

    @Override
    public Runnable upon(Runnable ending) {
      Thread hook = Thread.ofPlatform().unstarted(ending);
      Runtime.getRuntime().addShutdownHook(hook);
      return new HookCleanup(hook);
    }

    private record HookCleanup(Thread hook) implements Runnable {
      @Override
      public void run() {
        try {
          Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
          // The process is ending already, and the hook is what waits for us.
        }
      }
    }
  }
}
