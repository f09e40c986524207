package org.hikae.policy.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.view.GroupHistory;
import org.hikae.identity.view.GroupPaths;
import org.hikae.policy.control.EffectiveValues;
import org.hikae.policy.control.PolicyScopeId;
import org.hikae.policy.control.PolicyStatement;
import org.hikae.policy.control.PolicyValues;
import org.hikae.policy.entity.PolicyScope;
import org.hikae.policy.entity.PolicyVersion;
import org.hikae.policy.store.PolicyVersionStore;
import org.hikae.problem.control.Refusal;

/** Reads versions for several use cases; works in their transactions. */
@ApplicationScoped
public class PolicyReader {

  @Inject private PolicyVersionStore versions;
  @Inject private EmployeeDirectory directory;

  static PolicyStatement statement(PolicyVersion version) {
    return new PolicyStatement(
        PolicyScopeId.parse(version.scope()),
        version.number(),
        version.groupRank(),
        PolicyValues.parse(version.statement()),
        version.madeAt());
  }

  /** What every scope says now. */
  List<PolicyStatement> standing() {
    return versions.standing().stream().map(PolicyReader::statement).toList();
  }

  /** What holds for an employee now. */
  public EffectiveValues effective(long employeeId) {
    Set<String> groups = GroupPaths.withParents(directory.groupsOf(employeeId));
    List<PolicyStatement> policyStatement =
        versions.standing(scopes(employeeId, groups)).stream()
            .map(PolicyReader::statement)
            .toList();
    return EffectiveValues.of(employeeId, groups, policyStatement);
  }

  /** The same for each of these, by number. */
  Map<Long, EffectiveValues> effective(Collection<Long> employeeIds) {
    Map<Long, Set<String>> groups = new HashMap<>();
    directory
        .groupsOf(employeeIds)
        .forEach((id, paths) -> groups.put(id, GroupPaths.withParents(paths)));
    Set<String> scopes = new HashSet<>();
    employeeIds.forEach(id -> scopes.addAll(scopes(id, groups.getOrDefault(id, Set.of()))));
    List<PolicyStatement> statements =
        scopes.isEmpty()
            ? List.of()
            : versions.standing(scopes).stream().map(PolicyReader::statement).toList();
    return employeeIds.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                id -> EffectiveValues.of(id, groups.getOrDefault(id, Set.of()), statements)));
  }

  /** What would hold in a scope if it had no policy of its own. */
  public EffectiveValues inherited(PolicyScopeId scope) {
    Set<String> groups =
        switch (scope) {
          case PolicyScopeId.Everybody _ -> Set.<String>of();
          case PolicyScopeId.Group group -> GroupPaths.withParents(Set.of(group.path()));
          case PolicyScopeId.Individual individual ->
              GroupPaths.withParents(
                  directory.find(individual.id()).orElseThrow(Refusal::notFound).groups());
        };
    // No employee has the number 0.
    List<PolicyStatement> others =
        versions.standing(scopes(0, groups)).stream()
            .map(PolicyReader::statement)
            .filter(policyStatement -> !policyStatement.scope().equals(scope))
            .toList();
    return EffectiveValues.of(0, groups, others);
  }

  /** What the scopes said after {@code since} that covered the person at any time. */
  List<PolicyStatement> since(long employeeId, GroupHistory history, Instant since) {
    Set<String> ever = new HashSet<>(history.now());
    history.moves().forEach(move -> ever.add(move.group()));
    return versions.since(scopes(employeeId, GroupPaths.withParents(ever)), since).stream()
        .map(PolicyReader::statement)
        .toList();
  }

  private static Set<String> scopes(long employeeId, Set<String> groups) {
    Set<String> scopes = new HashSet<>();
    scopes.add(PolicyScope.DEFAULT);
    scopes.add(new PolicyScopeId.Individual(employeeId).text());
    groups.stream()
        .filter(GroupPaths::isValid)
        .forEach(path -> scopes.add(new PolicyScopeId.Group(path).text()));
    return scopes;
  }
}
