package org.hikae.device.vaultclient;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.opaque.Ke1;
import org.hikae.crypto.opaque.Ke3;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.RegistrationRecord;
import org.hikae.crypto.opaque.RegistrationRequest;
import org.hikae.crypto.opaque.server.OpaqueServer;
import org.hikae.crypto.opaque.server.PendingLogin;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.device.vaultclient.FakeVaultLedger.RowFacts;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerEntry.Detail;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.SeriesHead;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.Witness;
import org.jspecify.annotations.Nullable;

/** What a fake vault knows of its one employee, and what its messages do. */
final class FakeVaultAccount {

  private final String tenant;
  private final SecureRandom random;
  private final P256Group group;
  private final DhKeyPair akeKey;
  private final OpaqueServer opaque;
  private final FakeVaultLedger ledger;
  private final Map<String, PendingLogin> logins = new HashMap<>();
  private final Map<String, byte[]> answered = new HashMap<>();
  private final Map<Hash256, FakeVaultRecord> records = new LinkedHashMap<>();
  private final Map<String, byte[]> owners = new HashMap<>();
  private final Map<String, Map<String, SeriesHead>> series = new HashMap<>();
  private final SigningKey identity;
  private long laterMillis;
  private boolean frozen;
  private int attemptsLeft = 10;
  private int guesses;
  private final FakeVaultAnnouncement announced = new FakeVaultAnnouncement();

  FakeVaultAccount(
      DhKeyPair akeKey, SigningKey identity, FakeVaultLedger ledger, SecureRandom random) {
    this.akeKey = akeKey;
    this.tenant = ledger.tenant();
    this.identity = identity;
    this.ledger = ledger;
    this.random = random;
    this.group = new P256Group(random);
    this.opaque = new OpaqueServer(group, akeKey, random);
  }

  /** Who asks. */
  record FakeCaller(Hash256 employee, byte[] setId, byte[] deviceId) {}

  /** A refusal on its way up. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final transient VaultReply.Refused refused;

    RefusedException(VaultRefusal why) {
      this.refused = VaultReply.Refused.of(why);
    }
  }

  /** Goes on with what another vault had of the employee. */
  void holds(PresetVaultRecord given) throws CryptoException, MalformedException {
    FakeVaultRecord made = given.inUse();
    records.put(made.credId, made);
    owners.put(given.setId(), given.ownerKey());
    series.put(given.setId(), given.heads());
  }

  byte[] akeKey() {
    return akeKey.publicKey().encode();
  }

  /** Lets time pass at the vault. */
  void later(Duration duration) {
    laterMillis += duration.toMillis();
  }

  /** Two administrators announce the deletion of the record. */
  void announceByAdministrators(String issuer, String subject) {
    FakeVaultRecord active = active();
    Hash256 employee = LedgerEntry.employeeOf(tenant, issuer, subject);
    FakeCaller nobody = new FakeCaller(employee, active.setId, new byte[Hk1Constants.ID_BYTES]);
    long due = now() + Duration.ofDays(30).toMillis();
    announced.at(StatusDone.Announcement.ADMIN_DELETE, active.credId, due);
    happens(VaultEvent.ADMIN_DELETE_ANNOUNCED, nobody, active.credId, due / 1000);
  }

  /** Moves the witness of the newest series on, as if a newer snapshot had been withheld. */
  void witnessNewer() {
    for (Map<String, SeriesHead> heads : series.values()) {
      heads.replaceAll(
          (device, head) ->
              new SeriesHead(
                  head.deviceId(), head.seq() + 1, Hash256.sha256(new byte[3]), head.atSeconds()));
    }
  }

  /** How many guesses were answered. */
  int guesses() {
    return guesses;
  }

  /** How many snapshots were witnessed last, all series together. */
  long witnessed() {
    return series.values().stream()
        .flatMap(heads -> heads.values().stream())
        .mapToLong(SeriesHead::seq)
        .sum();
  }

