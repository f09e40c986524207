package org.hikae.device.search;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.device.sealing.LocalBlockSealer;
import org.hikae.device.sealing.SealContext;

/**
 * Writes an index beside the one that there is, and puts it in its place when it is whole. A file
 * that was not finished goes with the next one.
 */
final class SearchIndexWriter implements AutoCloseable {

  static final int FILE_ID_BYTES = 16;

  /** Most bytes of an index: of some five million names. */
  static final long MAX_BYTES = 140L * 1024 * 1024;

  /** So far names are looked through as they lie there: some two million. */
  private static final long UNPACKED_BYTES = MAX_BYTES / 2;

  private final Path file;
  private final Path fresh;
  private final OutputStream out;
  private final LocalBlockSealer sealer;
  private final SecureRandom random;
  private final List<IndexedName> names = new ArrayList<>(NameBatch.MAX_NAMES);
  private int parts;
  private long written;

  /** Begins an index of these snapshots. */
  SearchIndexWriter(
      Path file,
      SecretBytes key,
      SealContext context,
      List<IndexedSnapshot> snapshots,
      SecureRandom random)
      throws IOException {
    this.file = file;
    this.random = random;
    this.fresh = file.resolveSibling(file.getFileName() + ".new");
    byte[] id = new byte[FILE_ID_BYTES];
    random.nextBytes(id);
    this.sealer = new LocalBlockSealer(key, context, id);
    Files.deleteIfExists(fresh);
    this.out =
        new BufferedOutputStream(
            Files.newOutputStream(Files.createFile(fresh, OwnerOnlyFiles.file())));
    out.write(id);
    VarintWriter list = new VarintWriter();
    list.number(snapshots.size());
    for (IndexedSnapshot each : snapshots) {
      list.bytes(each.snapshotId().getBytes(StandardCharsets.US_ASCII));
      list.signed(each.madeSeconds());
    }
    part(list.toBytes());
  }

  private void batch(boolean last) throws IOException {
    NameBatch.EncodedBatch batch = NameBatch.encode(names, last, written > UNPACKED_BYTES);
    part(batch.folded());
    part(batch.rest());
  }

  private void part(byte[] plain) throws IOException {
    byte[] sealed = sealer.seal(parts++, plain, random);
    written += Integer.BYTES + sealed.length;
    if (written > MAX_BYTES) {
      throw new IndexTooLargeException(MAX_BYTES);
    }
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(sealed.length).array());
    out.write(sealed);
  }

  /** The next name in the order of paths. */
  void add(IndexedName name) throws IOException {
    if (names.size() == NameBatch.MAX_NAMES) {
      batch(false);
      names.clear();
    }
    names.add(name);
  }

  /** Puts it in the place of the one before. */
  void finish() throws IOException {
    batch(true);
    out.close();
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(fresh);
  }
}
