package org.hikae.policy.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.identity.service.Directory;
import org.hikae.identity.view.GroupHistory;
import org.hikae.identity.view.GroupPaths;
import org.hikae.policy.control.Effective;
import org.hikae.policy.control.PolicyValues;
import org.hikae.policy.control.Said;
import org.hikae.policy.control.Scope;
import org.hikae.policy.entity.PolicyScope;
import org.hikae.policy.entity.PolicyVersion;
import org.hikae.policy.store.PolicyVersions;
import org.hikae.problem.control.Refusal;

/** Reads versions for several use cases; works in their transactions. */
@ApplicationScoped
public class PolicyReading {

  @Inject private PolicyVersions versions;
  @Inject private Directory directory;

  static Said said(PolicyVersion version) {
    return new Said(
        Scope.parse(version.scope()),
        version.number(),
        version.groupRank(),
        PolicyValues.parse(version.said()),
        version.madeAt());
  }

  /** What every scope says now. */
  List<Said> standing() {
    return versions.standing().stream().map(PolicyReading::said).toList();
  }

  /** What holds for an employee now. */
  public Effective effective(long employeeId) {
    Set<String> groups = GroupPaths.withParents(directory.groupsOf(employeeId));
    List<Said> said =
        versions.standing(scopes(employeeId, groups)).stream().map(PolicyReading::said).toList();
    return Effective.of(employeeId, groups, said);
  }

  /** What would hold in a scope if it had no policy of its own. */
  public Effective inherited(Scope scope) {
    Set<String> groups =
        switch (scope) {
          case Scope.Everybody _ -> Set.<String>of();
          case Scope.Group group -> GroupPaths.withParents(Set.of(group.path()));
          case Scope.Employee employee ->
              GroupPaths.withParents(
                  directory.find(employee.id()).orElseThrow(Refusal::notFound).groups());
        };
    // No employee has the number 0.
    List<Said> others =
        versions.standing(scopes(0, groups)).stream()
            .map(PolicyReading::said)
            .filter(said -> !said.scope().equals(scope))
            .toList();
    return Effective.of(0, groups, others);
  }

  /** What the scopes said after {@code since} that covered the person at any time. */
  List<Said> since(long employeeId, GroupHistory history, Instant since) {
    Set<String> ever = new HashSet<>(history.now());
    history.moves().forEach(move -> ever.add(move.group()));
    return versions.since(scopes(employeeId, GroupPaths.withParents(ever)), since).stream()
        .map(PolicyReading::said)
        .toList();
  }

  private static Set<String> scopes(long employeeId, Set<String> groups) {
    Set<String> scopes = new HashSet<>();
    scopes.add(PolicyScope.DEFAULT);
    scopes.add(new Scope.Employee(employeeId).text());
    groups.stream()
        .filter(GroupPaths::isValid)
        .forEach(path -> scopes.add(new Scope.Group(path).text()));
    return scopes;
  }
}
