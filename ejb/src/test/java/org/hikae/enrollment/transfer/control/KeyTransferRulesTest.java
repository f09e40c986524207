package org.hikae.enrollment.transfer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.enrollment.transfer.wire.KeyTransferStep.ANSWER;
import static org.hikae.enrollment.transfer.wire.KeyTransferStep.CONFIRMATION;
import static org.hikae.enrollment.transfer.wire.KeyTransferStep.KEY;
import static org.hikae.enrollment.transfer.wire.KeyTransferStep.OFFER;
import static org.hikae.enrollment.transfer.wire.KeyTransferStep.RECEIPT;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.enrollment.transfer.control.KeyTransferRules.TransferParticipant;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.junit.jupiter.api.Test;

/** HK1-T-02, HK1-T-10: who may say what, and when. */
class KeyTransferRulesTest {

  private static final TransferParticipant NEW = new TransferParticipant("new", "new", "old");
  private static final TransferParticipant OLD = new TransferParticipant("old", "new", "old");
  private static final TransferParticipant FIRST = new TransferParticipant("old", "new", null);
  private static final TransferParticipant OTHER = new TransferParticipant("other", "new", "old");

  private static Set<KeyTransferStep> next(
      TransferParticipant participant, KeyTransferStep... said) {
    Set<KeyTransferStep> allowed = EnumSet.noneOf(KeyTransferStep.class);
    for (KeyTransferStep step : KeyTransferStep.values()) {
      if (KeyTransferRules.isNext(List.of(said), participant, said.length + 1, step)) {
        allowed.add(step);
      }
      assertThat(KeyTransferRules.isNext(List.of(said), participant, said.length, step)).isFalse();
      assertThat(KeyTransferRules.isNext(List.of(said), participant, said.length + 2, step))
          .isFalse();
    }
    return allowed;
  }

  @Test
  void each_message_has_its_place_and_its_speaker() {
    assertThat(next(NEW)).containsExactly(OFFER);
    assertThat(next(OLD)).isEmpty();
    assertThat(next(FIRST, OFFER)).containsExactly(ANSWER);
    assertThat(next(OLD, OFFER)).containsExactly(ANSWER);
    assertThat(next(NEW, OFFER)).isEmpty();
    assertThat(next(NEW, OFFER, ANSWER)).containsExactly(OFFER, CONFIRMATION);
    assertThat(next(OLD, OFFER, ANSWER)).isEmpty();
    assertThat(next(OLD, OFFER, ANSWER, CONFIRMATION)).containsExactly(KEY);
    assertThat(next(NEW, OFFER, ANSWER, CONFIRMATION)).isEmpty();
    assertThat(next(NEW, OFFER, ANSWER, CONFIRMATION, KEY)).containsExactly(RECEIPT);
    assertThat(next(NEW, OFFER, ANSWER, CONFIRMATION, KEY, RECEIPT)).isEmpty();
    assertThat(next(OLD, OFFER, ANSWER, CONFIRMATION, KEY, RECEIPT)).isEmpty();
  }

  @Test
  void there_are_three_offers() {
    assertThat(next(NEW, OFFER, ANSWER, OFFER, ANSWER)).containsExactly(OFFER, CONFIRMATION);
    assertThat(next(NEW, OFFER, ANSWER, OFFER, ANSWER, OFFER, ANSWER))
        .containsExactly(CONFIRMATION);
  }

  @Test
  void a_third_device_has_no_part_once_one_answers() {
    assertThat(next(OTHER, OFFER)).isEmpty();
    assertThat(OTHER.hears()).isFalse();
    assertThat(NEW.hears()).isTrue();
    assertThat(OLD.hears()).isTrue();
    assertThat(FIRST.hears()).isTrue();
  }
}
