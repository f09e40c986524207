package org.hikae.device.possession;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.hikae.device.files.UnsupportedSystemException;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.PackDownload;
import org.hikae.device.store.PackRange;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Puts challenges to the portal, and keeps what is wrong with the answers (spec HK1-Q-04 to
 * HK1-Q-07). It needs no K. A part that does not fit is no failure yet: the whole pack is fetched,
 * whose name is its hash, so that no mistake of this device accuses anybody.
 */
public final class PossessionCheck {

  /** On so many days a part is withheld before it is an alarm. */
  static final int WITHHELD_DAYS = 3;

  /** A look ends after so long, whatever the portal does. */
  static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Duration NEXT_DAY = Duration.ofHours(20);

  private final BackupStore store;
  private final ChallengeSampleStore kept;
  private final PossessionAlarmStore alarms;
  private final Clock clock;
  private final SecureRandom random;
  private final LongSupplier nanos;

  /** Asks a store that tries each call once. */
  public PossessionCheck(
      BackupStore store,
      ChallengeSampleStore kept,
      PossessionAlarmStore alarms,
      Clock clock,
      SecureRandom random,
      LongSupplier nanos) {
    this.store = store;
    this.kept = kept;
    this.alarms = alarms;
    this.clock = clock;
    this.random = random;
    this.nanos = nanos;
  }

  /** How one challenge ended. */
  private enum AnswerKind {
    RIGHT,
    FAILED,
    /** The challenge itself was wrong: the pack has its name, and another part. */
    VOID,
    WITHHELD,
    UNREACHABLE
  }

  /**
   * What one challenge came to.
   *
   * @param fault null unless it failed
   * @param came what came in place of the part, in one word
   * @param part the same, where bytes came
   */
  private record ChallengeAnswer(
      AnswerKind kind,
      @Nullable PossessionFault fault,
      String came,
      byte @Nullable [] part,
      long bytes) {

    static ChallengeAnswer of(AnswerKind kind, long bytes) {
      return new ChallengeAnswer(kind, null, "", null, bytes);
    }

    static ChallengeAnswer failed(
        PossessionFault fault, String came, byte @Nullable [] part, long bytes) {
      return new ChallengeAnswer(AnswerKind.FAILED, fault, came, part, bytes);
    }
  }

  /**
   * Asks without a person: as much as the budget has, at times that nobody else decides.
   *
   * @return nothing asked where there is nothing to ask, or it is not time
   */
  public PossessionResult byItself(String setId) {
    Instant began = clock.instant();
    ChallengeSample sample = kept.of(setId);
    AskingBudget budget = sample.budget().at(began);
    int most = (int) Math.max(0, budget.bytes() / PackRange.BUCKET_BYTES);
    // While there is room for more the moment is by chance; a full budget is used.
    boolean now = budget.bytes() >= budget.dailyBytes() || random.nextBoolean();
    if (most == 0 || !now || sample.askable() == 0) {
      if (began.isBefore(sample.budget().countedAt())) {
        // A clock that was put back begins to count anew.
        boolean _ = kept.change(setId, newest -> newest.with(newest.budget().at(began)));
      }
      return new PossessionResult(0, 0, List.of(), 0, false, false, 0);
    }
    PossessionResult result = ask(setId, most);
    boolean _ =
        kept.change(
            setId,
            newest -> newest.with(newest.budget().at(clock.instant()).without(result.bytes())));
    return result;
  }

  /** Asks at most so many, whatever the budget is. */
  public PossessionResult ask(String setId, int most) {
    long began = nanos.getAsLong();
    int asked = 0;
    int answered = 0;
    int withheld = 0;
    long bytes = 0;
    boolean unreachable = false;
    boolean unkept = false;
    List<PossessionFailure> failures = new ArrayList<>();
    for (PackChallenge challenge : chosen(kept.of(setId), most)) {
      if (nanos.getAsLong() - began > LONGEST.toNanos()) {
        break;
      }
      Instant now = clock.instant();
      ChallengeAnswer answer = answer(challenge, now);
      asked++;
      bytes += answer.bytes();
      unreachable = answer.kind() == AnswerKind.UNREACHABLE;
      answered += answer.kind() == AnswerKind.RIGHT ? 1 : 0;
      withheld += answer.kind() == AnswerKind.WITHHELD ? 1 : 0;
      PossessionFailure failure = failure(setId, challenge, answer, now);
      if (failure != null) {
        failures.add(failure);
        unkept |= !keep(failure, answer.part());
      }
      boolean _ = kept.change(setId, after(challenge, answer.kind(), now));
      boolean costly = answer.kind() == AnswerKind.FAILED && answer.bytes() > 0;
      if (unreachable || withheld > 0 || costly) {
        break;
      }
    }
    return new PossessionResult(asked, answered, failures, withheld, unreachable, unkept, bytes);
  }

