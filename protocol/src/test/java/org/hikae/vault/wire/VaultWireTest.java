package org.hikae.vault.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.junit.jupiter.api.Test;

/**
 * Every vault message reads back as it was written, and no cut or lengthened form of it is read at
 * all (HK1-V-11).
 */
class VaultWireTest {

  private static final VaultCard CARD =
      new VaultCard(3, "acme", new byte[91], new byte[65], new byte[33], "software");
  private static final SignedCard SIGNED =
      new SignedCard(CARD.signedBytes(), new byte[91], new byte[64]);
  private static final Receipt RECEIPT =
      new Receipt(
          VaultEvent.ACTIVE,
          1_800_000_000L,
          "acme",
          "sub",
          new byte[16],
          new byte[32],
          Hash256.ZERO,
          Hash256.ZERO,
          new byte[91],
          new byte[64]);

  /** Decodes and encodes again. */
  private interface Round {
    byte[] trip(byte[] bytes) throws MalformedException;
  }

  private record Case(byte[] bytes, Round round) {}

  private static Map<String, Case> cases() {
    Map<String, Case> cases = new TreeMap<>();
    cases.put("card", new Case(CARD.signedBytes(), b -> VaultCard.parse(b).signedBytes()));
    cases.put("signed card", new Case(SIGNED.encode(), b -> SignedCard.parse(b).encode()));
    cases.put("receipt", new Case(RECEIPT.encode(), b -> Receipt.parse(b).encode()));
    cases.put(
        "envelope",
        new Case(
            new VaultEnvelope(VaultMessageType.STATUS, 3, new byte[99]).encode(),
            b -> VaultEnvelope.parse(b).encode()));
    cases.put(
        "request",
        new Case(
            new VaultRequest(9, "token", new byte[16], new byte[91], new byte[5], new byte[64])
                .encode(),
            b -> VaultRequest.parse(b).encode()));
    cases.put(
        "done",
        new Case(new VaultReply.Done(new byte[7]).encode(), b -> VaultReply.parse(b).encode()));
    cases.put(
        "refused",
        new Case(
            new VaultReply.Refused(VaultRefusal.WAIT, 3, 60).encode(),
            b -> VaultReply.parse(b).encode()));
    cases.put(
        "outer",
        new Case(
            new VaultReply.Outer(true, new byte[7]).encode(),
            b -> VaultReply.Outer.parse(b).encode()));
    payloads(cases);
    return cases;
  }

  private static void payloads(Map<String, Case> cases) {
    byte[] id = new byte[16];
    byte[] credId = new byte[32];
    cases.put(
        "RegInit",
        new Case(
            new VaultPayload.RegInit(id, new byte[33], new byte[91]).encode(),
            b -> VaultPayload.RegInit.parse(b).encode()));
    cases.put(
        "RegInitDone",
        new Case(
            new VaultPayload.RegInitDone(credId, new byte[66]).encode(),
            b -> VaultPayload.RegInitDone.parse(b).encode()));
    cases.put(
        "RegFinish",
        new Case(
            new VaultPayload.RegFinish(
                    credId, new byte[129], new byte[VaultPayload.PASSWORD_WRAP_BYTES])
                .encode(),
            b -> VaultPayload.RegFinish.parse(b).encode()));
    cases.put(
        "Expose",
        new Case(
            new VaultPayload.Expose(credId, new byte[64]).encode(),
            b -> VaultPayload.Expose.parse(b).encode()));
    cases.put(
        "LoginStart",
        new Case(
            new VaultPayload.LoginStart(id, credId, new byte[98]).encode(),
            b -> VaultPayload.LoginStart.parse(b).encode()));
    cases.put(
        "LoginStartDone",
        new Case(
            new VaultPayload.LoginStartDone(new byte[259], 9).encode(),
            b -> VaultPayload.LoginStartDone.parse(b).encode()));
    cases.put(
        "LoginFinish",
        new Case(
            new VaultPayload.LoginFinish(
                    id, new byte[32], VaultPayload.Operation.FETCH, new byte[32])
                .encode(),
            b -> VaultPayload.LoginFinish.parse(b).encode()));
    cases.put(
        "LoginFinishDone",
        new Case(
            new VaultPayload.LoginFinishDone(new byte[VaultPayload.PASSWORD_WRAP_BYTES]).encode(),
            b -> VaultPayload.LoginFinishDone.parse(b).encode()));
    cases.put(
        "Status",
        new Case(new VaultPayload.Status(id).encode(), b -> VaultPayload.Status.parse(b).encode()));
    VaultPayload.StatusEvent event = new VaultPayload.StatusEvent(VaultEvent.CHARGED, 9, id);
    cases.put(
        "StatusDone",
        new Case(
            new VaultPayload.StatusDone(
                    id, RecordState.ACTIVE, credId, id, 8, List.of(event, event), new byte[64])
                .encode(),
            b -> VaultPayload.StatusDone.parse(b).encode()));
  }

