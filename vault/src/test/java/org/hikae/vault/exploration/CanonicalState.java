package org.hikae.vault.exploration;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.Attempt;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.database.InMemoryVaultStore.StoreSnapshot;
import org.hikae.vault.exploration.system.AttackerState;
import org.hikae.vault.exploration.system.AttackerState.Tampering;
import org.hikae.vault.exploration.system.DeviceSimulator;
import org.hikae.vault.exploration.system.ExpectedAnnouncement;
import org.hikae.vault.exploration.system.ExploredSystem;
import org.hikae.vault.exploration.system.GroundTruth;
import org.hikae.vault.exploration.system.GroundTruth.Guess;
import org.hikae.vault.exploration.system.Party;
import org.hikae.vault.exploration.system.SentMessage;
import org.hikae.vault.exploration.system.SystemAction.ActionKind;
import org.hikae.vault.exploration.system.SystemAction.MessageSlot;
import org.hikae.vault.exploration.system.SystemState;
import org.hikae.vault.exploration.system.SystemState.DeviceKnowledge;
import org.hikae.vault.exploration.system.SystemState.ProcessMemory;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.transaction.RecordSealer;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.VaultPayload;
import org.jspecify.annotations.Nullable;

/**
 * What makes two situations the same: everything the vault or a device will ever decide by. Random
 * identifiers become small numbers in the order in which they are met, times become ages, and of
 * the ledger only what is compared stays: where the anchor, a head or a process's memory stands.
 */
final class CanonicalState {

  /** Beyond this age nothing changes any more. */
  private static final long OLD = Duration.ofDays(8).toMillis();

  /** Beyond this age nothing is asked of an announcement. */
  private static final long LONG_AGO = VaultLimits.ADMIN_DELAY.plusDays(1).toMillis();

  /** Attempts are remembered a quarter of an hour; nobody makes more guesses in that. */
  private static final int REMEMBERED = 24;

  private final SystemState of;
  private final long now;
  private final long realNow;
  private final Map<Object, Integer> names = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  private CanonicalState(SystemState of) {
    this.of = of;
    this.now = of.now().toEpochMilli();
    this.realNow = now - of.attacker().ahead().toMillis();
  }

  /** The same for situations from which the same will happen and be checked. */
  static Hash256 key(SystemState of) {
    CanonicalState canonical = new CanonicalState(of);
    canonical.vault();
    of.knowledge().values().forEach(canonical::device);
    canonical.logins();
    canonical.backup();
    of.knowledge().values().forEach(canonical::network);
    canonical.truth();
    return Hash256.sha256(canonical.out.toByteArray());
  }

  /** The same for situations from which the owner alone has the same ways on. */
  static Hash256 keyOfWays(SystemState of) {
    CanonicalState canonical = new CanonicalState(of);
    canonical.vault();
    of.knowledge().values().forEach(canonical::device);
    return Hash256.sha256(canonical.out.toByteArray());
  }

  private void add(long number) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private void add(boolean flag) {
    out.write(flag ? 1 : 0);
  }

  private void name(@Nullable Object id) {
    add(id == null ? -1 : names.computeIfAbsent(id, any -> names.size()));
  }

  private void age(long millis) {
    add(millis == 0 ? -OLD : Math.min(now - millis, OLD));
  }

  // The vault.

  private void vault() {
    StoreSnapshot content = of.content();
    account(content);
    LedgerAnchor.Point anchor = of.anchor();
    add(anchor == null ? -1 : content.lastSeq() - anchor.seq());
    add(anchor != null && isIn(content, anchor.seq(), anchor.head()));
    add(content.hasNote("sealed"));
    add(Math.max(0, lastRow(content).map(row -> row.entry().atMillis()).orElse(0L) - now));
    add(of.holder());
    add(of.serving());
    for (ProcessMemory memory : of.processes()) {
      add(memory == null ? -1 : content.lastSeq() - memory.content().lastSeq());
      if (memory != null) {
        add(content.row(memory.content().lastSeq()).equals(lastRow(memory.content())));
        add(memory.content().hasNote("sealed"));
      }
    }
    add(of.behind().toMillis());
    add(of.truth().isSetBack());
    add(of.truth().isForked());
    add(of.truth().isSealed());
    attacker(of.attacker());
  }