  /** What was asked in vain first, then what was never asked, then what was asked long ago. */
  private List<PackChallenge> chosen(ChallengeSample sample, int most) {
    List<PackChallenge> all =
        new ArrayList<>(sample.challenges().stream().filter(PackChallenge::listed).toList());
    Collections.shuffle(all, random);
    all.sort(
        Comparator.comparing((PackChallenge challenge) -> challenge.withheld() == 0)
            .thenComparing(
                PackChallenge::askedAt, Comparator.nullsFirst(Comparator.naturalOrder())));
    return all.subList(0, Math.min(most, all.size()));
  }

  /** What is remembered of it. One that failed is kept as evidence, and not asked again. */
  private static UnaryOperator<ChallengeSample> after(
      PackChallenge challenge, AnswerKind kind, Instant now) {
    return switch (kind) {
      case RIGHT -> sample -> sample.replacing(challenge, challenge.asked(now, 0)).answered(1, now);
      case FAILED, VOID -> sample -> sample.replacing(challenge, null);
      case WITHHELD ->
          sample ->
              sample.replacing(
                  challenge, challenge.asked(day(challenge, now), days(challenge, now)));
      case UNREACHABLE -> sample -> sample;
    };
  }

  /** On how many days it was withheld by now. */
  private static int days(PackChallenge challenge, Instant now) {
    return challenge.withheld() + (isNextDay(challenge, now) ? 1 : 0);
  }

  /** A day counts from when it was first withheld on it. */
  private static Instant day(PackChallenge challenge, Instant now) {
    Instant before = challenge.askedAt();
    return before == null || isNextDay(challenge, now) ? now : before;
  }

  private static boolean isNextDay(PackChallenge challenge, Instant now) {
    Instant before = challenge.askedAt();
    return challenge.withheld() == 0
        || before == null
        || now.isBefore(before)
        || !now.isBefore(before.plus(NEXT_DAY));
  }

  private ChallengeAnswer answer(PackChallenge challenge, Instant now) {
    Hash256 pack = challenge.name();
    long bytes = 0;
    try {
      byte[] part = store.getBuckets(pack, challenge.bucket(), 1);
      bytes = part.length;
      if (fits(challenge, part)) {
        return ChallengeAnswer.of(AnswerKind.RIGHT, bytes);
      }
      PackDownload whole = PackDownload.fetch(store, pack);
      bytes += whole.received();
      if (!whole.sound()) {
        String came = Hash256.sha256(part).hex();
        return ChallengeAnswer.failed(PossessionFault.DAMAGED, came, part, bytes);
      }
      boolean fits = fits(challenge, part(challenge, whole));
      return ChallengeAnswer.of(fits ? AnswerKind.RIGHT : AnswerKind.VOID, bytes);
    } catch (MissingObjectException e) {
      return ChallengeAnswer.failed(PossessionFault.MISSING, "404", null, bytes);
    } catch (WithheldObjectException e) {
      return days(challenge, now) < WITHHELD_DAYS
          ? ChallengeAnswer.of(AnswerKind.WITHHELD, bytes)
          : ChallengeAnswer.failed(PossessionFault.WITHHELD, e.answer(), null, bytes);
    } catch (BackupStoreException e) {
      return ChallengeAnswer.of(AnswerKind.UNREACHABLE, bytes);
    }
  }

  private static boolean fits(PackChallenge challenge, byte[] part) {
    return Hash256.sha256(part).hex().equals(challenge.hash());
  }

  private static byte[] part(PackChallenge challenge, PackDownload whole) {
    int from = Math.min(challenge.bucket() * PackRange.BUCKET_BYTES, whole.length());
    int to = Math.min(from + PackRange.BUCKET_BYTES, whole.length());
    return Arrays.copyOfRange(whole.object(), from, to);
  }

  private static @Nullable PossessionFailure failure(
      String setId, PackChallenge challenge, ChallengeAnswer answer, Instant now) {
    PossessionFault fault = answer.fault();
    byte[] part = answer.part();
    return fault == null
        ? null
        : new PossessionFailure(
            fault,
            now,
            setId,
            challenge.pack(),
            challenge.bucket(),
            challenge.hash(),
            answer.came(),
            part == null ? 0 : part.length);
  }

  /** Whether there is evidence now. */
  private boolean keep(PossessionFailure failure, byte @Nullable [] part) {
    try {
      alarms.keep(failure, part);
      return true;
    } catch (IOException | UnsupportedSystemException e) {
      return false;
    }
  }
}
