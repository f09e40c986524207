package org.hikae.vault.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.vault.account.OwnedSet.WitnessedSeries;
import org.jspecify.annotations.Nullable;

/**
 * One employee in the vault. Confined to one transaction; {@link #encode} and {@link #decode} are
 * the only way in and out of the store.
 */
public final class Account {

  private static final String PURPOSE = "vault account";
  private static final int VERSION = 2;

  private AttemptCounters attemptCounters = AttemptCounters.NONE;
  private boolean frozen;
  private long frozenUntilMillis;
  private @Nullable AnnouncedChange announced;
  private final List<OwnedSet> sets = new ArrayList<>();
  private final List<VaultRecord> records = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Long> evaluations = new ArrayList<>();
  private final List<Long> registrations = new ArrayList<>();
  private long custodiansRow;

  /** An employee who was never seen. */
  public static Account fresh() {
    return new Account();
  }

  private Account() {}

  // What there is.

  /** How often passwords were tried. */
  public AttemptCounters counts() {
    return attemptCounters;
  }

  /** Whether the owner stopped all attempts. */
  public boolean frozen() {
    return frozen;
  }

  /**
   * When the last freeze ends or has ended; 0 when there was none, or when it is one of before
   * freezes had an end.
   */
  public long frozenUntilMillis() {
    return frozenUntilMillis;
  }

  /** What will happen. */
  public Optional<AnnouncedChange> announced() {
    return Optional.ofNullable(announced);
  }

  /** The set with this identifier. */
  public Optional<OwnedSet> set(Id128 setId) {
    return sets.stream().filter(set -> set.setId().equals(setId)).findFirst();
  }

  /** The record with this credId. */
  public Optional<VaultRecord> record(Hash256 credId) {
    return find(record -> record.credId().equals(credId));
  }

  /** The record begun with this key. */
  public Optional<VaultRecord> registration(Id128 idempotencyKey) {
    return find(record -> record.origin().idempotencyKey().equals(idempotencyKey));
  }

  /** The record in this stage; of LOCKED and RETIRED ones the newest. */
  public Optional<VaultRecord> newest(RecordStage stage) {
    return find(record -> record.stage() == stage);
  }

  /** The record that ended last after it had been PENDING. */
  public Optional<VaultRecord> lastEnded() {
    return find(record -> !record.stage().isAlive() && record.rows().pending() > 0);
  }

  /** Records are kept newest last. */
  private Optional<VaultRecord> find(Predicate<VaultRecord> wanted) {
    return records.reversed().stream().filter(wanted).findFirst();
  }

  /** The attempt with this loginId. */
  public Optional<Attempt> attempt(Id128 loginId) {
    return attempts.stream().filter(attempt -> attempt.loginId().equals(loginId)).findFirst();
  }

  /** The newest attempt on a record that may still be finished. */
  public Optional<Attempt> openAttempt(Hash256 credId, long nowMillis) {
    return attempts.reversed().stream()
        .filter(attempt -> attempt.credId().equals(credId) && attempt.isOpenAt(nowMillis))
        .findFirst();
  }

  /** The newest attempt on a record. */
  public Optional<Attempt> lastAttempt(Hash256 credId) {
    return attempts.reversed().stream()
        .filter(attempt -> attempt.credId().equals(credId))
        .findFirst();
  }

  /** Whether this device has proven that it has K of the set of the ACTIVE record. */
  public boolean knows(Id128 deviceId) {
    return newest(RecordStage.ACTIVE).filter(active -> knows(active.setId(), deviceId)).isPresent();
  }

  /** Whether this device has proven that it has K of this set. */
  public boolean knows(Id128 setId, Id128 deviceId) {
    return set(setId).filter(set -> set.trust().knows(deviceId)).isPresent();
  }

  /** Times of tries within the last day, oldest first. */
  public List<Long> evaluationsSince(long millis) {
    return evaluations.stream().filter(at -> at > millis).toList();
  }