  /** State of the record that Status shows. */
  RecordState state() {
    return shown() == null ? RecordState.NONE : shown().state;
  }

  byte[] done(VaultMessageType type, FakeCaller caller, byte[] payload)
      throws MalformedException, CryptoException {
    return switch (type) {
      case REG_INIT -> regInit(caller, VaultPayload.RegInit.parse(payload));
      case REG_FINISH -> regFinish(caller, VaultPayload.RegFinish.parse(payload));
      case EXPOSE -> expose(caller, VaultPayload.Expose.parse(payload));
      case LOGIN_START -> loginStart(caller, VaultPayload.LoginStart.parse(payload));
      case LOGIN_FINISH -> loginFinish(caller, VaultPayload.LoginFinish.parse(payload));
      case STATUS -> status(caller, VaultPayload.Status.parse(payload));
      case WITNESS -> witness(caller, Witness.parse(payload));
      case ORDER -> order(caller, OwnerOrder.parse(payload));
    };
  }

  LedgerEntry happens(VaultEvent event, FakeCaller caller, Hash256 credId, Hash256 detail) {
    return happens(new RowFacts(event, attemptsLeft, 0, detail), caller, credId);
  }

  private LedgerEntry happens(
      VaultEvent event, FakeCaller caller, Hash256 credId, long dueSeconds) {
    return happens(new RowFacts(event, attemptsLeft, dueSeconds, Hash256.ZERO), caller, credId);
  }

  private LedgerEntry happens(RowFacts rowFacts, FakeCaller caller, Hash256 credId) {
    return ledger.append(
        rowFacts,
        new LedgerEntry.Subject(caller.employee(), caller.setId(), credId, caller.deviceId()),
        now());
  }

  private long now() {
    return Instant.now().toEpochMilli() + laterMillis;
  }

  private @Nullable FakeVaultRecord active() {
    return records.values().stream()
        .filter(rec -> rec.state == RecordState.ACTIVE)
        .findFirst()
        .orElse(null);
  }

  private @Nullable FakeVaultRecord shown() {
    FakeVaultRecord active = active();
    return active != null
        ? active
        : records.values().stream()
            .filter(rec -> rec.state != RecordState.NONE)
            .reduce((first, second) -> second)
            .orElse(null);
  }

  /** Announces what an owner wants, with the date of its row. */
  private LedgerEntry announce(
      StatusDone.Announcement what, FakeCaller caller, FakeVaultRecord about, Hash256 detail) {
    FakeVaultRecord active = active();
    boolean known = active != null && announced.knows(active.setId, caller.deviceId());
    long due = announced.byOwner(what, about.credId, known, now());
    RowFacts rowFacts = new RowFacts(FakeVaultAnnouncement.event(what), attemptsLeft, due, detail);
    LedgerEntry row = happens(rowFacts, caller, about.credId);
    announced.saidBy(row.seq());
    return row;
  }

  void settle(FakeCaller caller) {
    if (!announced.isDue(now())) {
      return;
    }
    FakeVaultRecord about = records.get(announced.credId());
    if (announced.is(StatusDone.Announcement.REPLACE)) {
      activate(caller, about);
    } else {
      retire(caller, about);
    }
    announced.end();
  }

  private LedgerEntry retire(FakeCaller caller, FakeVaultRecord rec) {
    rec.state = RecordState.RETIRED;
    frozen = false;
    return happens(VaultEvent.RETIRED, caller, rec.credId, now() / 1000);
  }

  private LedgerEntry activate(FakeCaller caller, FakeVaultRecord rec) {
    FakeVaultRecord old = active();
    if (old != null) {
      retire(caller, old);
    }
    rec.state = RecordState.ACTIVE;
    LedgerEntry row =
        happens(VaultEvent.ACTIVE, caller, rec.credId, ledger.row(rec.pendingRow).detail());
    announced.end();
    return row;
  }

