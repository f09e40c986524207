package org.hikae.device.sealing;

/**
 * A frame, ready to be sealed, as part of a larger array that stays as it is meanwhile.
 *
 * @param array where the frame lies
 * @param offset where it begins
 * @param length of the frame, in bytes
 */
public record ChunkFrameBytes(byte[] array, int offset, int length) {}
