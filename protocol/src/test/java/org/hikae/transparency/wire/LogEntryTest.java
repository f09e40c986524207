package org.hikae.transparency.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.testing.SpecNumbers;
import org.hikae.vault.wire.SignedCard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries of the portal's log (HK1-X-07). */
class LogEntryTest {

  private static final SignedCard CARD =
      new SignedCard(new byte[] {1, 2}, new byte[91], new byte[Hk1Constants.SIGNATURE_BYTES]);

  @Test
  void kinds_have_the_numbers_of_the_specification() {
    Map<String, Long> numbers = new TreeMap<>();
    for (LogEntryKind kind : LogEntryKind.values()) {
      numbers.put(kind.name(), (long) kind.number());
    }
    assertThat(numbers).isEqualTo(SpecNumbers.of("log-entry"));
  }

  /** The bytes are those of the rule, written by hand. */
  @Test
  void a_consent_text_stands_there_by_its_hash() {
    LogEntry entry = LogEntry.ofConsent(7, "en", "Title", "One.\n\nTwo.");
    assertThat(HexFormat.of().formatHex(entry.encode()))
        .isEqualTo(
            "0000000d"
                + "484b31206c6f6720656e747279" // HK1 log entry
                + "00000001"
                + "02"
                + "00000032"
                + "00000004"
                + "00000007"
                + "00000002"
                + "656e"
                + "00000020"
                // sha256sum of the two with their lengths, 00000005 and 0000000a
                + "e8d89ddffa669f9fdc3552247093f3fe30d62c1435210d6b4795a683a805938f");
    assertThat(entry.leaf()).isEqualTo(MerkleHasher.leaf(entry.encode()));
  }

  @Test
  void what_was_published_differs_in_its_entry() {
    LogEntry entry = LogEntry.ofConsent(7, "en", "Title", "Body");
    for (LogEntry other :
        new LogEntry[] {
          LogEntry.ofConsent(8, "en", "Title", "Body"),
          LogEntry.ofConsent(7, "ja", "Title", "Body"),
          LogEntry.ofConsent(7, "en", "Titel", "Body"),
          LogEntry.ofConsent(7, "en", "Title", "Body."),
          LogEntry.ofConsent(7, "en", "TitleB", "ody"),
          LogEntry.ofCard(CARD)
        }) {
      assertThat(other.leaf()).isNotEqualTo(entry.leaf());
    }
  }

  /** Who has seen a signature makes the other one of the same card; n is that of P-256. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000001,"
        + " ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550",
    "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8,"
        + " 7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a9"
  })
  void a_card_is_one_entry_with_both_forms_of_its_signature(String smaller, String larger)
      throws Exception {
    LogEntry entry = LogEntry.ofCard(card(smaller));
    assertThat(LogEntry.ofCard(card(larger)).leaf()).isEqualTo(entry.leaf());
    assertThat(SignedCard.parse(entry.content()).signature()).isEqualTo(card(smaller).signature());
  }

  private static SignedCard card(String s) {
    byte[] signature = HexFormat.of().parseHex("0a".repeat(32) + s);
    return new SignedCard(CARD.card(), CARD.rootKey(), signature);
  }

  @Test
  void an_entry_is_read_as_it_was_written() throws Exception {
    LogEntry entry = LogEntry.ofCard(CARD);
    LogEntry read = LogEntry.parse(entry.encode());
    assertThat(read.kind()).isEqualTo(LogEntryKind.VAULT_CARD);
    assertThat(SignedCard.parse(read.content()).card()).isEqualTo(CARD.card());
    LogEntry longest = new LogEntry(LogEntryKind.VAULT_CARD, new byte[LogEntry.MAX_CONTENT_BYTES]);
    assertThat(longest.encode()).hasSizeLessThanOrEqualTo(LogEntry.MAX_BYTES);
    assertThat(LogEntry.parse(longest.encode()).content()).isEqualTo(longest.content());
  }

  @Test
  void another_form_is_none() {
    byte[] good = LogEntry.ofCard(CARD).encode();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> LogEntry.parse(cut)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> LogEntry.parse(Arrays.copyOf(good, good.length + 1)))
        .isInstanceOf(MalformedException.class);
    byte[] unknown = Transcript.of("log entry").addU8(77).add(new byte[1]).toBytes();
    assertThatThrownBy(() -> LogEntry.parse(unknown)).isInstanceOf(MalformedException.class);
    byte[] foreign = Transcript.of("vault card").addU8(1).add(new byte[1]).toBytes();
    assertThatThrownBy(() -> LogEntry.parse(foreign)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(
            () -> new LogEntry(LogEntryKind.VAULT_CARD, new byte[LogEntry.MAX_CONTENT_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
