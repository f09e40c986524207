package org.hikae.vault.root.software;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.secret.DurableFile;

/**
 * The file that keeps a software root, encrypted under a passphrase.
 *
 * <pre>
 * offset  bytes  field
 *      0      4  magic "HK1v"
 *      4      2  version, 1
 *      6     16  salt, random
 *     22     12  nonce, random
 *     34     80  AES-256-GCM of ks (32) and HMAC secret (32); AAD = bytes 0 to 33
 * </pre>
 *
 * The key is Argon2id(passphrase, salt) with 64 MiB, 3 passes, 4 lanes (RFC 9106): constants of
 * version 1, not read from the file, so that nobody can write a file that is cheap to guess.
 */
public final class RootFile {

  /** Length of the file, in bytes. */
  static final int FILE_BYTES = 114;

  private static final byte[] MAGIC = "HK1v".getBytes(StandardCharsets.US_ASCII);
  private static final short VERSION = 1;
  private static final int SALT_BYTES = 16;
  private static final int HEAD_BYTES = MAGIC.length + 2 + SALT_BYTES + AesGcm.NONCE_BYTES;
  private static final int MEMORY_KIB = 64 * 1024;
  private static final int PASSES = 3;
  private static final int LANES = 4;

  private RootFile() {}

  /** Writes a new file, readable by its owner only; refuses to replace one. */
  public static void write(
      Path file, SoftwareRoot root, SecretBytes passphrase, SecureRandom random)
      throws IOException {
    byte[] salt = new byte[SALT_BYTES];
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    byte[] head =
        ByteBuffer.allocate(HEAD_BYTES).put(MAGIC).putShort(VERSION).put(salt).put(nonce).array();
    try (SecretBytes secrets = root.encode();
        SecretBytes key = stretch(passphrase, salt)) {
      byte[] sealed = AesGcm.seal(key.expose(), nonce, head, secrets.expose());
      DurableFile.create(file, ByteBuffer.allocate(FILE_BYTES).put(head).put(sealed).array());
    }
  }

  /** Reads a file. */
  public static SoftwareRoot read(Path file, SecretBytes passphrase, SecureRandom random)
      throws RootFileException {
    byte[] bytes = bytesOf(file);
    byte[] head = Arrays.copyOf(bytes, HEAD_BYTES);
    ByteBuffer in = ByteBuffer.wrap(head);
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    if (Arrays.compare(magic, MAGIC) != 0 || in.getShort() != VERSION) {
      throw new RootFileException(file + " is not a root key file of version 1.", null);
    }
    byte[] salt = new byte[SALT_BYTES];
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    in.get(salt).get(nonce);
    try (SecretBytes key = stretch(passphrase, salt)) {
      byte[] sealed = Arrays.copyOfRange(bytes, HEAD_BYTES, FILE_BYTES);
      byte[] plain = AesGcm.open(key.expose(), nonce, head, sealed);
      Scalar ks = Scalar.decode(Arrays.copyOf(plain, Scalar.BYTES));
      SecretBytes secret = SecretBytes.take(Arrays.copyOfRange(plain, Scalar.BYTES, plain.length));
      Arrays.fill(plain, (byte) 0);
      return new SoftwareRoot(ks, secret, random);
    } catch (CryptoException e) {
      throw new RootFileException(
          "The passphrase does not open " + file + ", or the file was damaged.", e);
    }
  }

  private static byte[] bytesOf(Path file) throws RootFileException {
    try {
      long size = Files.size(file);
      if (size != FILE_BYTES) {
        throw new RootFileException(
            file + " has " + size + " bytes; a root key file has " + FILE_BYTES + ".", null);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new RootFileException("There is no root key file " + file + "; run init first.", e);
    } catch (IOException e) {
      throw new RootFileException("The root key file " + file + " cannot be read.", e);
    }
  }

  private static SecretBytes stretch(SecretBytes passphrase, byte[] salt) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(PASSES)
            .withParallelism(LANES)
            .withSalt(salt)
            .build());
    byte[] key = new byte[AesGcm.KEY_BYTES];
    byte[] exposed = passphrase.expose();
    argon2.generateBytes(exposed, key);
    Arrays.fill(exposed, (byte) 0);
    return SecretBytes.take(key);
  }
}
