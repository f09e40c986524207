package org.hikae.transparency.note.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.hikae.hk1.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys of notes (HK1-X-04). Those of published ones are of golang.org/x/mod, {@code sumdb/note},
 * and of transparency-dev/formats, {@code note}.
 */
class NoteKeyTest {

  private static final String PETER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  @ParameterizedTest
  @CsvSource({
    PETER + ", PeterNeumann, ED25519",
    "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop, EnochRoot, ED25519",
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k, example.com/foo,"
        + " ED25519",
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2, remora.n621.de,"
        + " COSIGNATURE",
    "Wit2+112f0455+BCy8NYvyk7N1dkxNxgrI3YAJzQDc0FIfs0q7q8U/cwOF, Wit2, COSIGNATURE"
  })
  void a_published_key_is_read_and_written_the_same(String text, String name, NoteKeyType type)
      throws Exception {
    NoteKey key = NoteKey.parse(text);
    assertThat(key.name()).isEqualTo(name);
    assertThat(key.type()).isEqualTo(type);
    assertThat(key.text()).isEqualTo(text);
    assertThat(key).hasToString(text);
    assertThat(key).isEqualTo(NoteKey.parse(text)).hasSameHashCodeAs(NoteKey.parse(text));
    assertThat(key).isNotEqualTo(text);
  }

  /** As sumdb/note's own test: every part of a key, and every character changed. */
  @Test
  void no_part_and_no_change_of_a_key_is_one() {
    for (int from = 0; from <= PETER.length(); from++) {
      for (int to = from; to <= PETER.length(); to++) {
        if (from != 0 || to != PETER.length()) {
          isNone(PETER.substring(from, to));
        }
      }
    }
    for (int at = 0; at < PETER.length(); at++) {
      StringBuilder changed = new StringBuilder(PETER);
      changed.setCharAt(at, (char) (PETER.charAt(at) + 1));
      isNone(changed.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!",
        "rekor.sigstore.dev+12345678+AwEB",
        "bananas.sigstore.dev+12344556",
        ""
      })
  void other_published_texts_are_none(String text) {
    isNone(text);
  }

  private static void isNone(String text) {
    assertThatThrownBy(() -> NoteKey.parse(text)).as(text).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a+b",
        "a\tb",
        "a\nb",
        "a\u00a0b",
        "a\u0085b",
        "a\u2003b",
        "a\u3000b",
        "a\u2028b",
        "a\u007fb",
        "a\u009bb",
        "a\u202eb",
        "a\u200bb",
        "\ud800",
        "a\u0000"
      })
  void what_is_no_name(String name) {
    assertThat(NoteKey.isName(name)).isFalse();
    assertThatThrownBy(() -> NoteKey.of(name, NoteKeyType.ED25519, new byte[32]))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void names_have_any_letters_and_a_length() {
    assertThat(NoteKey.isName("example.com/\u63a7\u3048-1")).isTrue();
    assertThat(NoteKey.isName("\ud83d\ude00")).isTrue();
    assertThat(NoteKey.isName("a".repeat(255))).isTrue();
    assertThat(NoteKey.isName("a".repeat(256))).isFalse();
    isNone("a".repeat(1_000_000) + "+" + PETER);
  }

  /** About half of all numbers are no point of the curve; such a key could verify nothing. */
  @Test
  void bytes_that_are_no_point_are_no_key() {
    int refused = 0;
    for (byte y = 2; y < 42; y++) {
      byte[] bytes = new byte[32];
      bytes[0] = y;
      try {
        assertThat(NoteKey.of("a", NoteKeyType.ED25519, bytes).name()).isEqualTo("a");
      } catch (MalformedException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(10, 30);
    for (int length : new int[] {0, 31, 33}) {
      assertThatThrownBy(() -> NoteKey.of("a", NoteKeyType.ED25519, new byte[length]))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void the_same_key_for_something_else_has_another_number() throws Exception {
    byte[] bytes =
        HexFormat.of().parseHex("1a5cd907143c384c41e830c5bce12aa8817ec5649aaabf2c31388b35b2d744d6");
    NoteKey note = NoteKey.of("PeterNeumann", NoteKeyType.ED25519, bytes);
    NoteKey witness = NoteKey.of("PeterNeumann", NoteKeyType.COSIGNATURE, bytes);
    assertThat(note.text()).isEqualTo(PETER);
    assertThat(note.id()).isEqualTo(0xc74f20a3).isNotEqualTo(witness.id());
    assertThat(note).isNotEqualTo(witness);
  }
}