  // What hostile players did.

  private void attacker(AttackerState done) {
    add(done.meddled());
    add(done.jumped());
    add(done.ahead().toMillis());
    Tampering tampering = done.tampering();
    add(tampering == null ? -1 : tampering.act().name().hashCode());
    if (tampering != null && tampering.act() == ActionKind.ROLL_BACK_ACCOUNT) {
      account(tampering.genuine());
    }
    Account account = ExploredSystem.account(of.content());
    add(account.setCount());
    for (Id128 claim : done.claims()) {
      account.set(claim).ifPresent(set -> set.series().forEach(series -> age(series.atMillis())));
    }
    add(done.deletion() != null);
    ExpectedAnnouncement expectedAnnouncement = done.notice();
    add(expectedAnnouncement != null);
    if (expectedAnnouncement != null) {
      realAge(expectedAnnouncement.atMillis());
      realAge(expectedAnnouncement.heardMillis());
    }
  }

  private void realAge(long millis) {
    add(millis == ExpectedAnnouncement.NEVER ? -1 : Math.min(realNow - millis, LONG_AGO));
  }

  private static Optional<LedgerRow> lastRow(StoreSnapshot content) {
    return content.row(content.lastSeq());
  }

  private static boolean isIn(StoreSnapshot content, long seq, Hash256 mac) {
    return content.row(seq).filter(row -> row.mac().equals(mac)).isPresent();
  }

  private void account(StoreSnapshot content) {
    Account account = ExploredSystem.account(content);
    add(account.counts().consecutive());
    add(account.counts().lifetime());
    age(account.counts().lastChargeMillis());
    add(account.frozen());
    age(account.frozenUntilMillis());
    add(account.announced().isPresent());
    account
        .announced()
        .ifPresent(
            change -> {
              add(change.what().number());
              name(change.credId());
              age(change.dueMillis());
              add(change.awaitedRow() > 0);
            });
    for (Party party : Party.values()) {
      add(account.set(party.identity().setId()).isPresent());
      add(failures(account, party.identity().setId()));
      for (Party whose : Party.values()) {
        add(account.knows(whose.identity().setId(), party.identity().deviceId()));
      }
    }
    of.truth().records().forEach(credId -> record(content, account, credId));
    List<Guess> guesses = of.truth().guesses();
    guesses.subList(Math.max(0, guesses.size() - REMEMBERED), guesses.size()).stream()
        .map(guess -> Id128.of(guess.loginId()))
        .distinct()
        .flatMap(loginId -> account.attempt(loginId).stream())
        .forEach(attempt -> attempt(content, account, attempt));
    account.evaluationsSince(0).forEach(this::age);
    add(-2);
    account.registrationsSince(0).forEach(this::age);
    add(-2);
  }

  private static int failures(Account account, Id128 setId) {
    return account.set(setId).map(set -> set.trust().failures()).orElse(0);
  }

  private void record(StoreSnapshot content, Account account, Hash256 credId) {
    account
        .record(credId)
        .ifPresent(
            record -> {
              name(credId);
              add(record.stage().number());
              add(record.setId().equals(Party.OWNER.identity().setId()));
              add(record.rows().exposed() > 0);
              age(record.changedMillis());
              add(record.evaluations());
              add(content.hasSecret(credId));
            });
  }

  private void attempt(StoreSnapshot content, Account account, Attempt attempt) {
    name(attempt.loginId());
    name(attempt.credId());
    name(attempt.requestHash());
    add(attempt.deviceId().equals(Party.OWNER.identity().deviceId()));
    age(attempt.chargedMillis());
    add(account.counts().streak() - attempt.streak());
    add(attempt.open());
    add(content.hasSecret(RecordSealer.loginId(ExploredSystem.EMPLOYEE, attempt)));
  }

