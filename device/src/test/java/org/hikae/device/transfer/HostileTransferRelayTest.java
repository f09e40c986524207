package org.hikae.device.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.device.transfer.KeyTransferFixture.BothEnds;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * HK1-T-05, HK1-T-06, HK1-T-07: a portal that does what it likes, while the person reads and types
 * the right digits.
 */
@EveryThirdRun
class HostileTransferRelayTest {

  @TempDir private Path folder;
  private int places;

  private KeyTransferFixture fixture() throws Exception {
    return new KeyTransferFixture(folder.resolve(String.valueOf(places++)));
  }

  private static KeyTransferMessage with(KeyTransferMessage message, byte[] body) {
    return new KeyTransferMessage(message.number(), message.step(), TextCodec.base64(body));
  }

  /** Each field of a body changed at its beginning and its end, cut, and left out. */
  private static List<byte[]> tampered(KeyTransferStep step, byte[] body)
      throws MalformedException {
    List<byte[]> all = new ArrayList<>();
    all.add(new byte[0]);
    all.add(Arrays.copyOf(body, body.length - 1));
    all.add(Arrays.copyOf(body, body.length + 1));
    if (step == KeyTransferStep.KEY || step == KeyTransferStep.RECEIPT) {
      for (int at : new int[] {0, body.length / 2, body.length - 1}) {
        all.add(flipped(body, at));
      }
      return all;
    }
    List<byte[]> fields = fields(body);
    for (int i = 0; i < fields.size(); i++) {
      byte[] field = fields.get(i);
      for (byte[] other :
          List.of(flipped(field, 0), flipped(field, field.length - 1), new byte[0])) {
        List<byte[]> changed = new ArrayList<>(fields);
        changed.set(i, other);
        Transcript out = Transcript.fields();
        changed.forEach(out::add);
        all.add(out.toBytes());
      }
    }
    return all;
  }

  private static List<byte[]> fields(byte[] body) throws MalformedException {
    List<byte[]> fields = new ArrayList<>();
    TranscriptReader in = new TranscriptReader(body);
    while (!in.atEnd()) {
      fields.add(in.atMost("field", body.length));
    }
    return fields;
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }

