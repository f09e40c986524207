package org.hikae.vault.exploration.system;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.testing.SettableClock;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.Custodians;
import org.hikae.vault.core.Custodians.Statement;
import org.hikae.vault.core.DualControl;
import org.hikae.vault.core.VaultCore;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.database.InMemoryVaultStore.ProcessKilledException;
import org.hikae.vault.database.InMemoryVaultStore.StoreSnapshot;
import org.hikae.vault.exploration.system.AttackerState.Deletion;
import org.hikae.vault.exploration.system.SystemState.DeviceKnowledge;
import org.hikae.vault.exploration.system.SystemState.ProcessMemory;
import org.hikae.vault.exploration.system.SystemState.StoreCopy;
import org.hikae.vault.ledger.VaultClosedException;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.TokenRefusedException;
import org.hikae.vault.port.TokenVerifier;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultDependencies;
import org.hikae.vault.testing.FakeAnchor;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultEventPage;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Two processes of the real vault on one disk and one anchor, which can be set to any {@link
 * SystemState} and read out as one. Messages come in below the channel, whose checks have tests of
 * their own; only that a request is taken for five minutes is kept.
 */
public final class ExploredSystem {

  public static final Hash256 EMPLOYEE = VaultFixture.employee("alice");

  /** So many events the portal asks for. */
  static final int NEWEST = 8;

  private static final Instant START = Instant.parse("2026-11-24T09:00:00Z");
  private static final FakeRootKey ROOT = new FakeRootKey();
  private static final SigningKey VAULT_ROOT = SigningKey.generate(new SecureRandom());
  private static final SignedCard CARD =
      VaultFixture.sign(VaultFixture.cardOf(ROOT, 1), VAULT_ROOT);
  private static final SigningKey FIRST_CUSTODIAN = SigningKey.generate(new SecureRandom());
  private static final SigningKey SECOND_CUSTODIAN = SigningKey.generate(new SecureRandom());
  private static final Custodians CUSTODIANS =
      new Custodians(
          VaultFixture.TENANT,
          FIRST_CUSTODIAN.publicKey().encode(),
          SECOND_CUSTODIAN.publicKey().encode(),
          new byte[Hk1Constants.SIGNATURE_BYTES]);

  /** A part of the vault's environment that does not keep its contract. */
  public enum BrokenContract {
    NONE,
    /** The anchor keeps its first point for ever. */
    FORGETFUL_ANCHOR,
    /** The store says "committed" too early: a kill loses the last transaction. */
    HASTY_STORE
  }

  public final Invariants invariants;
  final CountingRandom dice = new CountingRandom();
  public final SettableClock clock = new SettableClock(START);
  final FakeAnchor anchor = new FakeAnchor();
  private final BrokenContract brokenContract;
  private final List<Duration> waits;
  private final HostileDatabase database = new HostileDatabase(this);
  private final ErasureInvariants erasures = new ErasureInvariants(this);
  private final ReplyInvariants replyInvariants = new ReplyInvariants(this);
  private final InMemoryVaultStore[] stores;
  private final VaultCore[] vaults = new VaultCore[2];
  private final FakeOpaqueEvaluator[] opaques = new FakeOpaqueEvaluator[2];
  private @Nullable ProcessMemory[] memories = new @Nullable ProcessMemory[2];
  private Map<Party, DeviceKnowledge> knowledge = new EnumMap<>(Party.class);
  public int serving;
  @Nullable StoreCopy storeCopy;
  GroundTruth truth;
  public AttackerState attackerState = AttackerState.NONE;
  private Duration behind = Duration.ZERO;

  public ExploredSystem(
      BrokenContract brokenContract, List<Duration> waits, Invariants invariants) {
    this.brokenContract = brokenContract;
    this.waits = waits;
    this.invariants = invariants;
    this.truth = new GroundTruth(invariants);
    InMemoryVaultStore first = new InMemoryVaultStore();
    this.stores = new InMemoryVaultStore[] {first, new InMemoryVaultStore(first.disk())};
    for (Party party : Party.values()) {
      knowledge.put(party, DeviceKnowledge.NONE);
    }
    start(0);
    start(1);
  }

