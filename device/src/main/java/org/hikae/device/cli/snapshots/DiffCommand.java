package org.hikae.device.cli.snapshots;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.browse.DiffEntry;
import org.hikae.device.browse.DiffEntry.Difference;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.browse.SnapshotDiff;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.files.RawPath;
import org.hikae.device.history.SnapshotChoice;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what differs between two snapshots. */
@Command(
    name = "diff",
    description =
        "List what differs between two snapshots: + added, - removed, M other contents, U other"
            + " metadata, T other type.")
public final class DiffCommand extends AgentCommand {

  @Parameters(
      index = "0",
      paramLabel = "OLDER",
      description = "Identifier of the older snapshot or its beginning, or latest.")
  private String older = "";

  @Parameters(
      index = "1",
      paramLabel = "NEWER",
      description = "Identifier of the newer snapshot or its beginning, or latest.")
  private String newer = "";

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Only this path and what is below it.")
  private @Nullable String path;

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public DiffCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output)
      throws AgentException, BackupStoreException, IOException {
    return OpenedCatalog.below(
        path, here(), output, unlock, (opened, selection) -> diff(output, opened, selection));
  }

  private RunResult diff(CommandOutput output, OpenedCatalog opened, RawPath selection)
      throws AgentException, BackupStoreException {
    boolean sound = opened.snapshots().sound();
    SnapshotChoice from = opened.snapshots().toShow(older, null);
    SnapshotChoice to = opened.snapshots().toShow(newer, null);
    SnapshotView before = from.view();
    SnapshotView now = to.view();
    try (BackupKey first = opened.reading(before.generation());
        BackupKey second = opened.reading(now.generation())) {
      new DiffPrinter(output, before, now)
          .show(
              new SnapshotDiff(opened.agent().store(), opened.snapshots().copies()),
              new SnapshotDiff.Side(before, first),
              new SnapshotDiff.Side(now, second),
              selection);
    }
    boolean certain = sound && from.doubtful().isEmpty() && to.doubtful().isEmpty();
    return certain ? RunResult.SUCCESS : RunResult.CORRUPT;
  }

  /** Shows the differences and counts them. */
  private static final class DiffPrinter {

    private final CommandOutput output;
    private final SnapshotView before;
    private final SnapshotView now;
    private long added;
    private long addedBytes;
    private long removed;
    private long removedBytes;
    private long contents;
    private long metadata;
    private long types;

    DiffPrinter(CommandOutput output, SnapshotView before, SnapshotView now) {
      this.output = output;
      this.before = before;
      this.now = now;
    }

    void show(
        SnapshotDiff diff, SnapshotDiff.Side first, SnapshotDiff.Side second, RawPath selection)
        throws AgentException, BackupStoreException {
      boolean compared = SnapshotDiff.comparesContents(before, now);
      if (!compared) {
        output.note("diff.by-size");
      }
      try {
        diff.compare(first, second, selection, this::show);
      } catch (NoSuchFileException e) {
        throw new AgentException(RunResult.REFUSED, e, "diff.not-in-snapshots", selection);
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("older", before.snapshotId());
      fields.put("newer", now.snapshotId());
      fields.put("added", added);
      fields.put("addedBytes", addedBytes);
      fields.put("removed", removed);
      fields.put("removedBytes", removedBytes);
      fields.put("contents", contents);
      fields.put("metadata", metadata);
      fields.put("types", types);
      fields.put("contentsCompared", compared);
      output.event("diff", fields);
      output.say(
          "diff.numbers",
          added,
          DisplayFormat.bytes(addedBytes),
          removed,
          DisplayFormat.bytes(removedBytes),
          contents,
          metadata,
          types);
    }

    private void show(DiffEntry entry) {
      output.line(count(entry) + "  " + entry.path());
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("path", entry.path().toString());
      fields.put("rawPath", TextCodec.base64(entry.path().toBytes()));
      fields.put("kind", entry.kind().name());
      fields.put("type", entry.type().name());
      fields.put("differences", entry.differences().stream().map(Difference::name).toList());
      fields.put("oldSize", entry.oldSize());
      fields.put("newSize", entry.newSize());
      output.event("difference", fields);
    }

    private char count(DiffEntry entry) {
      // Further names of a file take no room.
      boolean file = entry.type() == ListedEntry.Type.FILE;
      switch (entry.kind()) {
        case ADDED -> {
          added++;
          addedBytes += file ? entry.newSize() : 0;
          return '+';
        }
        case REMOVED -> {
          removed++;
          removedBytes += file ? entry.oldSize() : 0;
          return '-';
        }
        default -> {
          // Counted below by what differs most.
        }
      }
      if (entry.differences().contains(Difference.TYPE)) {
        types++;
        return 'T';
      }
      if (entry.differences().contains(Difference.CONTENTS)) {
        contents++;
        return 'M';
      }
      metadata++;
      return 'U';
    }
  }
}
