package org.hikae.policy.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.identity.view.GroupPaths;

/**
 * People for whom the same holds: those of the same groups, as far as policies name them, without a
 * policy of their own. However many they are, what holds is found once.
 *
 * @param groups their groups and all groups above, as far as policies name them
 * @param employeeId the only one of the kind when there is a policy of theirs, else {@link #NOBODY}
 */
record PolicyCohort(Set<String> groups, long employeeId) {

  /** Nobody in the directory. */
  static final long NOBODY = 0;

  /**
   * The people of each kind.
   *
   * @param policyStatement what scopes say
   * @param members people with their groups
   */
  static Map<PolicyCohort, List<Long>> of(
      Collection<PolicyStatement> policyStatement, Map<Long, Set<String>> members) {
    Set<Long> own = new HashSet<>();
    Set<String> named = new HashSet<>();
    for (PolicyStatement one : policyStatement) {
      switch (one.scope()) {
        case PolicyScopeId.Individual individual -> own.add(individual.id());
        case PolicyScopeId.Group group -> named.add(group.path());
        case PolicyScopeId.Everybody _ -> {}
      }
    }
    Map<PolicyCohort, List<Long>> kinds = new HashMap<>();
    members.forEach(
        (id, groups) -> {
          Set<String> relevant = GroupPaths.withParents(groups);
          relevant.retainAll(named);
          kinds
              .computeIfAbsent(
                  new PolicyCohort(relevant, own.contains(id) ? id : NOBODY),
                  _ -> new ArrayList<>())
              .add(id);
        });
    return kinds;
  }
}
