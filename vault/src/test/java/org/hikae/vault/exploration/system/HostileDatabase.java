package org.hikae.vault.exploration.system;

import java.util.Arrays;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.vault.database.InMemoryVaultStore.StoreSnapshot;
import org.hikae.vault.database.StoreTampering;
import org.hikae.vault.exploration.system.AttackerState.Tampering;
import org.hikae.vault.exploration.system.SystemAction.ActionKind;
import org.hikae.vault.exploration.system.SystemState.StoreCopy;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerEntry.Subject;

/**
 * Whoever can write the vault's tables and has kept an old copy of them, but has neither the root
 * nor the anchor. Of what the vault needs they change one thing at a time, and an operator who
 * looks into it puts that back.
 */
public final class HostileDatabase {

  static final String SEAL = "sealed";

  private static final Hash256 SOMETHING_ELSE =
      Hash256.of(filled(Hash256.ZERO.toBytes().length, (byte) 7));

  private final ExploredSystem explored;

  HostileDatabase(ExploredSystem explored) {
    this.explored = explored;
  }

  private static byte[] filled(int length, byte with) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, with);
    return bytes;
  }

  /** Does an act; false when it changes nothing here. */
  boolean act(ActionKind actionKind) {
    StoreSnapshot now = explored.content();
    return switch (actionKind) {
      case DROP_LOGIN_ROWS -> put(StoreTampering.withoutLogins(now));
      case DELETE_SEAL -> now.hasNote(SEAL) && put(StoreTampering.withoutNote(now, SEAL));
      case EDIT_ROWS -> tamper(actionKind, now, StoreTampering.withRows(now, edited(now)), now);
      case DELETE_ROWS ->
          tamper(actionKind, now, StoreTampering.withoutRows(now, allButTheNewest(now)), now);
      case ROLL_BACK_ACCOUNT, ROLL_BACK_SECRETS -> rollBack(actionKind, now);
      case PUT_BACK -> putBack();
      default -> throw new AssertionError(actionKind + " is not the database's");
    };
  }

  /** Changes what the vault does not need to be there. */
  private boolean put(StoreSnapshot now) {
    explored.attackerState = explored.attackerState.withMeddling();
    explored.store(0).restore(now);
    return true;
  }

  private boolean tamper(
      ActionKind actionKind, StoreSnapshot genuine, StoreSnapshot now, StoreSnapshot from) {
    if (explored.attackerState.tampering() != null) {
      return false;
    }
    explored.attackerState = explored.attackerState.with(new Tampering(actionKind, genuine, from));
    explored.store(0).restore(now);
    return true;
  }

  private boolean rollBack(ActionKind actionKind, StoreSnapshot now) {
    StoreCopy storeCopy = explored.storeCopy;
    if (storeCopy == null) {
      return false;
    }
    StoreSnapshot from = storeCopy.content();
    if (actionKind == ActionKind.ROLL_BACK_ACCOUNT && isSameAccount(now, from)) {
      return false;
    }
    return tamper(
        actionKind,
        now,
        actionKind == ActionKind.ROLL_BACK_ACCOUNT
            ? StoreTampering.withAccount(now, from, ExploredSystem.EMPLOYEE)
            : StoreTampering.withSecrets(now, from),
        from);
  }

  private static boolean isSameAccount(StoreSnapshot one, StoreSnapshot other) {
    return Arrays.equals(
        one.account(ExploredSystem.EMPLOYEE).orElse(null),
        other.account(ExploredSystem.EMPLOYEE).orElse(null));
  }

  private static List<LedgerRow> rowsOfTheEmployee(StoreSnapshot now) {
    return now.rowsAfter(0).stream()
        .filter(row -> row.entry().subject().employee().equals(ExploredSystem.EMPLOYEE))
        .toList();
  }

  /** Other times, another device and another registration, under the codes of the true rows. */
  private static List<LedgerRow> edited(StoreSnapshot now) {
    byte[] device = Party.THIEF.identity().deviceId().toBytes();
    return rowsOfTheEmployee(now).stream()
        .map(
            row -> {
              LedgerEntry was = row.entry();
              Subject subject = was.subject();
              return new LedgerRow(
                  new LedgerEntry(
                      was.seq(),
                      was.previous(),
                      was.atMillis(),
                      was.event(),
                      new Subject(subject.employee(), subject.setId(), subject.credId(), device),
                      was.employeePrevious(),
                      was.attemptsLeft(),
                      was.dueSeconds() + 1,
                      SOMETHING_ELSE,
                      was.stateHash()),
                  row.mac());
            })
        .toList();
  }

  private static List<LedgerRow> allButTheNewest(StoreSnapshot now) {
    List<LedgerRow> rows = rowsOfTheEmployee(now);
    return rows.isEmpty() ? rows : rows.subList(0, rows.size() - 1);
  }

  /** The operator has found what was changed; false when nothing was. */
  public boolean putBack() {
    if (explored.attackerState.tampering() == null) {
      return false;
    }
    explored.store(0).restore(genuine(explored.content(), explored.attackerState.tampering()));
    explored.attackerState = explored.attackerState.withoutTampering();
    return true;
  }

  /** The store as the vault's process believes it to be. */
  StoreSnapshot genuine() {
    Tampering tampering = explored.attackerState.tampering();
    return tampering == null ? explored.content() : genuine(explored.content(), tampering);
  }

  private static StoreSnapshot genuine(StoreSnapshot now, Tampering tampering) {
    StoreSnapshot before = tampering.genuine();
    return switch (tampering.act()) {
      case EDIT_ROWS, DELETE_ROWS -> StoreTampering.withRows(now, rowsOfTheEmployee(before));
      case ROLL_BACK_ACCOUNT -> StoreTampering.withAccount(now, before, ExploredSystem.EMPLOYEE);
      default -> StoreTampering.withoutSecrets(now, tampering.from(), before);
    };
  }
}
