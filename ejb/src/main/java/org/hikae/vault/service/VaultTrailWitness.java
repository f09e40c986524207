package org.hikae.vault.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.hikae.audit.service.TrailWitness;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.AuditHeadAnswer;
import org.hikae.vault.wire.AuditHeadAnswer.HeadOutcome;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultFrame;

/** The vault as the audit trail's witness (spec HK1-V-25). */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VaultTrailWitness implements TrailWitness {

  private static final System.Logger LOG = System.getLogger(VaultTrailWitness.class.getName());

  @Inject private VaultConnection connection;

  @Override
  public boolean isThere() {
    return connection.isConfigured();
  }

  @Override
  public AuditHeadAnswer tell(AuditHead head) {
    try {
      byte[] answer =
          connection.exchange(new VaultFrame(VaultFrame.Kind.AUDIT, head.encode())).body();
      AuditHeadAnswer parsed = AuditHeadAnswer.parse(answer);
      return requireAbout(head, parsed);
    } catch (VaultUnavailableException | MalformedException e) {
      LOG.log(System.Logger.Level.WARNING, "The vault signs no audit trail: {0}", e.getMessage());
      return AuditHeadAnswer.without(HeadOutcome.NOT_NOW);
    }
  }

  /** A receipt for something else than what was told is none. */
  private static AuditHeadAnswer requireAbout(AuditHead head, AuditHeadAnswer answer)
      throws MalformedException {
    boolean asked = answer.outcome() == HeadOutcome.DONE && head.seq() != 0;
    AuditHead about = asked ? head : AuditHead.of(answer.seq(), answer.hash());
    Receipt receipt = answer.receipt();
    boolean right =
        receipt == null
            ? answer.outcome() != HeadOutcome.DONE
            : receipt.entry().detail().equals(about.detail());
    if (!right) {
      throw new MalformedException("its receipt is about something else");
    }
    return answer;
  }

  @Override
  public Optional<byte[]> card() {
    try {
      byte[] card = connection.exchange(new VaultFrame(VaultFrame.Kind.CARD, new byte[0])).body();
      return Optional.of(SignedCard.parse(card).encode());
    } catch (VaultUnavailableException | MalformedException e) {
      return Optional.empty();
    }
  }
}
