package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.ResticPassword;
import org.hikae.schema.store.EntityStore;

/** Passwords of restic under K. Who asks says whose they are. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class ResticPasswordStore extends EntityStore {

  /** For the container. */
  public ResticPasswordStore() {}

  /** For tests without a container. */
  public ResticPasswordStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Keeps another one; the caller holds the set. */
  public void add(ResticPassword password) {
    em().persist(password);
    em().flush();
  }

  /** The repository of restic with this name, if it is this employee's. */
  public Optional<BackupRepository> repository(long employeeId, String resticId) {
    return only(
        em().createQuery(
                "select r from BackupRepository r where r.employeeId = :employee"
                    + " and r.resticId = :restic and r.resticId <> ''",
                BackupRepository.class)
            .setParameter("employee", employeeId)
            .setParameter("restic", resticId)
            .getResultList());
  }

  /** Repositories of restic of this employee, oldest first, at most {@code limit}. */
  public List<BackupRepository> repositories(long employeeId, int limit) {
    return em().createQuery(
            "select r from BackupRepository r where r.employeeId = :employee"
                + " and r.resticId <> '' order by r.id",
            BackupRepository.class)
        .setParameter("employee", employeeId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Those of a repository of this employee, newest first; of another's there are none. */
  public List<ResticPassword> of(long employeeId, long repositoryId) {
    return em().createQuery(
            "select p from ResticPassword p join BackupRepository r on r.id = p.repositoryId"
                + " where p.repositoryId = :repository and r.employeeId = :employee"
                + " order by p.number desc",
            ResticPassword.class)
        .setParameter("repository", repositoryId)
        .setParameter("employee", employeeId)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }
}
