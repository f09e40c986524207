package org.hikae.vault.exploration;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.vault.exploration.Planted.Edit;
import org.hikae.vault.exploration.system.Promise;

/**
 * All faults that hostile players were found to be able to use, each with a shortest list of moves.
 *
 * <p>A fault without edits is one that the vault has: its promise is ignored wherever it is not
 * looked for, and {@link HostilePlayersTest} fails as soon as it is not found any more. Then it
 * gets the edits that put it back, and every exploration watches its promise.
 */
final class Faults {

  private Faults() {}

  static final List<Fault> ALL =
      List.of(
          Fault.of(
              "a token alone puts another record in the owner's place while Status is withheld",
              "a silent portal",
              Promise.THE_OWNER_HEARS_FIRST,
              "THIEF_EXPOSE, THREE_DAYS, LOGIN",
              new Edit(
                  "core/Announcements", "VaultLimits.NEWCOMER_DELAY", "VaultLimits.OWNER_DELAY")),
          Fault.stuck(
              "a stolen device freezes for ever",
              "a stolen device",
              Promise.A_FREEZE_ENDS,
              Who.WITHOUT_THE_KEY,
              "STOLEN_FREEZE",
              new Edit(
                  "transaction/Settlement",
                  "account.frozenUntilMillis() <= unit.nowMillis()",
                  "account.frozenUntilMillis() < 0")),
          Fault.stuck(
              "the keepers reopen below what a device has seen",
              "store and anchor set back",
              Promise.A_CEREMONY_REPAIRS,
              Who.WITH_THE_KEY,
              "RESTORE_WITH_ANCHOR",
              new Edit("ledger/Ledger", "return row < reopenedAt();", "return false;")),
          Fault.of(
              "a login whose row is missing is taken for one that was not answered",
              "login rows in other hands",
              Promise.A_CHARGE_SERVES_ONCE,
              "DROP_LOGIN_ROWS, LOGIN_START_AGAIN ROOT_AWAY",
              new Edit(
                  "core/Login",
                  "!unanswered.isCertain(unit, charged)",
                  "ke2(unit, charged).isPresent()")),
          Fault.of(
              "a row that was edited after the start is signed",
              "ledger rows edited",
              Promise.ONLY_TRUE_ROWS_ARE_SHOWN,
              "EDIT_ROWS, REG_FINISH_AGAIN",
              new Edit(
                  "ledger/RowCodes",
                  "!ledger.mac(row.entry()).equals(row.mac())",
                  "row.seq() == 0")),
          Fault.of(
              "a row that was edited after the start says what becomes ACTIVE",
              "ledger rows edited",
              Promise.ONLY_TRUE_ROWS_COUNT,
              "A_MONTH, EDIT_ROWS, LOGIN",
              new Edit(
                  "ledger/RowCodes",
                  "!ledger.mac(row.entry()).equals(row.mac())",
                  "row.seq() == 0")),
          Fault.of(
              "a clock that jumps hurries what is announced",
              "a clock ahead",
              Promise.NOTHING_BEFORE_ITS_TIME,
              "CLOCK_AHEAD, SWEEP",
              new Edit(
                  "transaction/VaultTime",
                  "Instant next = earlier(wall, steady.plus(faster));",
                  "Instant next = faster.isNegative() ? steady : wall;")),
          Fault.stuck(
              "a row of a time to come keeps the vault closed, to the keepers, too",
              "a clock ahead",
              Promise.A_CLOCK_JUMP_PASSES,
              Who.WITH_THE_KEY,
              "CLOCK_AHEAD, SWEEP",
              new Edit(
                  "transaction/VaultTime",
                  "Instant next = earlier(wall, steady.plus(faster));",
                  "Instant next = faster.isNegative() ? steady : wall;"),
              new Edit(
                  "transaction/Journal",
                  "long nowMillis = time.millis();",
                  "long nowMillis = Math.max(time.millis(), beforeMillis);")),
          Fault.stuck(
              "sets that a token alone made up leave no room for the employee's",
              "sets made up",
              Promise.A_SET_HAS_ROOM,
              Who.WITH_THE_KEY,
              "CLAIM, CLAIM",
              new Edit(
                  "core/Claims",
                  ".filter(set -> caller.freshSignIn())",
                  ".filter(set -> set.setId().equals(caller.setId()))")),
          Fault.of(
              "the note that the vault has closed itself can be deleted",
              "store and anchor set back",
              Promise.A_SEAL_STAYS,
              "RESTORE_WITH_ANCHOR, LOGIN, DELETE_SEAL, GUESS",
              new Edit("ledger/Closing", "seen == null ? null : target(seen, ledger)", "null"),
              new Edit(
                  "ledger/Closing",
                  "head == null || head.seq() <= Math.max(ledger.seq(), anchoredSeq)",
                  "head == null || head.seq() >= anchoredSeq")),
          Fault.of(
              "a row deleted where a device has seen another one looks like a reopening's gap",
              "a fork and a gap",
              Promise.A_FORK_IS_NOTICED,
              "RESTORE_WITH_ANCHOR, GUESS, GUESS, DELETE_ROWS, STATUS",
              new Edit(
                  "transaction/Journal",
                  "|| ledger.isGivenUp(seen.seq())) {",
                  "|| (rows.row(seen.seq()).isEmpty() && !rows.rows(seen.seq(), 1).isEmpty())) {"),
              new Edit(
                  "ledger/LedgerReader",
                  "if (!linked) {",
                  "if (!linked && System.nanoTime() == 0) {")),
          Fault.of(
              "the keepers' signatures announce a deletion again after a veto",
              "two keepers",
              Promise.A_CEREMONY_SERVES_ONCE,
              "KEEPERS_DELETE, VETO, KEEPERS_DELETE_AGAIN",
              new Edit("core/Ceremony", "unit.account().keepersRow()", "0")),
          Fault.stuck(
              "after 200 right logins only the owner key helps",
              "a worn-out record on a new device",
              Promise.THE_PASSWORD_SUFFICES,
              Who.WITHOUT_THE_KEY,
              "LOGIN",
              new Edit(
                  "core/Login",
                  "gate.refusal(account, caller.deviceId(), unit.nowMillis())",
                  "if (active.evaluations() >= 200) throw RefusalException.of(VaultRefusal.RENEW);\ngate.refusal(account, caller.deviceId(), unit.nowMillis())")),
          Fault.of(
              "a thief who renews a record of their own starts the count of a life anew",
              "a thief's own record",
              Promise.A_LIFE_IS_COUNTED,
              "THIEF_LOGIN, THIEF_REPLACE",
              new Edit(
                  "account/Account", "counts.renewed(ofSet)", "counts.renewed(counts.lifetime())")),
          Fault.of(
              "who once registered a record of their own has the owner's last attempts",
              "a thief came first",
              Promise.THE_LAST_ATTEMPTS_ARE_THE_OWNERS,
              "GUESS",
              new Edit(
                  "account/Account",
                  "return newest(Stage.ACTIVE).filter(active -> knows(active.setId(), deviceId)).isPresent();",
                  "return sets.stream().anyMatch(set -> set.trust().knows(deviceId));")));

  /** The promises that the vault is known to break. */
  static Set<Promise> broken() {
    Set<Promise> broken = EnumSet.noneOf(Promise.class);
    ALL.stream().filter(Fault::isOpen).forEach(fault -> broken.add(fault.promise()));
    return broken;
  }

  /** What the others break; one fault may show in the scope of another. */
  static Set<Promise> besides(Fault sought) {
    Set<Promise> others = EnumSet.noneOf(Promise.class);
    ALL.forEach(fault -> others.add(fault.promise()));
    others.remove(sought.promise());
    return others;
  }

  static Fault named(String name) {
    return ALL.stream().filter(fault -> fault.name().equals(name)).findFirst().orElseThrow();
  }
}
