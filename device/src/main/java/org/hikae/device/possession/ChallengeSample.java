package org.hikae.device.possession;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Challenges about the packs of one set, drawn evenly from all parts of all packs whose bytes this
 * device has held (spec HK1-Q-02). Each part gets a number by chance when its pack is held, and
 * those below the threshold are kept. So a pack of long ago is in it as often, byte by byte, as one
 * of today, however many there are.
 *
 * @param setId of which set, in hexadecimal
 * @param threshold numbers from this one on are not kept
 * @param challenges at most {@link #CAPACITY}
 * @param budget how much may be asked for
 * @param answered how many were ever answered rightly
 * @param answeredAt when the last one was
 */
public record ChallengeSample(
    String setId,
    long threshold,
    List<PackChallenge> challenges,
    AskingBudget budget,
    long answered,
    @Nullable Instant answeredAt) {

  /** How many are kept. */
  public static final int CAPACITY = 1024;

  /** Copies the list. */
  public ChallengeSample {
    challenges = List.copyOf(challenges);
  }

  /** One without any. */
  static ChallengeSample empty(String setId, AskingBudget budget) {
    return new ChallengeSample(setId, Long.MAX_VALUE, List.of(), budget, 0, null);
  }

  /**
   * With challenges about packs whose bytes were held anew, in place of those about the same packs.
   *
   * @param held names of packs of which other challenges go
   * @param drawn all parts of packs that were held whose number is below {@code below}
   */
  ChallengeSample with(Set<String> held, List<PackChallenge> drawn, long below) {
    long limit = Math.min(threshold, below);
    List<PackChallenge> all = new ArrayList<>(challenges);
    all.removeIf(challenge -> held.contains(challenge.pack()));
    all.addAll(drawn);
    all.removeIf(challenge -> challenge.priority() >= limit);
    return new ChallengeSample(setId, limit(all, limit), all, budget, answered, answeredAt);
  }

  /** Leaves at most {@link #CAPACITY} of these, and says from which number on none is kept. */
  static long limit(List<PackChallenge> all, long threshold) {
    if (all.size() <= CAPACITY) {
      return threshold;
    }
    all.sort(Comparator.comparingLong(PackChallenge::priority));
    long limit = all.get(CAPACITY).priority();
    // Two of one number go or stay together.
    all.removeIf(challenge -> challenge.priority() >= limit);
    return limit;
  }

  /**
   * Only what this device's newest snapshot names, which the portal must keep (spec HK1-Q-03). When
   * little is left the next packs fill it again.
   */
  ChallengeSample listedBy(Predicate<Hash256> snapshot) {
    List<PackChallenge> left =
        challenges.stream()
            .filter(challenge -> snapshot.test(challenge.name()))
            .map(PackChallenge::asListed)
            .toList();
    long next = left.size() < CAPACITY / 2 ? Long.MAX_VALUE : threshold;
    return new ChallengeSample(setId, next, left, budget, answered, answeredAt);
  }

  /** With another one in place of a challenge, if it is still there; without it for null. */
  ChallengeSample replacing(PackChallenge challenge, @Nullable PackChallenge other) {
    List<PackChallenge> all = new ArrayList<>();
    for (PackChallenge each : challenges) {
      if (!each.isSame(challenge)) {
        all.add(each);
      } else if (other != null) {
        all.add(other);
      }
    }
    return new ChallengeSample(setId, threshold, all, budget, answered, answeredAt);
  }

  /** So many were answered now. */
  ChallengeSample answered(int count, Instant now) {
    return count == 0
        ? this
        : new ChallengeSample(setId, threshold, challenges, budget, answered + count, now);
  }

  /** With this budget. */
  ChallengeSample with(AskingBudget other) {
    return new ChallengeSample(setId, threshold, challenges, other, answered, answeredAt);
  }

  /** How many may be asked. */
  public int askable() {
    return Math.toIntExact(challenges.stream().filter(PackChallenge::listed).count());
  }

  /** Whether this code can have written it. */
  @SuppressWarnings("ConstantValue") // a file may lack parts
  boolean isUsable() {
    return setId != null
        && budget != null
        && budget.isUsable()
        && threshold >= 0
        && answered >= 0
        && challenges.size() <= CAPACITY
        && challenges.stream().allMatch(PackChallenge::isUsable);
  }
}
