package org.hikae.device.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.hikae.device.files.OwnerOnlyFiles;

/**
 * That a client may write where the agent's keys lie: it leaves a file with random bytes there for
 * a moment, and says what is in it. A process of the same person that is confined, and so cannot
 * read the keys, gets nothing from the agent either.
 *
 * @param name of the file
 * @param secret what is in it
 */
public record HomeProof(String name, byte[] secret) {

  private static final int SECRET_BYTES = 32;
  private static final int NAME_BYTES = 8;
  private static final String BEGINNING = "agent-";
  private static final String ENDING = ".proof";

  /**
   * Leaves one in the agent's folder; whoever does so deletes it again.
   *
   * @param random one that nobody can foretell
   */
  public static HomeProof leave(Path home, RandomGenerator random) throws IOException {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    HomeProof proof = new HomeProof(BEGINNING + HexFormat.of().formatHex(name) + ENDING, secret);
    Path file = home.resolve(proof.name());
    Files.createFile(file, OwnerOnlyFiles.file());
    Files.write(file, secret, StandardOpenOption.WRITE);
    return proof;
  }

  /** Deletes it, if it is still there. */
  public void delete(Path home) {
    try {
      Files.deleteIfExists(home.resolve(name));
    } catch (IOException e) {
      // It is worth nothing any more.
    }
  }

  /** Whether it lies in the agent's folder as it says. */
  public boolean holds(Path home) {
    if (!isName(name) || secret.length != SECRET_BYTES) {
      return false;
    }
    try (InputStream in =
        Files.newInputStream(
            home.resolve(name), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return MessageDigest.isEqual(secret, in.readNBytes(SECRET_BYTES));
    } catch (IOException e) {
      return false;
    }
  }

  /** Without the classes of regular expressions, which a client would load for this alone. */
  private static boolean isName(String name) {
    if (name.length() != BEGINNING.length() + 2 * NAME_BYTES + ENDING.length()
        || !name.startsWith(BEGINNING)
        || !name.endsWith(ENDING)) {
      return false;
    }
    for (int at = BEGINNING.length(); at < name.length() - ENDING.length(); at++) {
      char digit = name.charAt(at);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Deletes what clients that were killed have left. */
  public static void forgetLeftovers(Path home) {
    if (!Files.isDirectory(home)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(home, "agent-*.proof")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // They are small, and worth nothing.
    }
  }

  @Override
  public String toString() {
    return "HomeProof(" + name + ")";
  }
}
