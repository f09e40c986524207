package org.hikae.vault.testing;

import java.util.function.IntConsumer;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.jspecify.annotations.Nullable;

/** An anchor in memory that keeps its contract, can be away, and can be set back by a test. */
public final class FakeAnchor implements LedgerAnchor {

  private @Nullable Point highest;

  /** Whether it does not answer. */
  public volatile boolean failing;

  /** How often it was raised. */
  public int raised;

  /** Runs before each raise, with its number from 1. */
  public IntConsumer beforeRaise = number -> {};

  /** Runs after each raise, when it is durable. */
  public Runnable afterRaise = () -> {};

  @Override
  public synchronized @Nullable Point highest() {
    requireThere();
    return highest;
  }

  @Override
  public synchronized void raise(Point point) {
    requireThere();
    boolean lower =
        highest != null
            && (point.seq() < highest.seq()
                || (point.seq() == highest.seq() && !point.equals(highest)));
    if (lower) {
      throw new TamperedException("There is a higher anchor.");
    }
    raised++;
    beforeRaise.accept(raised);
    highest = point;
    afterRaise.run();
  }

  /** As a restored disk would. */
  public synchronized void set(@Nullable Point point) {
    highest = point;
  }

  private void requireThere() {
    if (failing) {
      throw new UnavailableException("The anchor does not answer.", null);
    }
  }
}
