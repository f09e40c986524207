package org.hikae.device.update;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.hikae.enrollment.update.wire.UpdateRoot;
import org.hikae.enrollment.update.wire.UpdateTimestamp;
import org.hikae.enrollment.update.wire.UpdateTrust;
import org.hikae.enrollment.update.wire.UpdateTrustSink;
import org.hikae.hk1.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * What this device believes of updates, in one file: the text of the root and, behind an empty
 * line, that of the timestamp. A kill in between leaves what was believed before.
 */
public final class UpdateTrustStore implements UpdateTrustSink {

  private static final String BREAK = "\n\n";

  /** Two texts and what is between them. */
  private static final int MAX_BYTES = 16 * 1024;

  private final Path file;

  /** In a file that need not be there yet. */
  public UpdateTrustStore(Path file) {
    this.file = file;
  }

  /**
   * What is believed; null when nothing is yet.
   *
   * @throws IOException when it cannot be read
   */
  public @Nullable UpdateTrust read() throws IOException {
    if (Files.notExists(file)) {
      return null;
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
    }
    String all = Files.readString(file, StandardCharsets.US_ASCII);
    int end = all.indexOf(BREAK);
    try {
      UpdateRoot root = UpdateRoot.parse(end < 0 ? all : all.substring(0, end + 1));
      return new UpdateTrust(
          root, end < 0 ? null : UpdateTimestamp.parse(all.substring(end + BREAK.length())));
    } catch (MalformedException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void keep(UpdateTrust trust) throws IOException {
    UpdateTimestamp timestamp = trust.timestamp();
    String text = trust.root().text() + (timestamp == null ? "" : "\n" + timestamp.text());
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, "new-", ".tmp");
    try {
      Files.writeString(fresh, text, StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
