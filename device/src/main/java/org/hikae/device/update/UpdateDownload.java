package org.hikae.device.update;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.enrollment.update.wire.UpdateTarget;
import org.hikae.hk1.Hash256;

/** Fetches a package into a folder of its own; there is never anything else under its name. */
public final class UpdateDownload {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final PortalUpdateSource portal;
  private final Path folder;

  /** Into a folder that need not be there, and in which nothing else lies. */
  public UpdateDownload(PortalUpdateSource portal, Path folder) {
    this.portal = portal;
    this.folder = folder;
  }

  /**
   * Fetches a package, unless it is there. No more bytes are taken than it has. Packages of before
   * are removed.
   *
   * @return its file, with exactly the bytes that were signed for
   * @throws AgentException when the portal has none, or another one
   * @throws IOException when it cannot be written
   */
  public Path fetch(UpdateTarget target) throws AgentException, IOException {
    Files.createDirectories(folder);
    Path whole = folder.resolve(target.fileName());
    if (!isWhole(whole, target)) {
      removeAll();
      Path fresh = Files.createTempFile(folder, "new-", ".tmp");
      try {
        write(target, fresh);
        Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    }
    return whole;
  }

  private void write(UpdateTarget target, Path fresh) throws AgentException, IOException {
    MessageDigest digest = Hash256.newDigest();
    try (OutputStream out = Files.newOutputStream(fresh)) {
      int number = 0;
      for (long left = target.length(); left > 0; number++) {
        int length = (int) Math.min(UpdateTarget.PART_BYTES, left);
        byte[] part = portal.part(target, number, length);
        if (part.length != length) {
          throw differs(target);
        }
        digest.update(part);
        out.write(part);
        left -= length;
      }
    }
    if (!Hash256.of(digest.digest()).equals(target.sha256())) {
      throw differs(target);
    }
  }

  private static AgentException differs(UpdateTarget target) {
    return new AgentException(RunResult.CORRUPT, "update.package-differs", target.fileName());
  }

  private static boolean isWhole(Path file, UpdateTarget target) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != target.length()) {
      return false;
    }
    MessageDigest digest = Hash256.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return Hash256.of(digest.digest()).equals(target.sha256());
  }

  private void removeAll() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
