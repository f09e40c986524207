package org.hikae.vault.port;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hikae.hk1.Hash256;

/**
 * Keeps accounts, the ledger, sealed secrets and notes. It decides nothing and understands no byte
 * of them.
 *
 * <p>Contract: one process holds the lease, and only it may transact; losing the connection loses
 * the lease. Transactions run one after the other; when {@link #transact} returns, everything the
 * work wrote survives a kill of the process and a loss of power. When the work throws, nothing of
 * it is kept. When the store throws {@link UnavailableException}, all or nothing of it was kept and
 * the caller must read again what is there.
 */
public interface VaultStore extends AutoCloseable {

  /** What one transaction does. Runs on the caller's thread and must not wait for anything. */
  @FunctionalInterface
  interface TransactionWork<T> {
    /** Reads and writes; the result is returned after the commit. */
    T in(Rows rows);
  }

  /**
   * Takes the lease, or says whether it is still held. Does not wait for another holder.
   *
   * @return whether this process holds the lease now
   * @throws UnavailableException when the store does not answer
   */
  boolean lease();

  /**
   * Runs {@code work} in one transaction. One caller at a time.
   *
   * @throws UnavailableException when the store does not answer or the lease is not held
   */
  <T> T transact(TransactionWork<T> work);

  /** The same for work that has no result. */
  default void write(Consumer<Rows> work) {
    transact(
        rows -> {
          work.accept(rows);
          return rows;
        });
  }

  /** Gives the lease back. Values that were erased are gone from the file, where there is one. */
  @Override
  void close();

  /** What a secret belongs to. */
  enum SecretKind {
    /** A record: lives until it is erased. */
    RECORD(1),
    /** A login between KE2 and KE3: lives a minute. */
    LOGIN(2);

    private final int number;

    SecretKind(int number) {
      this.number = number;
    }

    /** The number in the store. */
    public int number() {
      return number;
    }
  }

  /**
   * Sealed bytes.
   *
   * @param id what they belong to
   * @param epoch the epoch whose key seals them
   * @param sealed the bytes
   */
  record Secret(Hash256 id, int epoch, byte[] sealed) {
    @Override
    public String toString() {
      return "Secret(" + epoch + ")";
    }
  }

  /** The rows, inside a transaction; each reads what it wrote. */
  interface Rows {

    /** The bytes of an account. */
    Optional<byte[]> account(Hash256 employee);

    /**
     * Writes an account.
     *
     * @param dueMillis when it is to be looked at again by itself
     */
    void putAccount(Hash256 employee, byte[] account, long dueMillis);

    /** Employees whose account is due, longest due first. */
    List<Hash256> due(long nowMillis, int limit);

    /** Employees in ascending order after {@code after}. */
    List<Hash256> employees(Hash256 after, int limit);

    /** Appends a row; its number must be higher than every other. */
    void append(LedgerRow row);

    /** The row with this number. */
    Optional<LedgerRow> row(long seq);

    /** Rows in ascending order after number {@code after}. */
    List<LedgerRow> rows(long after, int limit);

    /** Rows of one employee in ascending order after number {@code after}. */
    List<LedgerRow> rowsOf(Hash256 employee, long after, int limit);

    /** A secret. */
    Optional<Secret> secret(Hash256 id);

    /** Writes or replaces a secret. */
    void putSecret(SecretKind kind, Secret secret, long atMillis);

    /** Erases a secret; none there is success. */
    void eraseSecret(Hash256 id);

    /** Secrets of records sealed in an epoch before {@code epoch}. */
    List<Secret> secretsBefore(int epoch, int limit);

    /** Erases secrets of logins written before; at most {@code limit}. */
    int eraseLogins(long beforeMillis, int limit);

    /** A note of the vault's own, up to 64 MiB. */
    Optional<byte[]> note(String name);

    /** Writes or replaces a note. */
    void putNote(String name, byte[] content);

    /** Removes a note; none there is success. */
    void removeNote(String name);
  }
}
