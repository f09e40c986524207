package org.hikae.vault.transaction;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.port.MonotonicClock;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.VaultDependencies;
import org.hikae.vault.port.VaultStore.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The vault's own time, by which rows are dated and everything that is announced, awaited or
 * destroyed is measured (spec HK1-V-35). It follows the host's clock, never back, and not over a
 * jump: while it runs it goes by how long the process has run, and catches up slowly; at a start it
 * follows from the last time that ledger or note vouch for. So a clock that is set ahead brings
 * nothing announced to its end, and dates no row that is still to come once it is right again. Not
 * safe for several threads: {@link GroupCommitExecutor} sees to that.
 */
final class VaultClock {

  private static final Logger LOG = System.getLogger(VaultClock.class.getName());
  private static final String NOTE = "time";
  private static final Duration NOTE_PERIOD = Duration.ofHours(1);

  private final Clock host;
  private final MonotonicClock monotonicClock;
  private final RootKey root;
  private final String tenant;
  private @Nullable Instant kept;
  private Duration looked = Duration.ZERO;
  private @Nullable Instant apartSince;
  private long reopenedAt;
  private long notedMillis;

  VaultClock(VaultDependencies ports, String tenant) {
    this.host = ports.clock();
    this.monotonicClock = ports.uptime();
    this.root = ports.root();
    this.tenant = tenant;
  }

  /**
   * Goes on from what is vouched for, which may be newer than what this process remembers when
   * another one has served meanwhile.
   *
   * @param lastMillis the ledger's last row; 0 for none
   * @param reopened the row of the last reopening, by which people may have set the time back
   */
  void goOn(Rows rows, long lastMillis, long reopened) {
    notedMillis = Math.max(lastMillis, noted(rows, reopened));
    Instant vouched = Instant.ofEpochMilli(notedMillis);
    Instant remembered = reopened == reopenedAt ? kept : null;
    if (remembered == null) {
      start(vouched);
    } else if (vouched.isAfter(remembered)) {
      kept = vouched;
    }
    reopenedAt = reopened;
  }

  private void start(Instant vouched) {
    Instant wall = host.instant();
    Duration away = Duration.between(vouched, wall);
    boolean follows =
        vouched.equals(Instant.EPOCH)
            || (!away.isNegative() && away.compareTo(VaultLimits.CLOCK_JUMP) <= 0);
    begin(follows ? wall : vouched);
  }

  private void begin(Instant at) {
    kept = at;
    looked = monotonicClock.elapsed();
    apartSince = null;
  }

  /** The host's clock is right: two people have said so, with the reopening at this row. */
  void takeOver(long reopened) {
    begin(host.instant());
    reopenedAt = reopened;
    notedMillis = 0;
  }

  /** What it is now; only after {@link #goOn}. */
  long millis() {
    return now().toEpochMilli();
  }

  private Instant now() {
    Instant before = kept;
    if (before == null) {
      throw new IllegalStateException("the time was not read yet");
    }
    Duration up = monotonicClock.elapsed();
    Duration passed = up.minus(looked);
    if (passed.isNegative()) {
      return before;
    }
    looked = up;
    Instant steady = before.plus(passed);
    Instant wall = host.instant();
    Duration faster =
        isToBeFollowed(steady, wall) ? passed.dividedBy(VaultLimits.CLOCK_CATCH_UP) : Duration.ZERO;
    Instant next = earlier(wall, steady.plus(faster));
    Instant after = next.isAfter(before) ? next : before;
    kept = after;
    return after;
  }

  /** A clock that is far ahead was set; whoever did so in error has a week to set it right. */
  private boolean isToBeFollowed(Instant steady, Instant wall) {
    Duration ahead = Duration.between(steady, wall);
    if (ahead.compareTo(VaultLimits.CLOCK_DRIFT) <= 0) {
      apartSince = null;
      return true;
    }
    Instant since = apartSince;
    if (since == null) {
      LOG.log(
          Level.ERROR,
          "ALARM: the host''s clock is {0} ahead of the vault''s time. What is announced waits by"
              + " the vault''s.",
          ahead);
      apartSince = steady;
      return false;
    }
    return Duration.between(since, steady).compareTo(VaultLimits.CLOCK_BELIEVED) >= 0;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Writes the time down now and then, for a start after hours in which nothing happened. */
  void note(Rows rows, long nowMillis, long lastMillis) {
    if (nowMillis - Math.max(notedMillis, lastMillis) < NOTE_PERIOD.toMillis()) {
      return;
    }
    byte[] code = root.hmac(code(nowMillis, reopenedAt));
    rows.putNote(NOTE, Transcript.fields().addU64(nowMillis).add(code).toBytes());
    notedMillis = nowMillis;
  }

  /**
   * One from before people have set the time says nothing, nor one that this vault did not write.
   */
  private long noted(Rows rows, long reopened) {
    byte[] note = rows.note(NOTE).orElse(null);
    if (note == null) {
      return 0;
    }
    try {
      TranscriptReader in = new TranscriptReader(note);
      long millis = in.u64("millis");
      Hash256 code = Hash256.of(in.exactly("code", Hk1Constants.HASH_BYTES));
      return code.equals(Hash256.of(root.hmac(code(millis, reopened)))) ? millis : 0;
    } catch (MalformedException e) {
      return 0;
    }
  }

  private Transcript code(long millis, long reopened) {
    return Transcript.of("vault time").add(tenant).addU64(millis).addU64(reopened);
  }
}
