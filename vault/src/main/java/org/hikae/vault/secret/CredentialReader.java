package org.hikae.vault.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.hikae.crypto.kdf.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads a secret that an operator hands over, from a file descriptor or a credential file: never
 * from the command line or the environment, which other processes can read. One trailing line end
 * is not part of it.
 */
public final class CredentialReader {

  private static final int MAX_LINE_END_BYTES = 2;

  private CredentialReader() {}

  /**
   * What one kind of secret must look like.
   *
   * @param noun what it is called
   * @param minBytes the shortest
   * @param maxBytes the longest
   * @param refusal what a bad one is refused with
   */
  public record Rules<E extends Exception>(
      String noun,
      int minBytes,
      int maxBytes,
      BiFunction<String, @Nullable Throwable, E> refusal) {}

  /** Reads descriptor {@code number}, which the caller opened for this process. */
  public static <E extends Exception> SecretBytes fromDescriptor(int number, Rules<E> rules)
      throws E {
    return read(Path.of("/dev/fd/" + number), "file descriptor " + number, rules);
  }

  /** Reads a file that others than its owner and group cannot read. */
  public static <E extends Exception> SecretBytes fromFile(Path file, Rules<E> rules) throws E {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        throw rules
            .refusal()
            .apply(
                "Everybody can read the " + rules.noun() + " file " + file + "; chmod 600 it.",
                null);
      }
    } catch (IOException e) {
      throw rules.refusal().apply("The " + rules.noun() + " file " + file + " cannot be read.", e);
    }
    return read(file, "file " + file, rules);
  }

  private static <E extends Exception> SecretBytes read(Path source, String name, Rules<E> rules)
      throws E {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(source)) {
      bytes = in.readNBytes(rules.maxBytes() + MAX_LINE_END_BYTES + 1);
    } catch (IOException e) {
      throw rules.refusal().apply("The " + rules.noun() + " cannot be read from " + name + ".", e);
    }
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\n') {
      length--;
    }
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    if (length < rules.minBytes() || length > rules.maxBytes()) {
      Arrays.fill(bytes, (byte) 0);
      String bounds = rules.minBytes() + " to " + rules.maxBytes() + " bytes.";
      throw rules
          .refusal()
          .apply("The " + rules.noun() + " in " + name + " must have " + bounds, null);
    }
    SecretBytes secret = SecretBytes.take(Arrays.copyOf(bytes, length));
    Arrays.fill(bytes, (byte) 0);
    return secret;
  }
}
