package org.hikae.enrollment.service;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** Tells other capabilities which set an employee's device works on. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
public class CurrentSet {

  @Inject private BackupSetStore sets;
  @Inject private ConsentRenewal consentRenewal;

  /**
   * A set in use.
   *
   * @param setId hexadecimal identifier
   * @param generation generation of K
   */
  public record Active(String setId, long generation) {}

  /** The employee's active set. */
  public Optional<Active> active(long employeeId) {
    return sets.current(employeeId)
        .filter(set -> set.state() == BackupSetState.ACTIVE)
        .map((BackupSet set) -> new Active(set.setId(), set.generation()));
  }

  /** The employee's active set; refused as not opted in when there is none. */
  public Active requireActive(long employeeId) {
    return active(employeeId).orElseThrow(() -> Refusal.of(ProblemCode.NOT_OPTED_IN));
  }

  /**
   * The employee's active set, which may take something new; refused besides while backups are
   * paused, because the employee has not agreed to a later text in time. What is in it can be read
   * all the same.
   */
  public Active requireTaking(long employeeId) {
    Active set = requireActive(employeeId);
    if (consentRenewal.paused(employeeId)) {
      throw Refusal.of(ProblemCode.CONSENT_REQUIRED);
    }
    return set;
  }

  /**
   * Holds {@code set} until the caller's transaction ends and makes sure that it is still active
   * and of the same generation, so that nothing enters a set after an opt-out that has been
   * answered, and an opt-out waits for what is about to be answered.
   */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public void lockActive(Active set) {
    if (!sets.lockActive(set.setId())) {
      throw Refusal.of(ProblemCode.NOT_OPTED_IN);
    }
    boolean same =
        sets.byId(set.setId()).filter(now -> now.generation() == set.generation()).isPresent();
    if (!same) {
      throw Refusal.of(ProblemCode.KEY_ROTATED);
    }
  }
}
