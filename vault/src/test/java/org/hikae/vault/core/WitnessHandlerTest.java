package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.VaultTestBase;
import org.hikae.vault.wire.LedgerEntry.Detail;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.SeriesHead;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload.LoginFinishDone;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.Witness;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The vault as witness of the newest snapshots, with and without a password. */
@DisplayName("HK1-V-19: witness")
class WitnessHandlerTest extends VaultTestBase {

  private static final Hash256 ONE = Hash256.sha256(new byte[] {1});
  private static final Hash256 TWO = Hash256.sha256(new byte[] {2});

  @Test
  @DisplayName(
      "HK1-V-19: a set without a password is witnessed; its first message brings the owner")
  void a_set_without_a_password_is_witnessed() {
    Receipt receipt = device.receipt(device.witness(1, ONE));

    assertThat(receipt.entry().event()).isEqualTo(VaultEvent.WITNESSED);
    assertThat(receipt.entry().detail()).isEqualTo(Detail.witness(device.deviceId(), 1, ONE));
    assertThat(device.events()).containsExactly(VaultEvent.CLAIMED, VaultEvent.WITNESSED);
    SeriesHead head = device.status().series().getFirst();
    assertThat(head.seq()).isEqualTo(1);
    assertThat(head.snapshotHash()).isEqualTo(ONE);
    assertThat(head.deviceId()).isEqualTo(device.deviceId());
    assertThat(head.atSeconds()).isEqualTo(fixture.clock.instant().getEpochSecond());
  }

  @Test
  @DisplayName("HK1-V-19: strictly increasing; the same again gets the same receipt")
  void heads_only_grow() {
    device.receipt(device.witness(3, ONE));
    Receipt newest = device.receipt(device.witness(5, TWO));

    assertThat(device.receipt(device.witness(5, TWO)).signedBytes())
        .isEqualTo(newest.signedBytes());
    assertThat(refusal(device.witness(5, ONE))).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(refusal(device.witness(4, TWO))).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(device.status().series().getFirst().seq()).isEqualTo(5);
  }

  @Test
  @DisplayName("HK1-V-19: each device has its own series, all are told at Status and after a login")
  void each_device_has_its_series() throws Exception {
    Registered registered = device.register("twelve characters");
    device.witness(7, ONE);
    TestDevice second = fixture.device("alice");
    second.setId = device.setId;
    second.ownerKey = device.ownerKey;
    second.witness(1, TWO);
    LoginFinishDone done =
        LoginFinishDone.parse(
            TestDevice.payload(
                second.finish(
                    second.start(registered.credId(), "twelve characters"), Operation.FETCH)));

    assertThat(done.series()).extracting(SeriesHead::seq).containsExactly(7L, 1L);
    assertThat(second.status().series()).hasSize(2);
    assertThat(done.receipt().entry().event()).isEqualTo(VaultEvent.OPENED);
    second.setId = second.fresh(16);
    assertThat(second.status().series()).isEmpty();
  }

  @Test
  @DisplayName("HK1-V-19: only the owner key moves a series on, and only the device's own")
  void only_the_owner_witnesses() {
    device.witness(1, ONE);
    SigningKey owner = device.ownerKey;
    device.ownerKey = SigningKey.generate(fixture.random);
    assertThat(refusal(device.witness(2, TWO))).isEqualTo(VaultRefusal.OWNER_REFUSED);
    device.ownerKey = owner;
    byte[] forged =
        new Witness(owner.publicKey().encode(), 2, TWO, new byte[Hk1Constants.SIGNATURE_BYTES])
            .encode();
    assertThat(refusal(device.send(VaultMessageType.WITNESS, forged)))
        .isEqualTo(VaultRefusal.OWNER_REFUSED);
    assertThat(device.status().series().getFirst().seq()).isEqualTo(1);
  }

  @Test
  @DisplayName("HK1-V-19: sets and series are bounded")
  void sets_and_series_are_bounded() {
    for (int i = 0; i < SeriesHead.MAX_SERIES; i++) {
      device.deviceKey = SigningKey.generate(fixture.random);
      device.receipt(device.witness(1, ONE));
    }
    device.deviceKey = SigningKey.generate(fixture.random);
    assertThat(refusal(device.witness(1, ONE))).isEqualTo(VaultRefusal.LIMIT);
    for (int i = 1; i < VaultLimits.SETS; i++) {
      device.setId = device.fresh(16);
      device.receipt(device.witness(1, ONE));
    }
    device.setId = device.fresh(16);
    assertThat(refusal(device.witness(1, ONE))).isEqualTo(VaultRefusal.LIMIT);
  }
}
