package org.hikae.vault.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The vault's own log: one line per event, in UTC, to a file of bounded size and, from warnings up,
 * to standard error. What is logged is message type and outcome; no person, token, password or key
 * ever is.
 */
final class VaultLog {

  private static final int FILE_BYTES = 10 * 1024 * 1024;
  private static final int FILES = 5;

  private VaultLog() {}

  static void to(Path file) throws IOException {
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    FileHandler log = new FileHandler(file.toString(), FILE_BYTES, FILES, true);
    log.setFormatter(new OneLine());
    root.addHandler(log);
    ConsoleHandler console = new ConsoleHandler();
    console.setFormatter(new OneLine());
    console.setLevel(Level.WARNING);
    root.addHandler(console);
  }

  /** Writes what is left; the last thing a stopping vault does. */
  static void close() {
    for (Handler handler : LogManager.getLogManager().getLogger("").getHandlers()) {
      handler.close();
    }
  }

  private static final class OneLine extends Formatter {
    @Override
    public String format(LogRecord event) {
      String time =
          DateTimeFormatter.ISO_INSTANT.format(event.getInstant().atOffset(ZoneOffset.UTC));
      Throwable thrown = event.getThrown();
      String cause = thrown == null ? "" : " " + StackTraceText.of(thrown);
      return time + " " + event.getLevel() + " " + formatMessage(event) + cause + "\n";
    }
  }
}
