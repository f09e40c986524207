package org.hikae.device.sealing;

/**
 * An opened chunk as part of an array, of which the rest means nothing.
 *
 * @param bytes have it
 * @param offset where it begins
 * @param length of it, in bytes
 */
public record ChunkContent(byte[] bytes, int offset, int length) {

  /** One that fills its array. */
  public static ChunkContent of(byte[] bytes) {
    return new ChunkContent(bytes, 0, bytes.length);
  }
}