  private void claim(FakeCaller caller, byte[] ownerKey) {
    byte[] known = owners.putIfAbsent(TextCodec.hex(caller.setId()), ownerKey);
    if (known == null) {
      happens(VaultEvent.CLAIMED, caller, Hash256.ZERO, Detail.owner(ownerKey));
    } else if (!Arrays.equals(known, 0, known.length, ownerKey, 0, ownerKey.length)) {
      throw new RefusedException(VaultRefusal.OWNER_REFUSED);
    }
  }

  private byte[] regInit(FakeCaller caller, VaultPayload.RegInit init) throws CryptoException {
    claim(caller, init.ownerKey());
    byte[] credId = new byte[Hk1Constants.HASH_BYTES];
    random.nextBytes(credId);
    FakeVaultRecord rec =
        new FakeVaultRecord(caller.setId(), Hash256.of(credId), Scalar.random(random));
    records.put(rec.credId, rec);
    happens(VaultEvent.BEGUN, caller, rec.credId, Hash256.ZERO);
    byte[] response =
        opaque
            .register(
                RegistrationRequest.decode(init.registrationRequest()),
                element -> group.multiply(element, rec.factor))
            .encode();
    return new VaultPayload.RegInitDone(credId, response).encode();
  }

  private byte[] regFinish(FakeCaller caller, VaultPayload.RegFinish finish) {
    FakeVaultRecord rec = records.get(Hash256.of(finish.credId()));
    if (rec.state == RecordState.NONE) {
      rec.upload = finish.registrationUpload();
      rec.wrap = finish.passwordWrap();
      rec.state = RecordState.PENDING;
      Hash256 detail =
          Detail.registration(
              Hash256.sha256(rec.upload),
              Hash256.sha256(rec.wrap),
              owners.get(TextCodec.hex(caller.setId())));
      rec.pendingRow = happens(VaultEvent.PENDING, caller, rec.credId, detail).seq();
    }
    return ledger.receipt(ledger.row(rec.pendingRow)).encode();
  }

  private byte[] expose(FakeCaller caller, VaultPayload.Expose expose) throws CryptoException {
    FakeVaultRecord rec = records.get(Hash256.of(expose.credId()));
    VerifyingKey.decode(owners.get(TextCodec.hex(caller.setId())))
        .verify(
            VaultPayload.Expose.transcript(
                expose.credId(), ledger.receipt(ledger.row(rec.pendingRow))),
            expose.ownerSignature());
    announced.learn(caller.setId(), caller.deviceId());
    if (rec.exposedRow == 0) {
      LedgerEntry row;
      if (active() == null) {
        attemptsLeft = 10;
        row = activate(caller, rec);
      } else if (announced.isThere()) {
        throw new RefusedException(VaultRefusal.WRONG_STATE);
      } else {
        Hash256 detail = ledger.row(rec.pendingRow).detail();
        row = announce(StatusDone.Announcement.REPLACE, caller, rec, detail);
      }
      rec.exposedRow = row.seq();
    }
    return ledger.receipt(ledger.row(rec.exposedRow)).encode();
  }

  private byte[] loginStart(FakeCaller caller, VaultPayload.LoginStart start)
      throws CryptoException {
    FakeVaultRecord rec = records.get(Hash256.of(start.credId()));
    if (rec == null || rec.state != RecordState.ACTIVE) {
      throw new RefusedException(
          rec != null && rec.state == RecordState.LOCKED
              ? VaultRefusal.LOCKED
              : VaultRefusal.NO_RECORD);
    }
    if (frozen) {
      throw new RefusedException(VaultRefusal.FROZEN);
    }
    String request = TextCodec.hex(start.loginId()) + TextCodec.hex(start.ke1());
    byte[] again = answered.get(request);
    if (again != null) {
      return again;
    }
    guesses++;
    attemptsLeft--;
    happens(VaultEvent.CHARGED, caller, rec.credId, Detail.login(start.loginId()));
    OpaqueServer.Answer answer =
        opaque.answer(
            Ke1.decode(start.ke1()),
            RegistrationRecord.decode(rec.upload),
            element -> group.multiply(element, rec.factor),
            context(rec.setId));
    logins.put(TextCodec.hex(start.loginId()), answer.pending());
    int left = attemptsLeft;
    if (left == 0) {
      rec.state = RecordState.LOCKED;
      happens(VaultEvent.LOCKED, caller, rec.credId, now() / 1000);
    }
    byte[] done = new VaultPayload.LoginStartDone(answer.ke2().encode(), left).encode();
    answered.put(request, done);
    return done;
  }

