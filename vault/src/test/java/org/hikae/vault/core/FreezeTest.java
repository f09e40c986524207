package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A freeze stops every attempt, and ends. */
@DisplayName("HK1-V-36: freeze")
class FreezeTest extends RegisteredVaultTestBase {

  private TestDevice unattended;

  @BeforeEach
  void open() {
    unattended = fixture.unattended("alice").speakingFor(device);
  }

  private LedgerEntry done(TestDevice by, Order order) {
    return by.receipt(by.order(order, NO_ARGUMENT)).entry();
  }

  @Test
  @DisplayName("HK1-V-36: it needs no sign-in, says when it ends, and its end is told")
  void it_ends_after_seven_days() {
    LedgerEntry frozen = done(unattended, Order.FREEZE);
    assertThat(frozen.event()).isEqualTo(VaultEvent.FROZEN);
    assertThat(frozen.dueSeconds())
        .isEqualTo(fixture.clock.instant().plus(VaultLimits.FREEZE_FOR).getEpochSecond());

    fixture.clock.advance(VaultLimits.FREEZE_FOR.minusSeconds(1));
    assertThat(refusal(device.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.FROZEN);
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.vault.sweep();

    assertThat(device.status().record().frozen()).isFalse();
    LedgerEntry ended = device.status().receipts().getLast().entry();
    assertThat(ended.event()).isEqualTo(VaultEvent.UNFROZEN);
    assertThat(ended.subject().deviceId()).as("nobody did it").isEqualTo(new byte[16]);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName("HK1-V-36: it outlasts whatever else falls due before its end")
  void it_outlasts_what_falls_due_before() {
    device.registerPending(PASSWORD);
    done(unattended, Order.FREEZE);

    fixture.clock.advance(VaultLimits.FORGET_AFTER);
    fixture.vault.sweep();

    assertThat(device.events()).as("what fell due").endsWith(VaultEvent.RETIRED);
    assertThat(device.status().record().frozen()).isTrue();
  }

  @Test
  @DisplayName("HK1-V-36: a fresh sign-in renews it, before its end and after")
  void a_fresh_sign_in_renews_it() {
    done(device, Order.FREEZE);
    for (int i = 0; i < 3; i++) {
      fixture.clock.advance(VaultLimits.FREEZE_FOR.minusSeconds(1));
      assertThat(done(device, Order.FREEZE).dueSeconds())
          .isEqualTo(fixture.clock.instant().plus(VaultLimits.FREEZE_FOR).getEpochSecond());
    }
    fixture.clock.advance(VaultLimits.FREEZE_FOR);
    assertThat(done(device, Order.FREEZE).event()).isEqualTo(VaultEvent.FROZEN);
  }

  @Test
  @DisplayName("HK1-V-36: without one it comes once a month, whoever ended the one before")
  void without_a_sign_in_it_comes_once_a_month() {
    done(unattended, Order.FREEZE);
    done(unattended, Order.UNFREEZE);
    assertThat(refusal(unattended.order(Order.FREEZE, NO_ARGUMENT)))
        .isEqualTo(VaultRefusal.REAUTHENTICATE);
    fixture.clock.advance(VaultLimits.FREEZE_PAUSE.minusSeconds(1));
    assertThat(refusal(unattended.order(Order.FREEZE, NO_ARGUMENT)))
        .isEqualTo(VaultRefusal.REAUTHENTICATE);
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(done(unattended, Order.FREEZE).event()).isEqualTo(VaultEvent.FROZEN);
  }

  @Test
  @DisplayName("HK1-V-36: an order can be given with the Status after which a freeze had ended")
  void an_order_follows_the_status_that_ended_it() {
    done(device, Order.FREEZE);
    fixture.clock.advance(VaultLimits.FREEZE_FOR);
    assertThat(device.order(Order.DELETE, NO_ARGUMENT)).isInstanceOf(VaultReply.Done.class);
  }
}
