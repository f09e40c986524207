package org.hikae.it.agent;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A person at a real terminal. The pseudo-terminal comes from {@code script}, which every Debian
 * and Ubuntu has; it echoes what is typed unless the program switches that off, and what the screen
 * shows is all that a test sees.
 */
public final class PseudoTerminal implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int BUFFER_CHARS = 1024;

  private final Process process;
  private final Writer keyboard;
  private final StringBuilder screen = new StringBuilder();
  private int seen;
  private boolean ended;

  private PseudoTerminal(Process process) {
    this.process = process;
    this.keyboard = process.outputWriter(StandardCharsets.UTF_8);
  }

  static PseudoTerminal start(ProcessBuilder program) throws IOException {
    String command =
        program.command().stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" ", "exec ", ""));
    program.command(
        List.of(
            "script",
            "--quiet",
            "--flush",
            "--return",
            "--echo",
            "always",
            "--command",
            command,
            "/dev/null"));
    program.environment().put("SHELL", "/bin/sh");
    program.redirectInput(ProcessBuilder.Redirect.PIPE);
    program.redirectErrorStream(true);
    PseudoTerminal terminal = new PseudoTerminal(program.start());
    Thread.ofVirtual().start(terminal::watch);
    return terminal;
  }

  /** Waits until the screen shows {@code text} after what was seen before; gives all up to it. */
  public synchronized String until(String text) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (screen.indexOf(text, seen) < 0) {
      long left = deadline - System.nanoTime();
      if (ended || left <= 0) {
        throw new AssertionError("The screen never showed \"" + text + "\" in\n" + screen);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    int end = screen.indexOf(text, seen) + text.length();
    String shown = screen.substring(seen, end);
    seen = end;
    return shown;
  }

  /** Types a line. */
  public void type(String line) throws IOException {
    keyboard.write(line + "\n");
    keyboard.flush();
  }

  /** Waits for the program's end and gives its exit code. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The program did not end:\n" + screen());
    }
    synchronized (this) {
      while (!ended) {
        wait();
      }
    }
    return process.exitValue();
  }

  /** All that the screen has shown. */
  public synchronized String screen() {
    return screen.toString();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void watch() {
    char[] buffer = new char[BUFFER_CHARS];
    try (Reader output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        show(new String(buffer, 0, read));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      end();
    }
  }

  private synchronized void show(String text) {
    // A terminal ends its lines with both.
    screen.append(text.replace("\r", ""));
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
