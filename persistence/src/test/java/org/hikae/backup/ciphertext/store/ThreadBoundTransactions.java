package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * What JTA does in the server: inside a transaction, a thread always gets the same connection, and
 * closing it does nothing; outside, each is its own.
 */
final class ThreadBoundTransactions implements DataSource, TransactionParticipants {

  private final DataSource pool;
  private static final ThreadLocal<Connection> CURRENT = new ThreadLocal<>();
  private static final ThreadLocal<List<TransactionParticipant>> PARTICIPANTS =
      ThreadLocal.withInitial(ArrayList::new);

  ThreadBoundTransactions(DataSource pool) {
    this.pool = pool;
  }

  Connection begin() throws SQLException {
    Connection connection = pool.getConnection();
    connection.setAutoCommit(false);
    CURRENT.set(connection);
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.close();
                PARTICIPANTS.get().forEach(TransactionParticipant::afterEnd);
                PARTICIPANTS.remove();
                return null;
              }
              if (method.getName().equals("commit")) {
                prepare();
              }
              return method.invoke(connection, arguments);
            });
  }

  /** Runs {@code work} in a transaction: committed on return, rolled back on a throw. */
  <T> T run(Callable<T> work) throws Exception {
    try (Connection connection = begin()) {
      T result = work.call();
      connection.commit();
      return result;
    } finally {
      end();
    }
  }

  /** What happens right before a commit. */
  void prepare() throws SQLException {
    for (TransactionParticipant each : PARTICIPANTS.get()) {
      try {
        each.beforeCommit();
      } catch (IOException e) {
        throw new SQLException("The transaction is rolled back.", e);
      }
    }
  }

  void end() {
    CURRENT.remove();
  }

  @Override
  public void add(TransactionParticipant participant) {
    if (CURRENT.get() == null) {
      throw new IllegalStateException("No transaction is running.");
    }
    PARTICIPANTS.get().add(participant);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = CURRENT.get();
    if (connection == null) {
      return pool.getConnection();
    }
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (java.lang.reflect.InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public Connection getConnection(String user, String password) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PrintWriter getLogWriter() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.isWrapperFor(type);
  }
}
