package org.hikae.device.diagnostics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentJson;
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
 * trouble with it fails nothing, a damaged one counts as none, and of two processes that end at the
 * same moment only one may be noted. Without the folder nothing is kept.
 */
public final class RunHistoryStore {

  private static final String FILE = "runs.json";

  /** What keys of sentences begin with that stand for codes of the portal. */
  private static final String REFUSED = "problem.";

  /** The portal calls a defect of its own so. */
  private static final String DEFECT = "internal";

  private static final String AGENT_DEFECT = "agent-internal";

  /** Far more than this code writes. */
  private static final int MAX_BYTES = 64 * 1024;

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
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        return RunHistory.NONE;
      }
      RunHistory read = AgentJson.mapper().readValue(bytes, RunHistory.class);
      return read != null && read.version() == RunHistory.VERSION ? read : RunHistory.NONE;
    } catch (IOException e) {
      return RunHistory.NONE;
    }
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
   * A sentence's key as a stable code: of what the portal refuses its own, {@code problem.too-large}
   * is {@code too-large}; of anything else the key, {@code disk.full} is {@code disk-full}.
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
    Path fresh = Files.createTempFile(home.folder(), "runs", ".new", OwnerOnlyFiles.file());
    try {
      Files.write(fresh, AgentJson.mapper().writeValueAsBytes(history));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
