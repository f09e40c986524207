package org.hikae.device.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.HashSet;
import java.util.Set;
import org.hikae.hk1.Hash256;

/** Objects in files, for tests that must not hold them in memory. */
final class FolderMap extends AbstractMap<Hash256, byte[]> {

  private final Path folder;
  private final Set<Hash256> names = new HashSet<>();

  FolderMap(Path folder) {
    this.folder = folder;
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
