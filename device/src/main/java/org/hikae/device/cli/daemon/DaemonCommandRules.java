package org.hikae.device.cli.daemon;

import java.util.List;
import java.util.Set;

/**
 * Which commands an agent that stays does for others. Both sides ask: the client, because it does
 * all others by itself, and the agent, because it does nothing else whatever a client says.
 */
final class DaemonCommandRules {

  /** What opens a window, which then is the agent's. */
  static final String OPEN = "open";

  /**
   * Those that read or write files for long, or are waited for. None changes who can open what; in
   * a window a person does, who is asked there as at a terminal.
   */
  static final Set<String> COMMANDS =
      Set.of("backup", "restore", "verify", "snapshots", "ls", "find", "diff", OPEN);

  /** A number after an option that ends so is a descriptor of the process in which it was typed. */
  private static final String DESCRIPTOR = "-fd";

  /** So is what these names, such as of a shell's {@code <(…)}. */
  private static final List<String> OF_ONE_PROCESS =
      List.of("/dev/fd/", "/dev/std", "/dev/tty", "/proc/self", "/proc/thread-self");

  private DaemonCommandRules() {}

  /** Whether the agent does this command line of carried arguments. */
  static boolean goesThrough(List<String> carried) {
    if (carried.isEmpty() || !COMMANDS.contains(carried.getFirst())) {
      return false;
    }
    for (String argument : carried) {
      if (isOfOneProcess(argument)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfOneProcess(String argument) {
    int value = argument.indexOf('=');
    String option = value < 0 ? argument : argument.substring(0, value);
    if (option.startsWith("--") && option.endsWith(DESCRIPTOR)) {
      return true;
    }
    for (String name : OF_ONE_PROCESS) {
      if (argument.contains(name)) {
        return true;
      }
    }
    return false;
  }
}
