package org.hikae.device.backup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The threads of runs. */
public final class BackupThreadProbe {

  private BackupThreadProbe() {}

  /** How long a thread may take that has done its work and is about to end. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** Names of those that do not end. */
  public static List<String> left() throws InterruptedException {
    List<String> names = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("hikae-") && !thread.join(LONGEST_WAIT)) {
        names.add(thread.getName());
      }
    }
    return names;
  }
}
