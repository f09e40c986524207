package org.hikae.device.restic;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hikae.backup.wire.ResticType;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/**
 * A restic repository in a directory, as restic itself and its REST server lay it out: {@code
 * config}, and folders of objects that are named by their SHA-256; those of {@code data} by their
 * first two digits. Nothing in it is changed. What has another name, such as the server's temporary
 * files, is no object.
 */
public final class LocalResticRepository {

  private static final int MAX_CONFIG_BYTES = 64 * 1024;

  private final Path folder;
  private final byte[] config;

  private LocalResticRepository(Path folder, byte[] config) {
    this.folder = folder;
    this.config = config;
  }

  /**
   * An object.
   *
   * @param name what it is called, which must be the hash of its bytes
   * @param file where it lies
   * @param sizeBytes its length
   */
  public record LocalObject(Hash256 name, Path file, long sizeBytes) {}

  /** Takes each object. */
  @FunctionalInterface
  public interface ObjectConsumer {
    /** Takes one. */
    void take(LocalObject object) throws IOException, AgentException;
  }

  /** Opens a directory; one that is no repository is refused. */
  public static LocalResticRepository open(Path folder) throws AgentException, IOException {
    Path config = folder.resolve("config");
    if (!Files.isRegularFile(config) || !Files.isDirectory(folder.resolve("data"))) {
      throw new AgentException(RunResult.REFUSED, "restic.no-repository", folder);
    }
    if (Files.size(config) > MAX_CONFIG_BYTES) {
      throw new AgentException(RunResult.REFUSED, "restic.no-repository", folder);
    }
    return new LocalResticRepository(folder, Files.readAllBytes(config));
  }

  /** The config's bytes. */
  public byte[] config() {
    return config.clone();
  }

  /** All objects of a type that are there now. */
  public List<LocalObject> all(ResticType type) throws AgentException, IOException {
    List<LocalObject> localObject = new ArrayList<>();
    each(type, localObject::add);
    return localObject;
  }

  /** Passes on the objects of a type as they are found, folder by folder. */
  public void each(ResticType type, ObjectConsumer objectConsumer)
      throws AgentException, IOException {
    Path top = folder.resolve(type.name().toLowerCase(Locale.ROOT));
    if (type != ResticType.DATA) {
      eachIn(top, objectConsumer);
      return;
    }
    for (int first = 0; first < 256; first++) {
      eachIn(top.resolve(String.format(Locale.ROOT, "%02x", first)), objectConsumer);
    }
  }

  private static void eachIn(Path folder, ObjectConsumer objectConsumer)
      throws AgentException, IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Hash256 name = name(file);
        if (name != null && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          objectConsumer.take(new LocalObject(name, file, Files.size(file)));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException e) {
      // A folder without objects need not be there; a file that went meanwhile shows at the end.
      if (Files.exists(folder)) {
        throw e;
      }
    }
  }

  private static @org.jspecify.annotations.Nullable Hash256 name(Path file) {
    try {
      return Hash256.parse(String.valueOf(file.getFileName()));
    } catch (MalformedException e) {
      return null;
    }
  }
}
