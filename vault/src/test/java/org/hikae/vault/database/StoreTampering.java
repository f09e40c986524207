package org.hikae.vault.database;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.hikae.hk1.Hash256;
import org.hikae.vault.database.InMemoryVaultStore.StoreSnapshot;
import org.hikae.vault.database.InMemoryVaultStore.StoredAccount;
import org.hikae.vault.database.InMemoryVaultStore.StoredSecret;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.VaultStore.SecretKind;

/** What somebody makes of the vault's tables who can write them. */
public final class StoreTampering {

  private StoreTampering() {}

  /** Without the rows of logins between KE2 and KE3. */
  public static StoreSnapshot withoutLogins(StoreSnapshot of) {
    NavigableMap<Hash256, StoredSecret> secrets = new TreeMap<>(of.secrets);
    secrets.values().removeIf(secret -> secret.kind() == SecretKind.LOGIN);
    return new StoreSnapshot(of.accounts, of.ledger, secrets, of.notes);
  }

  /** With these rows of the ledger in the place of those with their numbers. */
  public static StoreSnapshot withRows(StoreSnapshot of, Iterable<LedgerRow> rows) {
    NavigableMap<Long, LedgerRow> ledger = new TreeMap<>(of.ledger);
    rows.forEach(row -> ledger.put(row.seq(), row));
    return new StoreSnapshot(of.accounts, ledger, of.secrets, of.notes);
  }

  /** Without these rows of the ledger. */
  public static StoreSnapshot withoutRows(StoreSnapshot of, Iterable<LedgerRow> rows) {
    NavigableMap<Long, LedgerRow> ledger = new TreeMap<>(of.ledger);
    rows.forEach(row -> ledger.remove(row.seq()));
    return new StoreSnapshot(of.accounts, ledger, of.secrets, of.notes);
  }

  /** With an employee's account as it was at another time. */
  public static StoreSnapshot withAccount(StoreSnapshot of, StoreSnapshot from, Hash256 employee) {
    NavigableMap<Hash256, StoredAccount> accounts = new TreeMap<>(of.accounts);
    StoredAccount then = from.accounts.get(employee);
    if (then == null) {
      accounts.remove(employee);
    } else {
      accounts.put(employee, then);
    }
    return new StoreSnapshot(accounts, of.ledger, of.secrets, of.notes);
  }

  /** With the secrets of another time; what was erased since is there again. */
  public static StoreSnapshot withSecrets(StoreSnapshot of, StoreSnapshot from) {
    NavigableMap<Hash256, StoredSecret> secrets = new TreeMap<>(of.secrets);
    secrets.putAll(from.secrets);
    return new StoreSnapshot(of.accounts, of.ledger, secrets, of.notes);
  }

  /**
   * With what {@link #withSecrets} put in taken out again.
   *
   * @param from what was put in
   * @param genuine what was there before
   */
  public static StoreSnapshot withoutSecrets(
      StoreSnapshot of, StoreSnapshot from, StoreSnapshot genuine) {
    NavigableMap<Hash256, StoredSecret> secrets = new TreeMap<>(of.secrets);
    for (Map.Entry<Hash256, StoredSecret> old : from.secrets.entrySet()) {
      // What the vault has written or erased since then stays so.
      if (Objects.equals(secrets.get(old.getKey()), old.getValue())) {
        StoredSecret before = genuine.secrets.get(old.getKey());
        if (before == null) {
          secrets.remove(old.getKey());
        } else {
          secrets.put(old.getKey(), before);
        }
      }
    }
    return new StoreSnapshot(of.accounts, of.ledger, secrets, of.notes);
  }

  /** Without a note. */
  public static StoreSnapshot withoutNote(StoreSnapshot of, String name) {
    Map<String, byte[]> notes = new HashMap<>(of.notes);
    notes.remove(name);
    return new StoreSnapshot(of.accounts, of.ledger, of.secrets, notes);
  }
}