  @Test
  void every_message_reads_back_as_it_was_written() throws Exception {
    for (Map.Entry<String, Case> entry : cases().entrySet()) {
      byte[] bytes = entry.getValue().bytes();
      assertThat(entry.getValue().round().trip(bytes)).as(entry.getKey()).isEqualTo(bytes);
    }
  }

  @Test
  void no_cut_or_lengthened_message_is_read() {
    for (Map.Entry<String, Case> entry : cases().entrySet()) {
      byte[] bytes = entry.getValue().bytes();
      for (int length = 0; length <= bytes.length + 5; length++) {
        if (length != bytes.length) {
          byte[] other = Arrays.copyOf(bytes, length);
          assertThatThrownBy(() -> entry.getValue().round().trip(other))
              .as("%s with %d bytes", entry.getKey(), length)
              .isInstanceOf(MalformedException.class);
        }
      }
    }
  }

  @Test
  void unknown_numbers_are_refused() {
    assertThatThrownBy(() -> VaultMessageType.of(0)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> VaultRefusal.of(99)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RecordState.of(5)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> VaultEvent.of(0)).isInstanceOf(MalformedException.class);
    byte[] otherSuite = CARD.signedBytes();
    otherSuite[4 + "HK1 vault card".length() + 4 + 1] ^= 1;
    assertThatThrownBy(() -> VaultCard.parse(otherSuite)).hasMessageContaining("Suite");
  }

  @Test
  void a_request_is_bound_to_its_type_card_time_token_set_and_payload() {
    byte[] set = new byte[16];
    byte[] base =
        VaultRequest.signedBytes(VaultMessageType.STATUS, SIGNED, 1, "t", set, new byte[1]);
    SignedCard otherCard = new SignedCard(new byte[] {1}, new byte[91], new byte[64]);
    byte[] otherSet = new byte[16];
    otherSet[0] = 1;

    assertThat(
            List.of(
                VaultRequest.signedBytes(VaultMessageType.EXPOSE, SIGNED, 1, "t", set, new byte[1]),
                VaultRequest.signedBytes(
                    VaultMessageType.STATUS, otherCard, 1, "t", set, new byte[1]),
                VaultRequest.signedBytes(VaultMessageType.STATUS, SIGNED, 2, "t", set, new byte[1]),
                VaultRequest.signedBytes(VaultMessageType.STATUS, SIGNED, 1, "u", set, new byte[1]),
                VaultRequest.signedBytes(
                    VaultMessageType.STATUS, SIGNED, 1, "t", otherSet, new byte[1]),
                VaultRequest.signedBytes(
                    VaultMessageType.STATUS, SIGNED, 1, "t", set, new byte[2])))
        .doesNotContain(base)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_request_never_prints_its_token() {
    assertThat(
            new VaultRequest(9, "s3cret", set(), new byte[91], new byte[5], new byte[64])
                .toString())
        .doesNotContain("s3cret");
  }

  private static byte[] set() {
    return new byte[16];
  }
}
