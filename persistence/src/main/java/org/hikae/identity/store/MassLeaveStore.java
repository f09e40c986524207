package org.hikae.identity.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.identity.entity.MassLeave;
import org.hikae.identity.entity.MassLeaver;
import org.hikae.identity.value.EmployeeState;
import org.hikae.identity.value.MassLeaveState;
import org.hikae.schema.store.EntityStore;

/** Findings of too many leavers, with their people. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class MassLeaveStore extends EntityStore {

  /** For the container. */
  public MassLeaveStore() {}

  /** For tests without a container. */
  public MassLeaveStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Keeps a finding and its people. */
  public MassLeave add(MassLeave finding, Map<Long, EmployeeState> leavers) {
    em().persist(finding);
    em().flush();
    leavers.forEach(
        (employee, state) -> em().persist(new MassLeaver(finding.findingId(), employee, state)));
    return finding;
  }

  /** Lets another finding be open. */
  public void replace(MassLeave finding) {
    finding.replace();
    em().flush();
  }

  /** The newest finding, if it waits for an administrator or one has dismissed it. */
  public Optional<MassLeave> standing() {
    return em()
        .createQuery("select m from MassLeave m order by m.findingId desc", MassLeave.class)
        .setMaxResults(1)
        .getResultList()
        .stream()
        .filter(
            newest ->
                newest.state() == MassLeaveState.OPEN || newest.state() == MassLeaveState.DISMISSED)
        .findFirst();
  }

  /** The finding with this number. */
  public Optional<MassLeave> find(long findingId) {
    return Optional.ofNullable(em().find(MassLeave.class, findingId));
  }

  /** When an administrator last confirmed one. */
  public Optional<Instant> lastConfirmedAt() {
    return em()
        .createQuery(
            "select m.decidedAt from MassLeave m where m.state = :confirmed"
                + " order by m.decidedAt desc",
            Instant.class)
        .setParameter("confirmed", MassLeaveState.CONFIRMED)
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** All people of a finding. */
  public List<MassLeaver> leavers(long findingId) {
    return em().createQuery(
            "select l from MassLeaver l where l.findingId = :finding", MassLeaver.class)
        .setParameter("finding", findingId)
        .getResultList();
  }

  /** People of a finding above a number, ascending. */
  public List<MassLeaver> leaversAfter(long findingId, long employeeId, int limit) {
    return em().createQuery(
            "select l from MassLeaver l where l.findingId = :finding and l.employeeId > :after"
                + " order by l.employeeId",
            MassLeaver.class)
        .setParameter("finding", findingId)
        .setParameter("after", employeeId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** People of confirmed findings who are not marked yet. */
  public List<MassLeaver> unmarked(int limit) {
    return em().createQuery(
            "select l from MassLeaver l join MassLeave m on m.findingId = l.findingId"
                + " where m.state = :confirmed and l.marked = false"
                + " order by l.findingId, l.employeeId",
            MassLeaver.class)
        .setParameter("confirmed", MassLeaveState.CONFIRMED)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }
}
