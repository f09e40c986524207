package org.hikae.testing;

import jakarta.persistence.EntityManager;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.hibernate.Session;

/**
 * Stops one transaction at the worst moment of its commit, so that what another does meanwhile is
 * the same in every run. On H2 that moment is when the commit has announced its changes but nobody
 * can see them yet; on PostgreSQL there is none, and the transaction stops just before its commit.
 */
public final class HeldCommit {

  private static final long LIMIT_SECONDS = 60;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /** Called last in the transaction that is to stop. */
  public void stopAtCommit(EntityManager em) {
    em.flush();
    em.unwrap(Session.class)
        .doWork(
            connection -> {
              if (connection.isWrapperFor(JdbcConnection.class)) {
                stopWithin((SessionLocal) connection.unwrap(JdbcConnection.class).getSession());
              } else {
                stop();
              }
            });
  }

  /** Waits until the other transaction has stopped. */
  public void awaitStop() {
    await(reached);
  }

  /** Lets it go on, and does not wait for it. */
  public void release() {
    released.countDown();
  }

  private void stop() {
    reached.countDown();
    await(released);
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

  /**
   * A commit of H2 first goes through the tables that it has written and notes that they changed;
   * then its rows can be seen. H2 has no hook in between, but the end of that list is there.
   */
  private void stopWithin(SessionLocal session) {
    try {
      Field tables = SessionLocal.class.getDeclaredField("locks");
      tables.setAccessible(true);
      tables.set(session, new StoppingList((Collection<?>) tables.get(session)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This H2 commits in another way: look at it again.", e);
    }
  }

  /** Stops whoever has gone through it, the first time. */
  private final class StoppingList extends ArrayList<Object> {

    private static final long serialVersionUID = 1L;

    private StoppingList(Collection<?> tables) {
      super(tables);
    }

    @Override
    public Iterator<Object> iterator() {
      Iterator<Object> all = super.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          if (all.hasNext()) {
            return true;
          }
          stop();
          return false;
        }

        @Override
        public Object next() {
          return all.next();
        }
      };
    }
  }
}
