package org.hikae.persistence.testing;

import jakarta.persistence.EntityManager;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops one transaction just before its commit, when all that it has written is at the database and
 * nobody can see it, so that what another does meanwhile is the same in every run.
 */
public final class PausedCommit {

  private static final long LIMIT_SECONDS = 60;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /** Called last in the transaction that is to stop. */
  public void stopAtCommit(EntityManager em) {
    em.flush();
    reached.countDown();
    await(released);
  }

  /** Waits until the other transaction has stopped. */
  public void awaitStop() {
    await(reached);
  }

  /** Lets it go on, and does not wait for it. */
  public void release() {
    released.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The other transaction does not come.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
