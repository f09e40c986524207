package org.hikae.enrollment.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.enrollment.store.ConsentStore;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.identity.view.EmployeeChanged;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * What an opt-out does to set, consent and wraps, in the transaction of the use case, which holds
 * the employee.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class SetWithdrawal {

  @Inject private BackupSetStore sets;
  @Inject private ConsentStore consents;
  @Inject private EnrollmentStatusReader enrollmentStatusReader;
  @Inject private Event<EmployeeChanged> changed;
  @Inject private Clock clock;

  /**
   * A set that is given up.
   *
   * @param setId hexadecimal identifier
   * @param wasActive whether the opt-in was complete
   */
  public record Withdrawn(String setId, boolean wasActive) {}

  /**
   * On what the decision is noted.
   *
   * @param clientId client by which the employee is signed in
   * @param locale language in which the text was shown
   */
  public record WithdrawalContext(String clientId, Locale locale) {}

  /**
   * Withdraws the employee's set: no object and no snapshot enters it from now on. Its wraps stay
   * and are served to nobody.
   *
   * @return the set; empty when it was withdrawn before
   * @throws Refusal when there never was one
   */
  public Optional<Withdrawn> withdraw(long employeeId, WithdrawalContext shown) {
    Optional<BackupSet> current = sets.current(employeeId);
    if (current.isEmpty()) {
      if (sets.anyOf(employeeId)) {
        return Optional.empty();
      }
      throw Refusal.of(ProblemCode.NOT_OPTED_IN);
    }
    BackupSet set = current.get();
    boolean wasActive = set.state() == BackupSetState.ACTIVE;
    set.withdraw();
    changed.fire(new EmployeeChanged(employeeId));
    note(employeeId, shown, ConsentAction.WITHDRAWN);
    return Optional.of(new Withdrawn(set.setId(), wasActive));
  }

  /**
   * Withdraws the set of somebody who left, without a decision of theirs; empty when there is none.
   */
  public Optional<Withdrawn> close(long employeeId) {
    return sets.current(employeeId)
        .map(
            set -> {
              boolean wasActive = set.state() == BackupSetState.ACTIVE;
              set.withdraw();
              changed.fire(new EmployeeChanged(employeeId));
              return new Withdrawn(set.setId(), wasActive);
            });
  }

  /** Gives a set that was closed back; false when the employee has begun another. */
  public boolean reopen(long employeeId, Withdrawn closed) {
    if (sets.current(employeeId).isPresent()) {
      return false;
    }
    sets.byId(closed.setId()).orElseThrow().resume(closed.wasActive());
    changed.fire(new EmployeeChanged(employeeId));
    return true;
  }

  /** The set of an employee that is not withdrawn. */
  public Optional<String> current(long employeeId) {
    return sets.current(employeeId).map(BackupSet::setId);
  }

  /** Makes a withdrawn set the employee's again; refused when they have begun another. */
  public void resume(long employeeId, Withdrawn withdrawn, WithdrawalContext shown) {
    if (sets.current(employeeId).isPresent()) {
      throw Refusal.of(ProblemCode.SET_EXISTS);
    }
    sets.byId(withdrawn.setId()).orElseThrow().resume(withdrawn.wasActive());
    changed.fire(new EmployeeChanged(employeeId));
    note(employeeId, shown, ConsentAction.OPTED_IN);
  }

  /**
   * Erases every wrap of a set.
   *
   * @return how many there were
   */
  public int eraseWraps(String setId) {
    return sets.eraseWraps(setId);
  }

  private void note(long employeeId, WithdrawalContext shown, ConsentAction action) {
    consents.add(
        new Consent(
            employeeId,
            null,
            shown.clientId(),
            enrollmentStatusReader.text(shown.locale()),
            action,
            clock.instant()));
  }
}
