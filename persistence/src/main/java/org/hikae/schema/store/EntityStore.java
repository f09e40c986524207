package org.hikae.schema.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * What all repositories share: the entity manager, and that they work only inside the transaction
 * of a boundary. A concrete repository is a CDI bean, annotated {@code @ApplicationScoped} and
 * {@code @Transactional(MANDATORY)}.
 */
@Transactional(Transactional.TxType.MANDATORY)
public abstract class EntityStore {

  /** Most rows that any query for a page may return. */
  public static final int MAX_PAGE = 1000;

  private static final int MAX_CAUSES = 10;

  /** On both databases. */
  private static final String UNIQUE_VIOLATION = "23505";

  @PersistenceContext(unitName = "hikae")
  private EntityManager entityManager;

  /** For subclasses and for the container's proxies. */
  protected EntityStore() {}

  /** For tests without a container. */
  protected EntityStore(EntityManager entityManager) {
    this.entityManager = entityManager;
  }

  /** The entity manager of the running transaction. */
  protected EntityManager em() {
    return entityManager;
  }

  /**
   * Makes a change and writes it. False when somebody else took the same key at that moment,
   * although it was free when it was looked at: then the transaction can only be rolled back.
   */
  protected boolean written(Runnable change) {
    try {
      change.run();
      em().flush();
      return true;
    } catch (PersistenceException e) {
      if (isTaken(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Inserts a row unless its key is taken; waits for whoever is about to take it. The transaction
   * goes on either way, and then sees the row. Of several rows H2 inserts none when one is taken.
   *
   * @param insert an insert statement
   * @param values for its parameters
   * @return whether any was inserted now
   */
  protected boolean inserted(String insert, @Nullable Object... values) {
    em().flush();
    return em().unwrap(Session.class)
        .doReturningWork(connection -> insert(connection, insert, values));
  }

  private static boolean insert(Connection connection, String insert, @Nullable Object[] values)
      throws SQLException {
    boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
    String sql = h2 ? insert : insert + " on conflict do nothing";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        statement.setObject(
            i + 1, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
      }
      return statement.executeUpdate() > 0;
    } catch (SQLException e) {
      // H2 undoes the statement and no more.
      if (h2 && UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isTaken(PersistenceException failure) {
    return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .anyMatch(
            cause ->
                cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState()));
  }

  /** Absence as a type: the only row of {@code rows}, or nothing. */
  protected static <T> Optional<T> only(List<T> rows) {
    if (rows.size() > 1) {
      throw new IllegalStateException("A query for one row returned " + rows.size());
    }
    return rows.stream().findFirst();
  }
}
