package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.logging.Level;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.ledger.ClosedState;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.testing.RecordedLog;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.transaction.GroupCommitExecutor;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What operators read in the log, and what they are woken by. */
@DisplayName("HK1-V-16, V-25, V-35, V-37: the log")
class VaultLogTest extends RegisteredVaultTestBase {

  private RecordedLog log;

  @BeforeEach
  void listen() {
    log =
        new RecordedLog(
            VaultCore.class.getName(),
            GroupCommitExecutor.class.getName(),
            ClosedState.class.getName(),
            "org.hikae.vault.transaction.VaultClock");
  }

  @AfterEach
  void listenNoMore() {
    log.close();
  }

  private VaultRefusal refusedStart() {
    return refusal(device.start(registered.credId(), PASSWORD).reply());
  }

  @Test
  void each_answer_is_a_line_with_type_and_outcome() {
    device.status();
    assertThat(log.at(Level.INFO)).containsExactly("STATUS DONE");
    device.deliver(
        VaultMessageType.STATUS,
        device.request(
            VaultMessageType.STATUS,
            new byte[0],
            VaultFixture.REFUSED_TOKEN,
            fixture.clock.instant().getEpochSecond()));
    assertThat(log.at(Level.INFO))
        .containsExactly(
            "STATUS DONE", "STATUS: The test refuses this token.", "STATUS TOKEN_REFUSED");
    assertThat(log.at(Level.SEVERE)).isEmpty();
  }

  @Test
  void an_opening_and_a_reopening_are_said() throws Exception {
    SigningKey first = SigningKey.generate(fixture.random);
    SigningKey second = SigningKey.generate(fixture.random);
    LedgerAnchor.Point before = fixture.anchor.highest();
    fixture.restart();
    assertThat(fixture.vault.ready()).isTrue();
    assertThat(log.at(Level.INFO)).contains("The ledger is open at row " + before.seq() + ".");
    Custodians custodians =
        new Custodians(
            VaultFixture.TENANT,
            first.publicKey().encode(),
            second.publicKey().encode(),
            new byte[Hk1Constants.SIGNATURE_BYTES]);
    DualControl dualControl = fixture.vault.dualControl(custodians);
    Custodians.Statement statement = dualControl.reopeningStatement();

    dualControl.reopen(first.sign(statement.transcript()), second.sign(statement.transcript()));

    assertThat(log.at(Level.WARNING)).singleElement().asString().contains("was reopened at row");
  }

  @Test
  void a_closing_is_an_alarm() {
    InMemoryVaultStore.StoreSnapshot earlier = fixture.store.snapshot();
    device.start(registered.credId(), WRONG);
    fixture.store.restore(earlier);
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(log.at(Level.SEVERE))
        .singleElement()
        .asString()
        .startsWith("ALARM: the vault closes itself. Row");
  }

  @Test
  void an_edited_account_is_an_alarm() {
    fixture.tamper(
        rows -> rows.putAccount(VaultFixture.employee("alice"), new byte[3], Long.MAX_VALUE));
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    assertThat(log.at(Level.SEVERE))
        .containsExactly("ALARM: An account is not what the ledger says.");
  }

  @Test
  void an_audit_trail_that_was_set_back_is_an_alarm_and_one_that_cannot_be_kept_is_said() {
    fixture.vault.auditHead(AuditHead.of(7, Hash256.ZERO));
    fixture.vault.auditHead(AuditHead.of(6, Hash256.ZERO));
    assertThat(log.at(Level.SEVERE))
        .containsExactly("ALARM: the portal's audit trail ends at event 6, but was at 7 before.");
    fixture.root.unavailable = true;
    fixture.vault.auditHead(AuditHead.of(8, Hash256.ZERO));
    assertThat(log.at(Level.SEVERE).getLast())
        .isEqualTo("The end of the audit trail cannot be kept: The root key does not answer.");
  }

  @Test
  void a_clock_that_was_set_ahead_is_an_alarm() {
    fixture.clock.jump(Duration.ofDays(365));
    device.status();
    assertThat(log.at(Level.SEVERE))
        .singleElement()
        .asString()
        .startsWith("ALARM: the host's clock is PT8760H ahead");
  }

  @Test
  void an_outage_and_a_defect_are_said() {
    fixture.root.unavailable = true;
    assertThat(fixture.vault.ready()).isFalse();
    assertThat(log.at(Level.INFO))
        .containsExactly("The vault cannot serve: The root key does not answer.");
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    fixture.root.unavailable = false;
    fixture.root.beforeNextEvaluation(
        () -> {
          throw new IllegalStateException("a defect here");
        });
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    assertThat(log.at(Level.SEVERE))
        .containsExactly(
            "LOGIN_START cannot be served: The root key does not answer.", "Defect in LOGIN_START");
  }
}
