package org.hikae.vault.root;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import org.hikae.crypto.kdf.SecretBytes;

/**
 * Reads the passphrase of the root key file from a file descriptor or a credential file: never from
 * the command line or the environment, which other processes can read. One trailing line end is not
 * part of it.
 */
public final class Passphrase {

  /** The shortest passphrase, in bytes. */
  public static final int MIN_BYTES = 12;

  /** The longest passphrase, in bytes. */
  public static final int MAX_BYTES = 1024;

  private static final int MAX_LINE_END_BYTES = 2;

  private Passphrase() {}

  /** Reads descriptor {@code number}, which the caller opened for this process. */
  public static SecretBytes fromDescriptor(int number) throws RootFileException {
    return read(Path.of("/dev/fd/" + number), "file descriptor " + number);
  }

  /** Reads a file that others than its owner and group cannot read. */
  public static SecretBytes fromFile(Path file) throws RootFileException {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        throw new RootFileException(
            "Everybody can read the passphrase file " + file + "; chmod 600 it.", null);
      }
    } catch (IOException e) {
      throw new RootFileException("The passphrase file " + file + " cannot be read.", e);
    }
    return read(file, "file " + file);
  }

  private static SecretBytes read(Path source, String name) throws RootFileException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(source)) {
      bytes = in.readNBytes(MAX_BYTES + MAX_LINE_END_BYTES + 1);
    } catch (IOException e) {
      throw new RootFileException("The passphrase cannot be read from " + name + ".", e);
    }
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\n') {
      length--;
    }
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    if (length < MIN_BYTES || length > MAX_BYTES) {
      Arrays.fill(bytes, (byte) 0);
      throw new RootFileException(
          "The passphrase in " + name + " must have " + MIN_BYTES + " to " + MAX_BYTES + " bytes.",
          null);
    }
    SecretBytes passphrase = SecretBytes.take(Arrays.copyOf(bytes, length));
    Arrays.fill(bytes, (byte) 0);
    return passphrase;
  }
}
