package org.hikae.enrollment.transfer.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.enrollment.transfer.entity.KeyTransfer;
import org.hikae.enrollment.transfer.entity.RelayedMessage;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.schema.store.EntityStore;

/**
 * Transfers and their messages. Every look-up names the employee and the time, so another one's and
 * one that has ended look like one that never was.
 */
@ApplicationScoped
public class KeyTransferStore extends EntityStore {

  /** A revoked device gets nothing, so nobody is shown what it asked for. */
  private static final String NOT_REVOKED =
      " and not exists (select 1 from Device d where d.deviceId = t.newDevice and d.state = :revoked)";

  /** For the container. */
  public KeyTransferStore() {}

  /** For tests without a container. */
  public KeyTransferStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Keeps one; false when its identifier was taken, by whomever. */
  public boolean add(KeyTransfer transfer) {
    return written(() -> em().persist(transfer));
  }

  /** Keeps a message. */
  public void add(RelayedMessage message) {
    em().persist(message);
  }

  /** The transfer of this employee, unless it has ended or its device was revoked. */
  public Optional<KeyTransfer> find(String transferId, long employeeId, Instant now) {
    return only(byId(transferId, employeeId, now).getResultList());
  }

  /** The same, held until the transaction ends; nothing if it ended while another held it. */
  public Optional<KeyTransfer> toChange(String transferId, long employeeId, Instant now) {
    return only(
        byId(transferId, employeeId, now)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList());
  }

  private TypedQuery<KeyTransfer> byId(String transferId, long employeeId, Instant now) {
    return em().createQuery(
            "select t from KeyTransfer t where t.transferId = :transfer"
                + " and t.employeeId = :employee and t.expiresAt > :now"
                + NOT_REVOKED,
            KeyTransfer.class)
        .setParameter("transfer", transferId)
        .setParameter("employee", employeeId)
        .setParameter("now", now)
        .setParameter("revoked", DeviceState.REVOKED);
  }

  /** Those of this employee that {@link #find} finds, oldest first, at most {@code limit}. */
  public List<KeyTransfer> open(long employeeId, Instant now, int limit) {
    return em().createQuery(
            "select t from KeyTransfer t where t.employeeId = :employee and t.expiresAt > :now"
                + NOT_REVOKED
                + " order by t.openedAt, t.transferId",
            KeyTransfer.class)
        .setParameter("employee", employeeId)
        .setParameter("now", now)
        .setParameter("revoked", DeviceState.REVOKED)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** The messages of a transfer, in their order. */
  public List<RelayedMessage> messages(String transferId) {
    return em().createQuery(
            "select m from RelayedMessage m where m.transferId = :transfer order by m.number",
            RelayedMessage.class)
        .setParameter("transfer", transferId)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }

  /** Ends what this device has asked for. */
  public void endOf(String newDevice) {
    em().createQuery("delete from KeyTransfer t where t.newDevice = :device")
        .setParameter("device", newDevice)
        .executeUpdate();
  }

  /** Removes all that have ended; how many. */
  public int forgetExpired(Instant now) {
    return em().createQuery("delete from KeyTransfer t where t.expiresAt <= :now")
        .setParameter("now", now)
        .executeUpdate();
  }
}
