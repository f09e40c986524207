package org.hikae.device.cli.window;

import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.dialog.WindowOutputListener;
import org.jspecify.annotations.Nullable;

/**
 * A backup, or a restore of some things one after the other, that goes on whether somebody looks or
 * not. Safe for several threads.
 */
final class WindowRun extends WindowOutputListener {

  private final RunReport.Kind kind;
  private final List<AgentCommand> commands;
  private final CommandOutput output;
  private final Messages messages;
  private final Runnable atEnd;
  private int item;
  private long files;
  private long totalFiles;
  private long plainBytes;
  private long totalBytes;
  private @Nullable String file;
  private long filesBefore;
  private long bytesBefore;
  private long unchanged;
  private long failed;
  private @Nullable RunResult result;
  private volatile boolean stop;

  private WindowRun(
      AgentEnvironment here,
      String language,
      RunReport.Kind kind,
      List<AgentCommand> commands,
      Runnable atEnd) {
    this.kind = kind;
    this.commands = List.copyOf(commands);
    this.messages = Messages.in(language);
    this.output = new CommandOutput(here, messages, this);
    this.atEnd = atEnd;
  }

  /** Begins. */
  static WindowRun start(
      AgentEnvironment here,
      String language,
      RunReport.Kind kind,
      List<AgentCommand> commands,
      Runnable atEnd) {
    WindowRun run = new WindowRun(here, language, kind, commands, atEnd);
    // No daemon: a run is ended in order, never cut off by the end of the window.
    Thread.ofPlatform().name("hikae-window-run").start(run::work);
    return run;
  }

  private void work() {
    RunResult how = RunResult.INTERNAL;
    try {
      how = all();
    } finally {
      try {
        atEnd.run();
      } finally {
        ended(how);
      }
    }
  }

  private RunResult all() {
    RunResult worst = RunResult.SUCCESS;
    for (AgentCommand command : commands) {
      begins();
      RunResult ended = command.call(output);
      worst = worse(worst, ended);
      if (stop || ended == RunResult.CANCELLED || failure() != null) {
        break;
      }
    }
    return worst;
  }

  /** Of several things the one that went wrong says how it ended. */
  private static RunResult worse(RunResult before, RunResult now) {
    return now == RunResult.SUCCESS || (before != RunResult.SUCCESS && now == RunResult.PARTIAL)
        ? before
        : now;
  }

  private synchronized void begins() {
    item++;
    filesBefore = files;
    bytesBefore = plainBytes;
    totalFiles = 0;
    totalBytes = 0;
  }

  private synchronized void ended(RunResult how) {
    result = how;
  }

  @Override
  public synchronized void event(Map<String, Object> object) {
    super.event(object);
    switch (String.valueOf(object.get("event"))) {
      case "progress" -> {
        files = filesBefore + number(object, "files");
        plainBytes = bytesBefore + number(object, "plainBytes");
        totalFiles = number(object, "totalFiles");
        totalBytes = number(object, "totalBytes");
        file = object.get("file") instanceof String path ? path : null;
      }
      case "backup", "restore" -> {
        files = filesBefore + number(object, "files");
        plainBytes = bytesBefore + number(object, "plainBytes");
        unchanged += number(object, "unchanged");
        failed += number(object, "failed");
      }
      case "warning" -> noteOneOfMany(warning(object));
      default -> {
        // What the page does not show.
      }
    }
  }

  private String warning(Map<String, Object> object) {
    String detail = String.valueOf(object.get("detail"));
    return messages.get(
        "warning." + object.get("kind"),
        object.getOrDefault("path", ""),
        detail.isEmpty() ? "" : " (" + detail + ")");
  }

  private static long number(Map<String, Object> object, String field) {
    return object.get(field) instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public boolean stopped() {
    return stop;
  }

  /** Ends it in order. */
  void stop() {
    stop = true;
  }

  synchronized boolean running() {
    return result == null;
  }

  synchronized RunView view() {
    return new RunView(
        kind,
        result == null,
        item,
        commands.size(),
        files,
        totalFiles,
        plainBytes,
        totalBytes,
        result == null ? file : null,
        unchanged,
        failed,
        notes(),
        result,
        failure());
  }
}