  private byte[] loginFinish(FakeCaller caller, VaultPayload.LoginFinish finish)
      throws CryptoException {
    PendingLogin pending = logins.remove(TextCodec.hex(finish.loginId()));
    FakeVaultRecord active = active();
    if (pending == null || active == null) {
      throw new RefusedException(VaultRefusal.WRONG_STATE);
    }
    byte[] key = pending.finish(Ke3.decode(finish.ke3())).expose();
    byte[] expected =
        VaultPayload.LoginFinish.macBytes(finish.loginId(), finish.operation(), finish.argument());
    if (!HmacSha256.verify(key, expected, finish.mac())) {
      throw new RefusedException(VaultRefusal.LOGIN_FAILED);
    }
    attemptsLeft = 10;
    announced.learn(active.setId, caller.deviceId());
    byte[] wrap = active.wrap;
    LedgerEntry last =
        happens(VaultEvent.OPENED, caller, active.credId, Detail.login(finish.loginId()));
    switch (finish.operation()) {
      case FETCH -> {}
      case RETIRE -> last = retire(caller, active);
      case REPLACE -> last = activate(caller, records.get(Hash256.of(finish.argument())));
      case VETO -> last = veto(caller, active);
    }
    boolean fetch = finish.operation() == VaultPayload.Operation.FETCH;
    return new VaultPayload.LoginFinishDone(
            fetch ? wrap : new byte[0], ledger.receipt(last), heads(caller))
        .encode();
  }

  private LedgerEntry veto(FakeCaller caller, FakeVaultRecord active) {
    if (!announced.isThere()) {
      throw new RefusedException(VaultRefusal.WRONG_STATE);
    }
    LedgerEntry vetoed = happens(VaultEvent.VETOED, caller, active.credId, Hash256.ZERO);
    if (announced.is(StatusDone.Announcement.REPLACE)) {
      retire(caller, records.get(announced.credId()));
    }
    announced.end();
    return vetoed;
  }

  private List<SeriesHead> heads(FakeCaller caller) {
    return List.copyOf(series.getOrDefault(TextCodec.hex(caller.setId()), Map.of()).values());
  }

  private byte[] status(FakeCaller caller, VaultPayload.Status status) {
    hear(caller, status.afterSeq());
    FakeVaultRecord shown = shown();
    StatusDone unsigned =
        new StatusDone(
            status.nonce(),
            new StatusDone.RecordView(
                shown == null ? RecordState.NONE : shown.state,
                shown == null ? Hash256.ZERO : shown.credId,
                shown == null ? new byte[Hk1Constants.ID_BYTES] : shown.setId,
                frozen),
            new StatusDone.Attempts(attemptsLeft, 0, 50, 200),
            announced.shown(now()),
            ledger.stateOf(caller.employee()),
            heads(caller),
            ledger.after(caller.employee(), status.afterSeq(), StatusDone.MAX_RECEIPTS),
            new byte[Hk1Constants.SIGNATURE_BYTES]);
    return unsigned.signed(identity.sign(unsigned.transcript())).encode();
  }

