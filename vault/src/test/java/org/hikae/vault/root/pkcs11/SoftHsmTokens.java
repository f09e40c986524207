package org.hikae.vault.root.pkcs11;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.root.contract.RootLocation;

/**
 * SoftHSM tokens for tests, each used for one root only.
 *
 * <p>SoftHSM reads SOFTHSM2_CONF when it is initialised, which happens once per process, and sees
 * only tokens that are there at that time. So the build sets the variable for the tests' process to
 * a file under target/, and the first test that needs a token writes that file and makes all tokens
 * before the library is loaded; each test then takes the next slot. Processes that a test starts
 * inherit the variable and count the slots alike. Tests that need a JVM for each token would pay a
 * second each for nothing.
 */
public final class SoftHsmTokens {

  /** The PIN of each token's user. */
  public static final String PIN = "4711-0815";

  private static final String SECURITY_OFFICER_PIN = "security-officer";
  private static final int TOKENS = 64;

  private static final List<String> PLACES =
      List.of(
          "/usr/lib/softhsm/libsofthsm2.so",
          "/usr/lib64/softhsm/libsofthsm2.so",
          "/usr/lib64/pkcs11/libsofthsm2.so",
          "/usr/local/lib/softhsm/libsofthsm2.so");

  private static int used = -1;

  private SoftHsmTokens() {}

  /** The PIN as the vault reads it. */
  public static SecretBytes pin() {
    return SecretBytes.copyOf(PIN.getBytes(StandardCharsets.US_ASCII));
  }

  /** A token that nothing was made in. */
  public static synchronized RootLocation.Pkcs11 freshToken() {
    if (used < 0) {
      makeTokens();
      used = 0;
    }
    if (used == TOKENS) {
      throw new AssertionError("All " + TOKENS + " tokens were used; make more.");
    }
    return new RootLocation.Pkcs11(library(), used++);
  }

  /** A slot index that the library does not have. */
  public static RootLocation.Pkcs11 noSlot() {
    return new RootLocation.Pkcs11(freshToken().library(), TOKENS + 1);
  }

  /** SoftHSM's library; its absence is a failure, because these tests are not optional. */
  public static Path library() {
    return PLACES.stream()
        .map(Path::of)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() -> new AssertionError("SoftHSM is missing: apt-get install softhsm2"));
  }

  private static void makeTokens() {
    String file = System.getenv("SOFTHSM2_CONF");
    if (file == null) {
      throw new AssertionError("Set SOFTHSM2_CONF to a file to be written, as the build does.");
    }
    makeTokens(Path.of(file), TOKENS);
  }

  /** Writes a configuration and makes {@code count} tokens in a folder beside it. */
  public static void makeTokens(Path configuration, int count) {
    Path folder = folderOf(configuration);
    try {
      deleteAll(folder);
      Files.createDirectories(folder);
      Files.writeString(
          configuration,
          "directories.tokendir = " + folder + "\nobjectstore.backend = file\nlog.level = ERROR\n");
      for (int i = 0; i < count; i++) {
        run(
            configuration,
            List.of(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label=vault-" + i,
                "--pin=" + PIN,
                "--so-pin=" + SECURITY_OFFICER_PIN));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("SoftHSM is missing or broken: apt-get install softhsm2", e);
    }
  }

  /** Where the tokens of a configuration are. */
  public static Path folderOf(Path configuration) {
    return Path.of(configuration + ".tokens");
  }

  /** Runs a program of SoftHSM to its good end. */
  private static void run(Path configuration, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", configuration.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A file with a PIN that only its owner can read. */
  public static Path pinFile(Path directory, String pin) throws IOException {
    Path file = Files.writeString(directory.resolve("pin-" + pin), pin + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
