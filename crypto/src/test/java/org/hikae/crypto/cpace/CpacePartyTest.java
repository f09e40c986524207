package org.hikae.crypto.cpace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.testing.RfcVectors;
import org.junit.jupiter.api.Test;

/** Two parties, and somebody who carries their messages. */
class CpacePartyTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] CHANNEL = RfcVectors.ascii("old device, new device");
  private static final byte[] SESSION = RfcVectors.ascii("a session of its own");
  private static final byte[] FIRST = RfcVectors.ascii("first");
  private static final byte[] SECOND = RfcVectors.ascii("second");
  private static final String PURPOSE = "hand over";

  private static CpaceInput input(String code, byte[] channel, byte[] session) {
    return new CpaceInput(SecretBytes.copyOf(RfcVectors.ascii(code)), channel, session);
  }

  private static CpaceInput input() {
    return input("123456", CHANNEL, SESSION);
  }

  /** Both ends of a run, as each saw the other's message. */
  private record Ends(CpaceSession initiator, CpaceSession responder) {

    static Ends of(CpaceInput one, CpaceInput other) throws CryptoException {
      CpaceParty initiator = CpaceParty.initiator(one, FIRST, RANDOM);
      CpaceParty responder = CpaceParty.responder(other, SECOND, RANDOM);
      return new Ends(initiator.finish(responder.message()), responder.finish(initiator.message()));
    }

    void requireApart() {
      byte[] fromInitiator = initiator.confirmation();
      byte[] fromResponder = responder.confirmation();
      assertRefused(initiator, fromResponder);
      assertRefused(responder, fromInitiator);
    }
  }

  private static void assertRefused(CpaceSession session, byte[] confirmation) {
    assertThatThrownBy(() -> session.confirm(confirmation)).isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> session.key(PURPOSE)).isInstanceOf(IllegalStateException.class);
    // One guess: the right one does not count any more either.
    assertThatThrownBy(session::confirmation).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void who_knows_the_same_code_comes_to_the_same_keys() throws CryptoException {
    Ends ends = Ends.of(input(), input());
    assertThatThrownBy(() -> ends.initiator().key(PURPOSE))
        .isInstanceOf(IllegalStateException.class);
    ends.initiator().confirm(ends.responder().confirmation());
    ends.responder().confirm(ends.initiator().confirmation());
    SecretBytes key = ends.initiator().key(PURPOSE);
    assertThat(key.length()).isEqualTo(32);
    assertThat(ends.responder().key(PURPOSE)).isEqualTo(key);
    assertThat(ends.initiator().key("another purpose")).isNotEqualTo(key);
    ends.initiator().close();
    assertThatThrownBy(() -> ends.initiator().key(PURPOSE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void each_run_has_another_key() throws CryptoException {
    Ends one = Ends.of(input(), input());
    Ends other = Ends.of(input(), input());
    assertThat(one.initiator().sessionKey()).isNotEqualTo(other.initiator().sessionKey());
    assertRefused(one.initiator(), other.responder().confirmation());
  }

  @Test
  void another_code_channel_or_session_is_another_key() throws CryptoException {
    for (CpaceInput other :
        List.of(
            input("123457", CHANNEL, SESSION),
            input("123456", RfcVectors.ascii("old device, another"), SESSION),
            input("123456", CHANNEL, RfcVectors.ascii("a session of others")))) {
      Ends.of(input(), other).requireApart();
    }
  }

  @Test
  void two_of_the_same_role_come_to_no_key() throws CryptoException {
    CpaceParty one = CpaceParty.initiator(input(), FIRST, RANDOM);
    CpaceParty other = CpaceParty.initiator(input(), FIRST, RANDOM);
    CpaceSession first = one.finish(other.message());
    CpaceSession second = other.finish(one.message());
    new Ends(first, second).requireApart();
  }

  @Test
  void who_changes_a_message_on_the_way_is_found_out() throws CryptoException {
    CpaceParty initiator = CpaceParty.initiator(input(), FIRST, RANDOM);
    CpaceParty responder = CpaceParty.responder(input(), SECOND, RANDOM);
    CpaceMessage changed = new CpaceMessage(initiator.message().share(), SECOND);
    CpaceSession one = initiator.finish(responder.message());
    CpaceSession other = responder.finish(changed);
    new Ends(one, other).requireApart();

    CpaceParty again = CpaceParty.initiator(input(), FIRST, RANDOM);
    CpaceParty answering = CpaceParty.responder(input(), SECOND, RANDOM);
    CpaceMessage ofAnother = new CpaceMessage(Element.generator(), SECOND);
    new Ends(again.finish(ofAnother), answering.finish(again.message())).requireApart();
  }

  @Test
  void the_own_message_and_the_own_confirmation_do_not_come_back() throws CryptoException {
    CpaceParty initiator = CpaceParty.initiator(input(), FIRST, RANDOM);
    assertThatThrownBy(() -> initiator.finish(initiator.message()))
        .isInstanceOf(CryptoException.class);
    Ends ends = Ends.of(input(), input());
    assertRefused(ends.initiator(), ends.initiator().confirmation());
  }

  @Test
  void a_party_takes_one_message() throws CryptoException {
    CpaceParty initiator = CpaceParty.initiator(input(), FIRST, RANDOM);
    CpaceMessage answer = CpaceParty.responder(input(), SECOND, RANDOM).message();
    initiator.finish(answer);
    assertThatThrownBy(() -> initiator.finish(answer)).isInstanceOf(IllegalStateException.class);
    CpaceParty other = CpaceParty.initiator(input(), FIRST, RANDOM);
    assertThatThrownBy(() -> other.finish(other.message())).isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> other.finish(answer)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_confirmation_of_another_form_is_refused() throws CryptoException {
    for (int length : new int[] {0, 31, 33}) {
      Ends ends = Ends.of(input(), input());
      byte[] confirmation = Arrays.copyOf(ends.responder().confirmation(), length);
      assertRefused(ends.initiator(), confirmation);
    }
    Ends ends = Ends.of(input(), input());
    assertRefused(ends.initiator(), RfcVectors.flip(ends.responder().confirmation(), 0));
  }

  @Test
  void a_share_of_another_form_is_refused() throws CryptoException {
    byte[] share = CpaceParty.initiator(input(), FIRST, RANDOM).message().encodedShare();
    byte[] compressed = Element.decodeUncompressed(share).encode();
    for (byte[] wrong :
        List.of(
            new byte[0],
            new byte[65],
            compressed,
            Arrays.copyOf(share, 64),
            Arrays.copyOf(share, 66),
            RfcVectors.flip(share, 8 * 64))) {
      assertThatThrownBy(() -> CpaceMessage.decode(wrong, FIRST))
          .isInstanceOf(CryptoException.class);
    }
    assertThatThrownBy(() -> CpaceMessage.decode(share, new byte[1025]))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void inputs_have_bounds_and_show_nothing() {
    assertThatThrownBy(() -> input("", CHANNEL, SESSION))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> input("1", CHANNEL, new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> input("1", new byte[1025], SESSION))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> input("1", CHANNEL, new byte[1025]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> input("1".repeat(1025), CHANNEL, SESSION))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(input("1", new byte[1024], new byte[16]).channel()).hasSize(1024);
    assertThat(input("1".repeat(1024), new byte[0], new byte[1024]).sessionId()).hasSize(1024);
    assertThat(input()).hasToString("CpaceInput(REDACTED)");
    CpaceMessage message = CpaceParty.initiator(input(), FIRST, RANDOM).message();
    assertThat(message).hasToString("CpaceMessage(REDACTED)");
  }

  @Test
  void associated_data_has_at_most_1024_bytes_and_is_a_copy() throws CryptoException {
    byte[] most = new byte[1024];
    CpaceMessage message = new CpaceMessage(Element.generator(), most);
    most[0] = 1;
    message.associatedData()[1] = 1;
    assertThat(message.associatedData()).isEqualTo(new byte[1024]);
    assertThat(CpaceMessage.decode(message.encodedShare(), most).associatedData()).isEqualTo(most);
    assertThatThrownBy(() -> new CpaceMessage(Element.generator(), new byte[1025]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_session_shows_nothing_and_has_no_keys_once_it_is_closed() throws CryptoException {
    CpaceSession session = Ends.of(input(), input()).initiator();
    assertThat(session).hasToString("CpaceSession(REDACTED)");
    session.close();
    assertThatThrownBy(() -> session.sessionKey().expose())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(session::confirmation).isInstanceOf(IllegalStateException.class);
  }
}