  /** The row once more, now with its date. */
  private void hear(FakeCaller caller, long afterSeq) {
    FakeVaultRecord active = active();
    boolean begins =
        active != null && announced.heard(active.setId, caller.deviceId(), afterSeq, now());
    if (begins) {
      LedgerEntry row = ledger.row(announced.row());
      long due = announced.shown(now()).dueSeconds();
      LedgerEntry.Subject subject = row.subject();
      ledger.append(new RowFacts(row.event(), attemptsLeft, due, row.detail()), subject, now());
    }
  }

  private byte[] witness(FakeCaller caller, Witness witness) throws CryptoException {
    VerifyingKey.decode(witness.ownerKey())
        .verify(
            Witness.transcript(
                tenant,
                caller.employee(),
                caller.setId(),
                caller.deviceId(),
                witness.seq(),
                witness.snapshotHash()),
            witness.ownerSignature());
    claim(caller, witness.ownerKey());
    announced.learn(caller.setId(), caller.deviceId());
    Map<String, SeriesHead> heads =
        series.computeIfAbsent(TextCodec.hex(caller.setId()), set -> new HashMap<>());
    SeriesHead before = heads.get(TextCodec.hex(caller.deviceId()));
    boolean again =
        before != null
            && before.seq() == witness.seq()
            && before.snapshotHash().equals(witness.snapshotHash());
    if (before != null && before.seq() >= witness.seq() && !again) {
      throw new RefusedException(VaultRefusal.WRONG_STATE);
    }
    heads.put(
        TextCodec.hex(caller.deviceId()),
        new SeriesHead(caller.deviceId(), witness.seq(), witness.snapshotHash(), now() / 1000));
    Hash256 detail = Detail.witness(caller.deviceId(), witness.seq(), witness.snapshotHash());
    return ledger.receipt(happens(VaultEvent.WITNESSED, caller, Hash256.ZERO, detail)).encode();
  }

  private byte[] order(FakeCaller caller, OwnerOrder order) throws CryptoException {
    VerifyingKey.decode(owners.get(TextCodec.hex(caller.setId())))
        .verify(
            OwnerOrder.transcript(
                order.order(),
                tenant,
                caller.employee(),
                caller.setId(),
                order.argument(),
                order.nonce()),
            order.ownerSignature());
    if (!order.nonce().equals(ledger.stateOf(caller.employee()))) {
      throw new RefusedException(VaultRefusal.WRONG_STATE);
    }
    announced.learn(caller.setId(), caller.deviceId());
    if (order.order() == OwnerOrder.Order.HAND_OVER) {
      owners.put(TextCodec.hex(caller.setId()), order.argument());
      Hash256 heir = Detail.owner(order.argument());
      return ledger.receipt(happens(VaultEvent.HANDED_OVER, caller, Hash256.ZERO, heir)).encode();
    }
    FakeVaultRecord active = active();
    if (active == null || !Arrays.equals(active.setId, caller.setId())) {
      throw new RefusedException(VaultRefusal.NO_RECORD);
    }
    LedgerEntry row =
        switch (order.order()) {
          case FREEZE, UNFREEZE -> {
            frozen = order.order() == OwnerOrder.Order.FREEZE;
            VaultEvent event = frozen ? VaultEvent.FROZEN : VaultEvent.UNFROZEN;
            long until = (now() + Duration.ofDays(7).toMillis()) / 1000;
            yield happens(event, caller, active.credId, frozen ? until : 0);
          }
          case DELETE -> announce(StatusDone.Announcement.DELETE, caller, active, Hash256.ZERO);
          case VETO -> veto(caller, active);
          case HAND_OVER -> throw new RefusedException(VaultRefusal.WRONG_STATE);
        };
    return ledger.receipt(row).encode();
  }

  private OpaqueContext context(byte[] setId) {
    byte[] server = ("HK1|1|" + tenant + "|vault").getBytes(StandardCharsets.US_ASCII);
    return new OpaqueContext(new byte[0], server, setId);
  }
}
