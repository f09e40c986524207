package org.hikae.device.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.drill.wire.RecoveryProofKind;
import org.jspecify.annotations.Nullable;

/**
 * What this device remembers of drills and practice.
 *
 * @param drilledAt when a drill last went well
 * @param triedAt when one was last begun by schedule
 * @param practisedAt when the password was last typed right
 * @param askedAt when the person was last asked to practise
 * @param waiting proofs that the portal does not have yet, at most one of a kind
 */
public record ProofHistory(
    @Nullable Instant drilledAt,
    @Nullable Instant triedAt,
    @Nullable Instant practisedAt,
    @Nullable Instant askedAt,
    List<RecoveryProof> waiting) {

  /** Nothing yet. */
  public static final ProofHistory NONE = new ProofHistory(null, null, null, null, List.of());

  private static final Duration BETWEEN_TRIES = Duration.ofDays(1);
  private static final Duration BETWEEN_ASKING = Duration.ofDays(7);

  /** Copies the list. */
  public ProofHistory {
    waiting = List.copyOf(waiting);
  }

  /** With a proof that went well, in place of one of its kind. */
  public ProofHistory with(RecoveryProof proof) {
    boolean drill = proof.kind() == RecoveryProofKind.DRILL;
    List<RecoveryProof> all = new ArrayList<>(waiting);
    all.removeIf(other -> other.kind() == proof.kind());
    all.add(proof);
    return new ProofHistory(
        drill ? proof.madeAt() : drilledAt,
        triedAt,
        drill ? practisedAt : proof.madeAt(),
        askedAt,
        all);
  }

  /** Without one that the portal has, or will never take. */
  public ProofHistory without(RecoveryProof proof) {
    return new ProofHistory(
        drilledAt,
        triedAt,
        practisedAt,
        askedAt,
        waiting.stream().filter(other -> !other.equals(proof)).toList());
  }

  /** A drill was begun by schedule. */
  public ProofHistory tried(Instant now) {
    return new ProofHistory(drilledAt, now, practisedAt, askedAt, waiting);
  }

  /** The person was asked to practise. */
  public ProofHistory asked(Instant now) {
    return new ProofHistory(drilledAt, triedAt, practisedAt, now, waiting);
  }

  /** Whether it is time for a drill by schedule; never where {@code days} is 0. */
  public boolean drillDue(int days, Instant now) {
    return days > 0
        && over(drilledAt, Duration.ofDays(days), now)
        && over(triedAt, BETWEEN_TRIES, now);
  }

  /** Whether it is time to ask the person to practise; never where {@code days} is 0. */
  public boolean practiceDue(int days, Instant now) {
    return days > 0
        && over(practisedAt, Duration.ofDays(days), now)
        && over(askedAt, BETWEEN_ASKING, now);
  }

  /** Also when it was never, or would be after now: then a clock was wrong. */
  private static boolean over(@Nullable Instant last, Duration pause, Instant now) {
    return last == null || last.isAfter(now) || !last.plus(pause).isAfter(now);
  }
}
