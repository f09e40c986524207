package org.hikae.device.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.files.RawPath;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.LocalBlockSealer;
import org.hikae.device.sealing.SealContext;

/**
 * Reads an index that {@link SearchIndexWriter} wrote, and of it what is needed. The file is never
 * changed, only replaced, so it stays readable as long as this is open.
 */
final class SearchIndexReader implements AutoCloseable {

  private final FileChannel file;
  private final LocalBlockSealer sealer;
  private final List<PartPlace> parts = new ArrayList<>();
  private final List<IndexedSnapshot> snapshots;

  /** Where a sealed part lies in the file: the list of snapshots, then two of each batch. */
  private record PartPlace(long at, int length) {}

  /**
   * What contains a part of a name.
   *
   * @param names the first of them
   * @param total how many there are
   */
  record PartialResult(List<IndexedName> names, int total) {}

  private SearchIndexReader(FileChannel file, SecretBytes key, SealContext context)
      throws DamagedDataException, IOException {
    this.file = file;
    long size = file.size();
    if (size > SearchIndexWriter.FILE_ID_BYTES + SearchIndexWriter.MAX_BYTES) {
      throw new DamagedDataException("The index of names is too large.");
    }
    this.sealer = new LocalBlockSealer(key, context, bytes(0, SearchIndexWriter.FILE_ID_BYTES));
    long at = SearchIndexWriter.FILE_ID_BYTES;
    while (at < size) {
      int length = ByteBuffer.wrap(bytes(at, Integer.BYTES)).getInt();
      at += Integer.BYTES;
      if (length < 0 || length > size - at) {
        throw cutShort();
      }
      parts.add(new PartPlace(at, length));
      at += length;
    }
    // Whether it is whole is in its last batch.
    if (parts.size() < 3 || parts.size() % 2 == 0 || !batch(batches() - 1).isLast()) {
      throw cutShort();
    }
    this.snapshots = snapshots(open(0));
  }

  /**
   * Opens a file.
   *
   * @param key not closed here; used as long as this is
   * @throws DamagedDataException when it is of another key, or damaged
   */
  static SearchIndexReader open(Path file, SecretBytes key, SealContext context)
      throws DamagedDataException, IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new SearchIndexReader(channel, key, context);
    } catch (DamagedDataException | IOException e) {
      channel.close();
      throw e;
    }
  }

  private static DamagedDataException cutShort() {
    return new DamagedDataException("The index of names is cut short.");
  }

  private byte[] bytes(long at, int length) throws DamagedDataException, IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    while (into.hasRemaining()) {
      if (file.read(into, at + into.position()) < 0) {
        throw cutShort();
      }
    }
    return into.array();
  }

  private static List<IndexedSnapshot> snapshots(byte[] plain) throws DamagedDataException {
    try {
      VarintReader in = new VarintReader(plain);
      int count = in.count(plain.length);
      List<IndexedSnapshot> list = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String id = new String(in.bytes(), StandardCharsets.US_ASCII);
        list.add(new IndexedSnapshot(id, in.signed()));
      }
      return list;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw cutShort();
    }
  }

  private byte[] open(int number) throws DamagedDataException, IOException {
    PartPlace place = parts.get(number);
    return sealer.open(number, bytes(place.at(), place.length()));
  }

  private int batches() {
    return parts.size() / 2;
  }

  private NameBatch batch(int number) throws DamagedDataException, IOException {
    return NameBatch.decode(open(1 + 2 * number));
  }

  private byte[] rest(int number) throws DamagedDataException, IOException {
    return open(2 + 2 * number);
  }

  /** What it has read, by number. */
  List<IndexedSnapshot> snapshots() {
    return snapshots;
  }

  /**
   * Names that contain a part, in the order of paths. All are looked through, on all cores, and
   * counted; only of the first {@code limit} the rest is read.
   */
  PartialResult find(NameQuery query, int limit) throws DamagedDataException, IOException {
    try {
      int[] counts = IntStream.range(0, batches()).parallel().map(i -> count(i, query)).toArray();
      List<Integer> wanted = new ArrayList<>();
      int total = 0;
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0 && total < limit) {
          wanted.add(i);
        }
        total += counts[i];
      }
      List<IndexedName> names =
          wanted.parallelStream().flatMap(each -> find(each, query).stream()).limit(limit).toList();
      return new PartialResult(names, total);
    } catch (IllegalStateException e) {
      throw damageIn(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** What was at a path; its name is looked for, so few batches are opened further. */
  Optional<IndexedName> at(RawPath path) throws DamagedDataException, IOException {
    if (path.depth() == 0) {
      return Optional.empty();
    }
    NameQuery query = new NameQuery(path.name(path.depth() - 1));
    for (int i = 0; i < batches(); i++) {
      NameBatch batch = batch(i);
      BitSet found = batch.find(query);
      if (!found.isEmpty()) {
        for (IndexedName each : batch.names(found, rest(i))) {
          if (each.path().equals(path)) {
            return Optional.of(each);
          }
        }
      }
    }
    return Optional.empty();
  }

  private int count(int number, NameQuery query) {
    try {
      return batch(number).count(query);
    } catch (DamagedDataException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<IndexedName> find(int number, NameQuery query) {
    try {
      NameBatch batch = batch(number);
      return batch.names(batch.find(query), rest(number));
    } catch (DamagedDataException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The damage that was met where only unchecked exceptions come through; one of another thread may
   * be the cause of the cause.
   */
  static DamagedDataException damageIn(IllegalStateException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof DamagedDataException damage) {
        return damage;
      }
    }
    throw e;
  }

  /**
   * All names, in the order of paths, a batch in memory at a time; a damage is the cause of an
   * {@link IllegalStateException}.
   */
  Iterator<IndexedName> names() {
    return new Iterator<>() {
      private int number;
      private Iterator<IndexedName> within = List.<IndexedName>of().iterator();

      @Override
      public boolean hasNext() {
        while (!within.hasNext() && number < batches()) {
          try {
            within = batch(number).names(rest(number)).iterator();
            number++;
          } catch (DamagedDataException e) {
            throw new IllegalStateException(e);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
        return within.hasNext();
      }

      @Override
      public IndexedName next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return within.next();
      }
    };
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
