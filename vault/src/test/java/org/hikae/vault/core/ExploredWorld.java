package org.hikae.vault.core;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.Keepers.Statement;
import org.hikae.vault.core.Situation.Knowledge;
import org.hikae.vault.core.Situation.Memory;
import org.hikae.vault.store.InMemoryVaultStore;
import org.hikae.vault.store.InMemoryVaultStore.Killed;
import org.hikae.vault.store.InMemoryVaultStore.Snapshot;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Two processes of the real vault on one disk and one anchor, which can be set to any {@link
 * Situation} and read out as one. Messages come in below the channel, whose checks have tests of
 * their own; only that a request is taken for five minutes is kept.
 */
final class ExploredWorld {

  static final Hash256 EMPLOYEE = VaultWorld.employee("alice");

  private static final Instant START = Instant.parse("2026-11-24T09:00:00Z");
  private static final PretendedRoot ROOT = new PretendedRoot();
  private static final SigningKey VAULT_ROOT = SigningKey.generate(new SecureRandom());
  private static final SignedCard CARD = VaultWorld.sign(VaultWorld.cardOf(ROOT, 1), VAULT_ROOT);
  private static final SigningKey FIRST_KEEPER = SigningKey.generate(new SecureRandom());
  private static final SigningKey SECOND_KEEPER = SigningKey.generate(new SecureRandom());
  private static final Keepers KEEPERS =
      new Keepers(
          VaultWorld.TENANT,
          FIRST_KEEPER.publicKey().encode(),
          SECOND_KEEPER.publicKey().encode(),
          new byte[64]);

  /** A part of the vault's surroundings that does not keep its contract. */
  enum Flaw {
    NONE,
    /** The anchor keeps its first point for ever. */
    FORGETFUL_ANCHOR,
    /** The store says "committed" too early: a kill loses the last transaction. */
    HASTY_STORE
  }

  final PretendedDice dice = new PretendedDice();
  final SettableClock clock = new SettableClock(START);
  final FakeAnchor anchor = new FakeAnchor();
  private final Flaw flaw;
  private final List<Duration> waits;
  private final InMemoryVaultStore[] stores;
  private final Vault[] vaults = new Vault[2];
  private final PretendedOpaque[] opaques = new PretendedOpaque[2];
  private @Nullable Memory[] memories = new @Nullable Memory[2];
  private Map<Party, Knowledge> knowledge = new EnumMap<>(Party.class);
  int serving;
  @Nullable Snapshot backup;
  Truth truth = new Truth();

  ExploredWorld(Flaw flaw, List<Duration> waits) {
    this.flaw = flaw;
    this.waits = waits;
    InMemoryVaultStore first = new InMemoryVaultStore();
    this.stores = new InMemoryVaultStore[] {first, new InMemoryVaultStore(first.disk())};
    for (Party party : Party.values()) {
      knowledge.put(party, Knowledge.NONE);
    }
    start(0);
    start(1);
  }

