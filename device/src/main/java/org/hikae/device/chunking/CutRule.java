package org.hikae.device.chunking;

/**
 * Where data have a cut: it depends on a key and on some bytes before the position, and on nothing
 * else. One instance serves one thread.
 */
interface CutRule {

  /**
   * The first position in {@code [from, to)} after which there is a cut.
   *
   * @param from so far after the start of the data that all bytes that decide are there
   * @return length of the chunk from 0, or -1 when there is no cut
   */
  int find(byte[] data, int from, int to);
}