  private void backup() {
    add(of.backup() != null);
    if (of.backup() == null) {
      return;
    }
    StoreSnapshot backup = of.backup().content();
    boolean same = lastRow(backup).equals(lastRow(of.content())) && !of.truth().isSetBack();
    add(same);
    if (!same) {
      add(of.content().lastSeq() - backup.lastSeq());
      account(backup);
    }
  }

  // The devices.

  private void device(DeviceKnowledge known) {
    add(known.registration() != null);
    if (known.registration() != null) {
      name(known.registration().credId());
      add(known.registration().pending() != null);
    }
    of.truth().records().stream().filter(known.passwords()::containsKey).forEach(this::name);
    add(-3);
    head(known.head());
  }

  private void head(@Nullable LedgerHead head) {
    if (head == null) {
      add(-1);
      return;
    }
    add(isIn(of.content(), head.seq(), head.mac()));
    add(head.seq() > of.content().lastSeq());
  }

  private void logins() {
    for (DeviceKnowledge known : of.knowledge().values()) {
      add(known.login() != null);
      if (known.login() != null) {
        name(Id128.of(known.login().loginId()));
        name(known.login().credId());
        add(known.login().ke2() != null);
        add(known.login().password() == DeviceSimulator.WRONG);
      }
    }
  }

  // The network.

  private void network(DeviceKnowledge known) {
    for (MessageSlot slot : MessageSlot.values()) {
      SentMessage sentMessage = known.sent().get(slot);
      long limit = VaultLimits.DEVICE_CLOCK_SKEW.toMillis();
      boolean taken = sentMessage != null && realNow - sentMessage.sentMillis() <= limit;
      add(taken);
      if (sentMessage != null && taken) {
        add(realNow - sentMessage.sentMillis());
        head(sentMessage.seen());
        try {
          content(sentMessage);
        } catch (MalformedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private void content(SentMessage sentMessage) throws MalformedException {
    byte[] payload = sentMessage.payload();
    Account account = ExploredSystem.account(of.content());
    switch (sentMessage.type()) {
      case REG_INIT -> {
        Id128 key = Id128.of(VaultPayload.RegInit.parse(payload).idempotencyKey());
        name(account.registration(key).map(record -> record.credId()).orElse(null));
        DeviceKnowledge known = of.knowledge().get(sentMessage.from());
        add(
            known != null
                && known.registration() != null
                && Arrays.equals(known.registration().idempotencyKey(), key.toBytes()));
      }
      case REG_FINISH -> name(Hash256.of(VaultPayload.RegFinish.parse(payload).credId()));
      case EXPOSE -> name(Hash256.of(VaultPayload.Expose.parse(payload).credId()));
      case LOGIN_START -> {
        VaultPayload.LoginStart start = VaultPayload.LoginStart.parse(payload);
        name(Id128.of(start.loginId()));
        name(Hash256.of(start.credId()));
        name(sentMessage.caller().loginRequest(start.ke1()));
        guess(sentMessage.meaning().guess());
      }
      case LOGIN_FINISH -> {
        VaultPayload.LoginFinish finish = VaultPayload.LoginFinish.parse(payload);
        name(Id128.of(finish.loginId()));
        add(finish.operation().number());
        name(finish.argument().length == 0 ? null : Hash256.of(finish.argument()));
        add(sentMessage.meaning().right());
        guess(sentMessage.meaning().guess());
      }
      case ORDER -> {
        OwnerOrder order = OwnerOrder.parse(payload);
        add(order.order().number());
        add(order.nonce().equals(Hash256.sha256(account.encode())));
      }
      case STATUS, WITNESS -> {}
    }
  }

  private void guess(int number) {
    Guess guess = of.truth().find(number);
    add(guess.answered());
    add(guess.proven());
    add(Math.min(1, guess.row()));
    add(of.truth().window() - guess.window());
  }

  // What has happened.

  private void truth() {
    GroundTruth truth = of.truth();
    add(truth.open(truth.window()));
    add(truth.open(truth.window() - 1));
    add(truth.openInLife());
    add(truth.isAfterReopening());
  }
}