  /** What one way of changing each message of a step leads to. */
  private void assertFailsClosed(
      KeyTransferFixture fixture, KeyTransferStep step, BothEnds ends, String how)
      throws Exception {
    if (step == KeyTransferStep.RECEIPT) {
      // K has arrived by then, and the old device says that it did not hear of it.
      assertThat(ends.given()).as(how).isNotNull();
      assertThat(ends.given().arrived()).as(how).isFalse();
      return;
    }
    assertThat(fixture.newDevice.set()).as(how).isNull();
    assertThat(fixture.heads()).as(how).isEmpty();
    assertThat(ends.newFailure()).as(how).startsWith("transfer.");
    if (step != KeyTransferStep.KEY) {
      assertThat(ends.oldFailure()).as(how).startsWith("transfer.");
      assertThat(fixture.relay.sent(KeyTransferStep.KEY)).as(how).isZero();
    } else {
      assertThat(ends.given().arrived()).as(how).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(KeyTransferStep.class)
  void a_message_that_is_changed_anywhere_leads_to_no_key(KeyTransferStep step) throws Exception {
    int ways = 1;
    for (int way = 0; way < ways; way++) {
      KeyTransferFixture fixture = fixture();
      int[] found = {0};
      int now = way;
      fixture.relay.changes(
          (id, message) -> {
            if (message.step() != step) {
              return List.of(message);
            }
            try {
              List<byte[]> all =
                  tampered(step, TextCodec.parseBase64("body", message.body(), 1 << 17));
              found[0] = all.size();
              return List.of(with(message, all.get(now)));
            } catch (MalformedException e) {
              throw new IllegalStateException(e);
            }
          });
      BothEnds ends = fixture.transfers();
      ways = Math.max(ways, found[0]);
      assertFailsClosed(fixture, step, ends, step + ", way " + way);
    }
    assertThat(ways).isGreaterThan(5);
  }

  /** HK1-T-12. */
  @ParameterizedTest
  @EnumSource(KeyTransferStep.class)
  void a_message_that_never_arrives_ends_it_in_time(KeyTransferStep step) throws Exception {
    KeyTransferFixture fixture = fixture();
    if (step == KeyTransferStep.OFFER) {
      return;
    }
    fixture.relay.changes((id, message) -> message.step() == step ? List.of() : List.of(message));
    BothEnds ends = fixture.transfers();
    assertFailsClosed(fixture, step, ends, step.name());
    assertThat(fixture.relay.nanos()).isLessThan(KeyTransferWait.LIFE.toNanos() * 2);
  }

  @ParameterizedTest
  @EnumSource(KeyTransferStep.class)
  void a_message_that_is_called_something_else_leads_to_no_key(KeyTransferStep step)
      throws Exception {
    Set<KeyTransferStep> others = EnumSet.complementOf(EnumSet.of(step));
    for (KeyTransferStep other : others) {
      KeyTransferFixture fixture = fixture();
      fixture.relay.changes(
          (id, message) ->
              List.of(
                  message.step() == step
                      ? new KeyTransferMessage(message.number(), other, message.body())
                      : message));
      BothEnds ends = fixture.transfers();
      if (step == KeyTransferStep.KEY || step == KeyTransferStep.RECEIPT) {
        // What it is called says nothing: the bytes are sealed for this place.
        assertThat(ends.newFailure()).isNull();
      } else {
        assertFailsClosed(fixture, step, ends, step + " as " + other);
      }
    }
  }

  /** What is sent back to who said it. */
  @Test
  void an_offer_that_comes_back_as_its_own_answer_counts_as_a_wrong_try() throws Exception {
    KeyTransferFixture fixture = fixture();
    fixture.relay.changes(
        (id, message) -> {
          if (message.step() != KeyTransferStep.OFFER) {
            return List.of();
          }
          byte[] answer;
          try {
            List<byte[]> own = fields(TextCodec.parseBase64("body", message.body(), 1 << 17));
            Transcript out = Transcript.fields();
            own.forEach(out::add);
            answer = out.add(new byte[32]).toBytes();
          } catch (MalformedException e) {
            throw new IllegalStateException(e);
          }
          return List.of(
              message,
              new KeyTransferMessage(
                  message.number() + 1, KeyTransferStep.ANSWER, TextCodec.base64(answer)));
        });
    BothEnds ends = fixture.transfers();
    assertThat(ends.newFailure()).isEqualTo("transfer.three-tries");
    assertThat(fixture.newDevice.set()).isNull();
    assertThat(fixture.relay.sent(KeyTransferStep.KEY)).isZero();
  }

  /** The portal keeps answers back, and asks the old device again in the new one's name. */
  @Test
  void who_says_that_right_digits_are_wrong_gets_three_answers_and_no_key() throws Exception {
    KeyTransferFixture fixture = fixture();
    KeyTransferMessage[] offer = new KeyTransferMessage[1];
    fixture.relay.changes(
        (id, message) -> {
          if (message.step() == KeyTransferStep.OFFER) {
            offer[0] = message;
            return List.of(message);
          }
          int number = message.number() + 1;
          return List.of(
              message.step() == KeyTransferStep.ANSWER ? again(offer[0], number) : message);
        });
    BothEnds ends = fixture.transfers();
    assertThat(ends.oldFailure()).isEqualTo("transfer.three-tries");
    assertThat(ends.newFailure()).isEqualTo("transfer.nobody-came");
    assertThat(fixture.relay.sent(KeyTransferStep.ANSWER)).isEqualTo(3);
    assertThat(fixture.relay.sent(KeyTransferStep.KEY)).isZero();
  }

  /** The first offer as that of a later try. */
  private static KeyTransferMessage again(KeyTransferMessage offer, int number) {
    try {
      List<byte[]> fields = fields(TextCodec.parseBase64("body", offer.body(), 1 << 17));
      fields.set(0, new byte[] {(byte) ((number + 1) / 2)});
      Transcript out = Transcript.fields();
      fields.forEach(out::add);
      return new KeyTransferMessage(number, KeyTransferStep.OFFER, TextCodec.base64(out.toBytes()));
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A transfer that went well, told once more to the old device, with the digits of then. */
  @Test
  void what_was_said_before_gives_nothing_again() throws Exception {
    KeyTransferFixture fixture = fixture();
    fixture.transfers();
    List<KeyTransferMessage> before = fixture.relay.sent();
    KeyTransferFixture again = fixture();
    again.relay.changes(
        (id, message) -> {
          KeyTransferMessage earlier = before.get(message.number() - 1);
          return message.step().isOfNewDevice() ? List.of(earlier) : List.of(message);
        });
    // Of the same new device, so that nothing but the run differs.
    again.relay.tells(
        view ->
            new KeyTransferView(
                view.transferId(),
                view.setId(),
                fixture.newDevice.id(),
                view.deviceName(),
                view.address(),
                view.openedAt(),
                view.expiresAt(),
                view.messages()));
    BothEnds ends = again.transfers();
    assertThat(ends.oldFailure()).startsWith("transfer.");
    assertThat(again.relay.sent(KeyTransferStep.KEY)).isZero();
    assertThat(again.newDevice.set()).isNull();
  }

  /** The person chooses one device, and the portal shows the offer of another. */
  @Test
  void two_transfers_that_are_mixed_up_give_nothing() throws Exception {
    KeyTransferFixture thief = fixture();
    thief.relay.changes((id, message) -> List.of(message));
    thief.transfers((shown, number) -> KeyTransferFlowTest.wrong(shown));
    KeyTransferMessage offer = thief.relay.sent().getFirst();
    KeyTransferFixture fixture = fixture();
    fixture.relay.changes(
        (id, message) -> List.of(message.step() == KeyTransferStep.OFFER ? offer : message));
    BothEnds ends = fixture.transfers();
    assertThat(ends.oldFailure()).isEqualTo("transfer.mixed-up");
    assertThat(fixture.relay.sent(KeyTransferStep.ANSWER)).isZero();
  }

  @Test
  void another_identifier_of_the_transfer_or_the_set_gives_nothing() throws Exception {
    for (boolean ofSet : new boolean[] {false, true}) {
      KeyTransferFixture fixture = fixture();
      String[] real = {""};
      fixture.relay.tells(
          view -> {
            real[0] = view.transferId();
            return new KeyTransferView(
                ofSet
                    ? view.transferId()
                    : view.transferId()
                        .replace(
                            view.transferId().charAt(0),
                            view.transferId().charAt(0) == '0' ? '1' : '0'),
                ofSet ? "00".repeat(16) : view.setId(),
                view.deviceId(),
                view.deviceName(),
                view.address(),
                view.openedAt(),
                view.expiresAt(),
                view.messages());
          });
      BothEnds ends = fixture.transfers();
      assertThat(ends.oldFailure()).isNotNull();
      assertThat(fixture.newDevice.set()).isNull();
      assertThat(fixture.relay.sent(KeyTransferStep.KEY)).isZero();
    }
  }

  /** Whoever does not know the digits has one guess for each try, and three of them. */
  @Test
  void who_guesses_at_the_old_device_gets_three_answers_and_no_key() throws Exception {
    KeyTransferFixture fixture = fixture();
    BothEnds ends = fixture.transfers((shown, number) -> KeyTransferFlowTest.wrong(shown));
    assertThat(ends.given()).isNull();
    assertThat(fixture.relay.sent(KeyTransferStep.ANSWER)).isEqualTo(3);
    assertThat(fixture.relay.sent(KeyTransferStep.KEY)).isZero();
  }
}
