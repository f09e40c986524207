package org.hikae.device.diagnostics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.device.files.UnsupportedSystemException;
import org.hikae.device.state.AgentHome;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsProblem;
import org.hikae.diagnostics.wire.DiagnosticsRun;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last runs and problems in one small file of the agent's home: mode 0600, at most {@link
 * Diagnostics#MAX_RUNS} runs, replaced as a whole. Losing it loses no data of the employee, so
 * trouble with it fails nothing, lines that this code has not written are passed over, and of two
 * processes that end at the same moment only one may be noted. Without the folder nothing is kept.
 *
 * <p>A line for each, the newest first, with times in seconds since 1970: each run writes it, and
 * JSON would cost a short command more than this is worth.
 */
public final class RunHistoryStore {

  private static final String FILE = "last-runs";

  /** Far more than this code writes. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final String RUN = "run";
  private static final String PROBLEM = "problem";

  /** In place of a problem that there was not. */
  private static final String NONE = "-";

  /** What keys of sentences begin with that stand for codes of the portal. */
  private static final String REFUSED = "problem.";

  /** The portal calls a defect of its own so. */
  private static final String DEFECT = "internal";

  private static final String AGENT_DEFECT = "agent-internal";

  /** Several commands of an agent that stays may end at once. */
  private static final Object WRITING = new Object();

  private final AgentHome home;
  private final Path file;

  /** In this home. */
  public RunHistoryStore(AgentHome home) {
    this.home = home;
    this.file = home.folder().resolve(FILE);
  }

  /** What is kept; nothing where that cannot be read. */
  public RunHistory read() {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      return RunHistory.NONE;
    }
    if (bytes.length > MAX_BYTES) {
      return RunHistory.NONE;
    }
    List<DiagnosticsRun> runs = new ArrayList<>();
    List<DiagnosticsProblem> problems = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      String[] parts = line.split(" ", -1);
      try {
        if (parts.length == 6 && parts[0].equals(RUN)) {
          runs.add(run(parts));
        } else if (parts.length == 3 && parts[0].equals(PROBLEM)) {
          problems.add(new DiagnosticsProblem(parts[2], time(parts[1])));
        }
      } catch (IllegalArgumentException | DateTimeException e) {
        // This code has not written it.
      }
    }
    return new RunHistory(runs, problems);
  }

  private static DiagnosticsRun run(String... parts) {
    return new DiagnosticsRun(
        RunReport.Kind.valueOf(parts[1]),
        time(parts[2]),
        Long.parseLong(parts[3]),
        RunResult.valueOf(parts[4]),
        parts[5].equals(NONE) ? null : parts[5]);
  }

  private static Instant time(String seconds) {
    return Instant.ofEpochSecond(Long.parseLong(seconds));
  }

  /**
   * A run has ended.
   *
   * @param key of the sentence that says what went wrong; null when nothing did
   */
  public void ended(
      RunReport.Kind kind,
      Instant startedAt,
      Duration length,
      RunResult result,
      @Nullable String key) {
    DiagnosticsRun run =
        new DiagnosticsRun(
            kind,
            startedAt.truncatedTo(ChronoUnit.SECONDS),
            Math.max(0, length.toSeconds()),
            result,
            key == null ? null : code(key));
    change(history -> history.with(run));
  }

  /**
   * Something went wrong.
   *
   * @param key of the sentence that says what
   */
  public void failed(String key, Instant at) {
    DiagnosticsProblem problem =
        new DiagnosticsProblem(code(key), at.truncatedTo(ChronoUnit.SECONDS));
    change(history -> history.with(problem));
  }

  /** Leaves nothing behind, such as for another person. */
  public void forget() {
    synchronized (WRITING) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // It names nobody.
      }
    }
  }

  /**
   * A sentence's key as a stable code: of what the portal refuses its own, {@code
   * problem.too-large} is {@code too-large}; of anything else the key, {@code disk.full} is {@code
   * disk-full}.
   */
  static String code(String key) {
    String own = key.equals(DEFECT) ? AGENT_DEFECT : key;
    String named = own.startsWith(REFUSED) ? own.substring(REFUSED.length()) : own;
    String code = named.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
    return code.substring(0, Math.min(code.length(), Diagnostics.MAX_CODE_CHARS));
  }

  private void change(UnaryOperator<RunHistory> change) {
    if (!Files.isDirectory(home.folder())) {
      return;
    }
    synchronized (WRITING) {
      try {
        write(change.apply(read()));
      } catch (IOException | UnsupportedSystemException e) {
        // Such as of a full disk, which is told by who needs it for more.
      }
    }
  }

  private void write(RunHistory history) throws IOException {
    StringBuilder text = new StringBuilder();
    for (DiagnosticsRun run : history.runs()) {
      String problem = run.problem();
      text.append(RUN).append(' ').append(run.kind());
      text.append(' ').append(run.startedAt().getEpochSecond());
      text.append(' ').append(run.seconds()).append(' ').append(run.result());
      text.append(' ').append(problem == null ? NONE : problem).append('\n');
    }
    for (DiagnosticsProblem problem : history.problems()) {
      text.append(PROBLEM).append(' ').append(problem.lastAt().getEpochSecond());
      text.append(' ').append(problem.code()).append('\n');
    }
    Path fresh = Files.createTempFile(home.folder(), FILE, ".new", OwnerOnlyFiles.file());
    try {
      Files.writeString(fresh, text, StandardCharsets.ISO_8859_1);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
