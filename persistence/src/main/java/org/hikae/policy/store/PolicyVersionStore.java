package org.hikae.policy.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hikae.policy.entity.PolicyScope;
import org.hikae.policy.entity.PolicyVersion;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Scopes and all versions of their policies. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class PolicyVersionStore extends EntityStore {

  /** Most scopes that can have a policy. */
  public static final int MAX_SCOPES = 5000;

  private static final String STANDING =
      "select v from PolicyVersion v join PolicyScope s"
          + " on s.scope = v.scope and s.number = v.number";

  private static final String NAMED =
      " and (s.scope like 'group/%' and locate(:text, lower(substring(s.scope, 6))) > 0"
          + " or s.scope in (select concat('employee/', cast(e.employeeId as string))"
          + " from Employee e where locate(:text, lower(e.displayName)) > 0"
          + " or locate(:text, lower(e.username)) > 0))";

  private static final String SETTING =
      " and exists (select 1 from PolicyVersion v where v.scope = s.scope"
          + " and v.number = s.number and locate(:member, v.statement) > 0)";

  /** For the container. */
  public PolicyVersionStore() {}

  /** For tests without a container. */
  public PolicyVersionStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Waits until no other transaction changes any policy, and keeps others from it. */
  public void lockAll() {
    PolicyScope mutex =
        em().find(PolicyScope.class, PolicyScope.DEFAULT, LockModeType.PESSIMISTIC_WRITE);
    em().refresh(mutex);
  }

  /** The scope, if it ever had a policy. */
  public Optional<PolicyScope> scope(String scope) {
    return Optional.ofNullable(em().find(PolicyScope.class, scope));
  }

  /**
   * Scopes in the order of their names, after {@code after}.
   *
   * @param text in lower case, a part of a group's path or of an employee's name or user name;
   *     empty for all scopes
   * @param member how the JSON text of a version begins that sets the value looked for, such as
   *     {@code "holdDays":}; only where the version that stands has it, empty for any
   */
  public List<PolicyScope> scopesAfter(String after, String text, String member, int limit) {
    // Not "like", which would take characters of the text for wildcards.
    TypedQuery<PolicyScope> query =
        em().createQuery(
                "select s from PolicyScope s where s.scope > :after"
                    + (text.isEmpty() ? "" : NAMED)
                    + (member.isEmpty() ? "" : SETTING)
                    + " order by s.scope",
                PolicyScope.class);
    if (!text.isEmpty()) {
      query.setParameter("text", text);
    }
    if (!member.isEmpty()) {
      query.setParameter("member", member);
    }
    return query
        .setParameter("after", after)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** The ranks that groups have, at most {@link #MAX_SCOPES}. */
  public List<Integer> ranks() {
    return em().createQuery(
            "select s.groupRank from PolicyScope s where s.groupRank is not null", Integer.class)
        .setMaxResults(MAX_SCOPES)
        .getResultList();
  }

  /** How many scopes there are. */
  public long scopes() {
    return em().createQuery("select count(s) from PolicyScope s", Long.class).getSingleResult();
  }

  /** Whether another scope than {@code scope} has this rank. */
  public boolean rankTaken(int rank, String scope) {
    return em().createQuery(
                "select count(s) from PolicyScope s"
                    + " where s.groupRank = :rank and s.scope <> :scope",
                Long.class)
            .setParameter("rank", rank)
            .setParameter("scope", scope)
            .getSingleResult()
        > 0;
  }

  /** The version that stands in each scope, at most {@link #MAX_SCOPES}. */
  public List<PolicyVersion> standing() {
    return em().createQuery(STANDING, PolicyVersion.class)
        .setMaxResults(MAX_SCOPES)
        .getResultList();
  }

  /** The version that stands in each of these scopes. */
  public List<PolicyVersion> standing(Collection<String> scopes) {
    return em().createQuery(STANDING + " where s.scope in :scopes", PolicyVersion.class)
        .setParameter("scopes", scopes)
        .setMaxResults(MAX_SCOPES)
        .getResultList();
  }

  /**
   * What these scopes said at any time after {@code since}: the versions made later and of each
   * scope the one that stood then. Oldest first; of more than {@link #MAX_PAGE} the newest.
   */
  public List<PolicyVersion> since(Collection<String> scopes, Instant since) {
    return em().createQuery(
            "select v from PolicyVersion v where v.scope in :scopes and (v.madeAt > :since"
                + " or v.number = (select max(w.number) from PolicyVersion w"
                + " where w.scope = v.scope and w.madeAt <= :since)) order by v.versionId desc",
            PolicyVersion.class)
        .setParameter("scopes", scopes)
        .setParameter("since", since)
        .setMaxResults(MAX_PAGE)
        .getResultList()
        .reversed();
  }

  /** Versions of a scope before {@code before}, newest first. */
  public List<PolicyVersion> of(String scope, @Nullable Long before, int limit) {
    return em().createQuery(
            "select v from PolicyVersion v where v.scope = :scope and v.number < :before"
                + " order by v.number desc",
            PolicyVersion.class)
        .setParameter("scope", scope)
        .setParameter("before", before == null ? Long.MAX_VALUE : before)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Makes a scope known. */
  public PolicyScope add(PolicyScope scope) {
    em().persist(scope);
    em().flush();
    return scope;
  }

  /** Lets a version stand; its rank must be free. */
  public PolicyVersion add(PolicyScope scope, PolicyVersion version) {
    em().persist(version);
    scope.advance(version);
    em().flush();
    return version;
  }
}