  /** Times of registrations begun within the last day, oldest first. */
  public List<Long> registrationsSince(long millis) {
    return registrations.stream().filter(at -> at > millis).toList();
  }

  /** The last row by which two custodians announced a deletion; 0 for none. */
  public long custodiansRow() {
    return custodiansRow;
  }

  /** How many sets there are. */
  public int setCount() {
    return sets.size();
  }

  /**
   * The set that may give way to another: of those without a record that is alive one whose owner
   * key never came with a fresh sign-in, else one that was not used for long; of several the one
   * that was used longest ago.
   */
  public Optional<OwnedSet> leastNeeded(long nowMillis) {
    long idle = nowMillis - VaultLimits.SET_IDLE.toMillis();
    return sets.stream()
        .filter(set -> alive().stream().noneMatch(record -> record.setId().equals(set.setId())))
        .filter(set -> !set.trust().signedIn() || lastUsedMillis(set) < idle)
        .min(
            Comparator.comparingInt((OwnedSet set) -> set.trust().signedIn() ? 1 : 0)
                .thenComparingLong(this::lastUsedMillis));
  }

  private long lastUsedMillis(OwnedSet set) {
    LongStream witnessed = set.series().stream().mapToLong(WitnessedSeries::atMillis);
    LongStream changed =
        records.stream()
            .filter(record -> record.setId().equals(set.setId()))
            .mapToLong(VaultRecord::changedMillis);
    return LongStream.concat(witnessed, changed).max().orElse(0);
  }

  // What changes.

  /** Replaces the counts. */
  public void put(AttemptCounters after) {
    attemptCounters = after;
  }

  /** Stops attempts until then. */
  public void freeze(long untilMillis) {
    frozen = true;
    frozenUntilMillis = untilMillis;
  }

  /** Allows attempts again. */
  public void unfreeze(long nowMillis) {
    if (frozen) {
      frozen = false;
      frozenUntilMillis = nowMillis;
    }
  }

  /** Announces, or with null forgets what was announced. */
  public void announce(@Nullable AnnouncedChange change) {
    announced = change;
  }

  /** Adds or replaces a set. */
  public void put(OwnedSet set) {
    replace(sets, set, old -> old.setId().equals(set.setId()));
  }

  /** Forgets a set. */
  public void remove(OwnedSet set) {
    sets.removeIf(old -> old.setId().equals(set.setId()));
  }

  /** Adds a record or replaces it by its next stage. */
  public void put(VaultRecord record) {
    replace(records, record, old -> old.credId().equals(record.credId()));
  }

  /** Adds or replaces an attempt. */
  public void put(Attempt attempt) {
    replace(attempts, attempt, old -> old.loginId().equals(attempt.loginId()));
  }

  /** Forgets an attempt that was never answered. */
  public void remove(Attempt attempt) {
    attempts.removeIf(old -> old.loginId().equals(attempt.loginId()));
  }

  /** Remembers that a device has proven that it has K of this set. */
  public void learn(Id128 setId, Id128 deviceId) {
    set(setId).ifPresent(set -> put(set.with(set.trust().knowing(deviceId))));
  }

  /** Counts a failure at a record of this set, or with -1 takes it back. */
  public void failed(Id128 setId, int by) {
    set(setId).ifPresent(set -> put(set.with(set.trust().charged(by))));
  }

  /**
   * A login with the old password of this set has put a new one in its place: what was tried at
   * records of this set is forgiven. Failures at others are not, whoever made them.
   */
  public void renew(Id128 setId) {
    int ofSet = set(setId).map(set -> set.trust().failures()).orElse(0);
    attemptCounters = attemptCounters.renewed(ofSet);
    set(setId).ifPresent(set -> put(set.with(set.trust().withFailures(0))));
  }

  /** Counts a try. */
  public void evaluatedAt(long millis) {
    evaluations.add(millis);
  }

