package org.hikae.vault.witness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.LedgerWitness;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.wire.LedgerEntry;
import org.jspecify.annotations.Nullable;

/**
 * One line a row: the row and its code in hexadecimal. Lines are appended and forced to the disk,
 * never changed; only a line that a crash cut short, which nobody was told of, is written over.
 */
public final class FileLedgerWitness implements LedgerWitness {

  /** The longest line, in bytes. */
  private static final int MAX_LINE_BYTES = 2 * LedgerEntry.MAX_BYTES + 1 + 2 * 32 + 1;

  private static final HexFormat HEX = HexFormat.of();
  private static final Set<StandardOpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Path file;

  /** Keeps rows in {@code file}, which is made when it is not there. */
  public FileLedgerWitness(Path file) {
    this.file = file;
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        file,
        OPTIONS,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
  }

  @Override
  public LedgerAnchor.@Nullable Point newest() {
    try (FileChannel channel = open()) {
      return newestOf(tail(channel));
    } catch (IOException e) {
      throw new UnavailableException("The witness file " + file + " cannot be read.", e);
    }
  }

  /** The end of the file, long enough for a whole line before one that was cut short. */
  private static String tail(FileChannel channel) throws IOException {
    long from = Math.max(0, channel.size() - 2L * MAX_LINE_BYTES);
    ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = channel.read(bytes, from + bytes.position());
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
  }

  private LedgerAnchor.@Nullable Point newestOf(String tail) {
    int end = tail.lastIndexOf('\n');
    if (end < 0) {
      return null;
    }
    String line = tail.substring(tail.lastIndexOf('\n', end - 1) + 1, end);
    int blank = line.indexOf(' ');
    try {
      LedgerEntry entry = LedgerEntry.parse(HEX.parseHex(line.substring(0, Math.max(0, blank))));
      return new LedgerAnchor.Point(entry.seq(), Hash256.parse(line.substring(blank + 1)));
    } catch (MalformedException | IllegalArgumentException e) {
      throw new UnavailableException("The last line of the witness file " + file + " is none.", e);
    }
  }

  @Override
  public void append(List<LedgerRow> rows) {
    StringBuilder lines = new StringBuilder();
    for (LedgerRow row : rows) {
      lines
          .append(HEX.formatHex(row.entry().encode()))
          .append(' ')
          .append(row.mac().hex())
          .append('\n');
    }
    try (FileChannel channel = open()) {
      // What follows the last whole line was cut short by a crash and was never acknowledged.
      String tail = tail(channel);
      long at = channel.size() - (tail.length() - (tail.lastIndexOf('\n') + 1));
      ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UnavailableException("The witness file " + file + " cannot be written.", e);
    }
  }
}
