package org.hikae.vault.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.VaultStore;

/** A store whose ledger somebody edits: what is read of it is what they make of it. */
public final class LedgerTamperingStore implements VaultStore {

  private final VaultStore store;

  /** What becomes of rows that are read. */
  public UnaryOperator<List<LedgerRow>> lie = UnaryOperator.identity();

  /** Whether it lists no employees. */
  public boolean hidesEmployees;

  public LedgerTamperingStore(VaultStore store) {
    this.store = store;
  }

  @Override
  public boolean lease() {
    return store.lease();
  }

  @Override
  public <T> T transact(TransactionWork<T> work) {
    return store.transact(rows -> work.in(over(rows)));
  }

  private Rows over(Rows rows) {
    return (Rows)
        Proxy.newProxyInstance(
            Rows.class.getClassLoader(),
            new Class<?>[] {Rows.class},
            (proxy, method, arguments) -> {
              Object read;
              try {
                read = method.invoke(rows, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
              return switch (method.getName()) {
                case "row" -> lied((Optional<?>) read);
                case "rows", "rowsOf" -> lie.apply(rows((List<?>) read));
                case "employees" -> hidesEmployees ? List.of() : read;
                default -> read;
              };
            });
  }

  private static List<LedgerRow> rows(List<?> read) {
    return read.stream().map(LedgerRow.class::cast).toList();
  }

  private Optional<LedgerRow> lied(Optional<?> read) {
    return lie.apply(rows(read.stream().toList())).stream().findFirst();
  }

  @Override
  public void close() {
    store.close();
  }
}
