package org.hikae.vault.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Objects;
import org.hikae.schema.store.EntityStore;
import org.hikae.vault.entity.VaultContact;

/** Which devices the vault answers. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class VaultContactStore extends EntityStore {

  /** For the container. */
  public VaultContactStore() {}

  /** For tests without a container. */
  public VaultContactStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** What is known of a device, to be changed in this transaction. */
  public VaultContact of(String deviceId, long employeeId) {
    VaultContact known = em().find(VaultContact.class, deviceId);
    if (known != null) {
      return known;
    }
    // Its first messages may come at once.
    var _ =
        inserted(
            "insert into vault_contact (device_id, employee_id) values (?, ?)",
            deviceId,
            employeeId);
    return Objects.requireNonNull(em().find(VaultContact.class, deviceId));
  }
}
