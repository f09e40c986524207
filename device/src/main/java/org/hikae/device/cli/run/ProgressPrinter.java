package org.hikae.device.cli.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.files.RawPath;
import org.hikae.device.run.ProgressListener;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run: a bar on a terminal, otherwise a line now and then, or JSON events. Warnings are
 * always shown, at most {@link #MAX_WARNINGS} of them one by one.
 */
public final class ProgressPrinter implements ProgressListener {

  /** Most warnings that are told one by one; the rest are counted. */
  public static final int MAX_WARNINGS = 1000;

  private static final Duration BAR_STEP = Duration.ofMillis(200);
  private static final Duration WATCHED_STEP = Duration.ofMillis(500);
  private static final Duration LINE_STEP = Duration.ofSeconds(10);
  private static final int BAR_WIDTH = 24;
  private static final int LINE_WIDTH = 78;

  private final CommandOutput output;
  private final Clock clock;
  private final boolean bar;
  private final Duration step;
  private final BooleanSupplier cancelled;
  private final AdvanceListener advanceListener;

  private Instant next;
  private long files;
  private long packs;
  private long totalPacks;
  private long totalFiles;
  private long totalBytes;
  private long doneBytes;
  private @Nullable Supplier<RawPath> file;
  private int warnings;
  private boolean barShown;

  /** Hears how far a run is. */
  @FunctionalInterface
  interface AdvanceListener {
    /** So many files are done, or at least begun with. */
    void advanced(long files, long plainBytes);
  }

  ProgressPrinter(
      CommandOutput output,
      AgentEnvironment here,
      AdvanceListener advanceListener,
      BooleanSupplier cancelled) {
    this.output = output;
    this.clock = here.clock();
    this.bar = here.console() != null && !output.json();
    this.advanceListener = advanceListener;
    this.cancelled = cancelled;
    Duration unseen = output.watched() ? WATCHED_STEP : LINE_STEP;
    this.step = bar ? BAR_STEP : unseen;
    this.next = clock.instant().plus(step);
  }

  @Override
  public synchronized void totals(long files, long plainBytes) {
    totalFiles = files;
    totalBytes = plainBytes;
  }

  @Override
  public synchronized void advanced(long done, long plainBytes) {
    files = done;
    doneBytes = plainBytes;
    advanceListener.advanced(files, plainBytes);
    if (isDue()) {
      tellProgress(plainBytes);
    }
  }

  /** Only who watches wants to know it, and this comes for each chunk. */
  @Override
  public void within(Supplier<RawPath> path, long plainBytes) {
    if (!output.watched()) {
      return;
    }
    synchronized (this) {
      file = path;
      if (isDue()) {
        tellProgress(doneBytes + plainBytes);
      }
    }
  }

  private void tellProgress(long plainBytes) {
    if (bar) {
      drawBar(plainBytes, totalBytes, files + "/" + totalFiles, plainBytes);
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    if (file != null) {
      fields.put("file", file.get().toString());
    }
    fields.put("files", files);
    fields.put("plainBytes", plainBytes);
    fields.put("totalFiles", totalFiles);
    fields.put("totalBytes", totalBytes);
    output.event("progress", fields);
    output.say(
        "run.progress",
        files,
        totalFiles,
        DisplayFormat.bytes(plainBytes),
        DisplayFormat.bytes(totalBytes));
  }

  @Override
  public synchronized void packs(long done, long total, long plainBytes) {
    packs = done;
    totalPacks = total;
    advanceListener.advanced(0, plainBytes);
    if (!isDue()) {
      return;
    }
    if (bar) {
      drawBar(done, total, done + "/" + total, plainBytes);
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("packs", done);
    fields.put("totalPacks", total);
    fields.put("plainBytes", plainBytes);
    output.event("progress", fields);
    output.say("verify.progress", done, total, DisplayFormat.bytes(plainBytes));
  }

  private boolean isDue() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return false;
    }
    next = now.plus(step);
    return true;
  }

  private void drawBar(long done, long total, String counted, long plainBytes) {
    double share = total > 0 ? Math.min(1, (double) done / total) : 0;
    int full = (int) Math.round(share * BAR_WIDTH);
    String text =
        String.format(
            Locale.ROOT,
            "[%s%s] %3d%%  %s  %s",
            "#".repeat(full),
            ".".repeat(BAR_WIDTH - full),
            Math.round(share * 100),
            counted,
            DisplayFormat.bytes(plainBytes));
    output.bar("\r" + text + " ".repeat(Math.max(0, LINE_WIDTH - text.length())));
    barShown = true;
  }

  @Override
  public synchronized void warning(Warning warning) {
    warnings++;
    if (warnings > MAX_WARNINGS) {
      return;
    }
    endBar();
    tell(output, warning);
  }

  /** Shows a warning. */
  public static void tell(CommandOutput output, Warning warning) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", warning.kind().name());
    fields.put("path", warning.path().toString());
    fields.put("detail", warning.detail());
    fields.put("failure", warning.kind().failure());
    output.event("warning", fields);
    if (!output.json()) {
      String detail =
          warning.detail().isEmpty() ? "" : " (" + DisplayFormat.plain(warning.detail()) + ")";
      output.note("warning." + warning.kind(), warning.path(), detail);
    }
  }

  @Override
  public boolean cancelled() {
    return cancelled.getAsBoolean();
  }

  /** Says how far a run has come that the network has ended, once it has begun. */
  synchronized void cutShort(String kind) {
    endBar();
    if (totalFiles == 0 && files == 0 && packs == 0) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", kind);
    fields.put("files", files);
    fields.put("totalFiles", totalFiles);
    fields.put("packs", packs);
    fields.put("totalPacks", totalPacks);
    output.event("cutShort", fields);
    output.say(
        "run." + kind + ".NETWORK",
        files,
        totalFiles,
        Math.max(0, totalFiles - files),
        packs,
        totalPacks);
  }

  /** Leaves the terminal in order. */
  synchronized void end() {
    endBar();
    if (warnings > MAX_WARNINGS) {
      output.note("warning.more", warnings - MAX_WARNINGS);
    }
  }

  /** Leaves the line of the bar to something else, after which the bar comes again. */
  synchronized void endBar() {
    if (barShown) {
      output.bar("\r" + " ".repeat(LINE_WIDTH) + "\r");
      barShown = false;
    }
  }
}
