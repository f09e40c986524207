package org.hikae.vault.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A portal that keeps what it relays and sends it again. */
@DisplayName("HK1-V-43: a message is good once, by what it says")
class ReplayTest {

  private static final String PASSWORD = "twelve characters";

  private final List<byte[]> relayed = new ArrayList<>();

  /**
   * Everything a device sends in its life, sent again in both orders: at once, after logins have
   * run out, and as late as it is still taken. Whatever is changed would be a row.
   */
  @Test
  void what_is_sent_once_more_changes_nothing() throws Exception {
    try (VaultFixture fixture = new VaultFixture()) {
      TestDevice device =
          new TestDevice(
              bytes -> {
                relayed.add(bytes);
                return fixture.vault.answer(bytes);
              },
              fixture.card,
              fixture.clock,
              () -> fixture.tokenFor("alice"),
              fixture.random);
      live(device);
      long rows = rows(device);
      List<byte[]> kept = List.copyOf(relayed);
      for (int seconds : new int[] {0, 61, 230}) {
        fixture.clock.advance(Duration.ofSeconds(seconds));
        kept.forEach(bytes -> fixture.vault.answer(bytes));
        kept.reversed().forEach(bytes -> fixture.vault.answer(bytes));
      }
      assertThat(rows(device)).isEqualTo(rows);
    }
  }

  private static void live(TestDevice device) {
    Registered registered = device.register(PASSWORD);
    device.login(registered.credId(), PASSWORD);
    device.start(registered.credId(), "another password");
    device.witness(1, Hash256.sha256(new byte[1]));
    for (Order order : List.of(Order.FREEZE, Order.UNFREEZE, Order.DELETE, Order.VETO)) {
      assertThat(device.order(order, new byte[0])).isInstanceOf(VaultReply.Done.class);
    }
    device.register("another password");
    assertThat(device.order(Order.VETO, new byte[0])).isInstanceOf(VaultReply.Done.class);
    assertThat(device.finish(device.start(registered.credId(), PASSWORD), Operation.RETIRE))
        .isInstanceOf(VaultReply.Done.class);
  }

  private static long rows(TestDevice device) throws MalformedException {
    device.status();
    return LedgerHead.parse(device.lastHead).seq();
  }
}
