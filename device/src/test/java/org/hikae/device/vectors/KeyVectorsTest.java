package org.hikae.device.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.device.chunking.Chunker;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.ChainWrap;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.keys.DigitKeyException;
import org.hikae.device.keys.Subkey;
import org.hikae.device.keys.WrapSealer;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.junit.jupiter.api.Test;

/**
 * The owner key, wraps that must not open, chains and the chunker's cuts in
 * docs/spec/vectors/snapshot.json (HK1-K-02 to HK1-K-07, HK1-K-13, HK1-M-06).
 */
class KeyVectorsTest {

  private static final SpecVectors ALL = SpecVectors.of("snapshot.json");
  private static final SpecVectors DEVICE = SpecVectors.of("device.json");

  private final BackupKey key =
      BackupKey.of(DEVICE.bytes("setId"), DEVICE.number("generation"), DEVICE.secret("K"));

  private static DigitKey digits(JsonNode rows) throws DigitKeyException {
    StringBuilder typed = new StringBuilder();
    rows.forEach(row -> typed.append(row.textValue()).append('\n'));
    return DigitKey.parse(typed);
  }

  @Test
  void the_owner_key() throws Exception {
    SigningKey owner = key.ownerKey(new SecureRandom());
    assertThat(owner.encode()).isEqualTo(ALL.secret("owner", "private"));
    assertThat(owner.publicKey().encode()).isEqualTo(ALL.bytes("owner", "public"));
  }

  @Test
  void wraps_of_the_digits_that_must_not_open() throws Exception {
    try (DigitKey digits = digits(DEVICE.at("digitRows").node());
        SecretBytes secret = digits.secret()) {
      WrapSealer.open(DEVICE.bytes("digitWrap"), secret).close();
      ALL.at("wraps")
          .eachIsRefused(
              "badDigits",
              wrong -> WrapSealer.open(wrong, secret),
              MalformedException.class,
              CryptoException.class);
    }
    for (JsonNode rows : ALL.at("wraps", "badRows").node()) {
      assertThatThrownBy(() -> digits(rows)).as("%s", rows).isInstanceOf(DigitKeyException.class);
    }
  }

  @Test
  void a_chain_leads_one_generation_down() throws Exception {
    SpecVectors of = ALL.at("wraps");
    try (BackupKey older = ChainWrap.open(key, of.bytes("chain"))) {
      assertThat(older.generation()).isEqualTo(of.number("older", "generation"));
      assertThat(older.secret()).isEqualTo(of.secret("older", "K"));
    }
    of.eachIsRefused(
        "badChain",
        wrong -> ChainWrap.open(key, wrong),
        MalformedException.class,
        CryptoException.class);
  }

  private static byte[] data(int length) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (long i = 0; data.size() < length; i++) {
      data.writeBytes(Hash256.sha256(ByteBuffer.allocate(8).putLong(i).array()).toBytes());
    }
    return Arrays.copyOf(data.toByteArray(), length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static byte[] repeated(byte[] pattern, int times) {
    byte[] repeated = new byte[pattern.length * times];
    for (int at = 0; at < repeated.length; at += pattern.length) {
      System.arraycopy(pattern, 0, repeated, at, pattern.length);
    }
    return repeated;
  }

  @Test
  void cuts() throws Exception {
    byte[] mixed = data(2_700_000);
    List<byte[]> streams =
        List.of(
            new byte[0],
            new byte[] {'x'},
            data(524_288),
            data(524_289),
            mixed,
            Arrays.copyOfRange(mixed, 1000, mixed.length),
            joined(new byte[300_000], mixed),
            new byte[4_500_000],
            repeated(Arrays.copyOf(mixed, 1000), 9000));
    JsonNode expected = ALL.at("cuts", "streams").node();
    assertThat(expected).hasSize(streams.size());
    for (int i = 0; i < streams.size(); i++) {
      SpecVectors of = new SpecVectors(expected.get(i));
      assertThat(Hash256.sha256(streams.get(i))).as(of.text("what")).isEqualTo(of.hash("sha256"));
      assertThat(ends(1, streams.get(i))).as(of.text("what")).isEqualTo(numbers(of, "ends"));
      assertThat(ends(2, streams.get(i))).as(of.text("what")).isEqualTo(numbers(of, "ends2"));
    }
  }

  @Test
  void cuts_in_zeros_with_windows_of_known_numbers() throws Exception {
    for (JsonNode each : ALL.at("cuts", "zeros").node()) {
      SpecVectors of = new SpecVectors(each);
      byte[] stream = new byte[(int) of.number("length")];
      for (JsonNode placed : of.at("windows").node()) {
        byte[] window = new SpecVectors(placed).bytes("bytes");
        int end = (int) new SpecVectors(placed).number("end");
        System.arraycopy(window, 0, stream, end - window.length, window.length);
      }
      assertThat(Hash256.sha256(stream)).as(of.text("what")).isEqualTo(of.hash("sha256"));
      assertThat(ends(2, stream)).as(of.text("what")).isEqualTo(numbers(of, "ends2"));
    }
  }

  private static List<Long> numbers(SpecVectors of, String name) {
    return of.at(name).node().valueStream().map(JsonNode::longValue).toList();
  }

  private List<Long> ends(int number, byte[] stream) throws Exception {
    List<Long> ends = new ArrayList<>();
    long[] at = {0};
    Chunker chunker = Chunker.of(number, key.subkey(Subkey.CDC));
    Chunker.Sink<RuntimeException> sink =
        (chunk, offset, length) -> {
          at[0] += length;
          ends.add(at[0]);
        };
    chunker.write(stream, 0, stream.length, sink);
    chunker.finish(sink);
    return ends;
  }
}
