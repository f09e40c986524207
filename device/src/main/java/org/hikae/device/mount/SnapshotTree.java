package org.hikae.device.mount;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.hikae.device.files.FileType;
import org.hikae.device.files.Inode;
import org.hikae.device.fuse.FuseErrorException;
import org.hikae.device.fuse.ReadOnlyTree.EntrySink;
import org.hikae.device.fuse.TreeEntry;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.manifest.ManifestRecordReader;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The tree of one snapshot. An entry is known by where its record stands in the manifest, a file
 * with several names by the first of them. The manifest is read through once, which checks it; what
 * stays in memory is where directories begin and end, and which files have several names. Safe for
 * several threads.
 */
final class SnapshotTree {

  /** Where the record of the top stands, after the version. */
  static final long TOP = 1;

  /** Many large directories, for finding names in them. */
  private static final long NAME_BYTES = 2L * 1024 * 1024;

  private final long number;
  private final ManifestByteSource manifest;
  private final PackTable packs;
  private final SubtreeIndex directories = new SubtreeIndex();
  private final LinkTable links = new LinkTable();
  private final WeightedCache<Long, NameIndex> names =
      new WeightedCache<>(NAME_BYTES, NameIndex::bytes);

  private SnapshotTree(long number, ManifestByteSource manifest, PackTable packs) {
    this.number = number;
    this.manifest = manifest;
    this.packs = packs;
  }

  /**
   * Reads a manifest through.
   *
   * @param number of the snapshot, in the numbers of its entries
   */
  static SnapshotTree read(long number, ManifestByteSource manifest, PackTable packs)
      throws DamagedDataException, BackupStoreException {
    SnapshotTree tree = new SnapshotTree(number, manifest, packs);
    tree.scan();
    return tree;
  }

