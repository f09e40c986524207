package org.hikae.identity.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.store.GroupMoveStore;
import org.hikae.identity.store.GroupMoveStore.Membership;
import org.hikae.identity.view.GroupHistory;

/** Who is in which group, for the use cases of other capabilities. */
@Stateless
@PermitAll
public class GroupMembership {

  @Inject private EmployeeStore employees;
  @Inject private GroupMoveStore moves;

  /** The groups of an employee now, and every move after {@code since}. */
  public GroupHistory historyOf(long employeeId, Instant since) {
    Set<String> now = employees.find(employeeId).map(Employee::groups).orElse(Set.of());
    return new GroupHistory(
        now,
        moves.since(employeeId, since).stream()
            .map(move -> new GroupHistory.Move(move.groupPath(), move.joined(), move.movedAt()))
            .toList());
  }

  /** Everybody with their group paths. */
  public Map<Long, Set<String>> everybody() {
    return byEmployee(moves.memberships());
  }

  /** Everybody in this group or in one below it, with all their group paths. */
  public Map<Long, Set<String>> membersOf(String group) {
    return byEmployee(moves.membershipsIn(group));
  }

  /** Whether anybody is in this group or in one below it. */
  public boolean isAnybodyIn(String group) {
    return employees.isAnybodyIn(group);
  }

  private static Map<Long, Set<String>> byEmployee(List<Membership> memberships) {
    Map<Long, Set<String>> groups = new HashMap<>();
    for (Membership membership : memberships) {
      Set<String> own = groups.computeIfAbsent(membership.employeeId(), _ -> new HashSet<>());
      String path = membership.groupPath();
      if (path != null) {
        own.add(path);
      }
    }
    return groups;
  }
}
