package org.hikae.backup.volume.store;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A folder on a file system of this host. */
public final class PosixVolume implements StorageVolume {

  private static final Set<PosixFilePermission> OWN_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWN_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private static final System.Logger LOG = System.getLogger(PosixVolume.class.getName());

  private final Path root;
  private final DirectBuffers buffers = new DirectBuffers();
  private volatile Optional<OpenOption> direct = directOption();

  /** Calls of a folder that is there. */
  public PosixVolume(Path root) {
    this.root = root;
  }

  /**
   * {@code ExtendedOpenOption.DIRECT} of the JDK; by its name, because the compiler warns of it.
   */
  private static Optional<OpenOption> directOption() {
    try {
      for (Object each : Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
        if (each.toString().equals("DIRECT")) {
          return Optional.of((OpenOption) each);
        }
      }
    } catch (ClassNotFoundException e) {
      LOG.log(System.Logger.Level.DEBUG, "This Java cannot write past the page cache.", e);
    }
    return Optional.empty();
  }

  private Path at(String path) {
    return root.resolve(path);
  }

  @Override
  public OpenOutput create(String path, long expectedBytes) throws IOException {
    FileChannel channel =
        FileChannel.open(
            at(path), Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWN_FILE));
    Optional<OpenOutput> direct = Optional.empty();
    if (expectedBytes >= DirectBuffers.BYTES) {
      direct = past(at(path));
    }
    if (direct.isPresent()) {
      channel.close();
      return direct.get();
    }
    return new OpenOutput() {
      @Override
      public int write(ByteBuffer bytes) throws IOException {
        return channel.write(bytes);
      }

      @Override
      public void sync() throws IOException {
        // fdatasync: it covers the file's length, and nobody needs its times.
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  /**
   * The same file past the page cache; empty where the file system has no such way, or its blocks
   * are too large, or all buffers are in use.
   */
  private Optional<OpenOutput> past(Path file) {
    Optional<OpenOption> option = direct;
    if (option.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer buffer = buffers.take();
    if (buffer == null) {
      return Optional.empty();
    }
    Optional<OpenOutput> output = Optional.empty();
    try {
      if (DirectBuffers.ALIGNMENT % Files.getFileStore(file).getBlockSize() == 0) {
        FileChannel channel = FileChannel.open(file, Set.of(WRITE, option.get()));
        output = Optional.of(new DirectOutput(file, channel, buffers, buffer));
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOG.log(System.Logger.Level.DEBUG, "Files are written through the page cache.", e);
    } finally {
      if (output.isEmpty()) {
        direct = Optional.empty();
        buffers.giveBack(buffer);
      }
    }
    return output;
  }

  @Override
  public OpenInput open(String path) throws IOException {
    FileChannel channel = FileChannel.open(at(path), READ);
    return new OpenInput() {
      @Override
      public int read(ByteBuffer target, long position) throws IOException {
        return channel.read(target, position);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public OptionalLong size(String path) throws IOException {
    try {
      return OptionalLong.of(Files.size(at(path)));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(at(from), at(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void syncFolder(String path) throws IOException {
    try (FileChannel folder = FileChannel.open(at(path), READ)) {
      folder.force(true);
    }
  }

  @Override
  public void makeFolder(String path) throws IOException {
    try {
      Files.createDirectory(at(path), PosixFilePermissions.asFileAttribute(OWN_FOLDER));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(at(path))) {
        throw e;
      }
    }
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(at(path));
  }

  @Override
  public List<String> list(String path) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(at(path))) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  @Override
  public Instant touched(String path) throws IOException {
    try {
      return Files.readAttributes(at(path), BasicFileAttributes.class)
          .lastModifiedTime()
          .toInstant();
    } catch (NoSuchFileException e) {
      return Instant.MAX;
    }
  }

  @Override
  public void touch(String path, Instant now) throws IOException {
    try {
      Files.setLastModifiedTime(at(path), FileTime.from(now));
    } catch (NoSuchFileException e) {
      // What is not there needs no time.
    }
  }
}
