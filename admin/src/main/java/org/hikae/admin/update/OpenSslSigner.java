package org.hikae.admin.update;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteKeyType;
import org.hikae.transparency.note.wire.NoteSigner;
import org.jspecify.annotations.Nullable;

/**
 * A private key in a file that OpenSSL encrypts under a passphrase. Only OpenSSL opens it: it asks
 * for the passphrase at the terminal, or reads it from a file. No argument of a program has it.
 */
public final class OpenSslSigner {

  private static final String PRIVATE = ".pem";
  private static final String PUBLIC = ".pub";
  private static final String OPENSSL = "openssl";

  /** Rounds of PBKDF2, so that a stolen file says little about a long passphrase. */
  private static final String ROUNDS = "600000";

  private static final String ONLY_OWNER = "rw-------";
  private static final int SPKI_BYTES = 44;
  private static final int MAX_KEY_BYTES = 1024;

  private final Path key;
  private final @Nullable Path passphrase;

  /**
   * Of a key that is there.
   *
   * @param key file with the private key, whose name ends with {@code .pem}; the public one lies
   *     beside it
   * @param passphrase file with the passphrase in its first line; null to be asked
   */
  public OpenSslSigner(Path key, @Nullable Path passphrase) {
    this.key = key;
    this.passphrase = passphrase;
  }

  /**
   * Makes a key.
   *
   * @param name of who has it
   * @param folder in which {@code NAME.pem} and {@code NAME.pub} are made
   * @return the public key
   * @throws IOException when one of them is there, or OpenSSL fails
   * @throws MalformedException when nobody can be called so
   */
  public static NoteKey make(String name, Path folder, @Nullable Path passphrase)
      throws IOException, MalformedException {
    // Before anything is made.
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,62}")) {
      throw new MalformedException("A name has letters, digits, dots, dashes and @ only.");
    }
    Path secret = folder.resolve(name + PRIVATE);
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(ONLY_OWNER)));
    boolean made = false;
    try {
      encrypt(secret, passphrase);
      NoteKey key = publicKey(name, secret, passphrase);
      Files.writeString(folder.resolve(name + PUBLIC), key.text() + "\n");
      made = true;
      return key;
    } finally {
      if (!made) {
        Files.deleteIfExists(secret);
      }
    }
  }

  /** The plain key goes from one program to the other and onto no disk. */
  private static void encrypt(Path secret, @Nullable Path passphrase) throws IOException {
    ProcessBuilder fresh = command("genpkey", "-algorithm", "ed25519");
    ProcessBuilder keeping =
        command("pkcs8", "-topk8", "-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA256");
    keeping.command().addAll(List.of("-iter", ROUNDS, "-out", secret.toString()));
    from(passphrase, "-passout", keeping);
    fresh.redirectError(ProcessBuilder.Redirect.INHERIT);
    keeping.redirectError(ProcessBuilder.Redirect.INHERIT);
    keeping.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    for (Process process : ProcessBuilder.startPipeline(List.of(fresh, keeping))) {
      await(process);
    }
  }

  private static NoteKey publicKey(String name, Path secret, @Nullable Path passphrase)
      throws IOException, MalformedException {
    Path out = Files.createTempFile("update-key", ".der");
    try {
      ProcessBuilder extract =
          command("pkey", "-in", secret.toString(), "-pubout", "-outform", "DER");
      extract.command().addAll(List.of("-out", out.toString()));
      from(passphrase, "-passin", extract);
      await(extract.inheritIO().start());
      byte[] spki = Files.readAllBytes(out);
      if (spki.length != SPKI_BYTES) {
        throw new IOException("OpenSSL has made another kind of key");
      }
      byte[] point = Arrays.copyOfRange(spki, SPKI_BYTES - NoteKey.PUBLIC_BYTES, SPKI_BYTES);
      return NoteKey.of(name, NoteKeyType.ED25519, point);
    } finally {
      Files.deleteIfExists(out);
    }
  }

  /** A public key as {@link #make} wrote it. */
  public static NoteKey read(Path file) throws IOException, MalformedException {
    if (Files.size(file) > MAX_KEY_BYTES) {
      throw new IOException(file + " is no public key");
    }
    return NoteKey.parse(Files.readString(file, StandardCharsets.UTF_8).strip());
  }

  /**
   * What signs in the name of this key.
   *
   * @throws IOException when the public key cannot be read
   * @throws MalformedException when it is none
   */
  public NoteSigner signer() throws IOException, MalformedException {
    String name = String.valueOf(key.getFileName());
    if (!name.endsWith(PRIVATE)) {
      throw new IOException(key + " does not end with " + PRIVATE);
    }
    String stem = name.substring(0, name.length() - PRIVATE.length());
    return new NoteSigner(read(key.resolveSibling(stem + PUBLIC)), this::sign);
  }

  private byte[] sign(byte[] message) throws GeneralSecurityException {
    try {
      Path text = Files.createTempFile("update", ".text");
      Path out = Files.createTempFile("update", ".sig");
      try {
        Files.write(text, message);
        ProcessBuilder sign =
            command("pkeyutl", "-sign", "-rawin", "-inkey", key.toString(), "-in", text.toString());
        sign.command().addAll(List.of("-out", out.toString()));
        from(passphrase, "-passin", sign);
        await(sign.inheritIO().start());
        return Files.readAllBytes(out);
      } finally {
        Files.deleteIfExists(text);
        Files.deleteIfExists(out);
      }
    } catch (IOException e) {
      throw new GeneralSecurityException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(OPENSSL));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private static void from(@Nullable Path passphrase, String option, ProcessBuilder to)
      throws IOException {
    if (passphrase == null) {
      return;
    }
    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(passphrase));
    if (!mode.endsWith("------")) {
      throw new IOException("others can read " + passphrase);
    }
    to.command().addAll(List.of(option, "file:" + passphrase));
  }

  private static void await(Process process) throws IOException {
    try {
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException("OpenSSL ended with " + exit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroy();
    }
  }
}
