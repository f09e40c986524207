package org.hikae.transparency.note.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hikae.hk1.MalformedException;

/**
 * One signature of a note (C2SP signed-note). Who made it is a claim until {@link
 * SignedNote#verify} has looked.
 *
 * @param name of the key
 * @param keyId {@link NoteKey#id} of the key
 * @param signature what follows the identifier; at least one byte
 */
public record NoteSignature(String name, int keyId, byte[] signature) {

  /** The dash and the space before a name. */
  private static final String MARK = "\u2014 ";

  /**
   * Copies the bytes.
   *
   * @throws IllegalArgumentException when the name is none or there is no byte
   */
  public NoteSignature {
    if (!NoteKey.isName(name) || signature.length == 0) {
      throw new IllegalArgumentException("a signature has the name of a key and some bytes");
    }
    signature = signature.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** Reads a line without its end. */
  static NoteSignature parse(String line) throws MalformedException {
    int space = line.indexOf(' ', MARK.length());
    if (!line.startsWith(MARK) || space < 0) {
      throw new MalformedException("A line of a signature is a dash, a name and Base64.");
    }
    byte[] bytes = Base64Codec.decode("signature", line.substring(space + 1));
    String name = line.substring(MARK.length(), space);
    if (bytes.length <= Integer.BYTES || !NoteKey.isName(name)) {
      throw new MalformedException("A signature has the name of a key, its number and some bytes.");
    }
    return new NoteSignature(
        name,
        ByteBuffer.wrap(bytes).getInt(),
        Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
  }

  /** The line without its end. */
  String line() {
    byte[] bytes =
        ByteBuffer.allocate(Integer.BYTES + signature.length).putInt(keyId).put(signature).array();
    return MARK + name + " " + Base64Codec.encode(bytes);
  }
}
