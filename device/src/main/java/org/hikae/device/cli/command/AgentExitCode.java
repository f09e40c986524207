package org.hikae.device.cli.command;

import org.hikae.backup.wire.RunResult;

/** Exit codes of {@code hikae}; they follow {@link RunResult} and never change (docs/agent.md). */
public final class AgentExitCode {

  /** The command line itself is wrong. */
  public static final int USAGE = 2;

  /** The run was ended before its time. */
  public static final int CANCELLED = 4;

  /** Trouble on this computer. */
  public static final int LOCAL = 9;

  private AgentExitCode() {}

  public static int of(RunResult result) {
    return switch (result) {
      case SUCCESS, RUNNING -> 0;
      case INTERNAL -> 1;
      case PARTIAL -> 3;
      case CANCELLED -> CANCELLED;
      case NETWORK -> 5;
      case REFUSED -> 6;
      case CORRUPT -> 7;
      case LOCKED -> 8;
      case LOCAL -> LOCAL;
    };
  }
}
