package org.hikae.persistence.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * A data source whose n-th write fails: a statement that is executed for its effect, or a commit.
 * It fails before it is done, as on a full disk, or after, as when the connection breaks before the
 * answer. Not for several threads.
 */
public final class FailingWriteDataSource {

  private int writes;
  private int failing = Integer.MAX_VALUE;
  private boolean before;

  /** From now on, the n-th write fails; n counts from 1. */
  public void fail(int number, boolean beforeItIsDone) {
    writes = 0;
    failing = number;
    before = beforeItIsDone;
  }

  /** Whether it came to that. */
  public boolean failed() {
    return writes >= failing;
  }

  /** The data source between. */
  public DataSource over(DataSource source) {
    return proxy(DataSource.class, source, false);
  }

  private <T> T proxy(Class<T> type, Object target, boolean writing) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(target, writing, method, arguments)));
  }

  private Object call(Object target, boolean writing, Method method, Object[] arguments)
      throws Throwable {
    String name = method.getName();
    boolean write = name.equals("commit") || (writing && name.startsWith("execute"));
    boolean fails = write && ++writes == failing;
    if (fails && before) {
      throw new SQLException("could not extend file: No space left on device", "53100");
    }
    Object result;
    try {
      result = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (fails) {
      throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
    }
    return switch (result) {
      case PreparedStatement statement ->
          proxy(PreparedStatement.class, statement, !reads((String) arguments[0]));
      case Connection connection -> proxy(Connection.class, connection, false);
      case null, default -> result;
    };
  }

  private static boolean reads(String sql) {
    return sql.strip().toLowerCase(Locale.ROOT).startsWith("select");
  }
}
