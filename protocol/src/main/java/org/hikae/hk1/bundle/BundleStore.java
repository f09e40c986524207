package org.hikae.hk1.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;

/**
 * The folder of a bundle while it is written (spec HK1-B-01, HK1-B-06). Each file is written under
 * another name, forced to the disk and renamed, so that under its own name it is whole. {@link
 * #HEADER} is written last: a folder without it is no bundle yet, and {@link #UNFINISHED} says of
 * which set it will be one, so that a later run goes on. What is there already stays; nothing is
 * removed. Nothing is written through a link in the folder. Safe for several threads, save for
 * {@link #finish}.
 */
public final class BundleStore implements AutoCloseable {

  /** What a whole bundle has. */
  public static final String HEADER = "bundle.json";

  /** What a bundle has in its place until it is whole for the first time. */
  public static final String UNFINISHED = "unfinished.json";

  /** The folder of object lists, by snapshot. */
  public static final String LISTS = "lists";

  /** The file of all wraps. */
  public static final String WRAPS = "wraps.json";

  /** The file of all snapshots. */
  public static final String SNAPSHOTS = "snapshots.json";

  /** The folder of what the vault has signed. */
  public static final String VAULT = "vault";

  private static final String OBJECTS = "objects";
  private static final String LOCK = "writer.lock";
  private static final String PART = ".part";
  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Most that is looked at of a folder that may be anything. */
  private static final Set<String> OF_A_BEGINNING = Set.of(LOCK, UNFINISHED + PART);

  private final Path folder;
  private final FileChannel lock;
  private final Set<Path> changed = ConcurrentHashMap.newKeySet();

  private BundleStore(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Says whose bundle a folder is. */
  @FunctionalInterface
  public interface HeaderCheck {
    /** Whether a bundle with this header may be gone on with; the bytes may be anything. */
    boolean isSame(byte[] header);
  }

  /**
   * Opens a folder that is new, empty, or a bundle of the same set, finished or not; makes it when
   * it is missing, for its owner only.
   *
   * @param header what {@link #UNFINISHED} says until the bundle is whole
   * @throws BundleStoreException when it is anything else
   */
  public static BundleStore open(Path folder, byte[] header, HeaderCheck check) throws IOException {
    try {
      Files.createDirectory(folder, ownerOnly("rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw new NotDirectoryException(folder.toString());
      }
    }
    boolean begun = isBegun(folder, check);
    BundleStore store = new BundleStore(folder, lock(folder));
    try {
      if (!begun) {
        store.write("", UNFINISHED, header);
      }
      return store;
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Whether it is a bundle of the same set already; refuses what is neither that nor empty. */
  private static boolean isBegun(Path folder, HeaderCheck check) throws IOException {
    for (String name : new String[] {HEADER, UNFINISHED}) {
      Optional<byte[]> header = read(folder.resolve(name), MAX_HEADER_BYTES);
      if (header.isPresent()) {
        if (!check.isSame(header.get())) {
          throw new BundleStoreException(BundleStoreException.Reason.FOREIGN, folder);
        }
        return true;
      }
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!OF_A_BEGINNING.contains(String.valueOf(entry.getFileName()))) {
          throw new BundleStoreException(BundleStoreException.Reason.FOREIGN, folder);
        }
      }
    }
    return false;
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            ownerOnly("rw-------"));
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // This very process writes into it.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new BundleStoreException(BundleStoreException.Reason.IN_USE, folder);
  }

  /** Whether an object is there whole: its bytes are read, and hash to its name. */
  public boolean holds(Hash256 name) {
    Path file = folder.resolve(OBJECTS).resolve(shard(name)).resolve(name.hex());
    MessageDigest digest = Hash256.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = Hk1Constants.MAX_OBJECT_BYTES;
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        left -= read;
        if (left < 0) {
          return false;
        }
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      // What this disk cannot read any more is not there; it is written anew.
      return false;
    }
    return Hash256.of(digest.digest()).equals(name);
  }

  /**
   * Writes an object, in place of what has its name.
   *
   * @param object begins with its bytes
   * @param length how many of them there are
   */
  public void put(Hash256 name, byte[] object, int length) throws IOException {
    write(directory(OBJECTS, shard(name)), name.hex(), ByteBuffer.wrap(object, 0, length));
  }

  private static String shard(Hash256 name) {
    return name.hex().substring(0, 2);
  }

  /**
   * Writes another file, in place of what has its name; one that has these bytes is left alone.
   *
   * @param below the folder in the bundle, with {@code /} between names; empty for the bundle
   */
  public void write(String below, String name, byte[] bytes) throws IOException {
    Path directory = below.isEmpty() ? folder : directory(below.split("/", -1));
    Optional<byte[]> before = read(directory.resolve(name), bytes.length);
    if (before.isEmpty() || Arrays.compare(before.get(), bytes) != 0) {
      write(directory, name, ByteBuffer.wrap(bytes));
    }
  }

  /** Reads a file; nothing when there is none that is plain, readable and at most so long. */
  public Optional<byte[]> read(String below, String name, int maxBytes) {
    return read(folder.resolve(below).resolve(name), maxBytes);
  }

  private static Optional<byte[]> read(Path file, int maxBytes) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(maxBytes);
      return in.read() < 0 ? Optional.of(bytes) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path directory(String... names) throws IOException {
    Path at = folder;
    for (String name : names) {
      Path above = at;
      at = above.resolve(name);
      try {
        Files.createDirectory(at, ownerOnly("rwx------"));
        changed.add(above);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
          throw new NotDirectoryException(at.toString());
        }
      }
    }
    return at;
  }

  private void write(Path directory, String name, ByteBuffer bytes) throws IOException {
    Path part = directory.resolve(name + PART);
    Files.deleteIfExists(part);
    try {
      try (FileChannel out =
          FileChannel.open(
              part,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly("rw-------"))) {
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    changed.add(directory);
  }

  /** Waits until all names that were given so far are on the disk. */
  public void sync() throws IOException {
    for (Path directory : Set.copyOf(changed)) {
      try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
      }
      changed.remove(directory);
    }
  }

  /** Makes the folder a whole bundle. */
  public void finish(byte[] header) throws IOException {
    sync();
    write("", HEADER, header);
    sync();
    try {
      Files.delete(folder.resolve(UNFINISHED));
      changed.add(folder);
      sync();
    } catch (NoSuchFileException e) {
      // It was whole before.
    }
  }

  private static FileAttribute<?> ownerOnly(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /** Lets others write into the folder. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
