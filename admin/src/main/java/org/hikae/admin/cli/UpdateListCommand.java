package org.hikae.admin.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.admin.update.UpdateFileStore;
import org.hikae.enrollment.update.wire.UpdateMetadataKind;
import org.hikae.enrollment.update.wire.UpdateTarget;
import org.hikae.enrollment.update.wire.UpdateTargets;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "update-list",
    description = {
      "Drafts the next list of packages, with the length and the hash of each package in a folder."
          + " Enough signers build the packages themselves, compare, and sign it with update-sign."
    })
final class UpdateListCommand extends UpdateToolCommand {

  private static final int BUFFER_BYTES = 64 * 1024;

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder with the signed files.")
  private Path folder;

  @Parameters(
      index = "1",
      paramLabel = "PACKAGES",
      description = "The folder with the packages, as ./package makes it.")
  private Path packages;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "90",
      description = "How long it counts; 90 days if not said.")
  private int days;

  @SuppressWarnings("NullAway.Init")
  UpdateListCommand() {}

  @Override
  void run() throws IOException, MalformedException {
    int version = new UpdateFileStore(folder).newest(UpdateMetadataKind.TARGETS) + 1;
    try {
      draft(folder, new UpdateTargets(version, end(days), targets()));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private List<UpdateTarget> targets() throws IOException {
    List<UpdateTarget> targets = new ArrayList<>();
    try (Stream<Path> files = Files.list(packages)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        long length = Files.size(file);
        boolean named = UpdateTarget.ofFile(name, 1, Hash256.ZERO).isPresent();
        if (named) {
          targets.add(UpdateTarget.ofFile(name, length, sha256(file)).orElseThrow());
        }
      }
    }
    return targets;
  }

  private static Hash256 sha256(Path file) throws IOException {
    MessageDigest digest = Hash256.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return Hash256.of(digest.digest());
  }
}
