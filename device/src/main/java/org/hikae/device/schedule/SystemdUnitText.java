package org.hikae.device.schedule;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;

/** The texts of the units of systemd. Pure. */
final class SystemdUnitText {

  private static final String HEAD =
      "# Written by hikae schedule, which replaces it; hikae schedule --off deletes it.\n";

  private static final String AGENT_HEAD =
      "# Written by hikae daemon --enable, which replaces it; hikae daemon --disable deletes it.\n";

  private SystemdUnitText() {}

  /**
   * The service: looks whether a backup is due, and makes it.
   *
   * @param command program and arguments
   * @param environment variables that it needs
   */
  static String service(List<String> command, Map<String, String> environment)
      throws AgentException {
    StringBuilder text = new StringBuilder(HEAD);
    text.append("[Unit]\nDescription=Hikae backup, if one is due\n\n[Service]\nType=oneshot\n");
    started(text, command, environment);
    // 3 is done but for some files; 4 and 143 are stopped, such as at the end of the session: all
    // of them are continued by a later run.
    return text.append("SuccessExitStatus=3 4 143\n")
        .append("Nice=19\n")
        .append("CPUSchedulingPolicy=batch\n")
        .append("IOSchedulingClass=idle\n")
        .append("TimeoutStopSec=40\n")
        .toString();
  }

  private static void started(
      StringBuilder text, List<String> command, Map<String, String> environment)
      throws AgentException {
    // However they are written, systemd takes none of these in the path of a program.
    if (command.getFirst().chars().anyMatch(c -> "\"'\\".indexOf(c) >= 0)) {
      throw new AgentException(RunResult.REFUSED, "schedule.unit-text");
    }
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      text.append("Environment=")
          .append(quoted(variable.getKey() + "=" + variable.getValue()))
          .append('\n');
    }
    // The colon: a dollar sign is no variable.
    text.append("ExecStart=:");
    for (String word : command) {
      text.append(quoted(word)).append(' ');
    }
    text.setCharAt(text.length() - 1, '\n');
  }

  /**
   * The service of the agent that stays. It gets the listening socket as its standard input, which
   * is the one way in which Java takes a socket that another process has opened.
   *
   * @param umask that of the shell: an agent with another one leaves commands to themselves
   */
  static String agentService(List<String> command, Map<String, String> environment, String umask)
      throws AgentException {
    StringBuilder text = new StringBuilder(AGENT_HEAD);
    text.append("[Unit]\nDescription=Hikae agent\n\n[Service]\n");
    started(text, command, environment);
    return text.append("StandardInput=socket\n")
        .append("StandardOutput=journal\n")
        .append("StandardError=journal\n")
        .append("UMask=")
        .append(umask)
        .append('\n')
        // No key gets into a file of what was in memory.
        .append("LimitCORE=0\n")
        .append("SuccessExitStatus=143\n")
        .append("TimeoutStopSec=40\n")
        .toString();
  }

  /** The socket of the agent that stays; %t is the person's XDG_RUNTIME_DIR. */
  static String agentSocket() {
    return AGENT_HEAD
        + "[Unit]\n"
        + "Description=Socket of the Hikae agent\n"
        + "\n"
        + "[Socket]\n"
        + "ListenStream=%t/hikae/agent.sock\n"
        + "SocketMode=0600\n"
        + "DirectoryMode=0700\n"
        + "\n"
        + "[Install]\n"
        + "WantedBy=sockets.target\n";
  }

  /**
   * The timer. It comes round often and the agent decides whether a backup is due: so a try that
   * failed, a charger that is plugged in again and a pause that has ended need no timer of their
   * own.
   */
  static String timer() {
    return HEAD
        + "[Unit]\n"
        + "Description=Looks whether a Hikae backup is due\n"
        + "\n"
        + "[Timer]\n"
        + "OnCalendar=*:0/15\n"
        + "RandomizedDelaySec=10min\n"
        + "Persistent=true\n"
        + "\n"
        + "[Install]\n"
        + "WantedBy=timers.target\n";
  }

  /** A word as systemd reads it back. */
  static String quoted(String word) throws AgentException {
    // What is not in the locale's encoding has become this sign, and would name another file.
    boolean writable =
        StandardCharsets.UTF_8.newEncoder().canEncode(word)
            && word.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
    if (!writable) {
      throw new AgentException(RunResult.REFUSED, "schedule.unit-text");
    }
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%") + '"';
  }
}
