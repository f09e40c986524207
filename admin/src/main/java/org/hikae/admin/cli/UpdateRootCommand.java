package org.hikae.admin.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.admin.update.OpenSslSigner;
import org.hikae.admin.update.UpdateFileStore;
import org.hikae.enrollment.update.wire.UpdateKeyset;
import org.hikae.enrollment.update.wire.UpdateMetadataKind;
import org.hikae.enrollment.update.wire.UpdateRoot;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.NoteKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "update-root",
    description = {
      "Drafts the next root of updates: whose signatures count from now on. Enough of the people of"
          + " the root before and of this one sign it with update-sign."
    })
final class UpdateRootCommand extends UpdateToolCommand {

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder with the signed files.")
  private Path folder;

  @Option(
      names = "--signer",
      paramLabel = "FILE",
      required = true,
      description = "Public key of somebody who signs roots and lists. Repeatable.")
  private List<Path> signers;

  @Option(
      names = "--threshold",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many of them have to sign; 2 if not said.")
  private int threshold;

  @Option(
      names = "--renewer",
      paramLabel = "FILE",
      required = true,
      description = "Public key of somebody who signs timestamps; one is enough. Repeatable.")
  private List<Path> renewers;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "365",
      description = "How long it counts; 365 days if not said.")
  private int days;

  @SuppressWarnings("NullAway.Init")
  UpdateRootCommand() {}

  @Override
  void run() throws IOException, MalformedException {
    int version = new UpdateFileStore(folder).newest(UpdateMetadataKind.ROOT) + 1;
    UpdateKeyset people = keys(threshold, signers);
    UpdateRoot root;
    try {
      root =
          new UpdateRoot(
              version,
              end(days),
              Map.of(
                  UpdateMetadataKind.ROOT,
                  people,
                  UpdateMetadataKind.TARGETS,
                  people,
                  UpdateMetadataKind.TIMESTAMP,
                  keys(1, renewers)));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    draft(folder, root);
  }

  private static UpdateKeyset keys(int threshold, List<Path> files)
      throws IOException, MalformedException {
    List<NoteKey> keys = new ArrayList<>();
    for (Path file : files) {
      keys.add(OpenSslSigner.read(file));
    }
    try {
      return new UpdateKeyset(threshold, keys);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
