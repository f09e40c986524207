package org.hikae.device.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/**
 * HK1-M-06: the rule of chunker 2, against one that looks at one window after the other. Cuts are
 * rare, so data are made that have them where something could go wrong.
 */
@EveryThirdRun
class MacCutRuleTest {

  private static final int WINDOW = 64;
  private static final int BLOCK = 16;
  private static final int KIBIBYTE = 1024;
  private static final int LEAST = 256 * KIBIBYTE;
  private static final int WHOLE = 512 * KIBIBYTE;
  private static final int MOST = 4096 * KIBIBYTE;

  /** Under this key a run of the byte {@link #CUT_BYTE} has a cut everywhere. */
  private static final byte[] KEY = Arrays.copyOf(new byte[] {20, 10}, 32);

  private static final byte CUT_BYTE = (byte) 145;

  /** First numbers that make a candidate, and MACs that make a cut of it, are below these. */
  private static final int CANDIDATE = 1 << 24;

  private static final int MAC = 1_398_101;

  private final Random random = new Random(26);
  private final Cipher numbers = cipher(0, "ECB", Cipher.ENCRYPT_MODE);
  private final Cipher numberDecryption = cipher(0, "ECB", Cipher.DECRYPT_MODE);
  private final Cipher macs = cipher(1, "CBC", Cipher.ENCRYPT_MODE);
  private final Cipher macDecryption = cipher(1, "ECB", Cipher.DECRYPT_MODE);

  private static SecretBytes key() {
    return SecretBytes.copyOf(KEY);
  }