  /** Counts a registration begun. */
  public void registeredAt(long millis) {
    registrations.add(millis);
  }

  private static <T> void replace(List<T> list, T element, Predicate<T> same) {
    for (int i = 0; i < list.size(); i++) {
      if (same.test(list.get(i))) {
        list.set(i, element);
        return;
      }
    }
    list.add(element);
  }

  /** Two custodians have announced a deletion by this row. */
  public void custodiansAnnounced(long row) {
    custodiansRow = row;
  }

  /**
   * People have set the time. What is announced waits as long as it would have, and nothing lies
   * ahead that was done already: it would keep somebody waiting until then.
   */
  public void timeSet(long beforeMillis, long nowMillis) {
    if (announced != null) {
      announced =
          new AnnouncedChange(
              announced.what(),
              announced.credId(),
              nowMillis + Math.max(0, announced.dueMillis() - beforeMillis),
              announced.awaitedRow());
    }
    if (frozenUntilMillis > 0) {
      frozenUntilMillis = nowMillis + Math.max(0, frozenUntilMillis - beforeMillis);
    }
    attemptCounters = attemptCounters.notAfter(nowMillis);
    records.replaceAll(record -> record.notAfter(nowMillis));
    attempts.replaceAll(attempt -> attempt.notAfter(nowMillis));
    evaluations.replaceAll(at -> Math.min(at, nowMillis));
    registrations.replaceAll(at -> Math.min(at, nowMillis));
  }

  /** Forgets what no rule needs any more at this time. */
  public void prune(long nowMillis) {
    long dayAgo = nowMillis - VaultLimits.DAY.toMillis();
    evaluations.removeIf(at -> at <= dayAgo);
    registrations.removeIf(at -> at <= dayAgo);
    long memory = nowMillis - VaultLimits.ATTEMPT_MEMORY.toMillis();
    attempts.removeIf(attempt -> attempt.chargedMillis() < memory);
    Optional<VaultRecord> last = lastEnded();
    long kept = nowMillis - VaultLimits.FORGET_AFTER.toMillis();
    records.removeIf(
        record ->
            !record.stage().isAlive()
                && record.changedMillis() < kept
                && !record.equals(last.orElse(null)));
    sets.removeIf(set -> set.series().isEmpty() && !hasRecordOf(set));
  }

  /** A set that was begun and given up leaves nothing to own. */
  private boolean hasRecordOf(OwnedSet set) {
    return records.stream().anyMatch(record -> record.setId().equals(set.setId()));
  }

  /** When something happens here by itself; {@link Long#MAX_VALUE} for never. */
  public long dueMillis() {
    long due = announced == null ? Long.MAX_VALUE : announced.dueMillis();
    if (frozen) {
      due = Math.min(due, frozenUntilMillis);
    }
    if (attemptCounters.exhausted() && newest(RecordStage.ACTIVE).isPresent()) {
      due =
          Math.min(
              due, attemptCounters.lastChargeMillis() + VaultLimits.LOGIN_WINDOW.toMillis() + 1);
    }
    for (VaultRecord record : records) {
      if (isUnfinished(record)) {
        due = Math.min(due, record.changedMillis() + VaultLimits.FORGET_AFTER.toMillis());
      }
    }
    return due;
  }

  /** Whether a record waits for its registration to be finished, and for nothing announced. */
  public boolean isUnfinished(VaultRecord record) {
    boolean early = record.stage() == RecordStage.BEGUN || record.stage() == RecordStage.PENDING;
    return early && !(announced != null && announced.credId().equals(record.credId()));
  }

  /** The records that are alive. */
  public List<VaultRecord> alive() {
    return records.stream().filter(record -> record.stage().isAlive()).toList();
  }

  // Bytes.

