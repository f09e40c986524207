package org.hikae.device.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HK1-C-02, HK1-M-06: what both chunkers have in common. */
@EveryThirdRun
class ChunkerTest {

  private static final int MEBIBYTE = 1024 * 1024;

  private static SecretBytes key(int value) {
    byte[] key = new byte[32];
    key[0] = (byte) value;
    return SecretBytes.take(key);
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(11).nextBytes(noise);
    return noise;
  }

  private static List<byte[]> cut(Chunker chunker, byte[] data) throws IOException {
    List<byte[]> chunks = new ArrayList<>();
    int[] at = {0};
    long total =
        chunker.<RuntimeException>cut(
            (into, offset, length) -> {
              int part = Math.min(length, data.length - at[0]);
              System.arraycopy(data, at[0], into, offset, part);
              at[0] += part;
              return part;
            },
            (chunk, offset, length) ->
                chunks.add(java.util.Arrays.copyOfRange(chunk, offset, offset + length)));
    assertThat(total).isEqualTo(data.length);
    return chunks;
  }

  private static Set<Long> ends(List<byte[]> chunks) {
    Set<Long> ends = new HashSet<>();
    long at = 0;
    for (byte[] chunk : chunks) {
      at += chunk.length;
      ends.add(at);
    }
    return ends;
  }

  private static Set<Hash256> hashes(List<byte[]> chunks) {
    Set<Hash256> hashes = new HashSet<>();
    chunks.forEach(chunk -> hashes.add(Hash256.sha256(chunk)));
    return hashes;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void chunks_join_to_the_whole_and_keep_their_bounds(int number) throws Exception {
    byte[] data = noise(40 * MEBIBYTE + 12_345);
    List<byte[]> chunks = cut(Chunker.of(number, key(1)), data);
    int at = 0;
    for (byte[] chunk : chunks) {
      assertThat(chunk).isEqualTo(java.util.Arrays.copyOfRange(data, at, at + chunk.length));
      at += chunk.length;
      assertThat(chunk.length).isLessThanOrEqualTo(Chunker.MAX_BYTES);
      if (at < data.length) {
        assertThat(chunk.length).isGreaterThanOrEqualTo(Chunker.MIN_BYTES);
      }
    }
    assertThat(at).isEqualTo(data.length);
    assertThat(data.length / chunks.size()).isBetween(700_000, 1_500_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void up_to_512_kib_nothing_is_cut(int number) throws Exception {
    for (int length : new int[] {1, 63, 64, 262_144, 262_145, 524_287, 524_288}) {
      assertThat(cut(Chunker.of(number, key(1)), noise(length))).hasSize(1);
    }
    assertThat(cut(Chunker.of(number, key(1)), new byte[0])).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void two_keys_share_few_cuts(int number) throws Exception {
    byte[] data = noise(40 * MEBIBYTE);
    Set<Long> one = ends(cut(Chunker.of(number, key(1)), data));
    Set<Long> two = ends(cut(Chunker.of(number, key(2)), data));
    Set<Long> shared = new HashSet<>(one);
    shared.retainAll(two);
    assertThat(one.size()).isGreaterThan(24);
    // The end of the data is shared by all.
    assertThat(shared.size()).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void seven_bytes_at_the_front_leave_nearly_all_chunks_as_they_were(int number) throws Exception {
    byte[] data = noise(40 * MEBIBYTE);
    byte[] longer = new byte[data.length + 7];
    System.arraycopy(data, 0, longer, 7, data.length);
    Set<Hash256> before = hashes(cut(Chunker.of(number, key(1)), data));
    Set<Hash256> kept = hashes(cut(Chunker.of(number, key(1)), longer));
    kept.retainAll(before);
    assertThat(kept.size()).isGreaterThanOrEqualTo(before.size() - 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void what_is_written_in_pieces_is_cut_the_same(int number) throws Exception {
    byte[] data = noise(9 * MEBIBYTE);
    Chunker chunker = Chunker.of(number, key(1));
    List<byte[]> whole = cut(chunker, data);
    List<byte[]> pieces = new ArrayList<>();
    Chunker.Sink<RuntimeException> sink =
        (chunk, offset, length) ->
            pieces.add(java.util.Arrays.copyOfRange(chunk, offset, offset + length));
    Random sizes = new Random(3);
    int at = 0;
    while (at < data.length) {
      int part = Math.min(data.length - at, 1 + sizes.nextInt(700_000));
      chunker.write(data, at, part, sink);
      at += part;
    }
    chunker.finish(sink);
    assertThat(ends(pieces)).isEqualTo(ends(whole));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_run_of_zeros_is_cut_evenly(int number) throws Exception {
    List<byte[]> chunks = cut(Chunker.of(number, key(1)), new byte[20 * MEBIBYTE]);
    assertThat(chunks.subList(0, chunks.size() - 1))
        .allMatch(chunk -> chunk.length == chunks.getFirst().length);
  }

  @Test
  void there_is_no_other_chunker() {
    for (int number : new int[] {-1, 0, 3}) {
      assertThatThrownBy(() -> Chunker.of(number, key(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
