package org.hikae.device.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/** Objects in files, for tests that must not hold them in memory. */
public final class FolderObjectMap extends AbstractMap<Hash256, byte[]> {

  private final Path folder;
  private final Set<Hash256> names = ConcurrentHashMap.newKeySet();

  /** Has what lies in the folder already. */
  public FolderObjectMap(Path folder) throws IOException {
    this.folder = folder;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        names.add(Hash256.parse(String.valueOf(file.getFileName())));
      }
    } catch (MalformedException e) {
      throw new IOException("not a folder of objects", e);
    }
  }

  @Override
  public byte[] get(Object name) {
    if (!names.contains(name)) {
      return null;
    }
    try {
      return Files.readAllBytes(folder.resolve(name.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Length of an object that is there. */
  long length(Hash256 name) {
    try {
      return Files.size(folder.resolve(name.hex()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] putIfAbsent(Hash256 name, byte[] object) {
    if (names.add(name)) {
      try {
        Files.write(folder.resolve(name.hex()), object);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return null;
  }

  @Override
  public Set<Hash256> keySet() {
    return names;
  }

  @Override
  public Set<Entry<Hash256, byte[]>> entrySet() {
    throw new UnsupportedOperationException();
  }
}
