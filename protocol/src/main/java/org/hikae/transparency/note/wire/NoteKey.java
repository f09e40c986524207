package org.hikae.transparency.note.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/**
 * The public key of somebody who signs notes (C2SP signed-note, verifier keys): a name, what it
 * signs, and a key of Ed25519 (RFC 8032). Two are equal when their texts are.
 */
public final class NoteKey {

  /** Bytes of the public key as such. */
  public static final int PUBLIC_BYTES = 32;

  /** Bytes of a signature of Ed25519. */
  static final int SIGNATURE_BYTES = 64;

  /** The longest name that is taken, in characters. */
  private static final int MAX_NAME = 255;

  private static final String ALGORITHM = "Ed25519";
  private static final HexFormat HEX = HexFormat.of();

  /** SubjectPublicKeyInfo of Ed25519 is this and the key (RFC 8410, section 4). */
  private static final byte[] SPKI_PREFIX = HEX.parseHex("302a300506032b6570032100");

  private final String name;
  private final NoteKeyType type;
  private final byte[] bytes;
  private final PublicKey publicKey;
  private final int id;

  private NoteKey(String name, NoteKeyType type, byte[] bytes, PublicKey publicKey) {
    this.name = name;
    this.type = type;
    this.bytes = bytes;
    this.publicKey = publicKey;
    this.id = id(name, type, bytes);
  }

  private static int id(String name, NoteKeyType type, byte[] bytes) {
    MessageDigest digest = Hash256.newDigest();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(type.number());
    return ByteBuffer.wrap(digest.digest(bytes)).getInt();
  }

  /**
   * A key.
   *
   * @param name of who has the other half, as {@link #isName}
   * @param publicKey {@link #PUBLIC_BYTES} bytes (RFC 8032)
   * @throws MalformedException when the name is none or the bytes are no point of the curve
   */
  public static NoteKey of(String name, NoteKeyType type, byte[] publicKey)
      throws MalformedException {
    if (!isName(name)) {
      throw new MalformedException("The name of a key has a space or a plus, or a wrong length.");
    }
    if (publicKey.length != PUBLIC_BYTES) {
      throw new MalformedException("A key must have " + PUBLIC_BYTES + " bytes.");
    }
    byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + PUBLIC_BYTES);
    System.arraycopy(publicKey, 0, spki, SPKI_PREFIX.length, PUBLIC_BYTES);
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(spki));
      Signature.getInstance(ALGORITHM).initVerify(key);
      return new NoteKey(name, type, publicKey.clone(), key);
    } catch (GeneralSecurityException e) {
      throw new MalformedException("The bytes are no public key of " + ALGORITHM + ".");
    }
  }

  /**
   * Reads a key as {@link #text()} writes it.
   *
   * @throws MalformedException when it has another form, another type than those of {@link
   *     NoteKeyType}, or an identifier of another key
   */
  public static NoteKey parse(String text) throws MalformedException {
    // A plus may stand in the Base64, but in neither part before it.
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3 || text.length() > 2 * MAX_NAME) {
      throw new MalformedException("A key is its name, its identifier and its bytes, with pluses.");
    }
    byte[] typed = Base64Codec.decode("key", parts[2]);
    if (typed.length == 0) {
      throw new MalformedException("The key has no type.");
    }
    NoteKeyType type =
        NoteKeyType.of(typed[0])
            .orElseThrow(() -> new MalformedException("The type of the key is not known here."));
    NoteKey key = of(parts[0], type, Arrays.copyOfRange(typed, 1, typed.length));
    if (!key.text().equals(text)) {
      throw new MalformedException("The identifier belongs to another key.");
    }
    return key;
  }

  /**
   * Whether this may name a key: no space of Unicode, no plus, no control or format character,
   * which could steer the terminal on which people compare keys, and not empty.
   */
  public static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME
        && name.codePoints().allMatch(NoteKey::isOfName);
  }

  private static boolean isOfName(int c) {
    // Java has two kinds of space; half of a pair of UTF-16 is no character.
    int kind = Character.getType(c);
    return c != '+'
        && kind != Character.CONTROL
        && kind != Character.FORMAT
        && kind != Character.SURROGATE
        && !Character.isSpaceChar(c)
        && !Character.isWhitespace(c);
  }

  /** Of who has the other half. */
  public String name() {
    return name;
  }

  /** What it signs. */
  public NoteKeyType type() {
    return type;
  }

  /** By which signatures name it beside the name: not secret, and others can have the same. */
  public int id() {
    return id;
  }

  /** The key as people hand it on. */
  public String text() {
    byte[] typed = ByteBuffer.allocate(1 + bytes.length).put(type.number()).put(bytes).array();
    return name + "+" + HEX.toHexDigits(id) + "+" + Base64Codec.encode(typed);
  }

  /** Whether a signature claims to be of this key. */
  boolean isNamedBy(NoteSignature signature) {
    return signature.keyId() == id && signature.name().equals(name);
  }

  /** Whether the other half of this key has signed this text; false for anything else, too. */
  boolean hasSigned(String text, NoteSignature signature) {
    byte[] signed = signature.signature();
    int at = type.timeBytes();
    if (signed.length != at + SIGNATURE_BYTES) {
      return false;
    }
    long time = at == 0 ? 0 : ByteBuffer.wrap(signed).getLong();
    if (time < 0) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(publicKey);
      verifier.update(message(type, text, time));
      return verifier.verify(signed, at, SIGNATURE_BYTES);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The bytes that a key of this type signs. */
  static byte[] message(NoteKeyType type, String text, long time) {
    String message =
        switch (type) {
          case ED25519 -> text;
          case COSIGNATURE -> "cosignature/v1\ntime " + time + "\n" + text;
        };
    return message.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteKey that && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
