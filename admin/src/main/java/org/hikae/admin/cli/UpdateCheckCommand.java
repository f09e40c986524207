package org.hikae.admin.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.hikae.admin.update.UpdateFileStore;
import org.hikae.enrollment.update.wire.UpdateException;
import org.hikae.enrollment.update.wire.UpdateResult;
import org.hikae.enrollment.update.wire.UpdateTrust;
import org.hikae.enrollment.update.wire.UpdateVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "update-check",
    description = {
      "Says what a device that knows a root would take from a folder of signed files, and until"
          + " when: before they are handed out, and each day after. Needs no network."
    })
final class UpdateCheckCommand extends UpdateToolCommand {

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder with the signed files.")
  private Path folder;

  @Option(
      names = "--root",
      paramLabel = "FILE",
      required = true,
      description = "The root that devices have, such as the first one.")
  private Path root;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "0",
      description = "Whether it still counts in so many days; today if not said.")
  private int days;

  @SuppressWarnings("NullAway.Init")
  UpdateCheckCommand() {}

  @Override
  void run() throws IOException, UpdateException {
    UpdateTrust trust = UpdateTrust.begin(UpdateFileStore.read(root));
    UpdateResult result =
        new UpdateVerifier(new UpdateFileStore(folder), newer -> {}, days == 0 ? now() : end(days))
            .verify(trust);
    print(result.list().text().stripTrailing());
    say("fits", result.root().version(), result.list().version(), result.until().toString());
  }
}
