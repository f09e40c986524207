package org.hikae.device.backup;

import java.util.List;

/** The threads of runs. */
final class BackupThreads {

  private BackupThreads() {}

  /** Names of those that are alive. */
  static List<String> left() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("hikae-"))
        .toList();
  }
}
