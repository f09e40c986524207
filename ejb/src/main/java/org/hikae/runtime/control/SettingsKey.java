package org.hikae.runtime.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key under which the portal keeps the secrets that administrators enter: AES-256-GCM (NIST SP
 * 800-38D) with a nonce of 96 bits that is a code of what is sealed. Keys for codes are derived
 * from it. It lies in a file as 64 hexadecimal digits, beside the database and never in it. Has no
 * {@code toString}: nothing of it belongs into a log.
 */
public final class SettingsKey {

  /** Most bytes that are sealed at once. */
  public static final int MAX_PLAIN_BYTES = 16_384;

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final String MAC = "HmacSHA256";

  /** The only form so far; the first byte of what is sealed. */
  private static final byte FORM = 1;

  private static final int MAX_FILE_BYTES = 1000;
  private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]{" + 2 * KEY_BYTES + "}");

  private final SecretKey key;

  private SettingsKey(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * Reads the key from {@code file}; if there is none, makes one there, readable by its owner only
   * and forced to the disk. Of two programs that make it at once both use the one that was first.
   *
   * @throws IOException when the file cannot be read or made, when others may read it, or when it
   *     holds something else; says which
   */
  public static SettingsKey readOrMake(Path file, SecureRandom random) throws IOException {
    if (!Files.exists(file)) {
      make(file, random);
    }
    return new SettingsKey(read(file));
  }

  private static void make(Path file, SecureRandom random) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    try {
      KeyFile.make(file, "settings-key", HexFormat.of().formatHex(key) + "\n");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
      throw new IOException("others may read it; run chmod 0600");
    }
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException("it has more than " + MAX_FILE_BYTES + " bytes");
    }
    String digits = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    if (!DIGITS.matcher(digits).matches()) {
      throw new IOException("it does not hold 64 hexadecimal digits");
    }
    return HexFormat.of().parseHex(digits);
  }

  /**
   * Seals what only this key opens again. The same is sealed the same, so that a request for the
   * same change can be told; two that differ have the same nonce as seldom as two random ones.
   *
   * @param purpose what it is for; it opens for the same purpose only
   * @param plain at most {@link #MAX_PLAIN_BYTES}
   */
  public byte[] seal(String purpose, byte[] plain) {
    if (plain.length > MAX_PLAIN_BYTES) {
      throw new IllegalArgumentException("at most " + MAX_PLAIN_BYTES + " bytes");
    }
    byte[] sealed = new byte[1 + NONCE_BYTES + plain.length + TAG_BYTES];
    byte[] nonce = Arrays.copyOf(code("nonce: " + purpose, plain), NONCE_BYTES);
    sealed[0] = FORM;
    System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
    try {
      var _ =
          cipher(Cipher.ENCRYPT_MODE, purpose, nonce)
              .doFinal(plain, 0, plain.length, sealed, 1 + NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has AES-GCM.", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws AEADBadTagException when it was sealed with another key or for another purpose, or was
   *     changed
   */
  public byte[] open(String purpose, byte[] sealed) throws AEADBadTagException {
    int from = 1 + NONCE_BYTES;
    if (sealed.length < from + TAG_BYTES
        || sealed.length > from + MAX_PLAIN_BYTES + TAG_BYTES
        || sealed[0] != FORM) {
      throw new AEADBadTagException("not sealed by a portal");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, purpose, Arrays.copyOfRange(sealed, 1, from))
          .doFinal(sealed, from, sealed.length - from);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has AES-GCM.", e);
    }
  }

  /**
   * A code of something that is not kept itself. Without this key nobody can try guesses against
   * it: HMAC-SHA-256 (RFC 2104) under a key that HKDF-Expand (RFC 5869) makes of this one for each
   * purpose.
   *
   * @param purpose what it is for; another one gives another code
   */
  public byte[] code(String purpose, byte[] content) {
    byte[] info = ("hikae settings: code: " + purpose).getBytes(StandardCharsets.UTF_8);
    try {
      SecretKey ofPurpose =
          KDF.getInstance("HKDF-SHA256", "SunJCE")
              .deriveKey(MAC, HKDFParameterSpec.expandOnly(key, info, KEY_BYTES));
      Mac mac = Mac.getInstance(MAC, "SunJCE");
      mac.init(ofPurpose);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HKDF and HMAC.", e);
    }
  }

  private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
    // The one place of the portal that names a cipher: the JDK's own, whatever a server brings.
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(("hikae settings: " + purpose).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
