package org.hikae.vault.account;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * One charged guess. OPEN until it is proven right or wrong or its minute is over; each can be
 * finished at most once. Closed ones are remembered for a while, so that their messages cannot be
 * replayed.
 *
 * @param loginId chosen by the device
 * @param credId the record
 * @param requestHash SHA-256 over KE1 and device key: the one request it answers
 * @param deviceId the device that asked
 * @param chargedMillis when
 * @param streak the streak of consecutive charges it belongs to
 * @param open false once it was proven or failed
 */
public record Attempt(
    Id128 loginId,
    Hash256 credId,
    Hash256 requestHash,
    Id128 deviceId,
    long chargedMillis,
    long streak,
    boolean open) {

  /** Whether it can still be repeated or finished. A clock before the charge closes it too. */
  public boolean isOpenAt(long nowMillis) {
    long age = nowMillis - chargedMillis;
    return open && age >= 0 && age <= VaultLimits.LOGIN_WINDOW.toMillis();
  }

  /** After its end. */
  public Attempt closed() {
    return new Attempt(loginId, credId, requestHash, deviceId, chargedMillis, streak, false);
  }

  /** The same at a time that was set back: one that lies ahead now is over. */
  Attempt notAfter(long nowMillis) {
    return chargedMillis <= nowMillis
        ? this
        : new Attempt(loginId, credId, requestHash, deviceId, nowMillis, streak, false);
  }

  void addTo(Transcript out) {
    out.add(loginId.toBytes())
        .add(credId.toBytes())
        .add(requestHash.toBytes())
        .add(deviceId.toBytes())
        .addU64(chargedMillis)
        .addU64(streak)
        .addU8(open ? 1 : 0);
  }

  static Attempt read(TranscriptReader in) throws MalformedException {
    return new Attempt(
        Account.id(in, "loginId"),
        Account.hash(in, "credId"),
        Account.hash(in, "requestHash"),
        Account.id(in, "deviceId"),
        in.u64("charged"),
        in.u64("streak"),
        Account.flag(in, "open"));
  }
}
