package org.hikae.policy.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a scope says from a time on.
 *
 * @param scope for whom
 * @param version which version of the scope's policy, from 1
 * @param rank of a group: the lowest decides
 * @param values what is set
 * @param since from when on
 */
public record PolicyStatement(
    PolicyScopeId scope, long version, @Nullable Integer rank, PolicyValues values, Instant since) {

  /** Place among everything that is said to one person: employee, groups by rank, default. */
  int precedence() {
    return switch (scope) {
      case PolicyScopeId.Individual _ -> 0;
      case PolicyScopeId.Group _ -> rank == null ? Integer.MAX_VALUE - 1 : rank;
      case PolicyScopeId.Everybody _ -> Integer.MAX_VALUE;
    };
  }
}
