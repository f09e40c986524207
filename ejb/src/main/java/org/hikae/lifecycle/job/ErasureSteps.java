package org.hikae.lifecycle.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.service.ChangeAlarms;
import org.hikae.backup.service.HoldPeriodClock;
import org.hikae.backup.service.SetErasure;
import org.hikae.diagnostics.service.DiagnosticsErasure;
import org.hikae.drill.service.RecoveryProofErasure;
import org.hikae.enrollment.service.SetWithdrawal;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.service.LegalHolds;
import org.hikae.lifecycle.entity.Erasure;
import org.hikae.lifecycle.service.ErasureReceiptIssuer;
import org.hikae.lifecycle.store.ErasureStore;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;

/**
 * The steps of an erasure, each a transaction of its own. Nothing here is called for a person; time
 * comes from the caller.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ErasureSteps {

  /** Erasures looked up at a time. */
  static final int PAGE = 100;

  private static final String PART = "erasure";

  @Inject private ErasureStore erasures;
  @Inject private EmployeeLock employeeLock;
  @Inject private LegalHolds legalHold;
  @Inject private SetWithdrawal withdrawal;
  @Inject private SetErasure set;
  @Inject private DiagnosticsErasure diagnosticsErasure;
  @Inject private RecoveryProofErasure recoveryProofErasure;
  @Inject private ChangeAlarms changeAlarms;
  @Inject private HoldPeriodClock holdPeriodClock;
  @Inject private ErasureReceiptIssuer receipt;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;

  /** Erasures above {@code after} whose time has come, at most {@link #PAGE}. */
  public List<Long> due(Instant wall, long after) {
    return erasures.due(holdPeriodClock.now(wall), after, PAGE);
  }

  /**
   * Does the next step of an erasure whose time has come: the wraps first, because without them the
   * rest opens for nobody, and what devices said of themselves; then snapshots and objects; at last
   * it signs the receipt. Under legal hold it does nothing.
   *
   * @return whether there is more to do now
   */
  public boolean step(long erasureId, Instant wall) {
    long employeeId = erasures.employeeOf(erasureId);
    employeeLock.lock(employeeId);
    if (legalHold.on(employeeId)) {
      return false;
    }
    Erasure erasure = erasures.find(employeeId, erasureId).orElseThrow();
    return switch (erasure.state()) {
      case WAITING -> begin(erasure, wall);
      case ERASING -> goOn(erasure, wall);
      case TAKEN_BACK, ERASED -> false;
    };
  }

  private boolean begin(Erasure erasure, Instant wall) {
    if (erasure.dueKept().isAfter(holdPeriodClock.now(wall))) {
      return false;
    }
    int wraps = withdrawal.eraseWraps(erasure.setId());
    erasure.begin(wraps, wall);
    diagnosticsErasure.erase(erasure.employeeId());
    recoveryProofErasure.erase(erasure.employeeId());
    trail.recordSystemAbout(
        erasure.employeeId(),
        PART,
        "erasure.begin",
        "set:" + erasure.setId(),
        Map.of("wraps", Integer.toString(wraps)));
    return true;
  }

  private boolean goOn(Erasure erasure, Instant wall) {
    SetErasure.ErasureStep step = set.step(erasure.setId());
    SetErasure.Contents gone = step.gone();
    if (!step.ended()) {
      erasure.count(gone.snapshots(), gone.objects(), gone.bytes());
      return true;
    }
    // Alarms that were raised after the opt-out are about what the employee stored since.
    changeAlarms.erase(erasure.employeeId(), erasure.askedAt());
    erasure.end(receipt.sign(erasure, wall), wall);
    outbox.tell(
        erasure.employeeId(),
        NoticeKind.SET_ERASED,
        Map.of("setId", erasure.setId(), "erasureId", Long.toString(erasure.id())));
    trail.recordSystemAbout(
        erasure.employeeId(),
        PART,
        "erasure.end",
        "set:" + erasure.setId(),
        Map.of(
            "snapshots", Long.toString(erasure.snapshots()),
            "objects", Long.toString(erasure.objects()),
            "bytes", Long.toString(erasure.bytes())));
    return false;
  }
}
