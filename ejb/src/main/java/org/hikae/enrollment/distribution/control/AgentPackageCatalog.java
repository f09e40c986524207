package org.hikae.enrollment.distribution.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.enrollment.distribution.view.AgentPackageFault;
import org.hikae.enrollment.distribution.view.AgentPackageList;
import org.hikae.enrollment.distribution.view.AgentPackageView;
import org.hikae.enrollment.distribution.view.ChecksumFiles;
import org.hikae.enrollment.distribution.view.RefusedPackageView;
import org.hikae.enrollment.distribution.view.UpdateFileView;
import org.hikae.enrollment.update.wire.DebianVersionComparator;
import org.hikae.enrollment.update.wire.UpdateTarget;
import org.hikae.runtime.control.SignatureKey;
import org.jspecify.annotations.Nullable;

/**
 * The packages of a folder that IT fills. Nobody is believed who put a file there: what is offered
 * was read, and what is sent is that. A file is read once, and again when its size, its time or who
 * may write into it is another one. To be used by one thread at a time, but for {@link #send}.
 */
public final class AgentPackageCatalog {

  /** Most files of a folder. */
  static final int MAX_FILES = 64;

  /** Files that are no packages and belong to them. */
  private static final Set<String> BESIDE =
      Set.of(ChecksumFileReader.NAME, ChecksumFileReader.SIGNATURE, UpdateFileReader.FOLDER);

  private static final Comparator<AgentPackageView> BEST_FIRST =
      Comparator.comparing(AgentPackageView::version, DebianVersionComparator.OLDEST_FIRST)
          .reversed()
          .thenComparing(AgentPackageView::kind)
          .thenComparing(AgentPackageView::fileName);

  private final Path folder;
  private final @Nullable SignatureKey key;
  private Map<String, ReadFile> known = new HashMap<>();

  /**
   * Of this folder, which need not be there.
   *
   * @param key by which the list of hashes is signed; null when it need not be
   */
  public AgentPackageCatalog(Path folder, @Nullable SignatureKey key) {
    this.folder = folder;
    this.key = key;
  }

  /**
   * What was found of a file.
   *
   * @param stamp by which one knows that it is still the same
   * @param found the package, or why it is none
   */
  private record ReadFile(Stamp stamp, Object found) {}

  /**
   * What changes when a file does.
   *
   * @param size length
   * @param time of its last change
   * @param file which file of the volume it is
   * @param permissions who may read it and write into it
   * @param sum what the list of hashes says of it
   */
  private record Stamp(
      long size,
      FileTime time,
      @Nullable Object file,
      Set<PosixFilePermission> permissions,
      @Nullable String sum) {}

  /** What the folder holds now. */
  public AgentPackageList list() {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path file : found) {
        if (files.size() > MAX_FILES) {
          return fault(AgentPackageFault.TOO_MANY);
        }
        files.add(file);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return fault(AgentPackageFault.FOLDER);
    }
    files.sort(Comparator.naturalOrder());
    Map<String, ReadFile> read = new HashMap<>();
    List<AgentPackageView> offered = new ArrayList<>();
    List<RefusedPackageView> refused = new ArrayList<>();
    Optional<ChecksumFiles> checksums = checksums(refused);
    Map<String, String> sums =
        checksums.map(ChecksumFiles::list).map(ChecksumFileReader::sums).orElse(Map.of());
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      if (!BESIDE.contains(name)) {
        ReadFile found = read(file, name, sums);
        read.put(name, found);
        if (found.found() instanceof AgentPackageView view) {
          offered.add(view);
        } else {
          refused.add(new RefusedPackageView(name, (AgentPackageFault) found.found()));
        }
      }
    }
    known = read;
    offered.sort(BEST_FIRST);
    return new AgentPackageList(offered, refused, key == null ? null : checksums.orElse(null));
  }

  private AgentPackageList fault(AgentPackageFault fault) {
    return new AgentPackageList(
        List.of(), List.of(new RefusedPackageView(folder.toString(), fault)), null);
  }

  /** The list of hashes; nothing when it is refused. */
  private Optional<ChecksumFiles> checksums(List<RefusedPackageView> refused) {
    AgentPackageFault fault;
    try {
      return Optional.of(ChecksumFileReader.read(folder, key));
    } catch (InvalidPackageException e) {
      fault = e.fault();
    } catch (IOException e) {
      fault = AgentPackageFault.UNREADABLE;
    }
    refused.add(new RefusedPackageView(ChecksumFileReader.NAME, fault));
    return Optional.empty();
  }

  private ReadFile read(Path file, String name, Map<String, String> sums) {
    Stamp stamp = new Stamp(-1, FileTime.fromMillis(0), null, Set.of(), null);
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      stamp =
          new Stamp(
              attributes.size(),
              attributes.lastModifiedTime(),
              attributes.fileKey(),
              attributes.permissions(),
              sums.get(name));
      if (!attributes.isRegularFile()) {
        return new ReadFile(stamp, AgentPackageFault.NO_FILE);
      }
      ReadFile before = known.get(name);
      if (before != null
          && before.stamp().equals(stamp)
          && before.found() != AgentPackageFault.UNREADABLE) {
        return before;
      }
      return new ReadFile(stamp, AgentPackageReader.read(file, sums));
    } catch (InvalidPackageException e) {
      return new ReadFile(stamp, e.fault());
    } catch (IOException e) {
      return new ReadFile(stamp, AgentPackageFault.UNREADABLE);
    }
  }

  /**
   * Sends a package that was offered. The last bytes leave only when all are those that were read.
   *
   * @throws IOException when it is gone, or another one, or could not be offered any more
   */
  public void send(AgentPackageView offered, OutputStream out) throws IOException {
    try (SeekableByteChannel file = PackageFile.open(folder.resolve(offered.fileName()))) {
      PackageFile.send(file, offered.sizeBytes(), offered.sha256(), out);
    } catch (InvalidPackageException e) {
      throw new IOException("The package is not offered any more.", e);
    }
  }

  /**
   * A part of a package that was offered. It is not compared with what was read: who asks for parts
   * has the hash of the whole from elsewhere.
   *
   * @param number from 0
   * @return nothing when there is no such part
   * @throws IOException when the package is gone, or could not be offered any more
   */
  public Optional<byte[]> part(AgentPackageView offered, int number) throws IOException {
    long from = (long) number * UpdateTarget.PART_BYTES;
    if (number < 0 || from >= offered.sizeBytes()) {
      return Optional.empty();
    }
    int length = (int) Math.min(UpdateTarget.PART_BYTES, offered.sizeBytes() - from);
    try (SeekableByteChannel file = PackageFile.open(folder.resolve(offered.fileName()))) {
      return Optional.of(PackageFile.part(file, from, length));
    } catch (InvalidPackageException e) {
      throw new IOException("The package is not offered any more.", e);
    }
  }

  /** A signed file of updates, if there is one of this name. */
  public Optional<UpdateFileView> updateFile(String name) {
    return UpdateFileReader.read(folder, name);
  }
}
