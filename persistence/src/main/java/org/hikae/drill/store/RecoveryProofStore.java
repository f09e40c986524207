package org.hikae.drill.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.hikae.drill.entity.StoredRecoveryProof;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.drill.wire.RecoveryProofKind;
import org.hikae.schema.store.EntityStore;

/** The newest recovery proof of each kind of each device. Whoever writes one holds the device. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class RecoveryProofStore extends EntityStore {

  /** For the container. */
  public RecoveryProofStore() {}

  /** For tests without a container. */
  public RecoveryProofStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** The newest of this kind of the device. */
  public Optional<StoredRecoveryProof> newest(String deviceId, RecoveryProofKind kind) {
    return only(
        em().createQuery(
                "select p from StoredRecoveryProof p where p.deviceId = :device and p.kind = :kind",
                StoredRecoveryProof.class)
            .setParameter("device", deviceId)
            .setParameter("kind", kind)
            .getResultList());
  }

  /** Whether the employee's set has the snapshot of this proof, sealed by that generation. */
  public boolean hasSnapshot(long employeeId, RecoveryProof proof) {
    return em().createQuery(
                "select count(s) from Snapshot s where s.employeeId = :employee"
                    + " and s.snapshotId = :snapshot and s.setId = :set"
                    + " and s.generation = :generation",
                Long.class)
            .setParameter("employee", employeeId)
            .setParameter("snapshot", proof.snapshotId())
            .setParameter("set", proof.setId())
            .setParameter("generation", proof.generation())
            .getSingleResult()
        > 0;
  }

  /** Keeps the first of its kind. */
  public void add(StoredRecoveryProof proof) {
    em().persist(proof);
  }

  /** Removes all of a device; how many. */
  public int eraseOfDevice(String deviceId) {
    return em().createQuery("delete from StoredRecoveryProof p where p.deviceId = :device")
        .setParameter("device", deviceId)
        .executeUpdate();
  }

  /** Removes all of an employee's devices; how many. */
  public int eraseOfEmployee(long employeeId) {
    return em().createQuery("delete from StoredRecoveryProof p where p.employeeId = :employee")
        .setParameter("employee", employeeId)
        .executeUpdate();
  }
}
