package org.hikae.policy.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * Whom a policy is for, and which version of it stands. The rank of a group's policy is unique: the
 * database sees to it.
 */
@Entity
@Table(name = "policy_scope")
public class PolicyScope {

  /** The scope of everyone; there from the beginning. */
  public static final String DEFAULT = "default";

  @Id
  @Column(name = "scope")
  private String scope;

  @Column(name = "version_number")
  private long number;

  @Column(name = "group_rank")
  private @Nullable Integer groupRank;

  /** For the persistence provider. */
  protected PolicyScope() {}

  /** A scope without a version. */
  public PolicyScope(String scope) {
    this.scope = scope;
  }

  /** A newer version stands from now on. */
  public void advance(PolicyVersion version) {
    if (!version.scope().equals(scope) || version.number() != number + 1) {
      throw new IllegalStateException("A version must follow the one before");
    }
    number = version.number();
    groupRank = version.groupRank();
  }

  /** Its name, such as {@code group/sales}. */
  public String scope() {
    return scope;
  }

  /** Number of the version that stands; 0 when there is none. */
  public long number() {
    return number;
  }

  /** Rank of a group's policy; the lowest decides. */
  public @Nullable Integer groupRank() {
    return groupRank;
  }
}
