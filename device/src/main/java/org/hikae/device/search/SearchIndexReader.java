package org.hikae.device.search;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.LocalBlockSealer;
import org.hikae.device.sealing.SealContext;

/**
 * Reads an index that {@link SearchIndexWriter} wrote. Its sealed bytes are in memory, at most 100
 * MiB.
 */
final class SearchIndexReader {

  private final LocalBlockSealer sealer;
  private final byte[] file;
  private final List<PartPlace> parts = new ArrayList<>();
  private final List<IndexedSnapshot> snapshots;

  /** Where a sealed part lies in the file: the list of snapshots, then two of each block. */
  private record PartPlace(int at, int length) {}

  /**
   * What contains a part.
   *
   * @param names the first of them
   * @param total how many there are
   */
  record PartialResult(List<IndexedName> names, int total) {}

  private SearchIndexReader(byte[] file, SecretBytes key, SealContext context)
      throws DamagedDataException {
    this.file = file;
    try {
      ByteBuffer in = ByteBuffer.wrap(file);
      byte[] id = new byte[SearchIndexWriter.FILE_ID_BYTES];
      in.get(id);
      this.sealer = new LocalBlockSealer(key, context, id);
      while (in.hasRemaining()) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
          throw new BufferUnderflowException();
        }
        parts.add(new PartPlace(in.position(), length));
        in.position(in.position() + length);
      }
      this.snapshots = parts.isEmpty() ? List.of() : snapshots(open(0));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new DamagedDataException("The index of names is damaged.");
    }
    // Whether it is whole is in its last block.
    if (parts.size() < 3 || parts.size() % 2 == 0 || !block(blocks() - 1).isLast()) {
      throw new DamagedDataException("The index of names is cut short.");
    }
  }

  /**
   * Opens a file.
   *
   * @param key not closed here; used as long as this is
   * @throws DamagedDataException when it is of another key, or damaged
   */
  static SearchIndexReader open(Path file, SecretBytes key, SealContext context)
      throws DamagedDataException, IOException {
    if (Files.size(file) > SearchIndexWriter.FILE_ID_BYTES + SearchIndexWriter.MAX_BYTES) {
      throw new DamagedDataException("The index of names is too large.");
    }
    return new SearchIndexReader(Files.readAllBytes(file), key, context);
  }

  private static List<IndexedSnapshot> snapshots(byte[] plain) {
    VarintReader in = new VarintReader(plain);
    int count = in.count(plain.length);
    List<IndexedSnapshot> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = new String(in.bytes(), StandardCharsets.US_ASCII);
      list.add(new IndexedSnapshot(id, in.signed()));
    }
    return list;
  }

  private byte[] open(int number) throws DamagedDataException {
    PartPlace place = parts.get(number);
    return sealer.open(number, file, place.at(), place.length());
  }

  private int blocks() {
    return parts.size() / 2;
  }

  private SearchBlock block(int number) throws DamagedDataException {
    return SearchBlock.decode(open(1 + 2 * number));
  }

  private byte[] rest(int number) throws DamagedDataException {
    return open(2 + 2 * number);
  }

  /** What it has read, by number. */
  List<IndexedSnapshot> snapshots() {
    return snapshots;
  }

  /**
   * Names that contain a part, in the order of paths. All are looked through, on all cores; only of
   * the first {@code limit} the rest is read.
   */
  PartialResult find(NameQuery query, int limit) throws DamagedDataException {
    List<BitSet> found;
    try {
      found = IntStream.range(0, blocks()).parallel().mapToObj(each -> find(each, query)).toList();
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof DamagedDataException damage) {
        throw damage;
      }
      throw e;
    }
    List<IndexedName> names = new ArrayList<>();
    int total = 0;
    for (int i = 0; i < found.size(); i++) {
      BitSet here = found.get(i);
      total += here.cardinality();
      if (!here.isEmpty() && names.size() < limit) {
        names.addAll(block(i).names(here, rest(i)));
      }
    }
    return new PartialResult(names.subList(0, Math.min(limit, names.size())), total);
  }

  private BitSet find(int number, NameQuery query) {
    try {
      return block(number).find(query);
    } catch (DamagedDataException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All names, in the order of paths, a block in memory at a time. */
  Iterator<IndexedName> names() {
    return new Iterator<>() {
      private int number;
      private Iterator<IndexedName> within = List.<IndexedName>of().iterator();

      @Override
      public boolean hasNext() {
        while (!within.hasNext() && number < blocks()) {
          try {
            within = block(number).names(rest(number)).iterator();
            number++;
          } catch (DamagedDataException e) {
            throw new IllegalStateException(e);
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
}
