package org.hikae.identity.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.entity.GroupMove;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Who joined or left which group, and who is in which now. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class GroupMoveStore extends EntityStore {

  /** Most memberships that are read at once. */
  public static final int MAX_MEMBERSHIPS = 2_000_000;

  private static final String MEMBERSHIPS =
      "select new org.hikae.identity.store.GroupMoveStore$Membership(e.employeeId, g)"
          + " from Employee e left join e.groups g";

  /** For the container. */
  public GroupMoveStore() {}

  /** For tests without a container. */
  public GroupMoveStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** An employee and one of their groups; null when they have none. */
  public record Membership(long employeeId, @Nullable String groupPath) {}

  /** Keeps what changes when the employee's groups become {@code after}. */
  public void add(Employee employee, Set<String> after, Instant at) {
    Set<String> before = employee.groups();
    for (String path : before) {
      if (!after.contains(path)) {
        em().persist(new GroupMove(employee.employeeId(), path, false, at));
      }
    }
    for (String path : after) {
      if (!before.contains(path)) {
        em().persist(new GroupMove(employee.employeeId(), path, true, at));
      }
    }
  }

  /** Moves of an employee after {@code since}, oldest first; of many the newest. */
  public List<GroupMove> since(long employeeId, Instant since) {
    return em().createQuery(
            "select m from GroupMove m where m.employeeId = :employee and m.movedAt > :since"
                + " order by m.moveId desc",
            GroupMove.class)
        .setParameter("employee", employeeId)
        .setParameter("since", since)
        .setMaxResults(MAX_PAGE)
        .getResultList()
        .reversed();
  }

  /** The groups of everybody. */
  public List<Membership> memberships() {
    return em().createQuery(MEMBERSHIPS, Membership.class)
        .setMaxResults(MAX_MEMBERSHIPS)
        .getResultList();
  }

  /** All groups of each employee who is in this one or in one below it. */
  public List<Membership> membershipsIn(String groupPath) {
    String below = groupPath.replace("!", "!!").replace("%", "!%").replace("_", "!_").concat("/%");
    return em().createQuery(
            MEMBERSHIPS
                + " where exists (select 1 from Employee m join m.groups p"
                + " where m.employeeId = e.employeeId"
                + " and (p = :group or p like :below escape '!'))",
            Membership.class)
        .setParameter("group", groupPath)
        .setParameter("below", below)
        .setMaxResults(MAX_MEMBERSHIPS)
        .getResultList();
  }
}
