package org.hikae.device.schedule;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the network costs by the byte, as NetworkManager tells or guesses. */
final class MeteredNetwork {

  private static final List<String> BUSCTL =
      List.of(
          "busctl",
          "--system",
          "--auto-start=no",
          "--timeout=5",
          "get-property",
          "org.freedesktop.NetworkManager",
          "/org/freedesktop/NetworkManager",
          "org.freedesktop.NetworkManager",
          "Metered");

  private static final List<String> NMCLI =
      List.of("nmcli", "-t", "-f", "GENERAL.STATE,GENERAL.METERED", "device", "show");

  /** NM_METERED_YES and NM_METERED_GUESS_YES. */
  private static final Set<String> METERED = Set.of("u 1", "u 3");

  private MeteredNetwork() {}

  /** Where nobody knows, it is not. */
  static boolean metered(ProgramRunner programs) {
    Optional<ProgramRunner.ProgramResult> property = programs.run(BUSCTL);
    if (property.isPresent()) {
      return property.get().exit() == 0 && METERED.contains(property.get().out().strip());
    }
    // Where there is no systemd there is no busctl, but NetworkManager brings its own program.
    return programs.run(NMCLI).filter(e -> e.exit() == 0).map(e -> listed(e.out())).orElse(false);
  }

  /** Each device has a line with its state, and then one of whether it is metered. */
  private static boolean listed(String devices) {
    boolean connected = false;
    for (String line : devices.lines().toList()) {
      if (line.startsWith("GENERAL.STATE:")) {
        connected = line.startsWith("GENERAL.STATE:100");
      } else if (connected && line.startsWith("GENERAL.METERED:yes")) {
        return true;
      }
    }
    return false;
  }
}
