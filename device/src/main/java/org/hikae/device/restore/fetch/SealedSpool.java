package org.hikae.device.restore.fetch;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.snapshot.SealedObjectCache;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Sealed entries that a restore needs once more, and that memory has no room for: in a file without
 * a name in the target, which is gone with the process. Nothing plain is in it, and what comes out
 * of it is believed no more than what comes from the portal.
 *
 * <p>It takes at most {@link #MAX_BYTES}, and only of what the disk has beyond the files that are
 * going to be there. When it takes no more, packs are fetched again instead. Safe for several
 * threads.
 */
public final class SealedSpool implements SealedObjectCache, AutoCloseable {

  /** Most bytes of the file. */
  public static final long MAX_BYTES = 1024L * 1024 * 1024;

  /** What lies between two entries is taken, too, when it is no more than this. */
  private static final int GAP_BYTES = 4096;

  private final Supplier<RawFiles> rawFiles;
  private final RawPath directory;
  private final Map<Hash256, SpoolRange> objects = new HashMap<>();
  private @Nullable RawFiles files;
  private @Nullable FileHandle file;
  private long size;
  private long limit;
  private long reservedBytes;
  private boolean usable;

  /** Takes nothing before {@link #begin}. */
  public SealedSpool(Supplier<RawFiles> rawFiles, RawPath directory) {
    this.rawFiles = rawFiles;
    this.directory = directory;
  }

  /**
   * From now on the directory is there; nothing is opened before it is needed.
   *
   * @param reserved bytes of the disk's room that are left for others
   */
  public synchronized void begin(long reserved) {
    reservedBytes = reserved;
    usable = true;
  }

  /**
   * Bytes of one pack that follow each other in the file as well.
   *
   * @param offset of the first of them in the pack
   * @param at where they begin in the file
   * @param length how many
   */
  private record SpoolRange(int offset, long at, int length) {}

  /** Entries of a pack that are in the spool. */
  final class SpooledPack {

    private final PackReader reader;

    /** By their offset in the pack. */
    private final NavigableMap<Integer, SpoolRange> ranges = new TreeMap<>();

    private SpooledPack(PackReader reader) {
      this.reader = reader;
    }

    /**
     * The sealed bytes of an entry, which do not count by the name of the pack.
     *
     * @throws DamagedDataException when they are not there or cannot be read
     */
    PackBytes read(PackEntry entry) throws DamagedDataException {
      Map.Entry<Integer, SpoolRange> before = ranges.floorEntry(entry.offset());
      if (before != null) {
        SpoolRange range = before.getValue();
        int within = entry.offset() - range.offset();
        if (within <= range.length() - entry.sealedLength()) {
          byte[] sealed = new byte[entry.sealedLength()];
          fill(sealed, range.at() + within);
          return new PackBytes(reader, sealed, entry.offset(), false);
        }
      }
      throw new DamagedDataException("A chunk is not in the spool.");
    }
  }

  /**
   * Takes entries of a pack, and what lies between two that are close.
   *
   * @param pack the whole pack, or a part of which all is taken
   * @param whole which of the two
   * @param numbers the entries of a whole pack
   * @return null when it does not take them
   */
  @Nullable SpooledPack put(PackBytes pack, boolean whole, BitSet numbers) {
    try {
      SpooledPack spooled = new SpooledPack(pack.reader());
      int from = -1;
      int to = -1;
      for (PackReader.Listed each : whole ? pack.directory() : List.<PackReader.Listed>of()) {
        PackEntry entry = each.entry();
        if (numbers.get(entry.number())) {
          if (from >= 0 && entry.offset() - to > GAP_BYTES) {
            append(spooled, pack, from, to);
            from = -1;
          }
          from = from < 0 ? entry.offset() : from;
          to = entry.offset() + entry.sealedLength();
        }
      }
      if (!whole) {
        from = pack.from();
        to = from + pack.length();
      }
      if (from >= 0) {
        append(spooled, pack, from, to);
      }
      return spooled;
    } catch (FileAccessException | DamagedDataException e) {
      // What the restore needs of it is fetched again.
      return null;
    }
  }

  private void append(SpooledPack spooled, PackBytes pack, int from, int to)
      throws FileAccessException, DamagedDataException {
    long at = append(pack.bytes(), from - pack.from(), to - from);
    spooled.ranges.put(from, new SpoolRange(from, at, to - from));
  }

  /** The answer is where the bytes lie then. */
  private synchronized long append(byte[] bytes, int offset, int length)
      throws FileAccessException, DamagedDataException {
    FileHandle open = file == null ? open() : file;
    if (files == null || open == null || length > limit - size) {
      throw new DamagedDataException("The spool takes no more.");
    }
    try {
      files.write(open, size, bytes, offset, length);
    } catch (FileAccessException e) {
      // Others need the room more.
      limit = 0;
      throw e;
    }
    size += length;
    return size - length;
  }

  /** Takes a pack of the manifest, which is read more than once. */
  @Override
  public synchronized void evicted(Hash256 name, byte[] object) {
    if (!objects.containsKey(name)) {
      try {
        objects.put(name, new SpoolRange(0, append(object, 0, object.length), object.length));
      } catch (FileAccessException | DamagedDataException e) {
        // Then it is fetched again.
      }
    }
  }

  @Override
  public synchronized Optional<byte[]> get(Hash256 name) {
    SpoolRange range = objects.get(name);
    if (range == null) {
      return Optional.empty();
    }
    try {
      byte[] object = new byte[range.length()];
      fill(object, range.at());
      return Optional.of(object).filter(bytes -> Hash256.sha256(bytes).equals(name));
    } catch (DamagedDataException e) {
      return Optional.empty();
    }
  }

  private @Nullable FileHandle open() throws FileAccessException {
    if (files != null || !usable) {
      // It was tried before, or is too early.
      return null;
    }
    RawFiles opened = rawFiles.get();
    files = opened;
    try (FileHandle at = opened.openDirectoryFollowing(directory)) {
      limit = Math.min(MAX_BYTES, opened.freeBytes(at) - reservedBytes);
      file = limit > 0 ? opened.createNameless(at) : null;
    }
    return file;
  }

  private synchronized void fill(byte[] into, long at) throws DamagedDataException {
    try {
      if (files == null
          || file == null
          || files.read(file, at, into, 0, into.length) < into.length) {
        throw new DamagedDataException("The spool is too short.");
      }
    } catch (FileAccessException e) {
      throw new DamagedDataException("The spool cannot be read.");
    }
  }

  /** Gives the room back. */
  @Override
  public synchronized void close() {
    usable = false;
    if (file != null) {
      file.close();
      file = null;
    }
    if (files != null) {
      files.close();
    }
  }
}
