package org.hikae.device.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.transfer.KeyTransferFixture.BothEnds;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.hikae.hk1.TextCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices of one employee, and a portal that does what it should. */
class KeyTransferFlowTest {

  @TempDir private Path folder;
  private KeyTransferFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new KeyTransferFixture(folder);
  }

  static String wrong(String shown) {
    return String.format(Locale.ROOT, "%06d", (Integer.parseInt(shown) + 1) % 1_000_000);
  }

  /** HK1-T-02: both hear how it went, and of whom. */
  @Test
  void the_digits_that_are_shown_carry_the_key_over() throws Exception {
    BothEnds ends = fixture.transfers();
    assertThat(ends.newFailure()).isNull();
    assertThat(ends.oldFailure()).isNull();
    assertThat(ends.from()).isEqualTo("old laptop");
    GiveKeyFlow.GivenKey given = Objects.requireNonNull(ends.given());
    assertThat(given.arrived()).isTrue();
    assertThat(given.name()).isEqualTo("new laptop");
    assertThat(given.deviceId()).isEqualTo(fixture.newDevice.id());
    UnlockedSet set = Objects.requireNonNull(fixture.newDevice.set());
    assertThat(set.key()).isEqualTo(KeyTransferFixture.KEY);
    assertThat(set.generation()).isEqualTo(3);
    assertThat(ends.shown().getFirst().address()).isEqualTo(FakeKeyTransferRelay.ADDRESS);
  }

  /** HK1-T-08: the new device is not shown an older state than the old one has seen. */
  @Test
  void what_the_old_device_remembers_goes_along() throws Exception {
    fixture.transfers();
    UnlockedSet set = Objects.requireNonNull(fixture.newDevice.set());
    assertThat(set.formats()).isEqualTo(2);
    assertThat(set.signers()).containsExactly("cd".repeat(16));
    SeenSeriesHead seen = fixture.heads().get(KeyTransferFixture.OTHER_SERIES);
    assertThat(seen.sequence()).isEqualTo(7);
    assertThat(seen.stubHash()).isEqualTo("77".repeat(32));
    assertThat(seen.removed()).isTrue();
    assertThat(seen.isTaken()).isFalse();
  }

  /** HK1-T-06: three tries, each a run of its own. */
  @Test
  void a_mistyped_code_can_be_typed_again() throws Exception {
    BothEnds ends = fixture.transfers((shown, number) -> number < 3 ? wrong(shown) : shown);
    assertThat(ends.newFailure()).isNull();
    assertThat(ends.oldFailure()).isNull();
    assertThat(fixture.newDevice.set()).isNotNull();
    assertThat(fixture.relay.sent(KeyTransferStep.ANSWER)).isEqualTo(3);
  }

  /** HK1-T-06. */
  @Test
  void after_three_wrong_codes_there_is_no_fourth() throws Exception {
    BothEnds ends = fixture.transfers((shown, number) -> wrong(shown));
    assertThat(ends.newFailure()).isEqualTo("transfer.three-tries");
    assertThat(ends.oldFailure()).isIn("transfer.three-tries", "transfer.silent");
    assertThat(fixture.newDevice.set()).isNull();
    assertThat(fixture.relay.sent(KeyTransferStep.ANSWER)).isEqualTo(3);
    assertThat(fixture.relay.sent(KeyTransferStep.KEY)).isZero();
  }

  /** HK1-T-03: as people type it. */
  @Test
  void a_code_is_read_in_any_digits_with_blanks_and_hyphens() {
    for (String typed : new String[] {"123456", " 123 456 ", "123-456", "１２３ ４５６", "١٢٣٤٥٦"}) {
      assertThat(TransferCode.parse(typed).orElseThrow().shown()).isEqualTo("123456");
    }
    for (String typed : new String[] {"", "12345", "1234567", "12345a", "12345é"}) {
      assertThat(TransferCode.parse(typed)).isEmpty();
    }
    assertThat(TransferCode.parse("123456").orElseThrow()).hasToString("TransferCode(REDACTED)");
  }

  /** HK1-T-09: K of another set or generation than the portal names is kept by nobody. */
  @Test
  void a_key_of_another_generation_is_not_kept() throws Exception {
    BothEnds ends =
        fixture.transfers(
            KeyTransferFixture.set(KeyTransferFixture.SET, 4), (shown, number) -> shown);
    assertThat(ends.newFailure()).isEqualTo("rotate.other");
    assertThat(fixture.newDevice.set()).isNull();
    assertThat(Objects.requireNonNull(ends.given()).arrived()).isFalse();
  }

  /** HK1-T-08: whoever names an earlier one, and whoever still has it. */
  @Test
  void a_later_key_of_the_new_device_stays() throws Exception {
    String later = TextCodec.base64(new byte[32]);
    fixture.newDevice.changes(
        state -> state.withSet(UnlockedSet.of(KeyTransferFixture.SET, 4, later)));
    BothEnds ends = fixture.transfers();
    assertThat(ends.newFailure()).isEqualTo("rotate.set-back");
    assertThat(Objects.requireNonNull(fixture.newDevice.set()).key()).isEqualTo(later);
    assertThat(fixture.heads()).isEmpty();
  }

  /** HK1-T-08: of one generation there is one key. */
  @Test
  void another_key_of_the_same_generation_is_not_kept() throws Exception {
    String other = TextCodec.base64(new byte[32]);
    fixture.newDevice.changes(
        state -> state.withSet(UnlockedSet.of(KeyTransferFixture.SET, 3, other)));
    BothEnds ends = fixture.transfers();
    assertThat(ends.newFailure()).isEqualTo("transfer.altered");
    assertThat(Objects.requireNonNull(fixture.newDevice.set()).key()).isEqualTo(other);
  }

  /** HK1-T-11: the portal may have passed on what it did not answer. */
  @Test
  void who_sent_the_key_hears_that_it_has_gone_even_without_an_answer() throws Exception {
    fixture.relay.losesAnswerTo(KeyTransferStep.KEY);
    BothEnds ends = fixture.transfers();
    assertThat(ends.oldFailure()).isNull();
    GiveKeyFlow.GivenKey given = Objects.requireNonNull(ends.given());
    assertThat(given.name()).isEqualTo("new laptop");
    assertThat(given.arrived()).isFalse();
    assertThat(fixture.newDevice.set()).isNotNull();
  }

  /** HK1-T-04: nothing is asked of the person for a set of others. */
  @Test
  void another_set_is_not_given() throws Exception {
    BothEnds ends =
        fixture.transfers(KeyTransferFixture.set("11".repeat(16), 3), (shown, number) -> shown);
    assertThat(ends.oldFailure()).isEqualTo("transfer.none");
    assertThat(ends.newFailure()).isEqualTo("transfer.nobody-came");
  }
}
