package org.hikae.backup.ciphertext.store;

import java.util.HexFormat;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/**
 * Where files lie in the folder: {@code objects/REPOSITORY/XX/NAME}, where XX are the first two
 * digits of the name. A second slot, {@code NAME.1}, lets rotten bytes be replaced without writing
 * over them. What is being written lies in {@code incoming}.
 */
final class FileLayout {

  static final String INCOMING = "incoming";
  static final String OBJECTS = "objects";

  /** Folders of a repository: one for each first byte of a name. */
  static final int FAN_OUT = 256;

  private static final String SECOND_SLOT = ".1";

  private FileLayout() {}

  /** A file that is being written; it says whose it is, so that erasure finds it. */
  static String incoming(long repositoryId, String unique) {
    return INCOMING + "/" + incomingOf(repositoryId) + unique;
  }

  /** What the names of all begin with that are being written for a repository. */
  static String incomingOf(long repositoryId) {
    return repositoryId + "-";
  }

  /** Folder of a repository. */
  static String repository(long repositoryId) {
    return OBJECTS + "/" + repositoryId;
  }

  /** One of a repository's folders. */
  static String folder(long repositoryId, int first) {
    return repository(repositoryId) + "/" + HexFormat.of().toHexDigits((byte) first);
  }

  /** The first byte of a name, which is the number of its folder. */
  static int folderOf(ObjectKey key) {
    return key.name().toBytes()[0] & 0xff;
  }

  /** The file of an object in a slot. */
  static String file(ObjectKey key, int slot) {
    return folder(key.repositoryId(), folderOf(key)) + "/" + fileName(key.name(), slot);
  }

  private static String fileName(Hash256 name, int slot) {
    return slot == 0 ? name.hex() : name.hex() + SECOND_SLOT;
  }

  /** What the name of a file says; empty when no store has made it. */
  static Optional<NamedFile> parse(String fileName) {
    int slot = fileName.endsWith(SECOND_SLOT) ? 1 : 0;
    try {
      Hash256 name =
          Hash256.parse(fileName.substring(0, fileName.length() - slot * SECOND_SLOT.length()));
      return fileName.equals(fileName(name, slot))
          ? Optional.of(new NamedFile(name, slot))
          : Optional.empty();
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /**
   * What the name of a file says.
   *
   * @param name of the object
   * @param slot 0 or 1
   */
  record NamedFile(Hash256 name, int slot) {}
}