  private void start(int process) {
    opaques[process] = new PretendedOpaque(dice);
    PretendedOpaque opaque = opaques[process];
    try {
      vaults[process] =
          new Vault(
              CARD,
              new Vault.Ports(
                  ROOT,
                  flaw == Flaw.FORGETFUL_ANCHOR ? new ForgetfulAnchor(anchor) : anchor,
                  null,
                  new PretendedEpochs(),
                  stores[process],
                  ExploredWorld::nobody,
                  clock,
                  clock::uptime,
                  dice),
              new Vault.Policy(VaultWorld.RETENTION, waits),
              tenant -> opaque);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static TokenVerifier.Bearer nobody(String token, byte[] deviceKey)
      throws TokenRefusedException {
    throw new TokenRefusedException("Tokens are checked above.");
  }

  private record ForgetfulAnchor(FakeAnchor real) implements Anchor {
    @Override
    public @Nullable Point highest() {
      return real.highest();
    }

    @Override
    public void raise(Point point) {
      if (real.highest() == null) {
        real.raise(point);
      }
    }
  }

  // To a situation and back.

  Situation situation() {
    int holder = stores[0].holdsLease() ? 0 : stores[1].holdsLease() ? 1 : -1;
    return new Situation(
        content(),
        anchor.highest(),
        clock.instant(),
        dice.next,
        memories.clone(),
        holder,
        serving,
        backup,
        new EnumMap<>(knowledge),
        truth.copy());
  }

  void set(Situation to) {
    clock.set(to.now());
    for (int process = 0; process < 2; process++) {
      stores[process].kill();
      stores[process] = new InMemoryVaultStore(stores[process].disk());
      start(process);
    }
    for (int process = 0; process < 2; process++) {
      Memory memory = to.processes()[process];
      if (memory != null) {
        stores[process].restore(memory.content());
        anchor.set(memory.anchor());
        stores[process].lease();
        // It has gone on from there since: its time is what passed.
        clock.set(lastTime(memory.content()));
        vaults[process].ready();
        clock.set(to.now());
        stores[process].loseLease();
      }
    }
    stores[0].restore(to.content());
    anchor.set(to.anchor());
    if (to.holder() >= 0) {
      stores[to.holder()].lease();
    }
    dice.next = to.dice();
    memories = to.processes().clone();
    serving = to.serving();
    backup = to.backup();
    knowledge = new EnumMap<>(to.knowledge());
    truth = to.truth().copy();
  }

  private static Instant lastTime(Snapshot of) {
    return of.row(of.lastSeq())
        .map(row -> Instant.ofEpochMilli(row.entry().atMillis()))
        .orElse(START);
  }

  /** Time passes, a day at most at a time, over which the vault looks at the clock. */
  void pass(Duration time) {
    for (Duration left = time; !left.isZero(); ) {
      Duration step = left.compareTo(VaultLimits.DAY) > 0 ? VaultLimits.DAY : left;
      clock.advance(step);
      left = left.minus(step);
      if (step.equals(VaultLimits.DAY)) {
        look();
      }
    }
  }

  private void look() {
    int process = stores[1 - serving].holdsLease() ? 1 - serving : serving;
    Snapshot before = content();
    boolean read = vaults[process].ready() || vaults[process].sealedBecause().isPresent();
    memories[process] = read ? new Memory(content(), anchor.highest(), before) : null;
  }

  Snapshot content() {
    return stores[0].snapshot();
  }

  Account account() {
    return account(content());
  }

  static Account account(Snapshot content) {
    try {
      return content.account(EMPLOYEE).isPresent()
          ? Account.decode(content.account(EMPLOYEE).get())
          : Account.fresh();
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  Knowledge knowledge(Party of) {
    return Objects.requireNonNull(knowledge.get(of));
  }

  void learn(Party who, Knowledge what) {
    knowledge.put(who, what);
  }

  InMemoryVaultStore store(int process) {
    return stores[process];
  }

  PretendedOpaque opaque(int process) {
    return opaques[process];
  }

  // What happens to processes.

  /** The process dies and is started again. */
  void kill(int process) {
    Memory memory = memories[process];
    if (flaw == Flaw.HASTY_STORE && memory != null && memory.earlier() != null) {
      stores[process].restore(memory.earlier());
    }
    stores[process].kill();
    stores[process] = new InMemoryVaultStore(stores[process].disk());
    memories[process] = null;
    start(process);
  }

  void sweep() {
    Snapshot before = content();
    try {
      vaults[serving].sweep();
      memories[serving] = new Memory(content(), anchor.highest(), before);
    } catch (SealedException e) {
      memories[serving] = new Memory(content(), anchor.highest(), before);
    } catch (UnavailableException e) {
      memories[serving] = null;
    }
    truth.absorb(content(), null);
  }

  /** The store becomes what it was at the backup. */
  void restore(Snapshot to) {
    stores[0].restore(to);
    truth.restored(to);
  }

  /** Both keepers accept the store as it is. */
  boolean reopen() {
    try {
      Ceremony ceremony = vaults[serving].ceremony(KEEPERS);
      Statement statement = ceremony.reopeningStatement();
      ceremony.reopen(
          FIRST_KEEPER.sign(statement.transcript()), SECOND_KEEPER.sign(statement.transcript()));
    } catch (UnavailableException | CryptoException e) {
      return false;
    }
    memories[serving] = new Memory(content(), anchor.highest(), null);
    truth.reopened(content());
    return true;
  }

  // Messages.

  boolean isTaken(Letter letter) {
    return clock.millis() - letter.sentMillis() <= VaultLimits.DEVICE_CLOCK_SKEW.toMillis();
  }

  /** Delivers a message; null when the process died over it. */
  @Nullable VaultAnswer deliver(int process, Letter letter) {
    Vault vault = vaults[process];
    Snapshot before = content();
    VaultAnswer answer;
    try {
      answer = vault.answer(letter.type(), letter.caller(), letter.payload());
    } catch (Killed e) {
      kill(process);
      truth.absorb(content(), letter);
      return null;
    }
    truth.absorb(content(), letter);
    remember(process, answer.reply(), before);
    check(letter, answer.reply());
    return answer;
  }

  static boolean is(VaultReply reply, VaultRefusal refusal) {
    return reply instanceof Refused no && no.refusal() == refusal;
  }

  /** After an outage a process reads everything again, so what it remembers does not matter. */
  private void remember(int process, VaultReply reply, Snapshot before) {
    memories[process] =
        is(reply, VaultRefusal.UNAVAILABLE)
            ? null
            : new Memory(content(), anchor.highest(), before);
  }

  private void check(Letter letter, VaultReply reply) {
    if (reply instanceof VaultReply.Done) {
      Promise.A_RESTORED_STORE_IS_NOTICED.require(!truth.isSetBack(), letter + " is answered");
      if (letter.type() == VaultMessageType.LOGIN_START) {
        truth.answered(letter);
      }
    }
    Promise.NO_REFUSAL_WITHOUT_A_CAUSE.require(
        truth.isSetBack() || !is(reply, VaultRefusal.SEALED), letter + " is refused as SEALED");
  }
}
