package org.hikae.backup.move.store;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which store new objects go to: the one that was ordered, else that of the settings. The database
 * is asked again after a moment, so that all portals follow an order within seconds.
 */
public final class StoreTargetCache implements Supplier<String> {

  private final Supplier<Optional<String>> ordered;
  private final String bySetting;
  private final long lastsNanos;
  private final LongSupplier nanos;
  private volatile @Nullable KnownTarget known;

  /**
   * Remembers an order.
   *
   * @param ordered asks for it
   * @param bySetting what counts without one
   * @param lasts how long an answer counts
   * @param nanos a clock that nobody sets, such as {@link System#nanoTime}
   */
  public StoreTargetCache(
      Supplier<Optional<String>> ordered, String bySetting, Duration lasts, LongSupplier nanos) {
    this.ordered = ordered;
    this.bySetting = bySetting;
    this.lastsNanos = lasts.toNanos();
    this.nanos = nanos;
  }

  /** An answer and when it was given. */
  private record KnownTarget(String name, long at) {}

  @Override
  public String get() {
    long now = nanos.getAsLong();
    KnownTarget last = known;
    if (last != null && now - last.at() < lastsNanos) {
      return last.name();
    }
    String name = ordered.get().orElse(bySetting);
    known = new KnownTarget(name, now);
    return name;
  }
}
