package org.hikae.vault.exploration.system;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.hikae.hk1.Hash256;
import org.hikae.vault.database.InMemoryVaultStore.Snapshot;
import org.hikae.vault.exploration.system.Move.Slot;
import org.hikae.vault.port.Anchor;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * One state of everything: store, anchor, clock, what the vault's processes have in memory, what
 * devices know, what is on the way, what has really happened, and what hostile players did.
 * Immutable.
 *
 * @param behind how far the vault's time was behind the world's when it wrote its newest row
 * @param processes the two processes of the vault
 * @param holder which of them holds the lease; -1 for none
 * @param serving which of them the portal asks
 */
public record Situation(
    Snapshot content,
    Anchor.@Nullable Point anchor,
    Instant now,
    Duration behind,
    long dice,
    @Nullable Memory[] processes,
    int holder,
    int serving,
    @Nullable Backup backup,
    Map<Party, Knowledge> knowledge,
    Truth truth,
    Mischief mischief) {

  /** A copy of the store, and where the anchor stood then. */
  public record Backup(Snapshot content, Anchor.@Nullable Point anchor) {}

  /**
   * Where a process last found store and anchor: it is open, or has closed itself, on that.
   *
   * @param earlier what a store would fall back to that said "committed" too early
   */
  public record Memory(
      Snapshot content, Anchor.@Nullable Point anchor, @Nullable Snapshot earlier) {}

  /** A registration on a device. */
  public record Registration(
      byte[] idempotencyKey, int password, @Nullable Hash256 credId, @Nullable Receipt pending) {}

  /** A login on a device. */
  public record Login(
      byte[] loginId, Hash256 credId, int guess, int password, byte @Nullable [] ke2) {}

  /**
   * What a device knows.
   *
   * @param passwords of its own records
   * @param sent the newest message of each kind
   */
  public record Knowledge(
      @Nullable Registration registration,
      @Nullable Login login,
      Map<Hash256, Integer> passwords,
      @Nullable LedgerHead head,
      Map<Slot, Letter> sent) {

    static final Knowledge NONE =
        new Knowledge(null, null, Map.of(), null, new EnumMap<>(Slot.class));

    Knowledge with(@Nullable Registration now) {
      return new Knowledge(now, login, passwords, head, sent);
    }

    Knowledge with(@Nullable Login now) {
      return new Knowledge(registration, now, passwords, head, sent);
    }

    Knowledge with(Map<Hash256, Integer> now) {
      return new Knowledge(registration, login, now, head, sent);
    }

    Knowledge with(LedgerHead now) {
      return new Knowledge(registration, login, passwords, now, sent);
    }

    Knowledge with(Slot slot, Letter letter) {
      Map<Slot, Letter> now = new EnumMap<>(Slot.class);
      now.putAll(sent);
      now.put(slot, letter);
      return new Knowledge(registration, login, passwords, head, now);
    }
  }
}