  /** The bytes to store; the same account has the same bytes. */
  public byte[] encode() {
    Transcript out = Transcript.of(PURPOSE).addU8(VERSION).addU8(frozen ? 1 : 0);
    attemptCounters.addTo(out);
    out.addU8(announced == null ? 0 : 1);
    if (announced != null) {
      announced.addTo(out);
    }
    out.addU8(sets.size());
    sets.forEach(set -> set.addTo(out));
    out.addU16(records.size());
    records.forEach(record -> record.addTo(out));
    out.addU16(attempts.size());
    attempts.forEach(attempt -> attempt.addTo(out));
    out.addU16(evaluations.size());
    evaluations.forEach(out::addU64);
    out.addU16(registrations.size());
    registrations.forEach(out::addU64);
    out.addU64(frozenUntilMillis);
    sets.forEach(set -> set.trust().addTo(out));
    out.addU64(custodiansRow);
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote, and what the version before it wrote. */
  public static Account decode(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes).expectPurpose(PURPOSE);
    int version = in.u8("version");
    if (version < 1 || version > VERSION) {
      throw new MalformedException("An account of another version.");
    }
    Account account = new Account();
    account.frozen = flag(in, "frozen");
    account.attemptCounters = AttemptCounters.read(in);
    if (flag(in, "announced")) {
      account.announced = AnnouncedChange.read(in, version);
    }
    readAll(in.u8("sets"), account.sets, () -> OwnedSet.read(in));
    readAll(in.u16("records"), account.records, () -> VaultRecord.read(in));
    readAll(in.u16("attempts"), account.attempts, () -> Attempt.read(in));
    if (version == 1) {
      readAll(in.u8("devices"), new ArrayList<>(), () -> id(in, "device"));
    }
    readAll(in.u16("evaluations"), account.evaluations, () -> in.u64("evaluation"));
    readAll(in.u16("registrations"), account.registrations, () -> in.u64("registration"));
    if (version == 1) {
      account.earnWhatIsCertain();
    } else {
      account.frozenUntilMillis = in.u64("frozenUntil");
      for (OwnedSet set : List.copyOf(account.sets)) {
        account.put(set.with(SetTrust.read(in)));
      }
      account.custodiansRow = in.u64("custodiansRow");
    }
    in.end();
    return account;
  }

  /**
   * What sets have earned by what version 1 kept. A device whose snapshot was witnessed has signed
   * with the owner key of that set. Its list of devices is passed over: it said not of which set,
   * and held keys that anybody had made up for a set of their own. Failures are those of the set
   * that was tried last.
   */
  private void earnWhatIsCertain() {
    for (OwnedSet set : List.copyOf(sets)) {
      SetTrust trust = SetTrust.NONE.signedIn(true);
      for (WitnessedSeries one : set.series()) {
        trust = trust.knowing(one.deviceId());
      }
      put(set.with(trust));
    }
    newest(RecordStage.ACTIVE)
        .or(this::lastEnded)
        .flatMap(record -> set(record.setId()))
        .ifPresent(set -> put(set.with(set.trust().withFailures(attemptCounters.lifetime()))));
  }

  private interface ElementWriter<T> {
    T read() throws MalformedException;
  }

  private static <T> void readAll(int count, List<T> into, ElementWriter<T> element)
      throws MalformedException {
    for (int left = count; left > 0; left--) {
      into.add(element.read());
    }
  }

  static Hash256 hash(TranscriptReader in, String name) throws MalformedException {
    return Hash256.of(in.exactly(name, Hk1Constants.HASH_BYTES));
  }

  static Id128 id(TranscriptReader in, String name) throws MalformedException {
    return Id128.of(in.exactly(name, Hk1Constants.ID_BYTES));
  }

  static boolean flag(TranscriptReader in, String name) throws MalformedException {
    int value = in.u8(name);
    if (value > 1) {
      throw new MalformedException(name + " is 0 or 1.");
    }
    return value == 1;
  }

  @Override
  public String toString() {
    return "Account(" + attemptCounters + ", " + records + ")";
  }
}
