package org.hikae.admin.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.hikae.admin.update.UpdateFileStore;
import org.hikae.enrollment.update.wire.UpdateMetadataKind;
import org.hikae.enrollment.update.wire.UpdateTargets;
import org.hikae.enrollment.update.wire.UpdateTimestamp;
import org.hikae.hk1.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "update-timestamp",
    description = {
      "Drafts the next timestamp: that the newest list is the newest one. One renewer signs it with"
          + " update-sign, before the one before has expired."
    })
final class UpdateTimestampCommand extends UpdateToolCommand {

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder with the signed files.")
  private Path folder;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "14",
      description = "How long it counts; 14 days if not said.")
  private int days;

  @SuppressWarnings("NullAway.Init")
  UpdateTimestampCommand() {}

  @Override
  void run() throws IOException, MalformedException {
    UpdateFileStore store = new UpdateFileStore(folder);
    int listed = store.newest(UpdateMetadataKind.TARGETS);
    if (listed == 0) {
      throw new IOException(folder + ": there is no list");
    }
    Path file = folder.resolve(UpdateMetadataKind.TARGETS.file(listed));
    UpdateTargets list = UpdateTargets.parse(UpdateFileStore.note(file).text());
    int version = store.newest(UpdateMetadataKind.TIMESTAMP) + 1;
    draft(folder, UpdateTimestamp.of(version, end(days), list));
  }
}