  private void start(int process) {
    opaques[process] = new FakeOpaqueEvaluator(dice);
    FakeOpaqueEvaluator opaque = opaques[process];
    try {
      vaults[process] =
          new VaultCore(
              CARD,
              new VaultDependencies(
                  ROOT,
                  brokenContract == BrokenContract.FORGETFUL_ANCHOR
                      ? new ForgetfulAnchor(anchor)
                      : anchor,
                  null,
                  new FixedEpochKeys(),
                  stores[process],
                  ExploredSystem::nobody,
                  clock,
                  clock::uptime,
                  dice),
              new VaultCore.VaultSettings(VaultFixture.RETENTION, waits),
              tenant -> opaque);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static TokenVerifier.TokenBearer nobody(String token, byte[] deviceKey)
      throws TokenRefusedException {
    throw new TokenRefusedException("Tokens are checked above.");
  }

  private record ForgetfulAnchor(FakeAnchor real) implements LedgerAnchor {
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

  public SystemState situation() {
    int holder = stores[0].holdsLease() ? 0 : stores[1].holdsLease() ? 1 : -1;
    return new SystemState(
        content(),
        anchor.highest(),
        clock.instant(),
        behind,
        dice.next,
        memories.clone(),
        holder,
        serving,
        storeCopy,
        new EnumMap<>(knowledge),
        truth.copy(),
        attackerState);
  }

  public void set(SystemState to) {
    clock.set(to.now(), to.attacker().ahead());
    for (int process = 0; process < 2; process++) {
      stores[process].kill();
      stores[process] = new InMemoryVaultStore(stores[process].disk());
      start(process);
    }
    for (int process = 0; process < 2; process++) {
      ProcessMemory memory = to.processes()[process];
      if (memory != null) {
        stores[process].restore(memory.content());
        anchor.set(memory.anchor());
        stores[process].lease();
        // It has gone on from there since: its time is what passed since that row was written.
        clock.set(lastTime(memory.content()), to.behind().negated());
        vaults[process].ready();
        clock.set(to.now(), to.attacker().ahead());
        stores[process].loseLease();
      }
    }
    stores[0].restore(to.content());
    anchor.set(to.anchor());
    if (to.holder() >= 0) {
      stores[to.holder()].lease();
    }
    behind = to.behind();
    dice.next = to.dice();
    memories = to.processes().clone();
    serving = to.serving();
    storeCopy = to.backup();
    knowledge = new EnumMap<>(to.knowledge());
    truth = to.truth().copy();
    attackerState = to.attacker();
  }

  private static Instant lastTime(StoreSnapshot of) {
    return of.row(of.lastSeq())
        .map(row -> Instant.ofEpochMilli(row.entry().atMillis()))
        .orElse(START);
  }

  /** Time passes, a day at most at a time, over which the vault looks at the clock. */
  public void pass(Duration time) {
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
    StoreSnapshot before = content();
    boolean read = vaults[process].ready() || vaults[process].closedBecause().isPresent();
    memories[process] = read ? memory(before) : null;
  }

  StoreSnapshot content() {
    return stores[0].snapshot();
  }

  Account account() {
    return account(content());
  }

  public static Account account(StoreSnapshot content) {
    try {
      return content.account(EMPLOYEE).isPresent()
          ? Account.decode(content.account(EMPLOYEE).get())
          : Account.fresh();
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  public DeviceKnowledge knowledge(Party of) {
    return Objects.requireNonNull(knowledge.get(of));
  }

  void learn(Party who, DeviceKnowledge what) {
    knowledge.put(who, what);
  }

  InMemoryVaultStore store(int process) {
    return stores[process];
  }

  FakeOpaqueEvaluator opaque(int process) {
    return opaques[process];
  }

  FakeRootKey root() {
    return ROOT;
  }

  public HostileDatabase database() {
    return database;
  }

  /** The real time, whatever the vault's clock says. */
  long realMillis() {
    return clock.millis() - attackerState.ahead().toMillis();
  }

  /** Puts the vault's clock so far ahead of the real time. */
  public void setAhead(Duration ahead) {
    clock.jump(ahead.minus(attackerState.ahead()));
    attackerState = attackerState.with(ahead);
  }

  /** Whether anything was done over which the vault may refuse to serve. */
  boolean isDisturbed() {
    return truth.isSetBack() || truth.isForked() || attackerState.meddled();
  }

  // What happens to processes.

  /** The process dies and is started again. */
  public void kill(int process) {
    ProcessMemory memory = memories[process];
    if (brokenContract == BrokenContract.HASTY_STORE
        && memory != null
        && memory.earlier() != null) {
      stores[process].restore(memory.earlier());
    }
    stores[process].kill();
    stores[process] = new InMemoryVaultStore(stores[process].disk());
    memories[process] = null;
    start(process);
  }

  public void sweep() {
    StoreSnapshot before = content();
    try {
      vaults[serving].sweep();
      memories[serving] = memory(before);
    } catch (VaultClosedException | TamperedException e) {
      memories[serving] = memory(before);
    } catch (UnavailableException e) {
      memories[serving] = null;
    }
    absorb(null);
  }

  /** What a process has in memory that has just done something: never what was tampered with. */
  private ProcessMemory memory(@Nullable StoreSnapshot before) {
    return new ProcessMemory(database.genuine(), anchor.highest(), before);
  }

  /** The portal asks what happened last. */
  void readEvents() {
    StoreSnapshot before = content();
    VaultEventPage page = vaults[serving].eventsAfter(Math.max(0, before.lastSeq() - NEWEST));
    boolean closed = vaults[serving].closedBecause().isPresent();
    memories[serving] = page.newest() > 0 || closed ? memory(before) : null;
    replyInvariants.requireTrue(page.receipts());
  }

  void backUp() {
    storeCopy = new StoreCopy(content(), anchor.highest());
  }

  /** The store becomes what it was at the backup, and the anchor with it or not. */
  void restore(StoreCopy to, boolean withAnchor) {
    stores[0].restore(to.content());
    if (withAnchor) {
      anchor.set(to.anchor());
      attackerState = attackerState.withMeddling().withoutDeletion();
    }
    attackerState = attackerState.withoutTampering().withoutNotice();
    if (account().announced().isPresent()) {
      attackerState = attackerState.with(ExpectedAnnouncement.OF_LONG_AGO);
    }
    truth.restored(to.content(), withAnchor);
  }

  /** Both custodians accept the store as it is. */
  public boolean reopen() {
    try {
      DualControl dualControl = vaults[serving].dualControl(CUSTODIANS);
      Statement statement = dualControl.reopeningStatement();
      dualControl.reopen(
          FIRST_CUSTODIAN.sign(statement.transcript()),
          SECOND_CUSTODIAN.sign(statement.transcript()));
    } catch (UnavailableException | TamperedException | CryptoException e) {
      return false;
    }
    memories[serving] = memory(null);
    truth.reopened(content());
    return true;
  }

  /**
   * Both custodians have the employee's record deleted; false when that is not possible here.
   *
   * @param again with the signatures of the last time
   */
  boolean delete(boolean again) {
    StoreSnapshot before = content();
    boolean done;
    try {
      done =
          announceDeletion(
              vaults[serving].dualControl(CUSTODIANS), again ? attackerState.deletion() : null);
    } catch (RefusalException | CryptoException e) {
      done = false;
    } catch (UnavailableException | TamperedException | VaultClosedException e) {
      memories[serving] = null;
      absorb(null);
      return false;
    }
    memories[serving] = memory(before);
    absorb(null);
    invariants.require(
        Invariant.A_CEREMONY_SERVES_ONCE, !done || !again, "two signatures announce a second time");
    return done;
  }

  private boolean announceDeletion(DualControl dualControl, @Nullable Deletion before)
      throws CryptoException {
    Deletion signed = before == null ? sign(dualControl.deletionStatement(EMPLOYEE)) : before;
    dualControl.delete(EMPLOYEE, signed.byFirst(), signed.bySecond());
    attackerState = attackerState.with(signed);
    return true;
  }

  private static Deletion sign(Optional<Statement> statement) {
    Transcript signed =
        statement.orElseThrow(() -> RefusalException.of(VaultRefusal.NO_RECORD)).transcript();
    return new Deletion(FIRST_CUSTODIAN.sign(signed), SECOND_CUSTODIAN.sign(signed));
  }

  // Messages.

  boolean isTaken(SentMessage sentMessage) {
    long off = Math.abs(clock.millis() - sentMessage.sentMillis());
    return off <= VaultLimits.DEVICE_CLOCK_SKEW.toMillis();
  }

  /** Delivers a message; null when the process died over it. */
  @Nullable
  public VaultAnswer deliver(int process, SentMessage sentMessage) {
    VaultCore vault = vaults[process];
    StoreSnapshot before = content();
    boolean reserved = replyInvariants.isReservedFrom(sentMessage);
    boolean unsigned = ROOT.signatureAway;
    VaultAnswer answer;
    try {
      answer = vault.answer(sentMessage.type(), sentMessage.caller(), sentMessage.payload());
    } catch (ProcessKilledException e) {
      kill(process);
      absorb(sentMessage);
      return null;
    }
    absorb(sentMessage);
    boolean outage = is(answer.reply(), VaultRefusal.UNAVAILABLE);
    memories[process] = outage && readsAgain(process, unsigned) ? null : memory(before);
    replyInvariants.check(sentMessage, answer.reply(), reserved);
    return answer;
  }

  /**
   * Whether a process that could not serve reads everything again before it goes on. Where nobody
   * has tampered with anything that makes no difference.
   */
  private boolean readsAgain(int process, boolean unsigned) {
    boolean signatureFailed = unsigned && !ROOT.signatureAway;
    return attackerState.tampering() == null || signatureFailed || !stores[process].hasReturned();
  }

  /** Takes in the rows that something led to. */
  void absorb(@Nullable SentMessage sentMessage) {
    boolean opened = false;
    for (LedgerRow row : content().rowsAfter(truth.absorbed())) {
      erasures.row(row.entry(), sentMessage, opened);
      opened |= row.entry().event() == VaultEvent.OPENED;
      behind = Duration.ofMillis(Math.max(0, realMillis() - row.entry().atMillis()));
    }
    truth.absorb(content(), sentMessage);
  }

  public static boolean is(VaultReply reply, VaultRefusal refusal) {
    return reply instanceof Refused no && no.refusal() == refusal;
  }
}
