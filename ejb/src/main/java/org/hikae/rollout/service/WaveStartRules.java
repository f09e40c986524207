package org.hikae.rollout.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.service.GateFigures.WaveHealth;
import org.hikae.rollout.value.SoakRule;
import org.hikae.rollout.view.WaveWait;
import org.jspecify.annotations.Nullable;

/**
 * When a wave may begin: its time has come, everybody before it is invited, and the wave before has
 * soaked. A wave that invited nobody is no reason to wait, so the last one counts that did.
 */
public final class WaveStartRules {

  /** Tells how the people of a wave fare. */
  @FunctionalInterface
  public interface HealthSource {

    /** The people whom a wave has invited, at this time. */
    WaveHealth of(long waveId, Instant now);
  }

  private WaveStartRules() {}

  /** The wave that begins next; empty when every wave has begun. */
  public static Optional<Wave> next(List<Wave> waves) {
    return waves.stream().filter(wave -> !wave.begun()).findFirst();
  }

  /**
   * What it waits for. Figures of people are asked for once at most, and only when the wave asks
   * for them.
   *
   * @param next the wave that begins next
   * @param waves all of the campaign in their order
   * @param invited how many each of them has invited, by the wave's identifier
   */
  public static WaveWait waits(
      Wave next, List<Wave> waves, Map<Long, Long> invited, HealthSource figures, Instant now) {
    List<Wave> begun = waves.stream().filter(Wave::begun).toList();
    Integer invitesFirst =
        begun.stream()
            .filter(wave -> wave.invitedAt() == null)
            .findFirst()
            .map(Wave::number)
            .orElse(null);
    Optional<Wave> before =
        begun.reversed().stream()
            .filter(wave -> invited.getOrDefault(wave.waveId(), 0L) > 0)
            .findFirst();
    SoakRule soak = next.soak();
    Instant until = later(next.startsAt(), before.map(wave -> soaked(wave, soak)).orElse(null));
    Instant toCome = until == null || !now.isBefore(until) ? null : until;
    if (before.isEmpty() || !soak.asksHealth()) {
      return new WaveWait(next.waveId(), invitesFirst, toCome, null, 0, 0, 0, 0);
    }
    long waveId = before.get().waveId();
    WaveHealth seen = figures.of(waveId, now);
    return new WaveWait(
        next.waveId(),
        invitesFirst,
        toCome,
        before.get().number(),
        soak.needed(invited.getOrDefault(waveId, 0L)),
        seen.observed(),
        soak.minHealthyPercent(),
        seen.healthy());
  }

  /** When its days are over; null while it is not known when they begin. */
  private static @Nullable Instant soaked(Wave wave, SoakRule soak) {
    Instant invitedAt = wave.invitedAt();
    return invitedAt == null ? null : soak.end(invitedAt);
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }
}
