package org.hikae.policy.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.view.GroupPaths;
import org.hikae.identity.wire.RealmNames;
import org.hikae.policy.control.PolicyKey;
import org.hikae.policy.control.PolicyScopeId;
import org.hikae.policy.control.PolicyTemplate;
import org.hikae.policy.control.PolicyValues;
import org.hikae.policy.control.RankChoice;
import org.hikae.policy.entity.PolicyScope;
import org.hikae.policy.service.PolicyReader;
import org.hikae.policy.service.PolicyScopeCheck;
import org.hikae.policy.service.PolicyVersionViewMapper;
import org.hikae.policy.store.PolicyVersionStore;
import org.hikae.policy.view.EffectivePolicy;
import org.hikae.policy.view.EffectivePolicyComparison;
import org.hikae.policy.view.PolicyCriteria;
import org.hikae.policy.view.PolicyKeyView;
import org.hikae.policy.view.PolicyScopePage;
import org.hikae.policy.view.PolicyScopeView;
import org.hikae.policy.view.PolicyTemplateView;
import org.hikae.policy.view.PolicyVersionView;
import org.hikae.policy.view.PutPolicy;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Shows policies, who made them, and what holds for whom. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class PolicyQueries {

  /** Most scopes or versions on a page. */
  public static final int MAX_PAGE = 200;

  @Inject private PolicyVersionStore versions;
  @Inject private PolicyReader policyReader;
  @Inject private PolicyScopeCheck scopeCheck;
  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeDirectory directory;

  /** Every value that a policy can set. */
  @ScopeAccess(ScopeRule.OWN)
  public List<PolicyKeyView> keys() {
    return Arrays.stream(PolicyKey.values()).map(PolicyKeyView::of).toList();
  }

  /** Values to begin a policy with. */
  public List<PolicyTemplateView> templates() {
    return Arrays.stream(PolicyTemplate.values()).map(PolicyTemplateView::of).toList();
  }

  /**
   * Scopes that have or had a policy.
   *
   * @param criteria which of them
   * @param after names after this one; null from the first
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  public PolicyScopePage scopes(
      PolicyCriteria criteria, @Nullable String after, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    List<PolicyScope> found =
        versions.scopesAfter(after == null ? "" : after, criteria.text(), criteria.member(), limit);
    return new PolicyScopePage(
        found.stream().map(PolicyQueries::entry).toList(),
        found.size() < limit ? null : found.getLast().scope());
  }

  private static PolicyScopePage.ScopeEntry entry(PolicyScope scope) {
    return new PolicyScopePage.ScopeEntry(scope.scope(), scope.number(), scope.groupRank());
  }

  /**
   * A scope with its versions, newest first; refused as not found when it never had a policy.
   *
   * @param beforeVersion versions before this one; null for the newest
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  public PolicyScopeView scope(String scope, @Nullable Long beforeVersion, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    PolicyScope known =
        versions.scope(PolicyScopeId.parse(scope).text()).orElseThrow(Refusal::notFound);
    List<PolicyVersionView> page =
        versions.of(known.scope(), beforeVersion, limit).stream()
            .map(PolicyVersionViewMapper::of)
            .toList();
    boolean last = page.size() < limit || page.getLast().version() == 1;
    return new PolicyScopeView(
        known.scope(),
        known.number(),
        known.groupRank(),
        page,
        last ? null : (Long) page.getLast().version());
  }

  /**
   * What these scopes set the value to that is looked for, by their names; without those that
   * inherit it. Empty when none is looked for.
   *
   * @param scopes at most {@link #MAX_PAGE}
   */
  public Map<String, Object> valuesOf(PolicyCriteria criteria, List<String> scopes) {
    Map<String, Object> values = new HashMap<>();
    if (criteria.key().isPresent() && !scopes.isEmpty()) {
      PolicyKey key = criteria.key().get();
      versions
          .standing(scopes.subList(0, Math.min(scopes.size(), MAX_PAGE)))
          .forEach(
              version ->
                  PolicyValues.parse(version.statement())
                      .get(key)
                      .ifPresent(value -> values.put(version.scope(), value)));
    }
    return values;
  }

  /**
   * A rank that is free for the policy of a group: after all others, but before those of the groups
   * above it. Empty when there is none, and for scopes that have no rank.
   */
  public OptionalInt freeRank(String scope) {
    if (!(PolicyScopeId.parse(scope) instanceof PolicyScopeId.Group group)) {
      return OptionalInt.empty();
    }
    int below = PutPolicy.MAX_RANK + 1;
    for (String path : GroupPaths.withParents(Set.of(group.path()))) {
      String above = new PolicyScopeId.Group(path).text();
      Integer rank = versions.scope(above).map(PolicyScope::groupRank).orElse(null);
      if (rank != null && !path.equals(group.path())) {
        below = Math.min(below, rank);
      }
    }
    return RankChoice.free(versions.ranks(), below);
  }

  /** What an employee is called whom a policy is for; empty when there is none of that number. */
  @ScopeAccess(ScopeRule.SCOPED)
  public Optional<String> nameOf(EmployeeId employeeId) {
    return directory.find(employeeId.value()).map(EmployeeView::displayName);
  }

  /** What holds for an employee and where each value comes from. */
  @ScopeAccess(ScopeRule.SCOPED)
  public EffectivePolicy effective(EmployeeId employeeId) {
    directory.requireKnown(employeeId.value());
    return EffectivePolicy.of(employeeId.value(), policyReader.effective(employeeId.value()));
  }

  /** What holds for two employees, side by side: first what differs. */
  @ScopeAccess(ScopeRule.SCOPED)
  public EffectivePolicyComparison compare(EmployeeId employeeId, EmployeeId otherId) {
    return EffectivePolicyComparison.of(effective(employeeId), effective(otherId));
  }

  /**
   * What would hold in a scope if it had no policy of its own, and where each value comes from. For
   * a group that is what holds for who is in it and in no other group beside those above it.
   */
  @ScopeAccess(ScopeRule.SCOPED)
  public List<EffectivePolicy.Value> inherited(String scope) {
    PolicyScopeId parsed = PolicyScopeId.parse(scope);
    scopeCheck.require(currentCaller.caller().scope(), parsed);
    return EffectivePolicy.of(0, policyReader.inherited(parsed)).values();
  }
}
