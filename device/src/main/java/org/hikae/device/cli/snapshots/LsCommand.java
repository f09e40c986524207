package org.hikae.device.cli.snapshots;

import java.io.IOException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.browse.SnapshotListing;
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
import picocli.CommandLine.Parameters;

/** Lists what is in a snapshot. */
@Command(name = "ls", description = "List what is in a snapshot.")
public final class LsCommand extends AgentCommand {

  @Mixin private SnapshotOptions chosen = new SnapshotOptions();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      description = "Only this path and what is below it.")
  private @Nullable String path;

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public LsCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output)
      throws AgentException, BackupStoreException, IOException {
    return OpenedCatalog.below(
        path, here(), output, unlock, (opened, selection) -> list(output, opened, selection));
  }

  private RunResult list(CommandOutput output, OpenedCatalog opened, RawPath selection)
      throws AgentException, BackupStoreException {
    boolean sound = opened.snapshots().sound();
    SnapshotChoice choice = opened.snapshots().toShow(chosen.snapshot(), chosen.device());
    SnapshotView view = choice.view();
    try (BackupKey sealed = opened.reading(view.generation())) {
      long listed =
          new SnapshotListing(opened.agent().store(), sealed, opened.snapshots().copies())
              .list(
                  view,
                  selection,
                  entry -> {
                    show(output, entry);
                    return true;
                  });
      if (listed == 0 && path != null) {
        throw new AgentException(RunResult.REFUSED, "restore.not-in-snapshot", selection);
      }
    }
    return sound && choice.doubtful().isEmpty() ? RunResult.SUCCESS : RunResult.CORRUPT;
  }

  private static void show(CommandOutput output, ListedEntry entry) {
    if (output.json()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("path", entry.path().toString());
      fields.put("rawPath", TextCodec.base64(entry.path().toBytes()));
      fields.put("type", entry.type().name());
      fields.put("mode", String.format(Locale.ROOT, "%04o", entry.mode()));
      fields.put("uid", entry.uid());
      fields.put("gid", entry.gid());
      fields.put("size", entry.size());
      fields.put("modified", entry.modified().toString());
      if (entry.type() == ListedEntry.Type.SYMLINK) {
        fields.put("linkTarget", RawPath.display(entry.linkTarget()));
      }
      output.event("entry", fields);
      return;
    }
    String target =
        entry.type() == ListedEntry.Type.SYMLINK
            ? " -> " + RawPath.display(entry.linkTarget())
            : "";
    output.line(
        String.format(
            Locale.ROOT,
            "%s%04o  %5d %5d  %12d  %s  %s%s",
            letter(entry.type()),
            entry.mode(),
            entry.uid(),
            entry.gid(),
            entry.size(),
            DisplayFormat.time(entry.modified().toString(), ZoneId.systemDefault()),
            entry.path(),
            target));
  }

  private static char letter(ListedEntry.Type type) {
    return switch (type) {
      case DIRECTORY -> 'd';
      case FILE -> '-';
      case HARD_LINK -> 'h';
      case SYMLINK -> 'l';
      case FIFO -> 'p';
    };
  }
}
