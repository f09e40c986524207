package org.hikae.vault.exploration;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.vault.exploration.MutatedVault.SourceEdit;
import org.hikae.vault.exploration.system.Invariant;

/**
 * All faults that hostile players were found to be able to use, each with a shortest list of moves.
 *
 * <p>A fault without edits is one that the vault has: its promise is ignored wherever it is not
 * looked for, and {@link KnownAttacksTest} fails as soon as it is not found any more. Then it gets
 * the edits that put it back, and every exploration watches its promise.
 */
final class KnownAttacks {

  private KnownAttacks() {}

  static final List<KnownAttack> ALL =
      List.of(
          KnownAttack.of(
              "a token alone puts another record in the owner's place while Status is withheld",
              "a silent portal",
              Invariant.THE_OWNER_HEARS_FIRST,
              "THIEF_EXPOSE, THREE_DAYS, LOGIN",
              new SourceEdit(
                  "core/Announcements", "VaultLimits.NEWCOMER_DELAY", "VaultLimits.OWNER_DELAY")),
          KnownAttack.stuck(
              "a stolen device freezes for ever",
              "a stolen device",
              Invariant.A_FREEZE_ENDS,
              HonestEmployee.WITHOUT_THE_KEY,
              "STOLEN_FREEZE",
              new SourceEdit(
                  "transaction/DueTransitions",
                  "account.frozenUntilMillis() <= accountTransaction.nowMillis()",
                  "account.frozenUntilMillis() < 0")),
          KnownAttack.stuck(
              "the keepers reopen below what a device has seen",
              "store and anchor set back",
              Invariant.A_CEREMONY_REPAIRS,
              HonestEmployee.WITH_THE_KEY,
              "RESTORE_WITH_ANCHOR",
              new SourceEdit("ledger/Ledger", "return row < reopenedAt();", "return false;")),
          KnownAttack.of(
              "a login whose row is missing is taken for one that was not answered",
              "login rows in other hands",
              Invariant.A_CHARGE_SERVES_ONCE,
              "DROP_LOGIN_ROWS, LOGIN_START_AGAIN ROOT_AWAY",
              new SourceEdit(
                  "core/LoginHandler",
                  "!unanswered.isCertain(accountTransaction, charged)",
                  "ke2(accountTransaction, charged).isPresent()")),
          KnownAttack.of(
              "a row that was edited after the start is signed",
              "ledger rows edited",
              Invariant.ONLY_TRUE_ROWS_ARE_SHOWN,
              "EDIT_ROWS, REG_FINISH_AGAIN",
              new SourceEdit(
                  "ledger/RowVerifier",
                  "!ledger.mac(row.entry()).equals(row.mac())",
                  "row.seq() == 0")),
          KnownAttack.of(
              "a row that was edited after the start says what becomes ACTIVE",
              "ledger rows edited",
              Invariant.ONLY_TRUE_ROWS_COUNT,
              "A_MONTH, EDIT_ROWS, LOGIN",
              new SourceEdit(
                  "ledger/RowVerifier",
                  "!ledger.mac(row.entry()).equals(row.mac())",
                  "row.seq() == 0")),
          KnownAttack.of(
              "a clock that jumps hurries what is announced",
              "a clock ahead",
              Invariant.NOTHING_BEFORE_ITS_TIME,
              "CLOCK_AHEAD, SWEEP",
              new SourceEdit(
                  "transaction/VaultClock",
                  "Instant next = earlier(wall, steady.plus(faster));",
                  "Instant next = faster.isNegative() ? steady : wall;")),
          KnownAttack.stuck(
              "a row of a time to come keeps the vault closed, to the keepers, too",
              "a clock ahead",
              Invariant.A_CLOCK_JUMP_PASSES,
              HonestEmployee.WITH_THE_KEY,
              "CLOCK_AHEAD, SWEEP",
              new SourceEdit(
                  "transaction/VaultClock",
                  "Instant next = earlier(wall, steady.plus(faster));",
                  "Instant next = faster.isNegative() ? steady : wall;"),
              new SourceEdit(
                  "transaction/GroupCommitExecutor",
                  "long nowMillis = time.millis();",
                  "long nowMillis = Math.max(time.millis(), beforeMillis);")),
          KnownAttack.stuck(
              "sets that a token alone made up leave no room for the employee's",
              "sets made up",
              Invariant.A_SET_HAS_ROOM,
              HonestEmployee.WITH_THE_KEY,
              "CLAIM, CLAIM",
              new SourceEdit(
                  "core/SetAdmission",
                  ".filter(set -> authenticatedDevice.freshSignIn())",
                  ".filter(set -> set.setId().equals(authenticatedDevice.setId()))")),
          KnownAttack.of(
              "the note that the vault has closed itself can be deleted",
              "store and anchor set back",
              Invariant.A_SEAL_STAYS,
              "RESTORE_WITH_ANCHOR, LOGIN, DELETE_SEAL, GUESS",
              new SourceEdit(
                  "ledger/ClosedState", "seen == null ? null : target(seen, ledger)", "null"),
              new SourceEdit(
                  "ledger/ClosedState",
                  "head == null || head.seq() <= Math.max(ledger.seq(), anchoredSeq)",
                  "head == null || head.seq() >= anchoredSeq")),
          KnownAttack.of(
              "a row deleted where a device has seen another one looks like a reopening's gap",
              "a fork and a gap",
              Invariant.A_FORK_IS_NOTICED,
              "RESTORE_WITH_ANCHOR, GUESS, GUESS, DELETE_ROWS, STATUS",
              new SourceEdit(
                  "transaction/GroupCommitExecutor",
                  "|| ledger.isGivenUp(seen.seq())) {",
                  "|| (rows.row(seen.seq()).isEmpty() && !rows.rows(seen.seq(), 1).isEmpty())) {"),
              new SourceEdit(
                  "ledger/LedgerReader",
                  "if (!linked) {",
                  "if (!linked && System.nanoTime() == 0) {")),
          KnownAttack.of(
              "the keepers' signatures announce a deletion again after a veto",
              "two keepers",
              Invariant.A_CEREMONY_SERVES_ONCE,
              "CUSTODIANS_DELETE, VETO, CUSTODIANS_DELETE_AGAIN",
              new SourceEdit(
                  "core/DualControl", "accountTransaction.account().custodiansRow()", "0")),
          KnownAttack.stuck(
              "after 200 right logins only the owner key helps",
              "a worn-out record on a new device",
              Invariant.THE_PASSWORD_SUFFICES,
              HonestEmployee.WITHOUT_THE_KEY,
              "LOGIN",
              new SourceEdit(
                  "core/LoginHandler",
                  "    attemptPolicy\n        .refusal(account",
                  "if (active.evaluations() >= 200) throw RefusalException.of(VaultRefusal.RENEW);\n"
                      + "    attemptPolicy\n        .refusal(account")),
          KnownAttack.of(
              "a thief who renews a record of their own starts the count of a life anew",
              "a thief's own record",
              Invariant.A_LIFE_IS_COUNTED,
              "THIEF_LOGIN, THIEF_REPLACE",
              new SourceEdit(
                  "account/Account",
                  "attemptCounters.renewed(ofSet)",
                  "attemptCounters.renewed(attemptCounters.lifetime())")),
          KnownAttack.of(
              "who once registered a record of their own has the owner's last attempts",
              "a thief came first",
              Invariant.THE_LAST_ATTEMPTS_ARE_THE_OWNERS,
              "GUESS",
              new SourceEdit(
                  "account/Account",
                  "return newest(RecordStage.ACTIVE).filter(active -> knows(active.setId(), deviceId)).isPresent();",
                  "return sets.stream().anyMatch(set -> set.trust().knows(deviceId));")));

  /** The promises that the vault is known to break. */
  static Set<Invariant> broken() {
    Set<Invariant> broken = EnumSet.noneOf(Invariant.class);
    ALL.stream()
        .filter(KnownAttack::isOpen)
        .forEach(knownAttack -> broken.add(knownAttack.promise()));
    return broken;
  }

  /** What the others break; one fault may show in the scope of another. */
  static Set<Invariant> besides(KnownAttack sought) {
    Set<Invariant> others = EnumSet.noneOf(Invariant.class);
    ALL.forEach(knownAttack -> others.add(knownAttack.promise()));
    others.remove(sought.promise());
    return others;
  }

  static KnownAttack named(String name) {
    return ALL.stream()
        .filter(knownAttack -> knownAttack.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
