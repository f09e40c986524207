package org.hikae.vault.exploration.system;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.hikae.hk1.Hash256;
import org.hikae.vault.database.InMemoryVaultStore.StoreSnapshot;
import org.hikae.vault.exploration.system.SystemAction.MessageSlot;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * One state of everything: store, anchor, clock, what the vault's processes have in memory, what
 * devices know, what is on the way, what has really happened, and what hostile players did.
 * Immutable.
 *
 * @param behind how far the vault's time was behind the real one when it wrote its newest row
 * @param processes the two processes of the vault
 * @param holder which of them holds the lease; -1 for none
 * @param serving which of them the portal asks
 */
public record SystemState(
    StoreSnapshot content,
    LedgerAnchor.@Nullable Point anchor,
    Instant now,
    Duration behind,
    long dice,
    @Nullable ProcessMemory[] processes,
    int holder,
    int serving,
    @Nullable StoreCopy backup,
    Map<Party, DeviceKnowledge> knowledge,
    GroundTruth truth,
    AttackerState attacker) {

  /** A copy of the store, and where the anchor stood then. */
  public record StoreCopy(StoreSnapshot content, LedgerAnchor.@Nullable Point anchor) {}

  /**
   * Where a process last found store and anchor: it is open, or has closed itself, on that.
   *
   * @param earlier what a store would fall back to that said "committed" too early
   */
  public record ProcessMemory(
      StoreSnapshot content,
      LedgerAnchor.@Nullable Point anchor,
      @Nullable StoreSnapshot earlier) {}

  /** A registration on a device. */
  public record OngoingRegistration(
      byte[] idempotencyKey, int password, @Nullable Hash256 credId, @Nullable Receipt pending) {}

  /** A login on a device. */
  public record OngoingLogin(
      byte[] loginId, Hash256 credId, int guess, int password, byte @Nullable [] ke2) {}

  /**
   * What a device knows.
   *
   * @param passwords of its own records
   * @param sent the newest message of each kind
   */
  public record DeviceKnowledge(
      @Nullable OngoingRegistration registration,
      @Nullable OngoingLogin login,
      Map<Hash256, Integer> passwords,
      @Nullable LedgerHead head,
      Map<MessageSlot, SentMessage> sent) {

    static final DeviceKnowledge NONE =
        new DeviceKnowledge(null, null, Map.of(), null, new EnumMap<>(MessageSlot.class));

    DeviceKnowledge with(@Nullable OngoingRegistration now) {
      return new DeviceKnowledge(now, login, passwords, head, sent);
    }

    DeviceKnowledge with(@Nullable OngoingLogin now) {
      return new DeviceKnowledge(registration, now, passwords, head, sent);
    }

    DeviceKnowledge with(Map<Hash256, Integer> now) {
      return new DeviceKnowledge(registration, login, now, head, sent);
    }

    DeviceKnowledge with(LedgerHead now) {
      return new DeviceKnowledge(registration, login, passwords, now, sent);
    }

    DeviceKnowledge with(MessageSlot slot, SentMessage sentMessage) {
      Map<MessageSlot, SentMessage> now = new EnumMap<>(MessageSlot.class);
      now.putAll(sent);
      now.put(slot, sentMessage);
      return new DeviceKnowledge(registration, login, passwords, head, now);
    }
  }
}