  private void scan() throws DamagedDataException, BackupStoreException {
    ManifestByteSource.Cursor cursor = manifest.from(0);
    ManifestReader<BackupStoreException> reader = new ManifestReader<>(cursor::read);
    int[] open = new int[16];
    int depth = 0;
    Inode linked = null;
    long linkedAt = 0;
    while (true) {
      long at = Math.max(TOP, reader.position());
      switch (reader.next()) {
        case ManifestRecord.Enter _ -> {
          if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
          }
          open[depth++] = directories.begin(at);
        }
        case ManifestRecord.Leave _ -> directories.end(open[--depth], reader.position());
        case ManifestRecord.FileStart f -> {
          linked = f.links() > 1 ? new Inode(f.device(), f.metadata().inode()) : null;
          linkedAt = at;
        }
        case ManifestRecord.FileEnd f -> {
          if (linked != null && f.state() != State.VOID) {
            links.add(linked, linkedAt);
          }
        }
        case ManifestRecord.HardLink h -> links.addName(new Inode(h.device(), h.inode()));
        case ManifestRecord.End _ -> {
          return;
        }
        default -> {
          // Neither a directory nor a name of a file.
        }
      }
    }
  }

  /** About how much memory it takes. */
  long bytes() {
    return directories.bytes() + links.bytes() + packs.bytes() + NAME_BYTES;
  }

  PackTable packs() {
    return packs;
  }

  /** The entry whose record stands there, without a name. */
  TreeEntry entry(long position)
      throws FuseErrorException, DamagedDataException, BackupStoreException {
    return readAt(position).named(new byte[0]);
  }

  private TreeEntry readAt(long position)
      throws FuseErrorException, DamagedDataException, BackupStoreException {
    EntryCursor cursor = new EntryCursor(position);
    TreeEntry found = cursor.next() ? cursor.entry : null;
    if (found == null) {
      throw new FuseErrorException(FuseErrorException.ENOENT);
    }
    return found;
  }

  /** The entry of a directory that has this name. */
  Optional<TreeEntry> find(long directory, byte[] name)
      throws FuseErrorException, DamagedDataException, BackupStoreException {
    NameIndex index = names.get(directory);
    if (index == null) {
      index = index(directory);
      names.put(directory, index);
    }
    long from = index.before(name);
    if (from < 0) {
      return Optional.empty();
    }
    EntryCursor cursor = new EntryCursor(from);
    while (cursor.next()) {
      int order = Arrays.compareUnsigned(cursor.name, name);
      if (order >= 0) {
        return order == 0 ? Optional.ofNullable(cursor.entry) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private NameIndex index(long directory)
      throws FuseErrorException, DamagedDataException, BackupStoreException {
    NameIndex index = new NameIndex();
    EntryCursor cursor = new EntryCursor(inside(directory));
    long at = cursor.position();
    while (cursor.next()) {
      index.add(cursor.name, at);
      at = cursor.position();
    }
    return index;
  }

  /** Lists a directory; numbers to go on from are positions in the manifest. */
  void list(long directory, long from, EntrySink sink)
      throws FuseErrorException, DamagedDataException, BackupStoreException {
    boolean within = from > directory && from < end(directory);
    if (from != 0 && !within) {
      throw new FuseErrorException(FuseErrorException.EINVAL);
    }
    EntryCursor cursor = new EntryCursor(from == 0 ? inside(directory) : from);
    while (cursor.next()) {
      TreeEntry entry = cursor.entry;
      if (entry != null && !sink.accept(entry, cursor.position())) {
        return;
      }
    }
  }

  private long end(long directory) throws FuseErrorException {
    if (!directories.isDirectory(directory)) {
      throw new FuseErrorException(FuseErrorException.ENOTDIR);
    }
    return directories.endOf(directory);
  }

  /** Where the first entry of a directory stands, or that it is over. */
  private long inside(long directory)
      throws FuseErrorException, DamagedDataException, BackupStoreException {
    var _ = end(directory);
    ManifestByteSource.Cursor cursor = manifest.from(directory);
    var _ = new ManifestRecordReader<>(cursor::read).next();
    return cursor.position();
  }

  /** What the record of an entry says beside its status. */
  ManifestRecord record(long position) throws DamagedDataException, BackupStoreException {
    return new ManifestRecordReader<>(manifest.from(position)::read).next();
  }

  /** Extended attributes of an entry. */
  List<ExtendedAttribute> attributes(long position)
      throws DamagedDataException, BackupStoreException {
    return switch (record(position)) {
      case ManifestRecord.Enter e -> e.metadata().attributes();
      case ManifestRecord.FileStart f -> new FileCursor(position, f).toEnd().attributes();
      case ManifestRecord.Symlink s -> s.metadata().attributes();
      case ManifestRecord.Fifo f -> f.metadata().attributes();
      default -> List.of();
    };
  }

  /** Where the contents of a file stand. */
  ContentMap contents(long position)
      throws FuseErrorException, DamagedDataException, BackupStoreException {
    if (record(position) instanceof ManifestRecord.FileStart file) {
      FileCursor cursor = new FileCursor(position, file);
      var _ = cursor.toEnd();
      return cursor.contents;
    }
    throw new FuseErrorException(FuseErrorException.EISDIR);
  }

  /** Reads the records of one file. */
  private final class FileCursor {

    private final ManifestByteSource.Cursor cursor;
    private final ManifestRecordReader<BackupStoreException> records;
    private final ContentMap contents = new ContentMap();
    private EntryMetadata metadata;
    private long stored;
    private State state = State.WHOLE;

    /** Begins at the first record, which has been read already. */
    FileCursor(long position, ManifestRecord.FileStart start)
        throws DamagedDataException, BackupStoreException {
      cursor = manifest.from(position);
      records = new ManifestRecordReader<>(cursor::read);
      metadata = start.metadata();
      var _ = records.next();
    }

    /** Reads to the end; the metadata that count. */
    EntryMetadata toEnd() throws DamagedDataException, BackupStoreException {
      while (true) {
        long at = cursor.position();
        switch (records.next()) {
          case ManifestRecord.Restart r -> {
            metadata = r.metadata();
            contents.restart();
            stored = 0;
          }
          case ManifestRecord.Data d -> {
            long bytes = d.chunks().stream().mapToLong(each -> each.length()).sum();
            contents.add(bytes, at, false);
            stored += bytes;
          }
          case ManifestRecord.Hole h -> contents.add(h.length(), at, true);
          case ManifestRecord.FileEnd f -> {
            state = f.state();
            return metadata;
          }
          default -> throw new DamagedDataException("A file of the manifest has no end.");
        }
      }
    }
  }

  /** Reads one entry of a directory after the other, and passes over what is below them. */
  private final class EntryCursor {

    private final ManifestByteSource.Cursor cursor;
    private final ManifestRecordReader<BackupStoreException> records;

    private byte[] name = {};

    /** Null for a name that leads to nothing that could be read when it was backed up. */
    private @Nullable TreeEntry entry;

    EntryCursor(long position) {
      cursor = manifest.from(position);
      records = new ManifestRecordReader<>(cursor::read);
    }

    /** Where the next entry stands. */
    long position() {
      return cursor.position();
    }

    /** Goes to the next entry; false when the directory is over. */
    boolean next() throws FuseErrorException, DamagedDataException, BackupStoreException {
      long at = cursor.position();
      if (!(records.next() instanceof ManifestRecord.Entry record)) {
        return false;
      }
      name = record.name();
      entry =
          switch (record) {
            case ManifestRecord.Enter e -> {
              cursor.moveTo(directories.endOf(at));
              yield new EntryStatus(e.metadata(), FileType.DIRECTORY)
                  .entry(node(at), name, 1, 0, 0);
            }
            case ManifestRecord.FileStart f -> file(at, f);
            case ManifestRecord.HardLink h -> {
              LinkTable.LinkedFile first = links.find(new Inode(h.device(), h.inode()));
              yield first == null ? null : readAt(first.position()).named(name);
            }
            case ManifestRecord.Symlink s ->
                new EntryStatus(s.metadata(), FileType.SYMLINK)
                    .entry(node(at), name, 1, s.target().length, 0);
            case ManifestRecord.Fifo f ->
                new EntryStatus(f.metadata(), FileType.FIFO).entry(node(at), name, 1, 0, 0);
          };
      return true;
    }

    private @Nullable TreeEntry file(long at, ManifestRecord.FileStart start)
        throws DamagedDataException, BackupStoreException {
      FileCursor file = new FileCursor(at, start);
      EntryMetadata metadata = file.toEnd();
      cursor.moveTo(file.cursor.position());
      if (file.state == State.VOID) {
        return null;
      }
      LinkTable.LinkedFile linked =
          start.links() > 1
              ? links.find(new Inode(start.device(), start.metadata().inode()))
              : null;
      return new EntryStatus(metadata, FileType.REGULAR)
          .entry(
              node(at),
              start.name(),
              linked == null ? 1 : linked.names(),
              file.contents.length(),
              file.stored);
    }
  }

  private long node(long position) {
    return NodeId.of(number, position);
  }

  /** What an entry is, and what is known of it. */
  private record EntryStatus(EntryMetadata metadata, FileType type) {
    TreeEntry entry(long node, byte[] name, long links, long size, long stored) {
      return new TreeEntry(
          node,
          name,
          type,
          metadata.mode(),
          metadata.uid(),
          metadata.gid(),
          links,
          size,
          stored,
          metadata.modified(),
          metadata.changed());
    }
  }
}
