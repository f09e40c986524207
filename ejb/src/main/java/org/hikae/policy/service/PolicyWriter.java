package org.hikae.policy.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.approval.view.ApprovedChange;
import org.hikae.audit.service.AuditTrail;
import org.hikae.hk1.Hash256;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.service.GroupMembership;
import org.hikae.policy.control.PolicyChange;
import org.hikae.policy.control.PolicyImpact;
import org.hikae.policy.control.PolicyKey;
import org.hikae.policy.control.PolicyScopeId;
import org.hikae.policy.control.PolicyStatement;
import org.hikae.policy.control.PolicyValues;
import org.hikae.policy.entity.PolicyScope;
import org.hikae.policy.entity.PolicyVersion;
import org.hikae.policy.store.PolicyVersionStore;
import org.hikae.policy.view.PolicyEditConflict;
import org.hikae.policy.view.PolicyVersionView;
import org.hikae.policy.view.PutPolicy;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.schema.value.TextTruncation;
import org.jspecify.annotations.Nullable;

/** Judges changes and writes versions, for several use cases; works in their transactions. */
@ApplicationScoped
public class PolicyWriter {

  private static final int MAX_AUDITED_CHARS = 1500;

  @Inject private PolicyVersionStore versions;
  @Inject private PolicyReader policyReader;
  @Inject private EmployeeDirectory directory;
  @Inject private GroupMembership groups;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** Keeps all others from changing any policy until the transaction ends. */
  public void lock() {
    versions.lockAll();
  }

  /** Number of the version that stands; 0 when there is none. */
  public long standing(PolicyScopeId scope) {
    return versions.scope(scope.text()).map(PolicyScope::number).orElse(0L);
  }

  /** What the version sets that stands. */
  public PolicyValues was(PolicyScopeId scope) {
    return versions.standing(Set.of(scope.text())).stream()
        .findFirst()
        .map(version -> PolicyValues.parse(version.statement()))
        .orElse(PolicyValues.NONE);
  }

  /** What a change would do; refused when it cannot be made as things stand. */
  public PolicyImpact judge(PolicyChange change) {
    requireRank(change);
    PolicyScopeId scope = change.scope();
    long standing = standing(scope);
    if (standing != change.replaces()) {
      throw Refusal.with(
          ProblemCode.EDITED_MEANWHILE,
          new PolicyEditConflict(
              new PolicyEditConflict.CurrentVersion(standing, was(scope).named()),
              change.values().named()));
    }
    List<PolicyStatement> before = policyReader.standing();
    List<PolicyStatement> after = new ArrayList<>(before);
    after.removeIf(policyStatement -> policyStatement.scope().equals(scope));
    after.add(
        new PolicyStatement(
            scope, change.replaces() + 1, change.rank(), change.values(), clock.instant()));
    PolicyImpact policyImpact = PolicyImpact.of(scope, before, after, members(scope));
    if (policyImpact.keepsNothing()) {
      throw Refusal.malformed(
          "values." + lastRetention(change.values()) + " leaves a retention that keeps nothing.");
    }
    return policyImpact;
  }

  private void requireRank(PolicyChange change) {
    Integer rank = change.rank();
    boolean wanted = change.scope() instanceof PolicyScopeId.Group && !change.values().isEmpty();
    if (wanted != (rank != null) || (rank != null && (rank < 1 || rank > PutPolicy.MAX_RANK))) {
      throw Refusal.malformed(
          "rank must be a number from 1 to "
              + PutPolicy.MAX_RANK
              + " for a group that sets something, and absent otherwise.");
    }
    if (rank != null && versions.rankTaken(rank, change.scope().text())) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
  }

  private Map<Long, Set<String>> members(PolicyScopeId scope) {
    return switch (scope) {
      case PolicyScopeId.Everybody _ -> groups.everybody();
      case PolicyScopeId.Group group -> groups.membersOf(group.path());
      case PolicyScopeId.Individual individual -> {
        Map<Long, Set<String>> one = new HashMap<>();
        one.put(
            individual.id(),
            directory.find(individual.id()).orElseThrow(Refusal::notFound).groups());
        yield one;
      }
    };
  }

  private static String lastRetention(PolicyValues values) {
    String named = PolicyKey.RETENTION_LAST.wireName();
    for (PolicyKey key : PolicyKey.values()) {
      if (key.wireName().startsWith("retention") && values.get(key).isPresent()) {
        named = key.wireName();
      }
    }
    return named;
  }

  /** Lets the change stand. */
  public PolicyVersionView write(
      PolicyChange change,
      ApprovedChange.Actor by,
      ApprovedChange.@Nullable Actor approvedBy,
      Map<String, String> more) {
    String name = change.scope().text();
    PolicyScope scope = versions.scope(name).orElseGet(() -> begin(name));
    PolicyVersion version =
        new PolicyVersion(
            scope, change.rank(), change.values().json(), after(name), by.issuer(), by.subject());
    if (approvedBy != null) {
      version.approvedBy(approvedBy.issuer(), approvedBy.subject());
    }
    versions.add(scope, version);
    Map<String, String> detail = new HashMap<>(more);
    detail.put("version", Long.toString(version.number()));
    String values = change.values().json();
    // The version keeps them for ever; the trail has room for a short form.
    boolean brief = values.length() <= MAX_AUDITED_CHARS;
    detail.put(
        brief ? "values" : "valuesSha256",
        brief ? values : Hash256.sha256(values.getBytes(StandardCharsets.UTF_8)).hex());
    trail.record("policy.put", "policy:" + shortened(name), detail);
    return PolicyVersionViewMapper.of(version);
  }

  private PolicyScope begin(String name) {
    if (versions.scopes() >= PolicyVersionStore.MAX_SCOPES) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    return versions.add(new PolicyScope(name));
  }

  /**
   * Times of a scope's versions rise, whatever the clock does, so that each is known to have stood.
   * Both databases keep microseconds.
   */
  private Instant after(String scope) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return versions.of(scope, null, 1).stream()
        .map(version -> version.madeAt().plus(1, ChronoUnit.MICROS))
        .filter(next -> next.isAfter(now))
        .findFirst()
        .orElse(now);
  }

  private static String shortened(String name) {
    return TextTruncation.to(name, 200);
  }
}
