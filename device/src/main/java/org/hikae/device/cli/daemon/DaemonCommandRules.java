package org.hikae.device.cli.daemon;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which commands an agent that stays does for others. Both sides ask: the client, because it does
 * all others by itself, and the agent, because it does nothing else whatever a client says.
 */
final class DaemonCommandRules {

  /** Those that read or write files for long, or are waited for. None changes who can open what. */
  private static final Set<String> COMMANDS =
      Set.of("backup", "restore", "verify", "snapshots", "ls", "diff");

  /** A number after such an option means a descriptor of the process in which it was typed. */
  private static final Pattern DESCRIPTOR_OPTION = Pattern.compile("--[a-z-]+-fd(=.*)?");

  /** So do these names, such as of a shell's {@code <(…)}. */
  private static final List<String> OF_ONE_PROCESS =
      List.of("/dev/fd/", "/dev/std", "/dev/tty", "/proc/self", "/proc/thread-self");

  private DaemonCommandRules() {}

  /** Whether the agent does this command line of carried arguments. */
  static boolean goesThrough(List<String> carried) {
    return !carried.isEmpty()
        && COMMANDS.contains(carried.getFirst())
        && carried.stream().noneMatch(DaemonCommandRules::isOfOneProcess);
  }

  private static boolean isOfOneProcess(String argument) {
    return DESCRIPTOR_OPTION.matcher(argument).matches()
        || OF_ONE_PROCESS.stream().anyMatch(argument::contains);
  }
}
