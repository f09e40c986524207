package org.hikae.policy.view;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scopes in the order of their names.
 *
 * @param scopes at most as many as asked for
 * @param next value of {@code after} for the next page; absent on the last
 */
public record PolicyScopePage(List<ScopeEntry> scopes, @Nullable String next) {

  /**
   * A scope.
   *
   * @param scope its name
   * @param version number of the version that stands; 0 when there is none
   * @param rank of a group that sets something
   */
  public record ScopeEntry(String scope, long version, @Nullable Integer rank)
      implements Serializable {}
}