  private static Cipher cipher(int number, String mode, int purpose) {
    byte[] info = "HK1 cdc 2".getBytes(StandardCharsets.US_ASCII);
    try (SecretBytes derived = Hkdf.derive(new byte[0], key(), info, 64)) {
      byte[] aes = Arrays.copyOfRange(derived.expose(), 32 * number, 32 * number + 32);
      Cipher cipher = Cipher.getInstance("AES/" + mode + "/NoPadding");
      IvParameterSpec iv = mode.equals("CBC") ? new IvParameterSpec(new byte[BLOCK]) : null;
      cipher.init(purpose, new SecretKeySpec(aes, "AES"), iv);
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  /** Makes the position a cut. */
  private void place(byte[] data, int position) {
    place(data, position, random.nextInt(CANDIDATE), random.nextInt(MAC));
  }

  /** Puts a window before the position that has this number and this MAC. */
  private void place(byte[] data, int position, int number, int mac) {
    place(data, position, decrypt(0, number), mac);
  }

  private void place(byte[] data, int position, byte[] last, int mac) {
    byte[] linked = decrypt(1, mac);
    for (int i = 0; i < BLOCK; i++) {
      linked[i] ^= last[i];
    }
    // Both keys are known here, so the third block can be made to lead to the MAC.
    byte[] start = noise(2 * BLOCK);
    byte[] third = macDecryption.update(linked);
    byte[] state = mac(start);
    for (int i = 0; i < BLOCK; i++) {
      third[i] ^= state[i];
    }
    ByteBuffer.wrap(data, position - WINDOW, WINDOW).put(start).put(third).put(last);
  }

  private byte[] decrypt(int key, int number) {
    byte[] block = ByteBuffer.wrap(noise(BLOCK)).putInt(number).array();
    return (key == 0 ? numberDecryption : macDecryption).update(block);
  }

  private byte[] mac(byte[] message) {
    byte[] sealed = cbc(message);
    return Arrays.copyOfRange(sealed, sealed.length - BLOCK, sealed.length);
  }

  private byte[] cbc(byte[] message) {
    try {
      return macs.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every position that is a cut, each window for itself. */
  private BitSet cuts(byte[] data) {
    BitSet cuts = new BitSet();
    int batch = 64 * KIBIBYTE;
    byte[] blocks = new byte[batch * BLOCK];
    for (int from = WINDOW; from < data.length; from += batch) {
      int count = Math.min(batch, data.length - from);
      for (int i = 0; i < count; i++) {
        System.arraycopy(data, from + i - BLOCK, blocks, i * BLOCK, BLOCK);
      }
      ByteBuffer read = ByteBuffer.wrap(numbers.update(blocks, 0, count * BLOCK));
      for (int i = 0; i < count; i++) {
        if (Integer.toUnsignedLong(read.getInt(i * BLOCK)) < CANDIDATE) {
          byte[] mac = mac(Arrays.copyOfRange(data, from + i - WINDOW, from + i));
          cuts.set(from + i, Integer.toUnsignedLong(ByteBuffer.wrap(mac).getInt()) < MAC);
        }
      }
    }
    return cuts;
  }

  /** Where chunks end, by the words of the specification. */
  private List<Integer> ends(byte[] data) {
    BitSet cuts = data.length > WHOLE ? cuts(data) : new BitSet();
    List<Integer> ends = new ArrayList<>();
    int start = 0;
    while (start < data.length) {
      int end = Math.min(data.length, start + MOST);
      int cut = cuts.nextSetBit(start + LEAST);
      start = data.length > WHOLE && cut >= 0 && cut < end ? cut : end;
      ends.add(start);
    }
    return ends;
  }

  private List<Integer> endsOfChunker(byte[] data, int piece) throws IOException {
    List<Integer> ends = new ArrayList<>();
    int[] end = {0};
    Chunker.Sink<RuntimeException> sink =
        (chunk, offset, length) -> {
          int start = end[0];
          end[0] += length;
          assertThat(Arrays.equals(chunk, offset, offset + length, data, start, end[0])).isTrue();
          ends.add(end[0]);
        };
    Chunker chunker = Chunker.of(2, key());
    for (int at = 0; at < data.length; at += piece) {
      chunker.write(data, at, Math.min(piece, data.length - at), sink);
    }
    chunker.finish(sink);
    return ends;
  }

  @Test
  void each_cut_is_found_wherever_the_search_begins_and_ends() {
    byte[] data = noise(5 * MacCutRule.BATCH);
    for (int i = 0; i < 300; i++) {
      int position = WINDOW + random.nextInt(data.length - WINDOW);
      // Some are candidates and no cuts, and some would be cuts if they were candidates.
      place(data, position, random.nextInt(CANDIDATE) << i % 2, random.nextInt(MAC) << i % 3);
    }
    BitSet cuts = cuts(data);
    assertThat(cuts.cardinality()).isBetween(50, 250);
    MacCutRule rule = new MacCutRule(key());
    for (int i = 0; i < 4000; i++) {
      int from = WINDOW + random.nextInt(data.length - WINDOW);
      int most = i % 2 == 0 ? 3 * BLOCK : data.length;
      int to = Math.min(data.length, from + 1 + random.nextInt(most));
      int expected = cuts.nextSetBit(from);
      assertThat(rule.find(data, from, to))
          .as("from %d to %d", from, to)
          .isEqualTo(expected >= 0 && expected < to ? expected : -1);
    }
  }

  @Test
  void a_cut_is_found_at_each_place_of_a_batch_s_edges() {
    int from = 100;
    int edge = from + MacCutRule.BATCH;
    MacCutRule rule = new MacCutRule(key());
    for (int position = edge - 20; position <= edge + 20; position++) {
      byte[] data = new byte[edge + 40];
      place(data, position);
      assertThat(rule.find(data, from, data.length)).isEqualTo(position);
      // The position itself is not in this range.
      assertThat(rule.find(data, from, position)).isEqualTo(-1);
      assertThat(rule.find(data, position, position + 1)).isEqualTo(position);
    }
  }

  @Test
  void the_first_cut_is_found_among_more_candidates_than_are_looked_at_together() {
    // Every second block is one, and windows differ.
    byte[] data = noise(WINDOW + MacCutRule.BATCH);
    byte[] candidate = decrypt(0, 0);
    for (int at = WINDOW; at < data.length; at += 2 * BLOCK) {
      System.arraycopy(candidate, 0, data, at, BLOCK);
    }
    assertThat(cuts(data).cardinality()).isZero();
    MacCutRule rule = new MacCutRule(key());
    assertThat(rule.find(data, WINDOW, data.length)).isEqualTo(-1);
    for (int position = data.length - 5; position > WINDOW; position -= 1111) {
      place(data, position);
      assertThat(rule.find(data, WINDOW, data.length)).isEqualTo(position);
    }
    // Candidates around it end as it does.
    int position = WINDOW + 25 * BLOCK;
    place(data, position, candidate, 0);
    assertThat(rule.find(data, WINDOW, data.length)).isEqualTo(position);
  }

  @Test
  void of_equal_windows_the_first_is_found() {
    for (int period : new int[] {WINDOW, WINDOW + 1, WINDOW + BLOCK, 1000}) {
      byte[] data = new byte[3 * MacCutRule.BATCH];
      place(data, 1000);
      for (int i = 1000; i < data.length; i++) {
        data[i] = data[i - period];
      }
      BitSet cuts = cuts(data);
      assertThat(cuts.cardinality()).isGreaterThan(10);
      MacCutRule rule = new MacCutRule(key());
      for (int i = 0; i < 200; i++) {
        int from = WINDOW + random.nextInt(data.length - WINDOW);
        assertThat(rule.find(data, from, data.length))
            .as("period %d, from %d", period, from)
            .isEqualTo(cuts.nextSetBit(from));
      }
    }
  }

  @Test
  void what_is_longer_than_the_buffer_is_cut_as_the_words_say() throws Exception {
    byte[] data = noise(9 * 1024 * KIBIBYTE + 77);
    // Around what the chunker reads before it looks, around the least and the longest chunk.
    for (int position = LEAST; position < 5 * 1024 * KIBIBYTE; position += 3 * LEAST) {
      place(data, position + random.nextInt(40) - 20);
    }
    int[] near = {-17, 16, 15, 0, 1, 17, 16, 64};
    for (int i = 0; i < near.length; i++) {
      place(data, 6 * 1024 * KIBIBYTE + i * LEAST + near[i]);
    }
    List<Integer> expected = ends(data);
    assertThat(expected).hasSizeGreaterThan(10);
    for (int piece : new int[] {data.length, LEAST, LEAST - 1, 100_003}) {
      assertThat(endsOfChunker(data, piece)).as("in pieces of %d", piece).isEqualTo(expected);
    }
  }

  @Test
  void the_ends_of_short_data_are_as_the_words_say() throws Exception {
    for (int length : new int[] {1, 16, LEAST, LEAST + 1, WHOLE, WHOLE + 1, MOST, MOST + 1}) {
      byte[] data = noise(length);
      for (int back : new int[] {0, 65, LEAST, LEAST + 65}) {
        if (length - back >= WINDOW) {
          place(data, length - back);
        }
      }
      assertThat(endsOfChunker(data, length)).as("%d bytes", length).isEqualTo(ends(data));
    }
  }

  /** One of the two, whatever the byte: chunks of a run are equal, so that one is stored. */
  @Test
  void a_run_of_one_byte_is_cut_at_each_least_or_each_longest_chunk() throws Exception {
    int length = 2 * MOST;
    byte[] run = new byte[length];
    Arrays.fill(run, CUT_BYTE);
    List<Integer> least = new ArrayList<>();
    for (int end = LEAST; end <= length; end += LEAST) {
      least.add(end);
    }
    assertThat(endsOfChunker(run, length)).isEqualTo(least).isEqualTo(ends(run));
    Arrays.fill(run, (byte) (CUT_BYTE + 1));
    assertThat(endsOfChunker(run, length)).containsExactly(MOST, length).isEqualTo(ends(run));
  }
}
