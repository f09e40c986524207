package org.hikae.identity.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.caller.view.Caller;
import org.hikae.identity.entity.LegalHoldOrder;
import org.hikae.identity.store.LegalHoldOrderStore;
import org.hikae.identity.view.StandingLegalHold;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Whether an employee's backup is on legal hold. Kept here, at the bottom, because everything that
 * erases must ask; who may set and lift a hold is decided by {@code lifecycle}.
 *
 * <p>Whoever is about to erase something holds the employee ({@link EmployeeLock}) and then asks:
 * setting a hold takes the same lock, so nothing is erased after the answer that a hold was set.
 */
@Stateless
@PermitAll
public class LegalHolds {

  @Inject private LegalHoldOrderStore orders;
  @Inject private EmployeeLock employeeLock;
  @Inject private Clock clock;

  /** Whether nothing of this employee's may be erased. */
  public boolean on(long employeeId) {
    return orders.current(employeeId).isPresent();
  }

  /** The hold on this employee, if there is one. */
  public Optional<StandingLegalHold> standing(long employeeId) {
    return orders.current(employeeId).map(LegalHolds::standing);
  }

  /** Holds that stand on people of a scope, above a hold's number, the oldest first. */
  public List<StandingLegalHold> standingAfter(DepartmentScope scope, long holdId, int limit) {
    return orders.currentAfter(scope, holdId, limit).stream().map(LegalHolds::standing).toList();
  }

  /** Sets a hold on an employee who has none, in the caller's transaction. */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public StandingLegalHold set(long employeeId, String reason, Caller by) {
    employeeLock.lock(employeeId);
    if (on(employeeId)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    return standing(
        orders.add(
            new LegalHoldOrder(employeeId, reason, by.issuer(), by.subject(), clock.instant())));
  }

  /**
   * Lifts the hold {@code holdId}, in the caller's transaction; refused when another one, or none,
   * stands.
   */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public void lift(long employeeId, long holdId, String issuer, String subject) {
    employeeLock.lock(employeeId);
    orders
        .current(employeeId)
        .filter(order -> order.holdId() == holdId)
        .orElseThrow(() -> Refusal.of(ProblemCode.CONFLICT))
        .lift(issuer, subject, clock.instant());
  }

  private static StandingLegalHold standing(LegalHoldOrder order) {
    return new StandingLegalHold(
        order.holdId(), order.employeeId(), order.reason(), order.setAt(), order.setBySubject());
  }
}
