package org.hikae.audit.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.audit.view.AuditChainEnd;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.AuditHeadAnswer;
import org.hikae.vault.wire.AuditHeadAnswer.HeadOutcome;

/**
 * Has the chain's end signed by the vault, which enters it in its own ledger: who rules over the
 * portal and its database cannot cut the trail off unnoticed. The vault is asked outside of any
 * transaction.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditSealing {

  private static final System.Logger LOG = System.getLogger(AuditSealing.class.getName());

  @Inject private AuditChain chain;
  @Inject private TrailWitness witness;
  @Inject private AuditChainVerification chainVerification;

  /** Has the end signed when that is due; several nodes may do so at once. */
  public void sealIfDue() {
    if (witness.isThere() && chain.isSealDue()) {
      var _ = seal(chain.end());
    }
  }

  /** Has an end of the chain signed. */
  public AuditHeadAnswer seal(AuditChainEnd end) {
    return tell(AuditHead.of(end.seq(), hash(end.hash())));
  }

  /** Has an export that ends there signed. */
  public AuditHeadAnswer sealExport(AuditChainEnd end, Hash256 export) {
    return tell(new AuditHead(end.seq(), hash(end.hash()), export));
  }

  private AuditHeadAnswer tell(AuditHead head) {
    AuditHeadAnswer answer = witness.tell(head);
    if (answer.outcome() == HeadOutcome.DONE) {
      chain.keep(answer, head.export());
    } else if (!isOvertaken(answer)) {
      LOG.log(
          answer.outcome() == HeadOutcome.SET_BACK
              ? System.Logger.Level.ERROR
              : System.Logger.Level.WARNING,
          "ALARM: the vault did not sign the audit trail''s end {0}: {1} (its own end: {2})",
          head.seq(),
          answer.outcome(),
          answer.seq());
    }
    return answer;
  }

  /**
   * Whether another node, or an export, only was quicker with a later end of this same trail:
   * nothing was set back then.
   */
  private boolean isOvertaken(AuditHeadAnswer answer) {
    return answer.outcome() == HeadOutcome.SET_BACK
        && chainVerification.compare(answer.seq(), answer.hash().hex()) == null;
  }

  private static Hash256 hash(String hex) {
    try {
      return Hash256.parse(hex);
    } catch (MalformedException e) {
      throw new IllegalStateException("A hash of the chain is none", e);
    }
  }
}
