package org.hikae.vault.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.schema.store.EntityStore;
import org.hikae.vault.entity.VaultReceipt;

/** Receipts of the vault, of everybody. */
@ApplicationScoped
public class VaultReceiptStore extends EntityStore {

  /** For the container. */
  public VaultReceiptStore() {}

  /** For tests without a container. */
  public VaultReceiptStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Keeps those that are not there yet and returns their codes. */
  public Set<String> addMissing(List<VaultReceipt> page) {
    Set<String> there =
        new HashSet<>(
            em().createQuery(
                    "select r.code from VaultReceipt r where r.code in :codes", String.class)
                .setParameter("codes", page.stream().map(VaultReceipt::code).toList())
                .setMaxResults(MAX_PAGE)
                .getResultList());
    Set<String> added = new HashSet<>();
    for (VaultReceipt receipt : page) {
      if (there.add(receipt.code()) && add(receipt)) {
        added.add(receipt.code());
      }
    }
    return added;
  }

  /** Another portal may read the same page of the vault's ledger. */
  private boolean add(VaultReceipt receipt) {
    return inserted(
        "insert into vault_receipt (code, seq, employee, receipt) values (?, ?, ?, ?)",
        receipt.code(),
        receipt.seq(),
        receipt.employee(),
        receipt.receipt());
  }

  /** The receipt with the highest number. */
  public Optional<VaultReceipt> newest() {
    return em()
        .createQuery("select r from VaultReceipt r order by r.seq desc", VaultReceipt.class)
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** The newest receipts of an employee, newest first. */
  public List<VaultReceipt> newestOf(String employee, int limit) {
    return em().createQuery(
            "select r from VaultReceipt r where r.employee = :employee order by r.seq desc",
            VaultReceipt.class)
        .setParameter("employee", employee)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }
}
