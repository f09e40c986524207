package org.hikae.policy.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.policy.boundary.PolicyQueries;
import org.hikae.policy.view.PolicyVersionView;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Versions of one policy, newest first, each with what it changed. */
@Named
@ViewScoped
public class PolicyVersionsPage implements Serializable {

  private static final int PAGE = 20;

  @Inject private PolicyQueries queries;

  private @Nullable String scope;
  private @Nullable Long before;
  private boolean more;
  private List<Entry> entries = new ArrayList<>();

  /**
   * A version.
   *
   * @param version the version
   * @param changes what it changed
   */
  public record Entry(PolicyVersionView version, List<PolicyDiff.Change> changes)
      implements Serializable {}

  /** Reads the newest versions of this scope; there may be none. */
  public List<Entry> of(String wanted) {
    if (!wanted.equals(scope)) {
      scope = wanted;
      older();
    }
    return entries;
  }

  /** Adds older ones. */
  public void older() {
    try {
      // One more than is shown, which says what the last one changed.
      append(queries.scope(String.valueOf(scope), before, new PageRequest(PAGE + 1)).versions());
    } catch (Refusal refusal) {
      if (refusal.code() != ProblemCode.NOT_FOUND) {
        throw refusal;
      }
      more = false;
    }
  }

  private void append(List<PolicyVersionView> versions) {
    int shown = Math.min(PAGE, versions.size());
    for (int i = 0; i < shown; i++) {
      PolicyVersionView one = versions.get(i);
      Map<String, Object> was = i + 1 < versions.size() ? versions.get(i + 1).values() : Map.of();
      entries.add(new Entry(one, PolicyDiff.between(was, one.values())));
    }
    more = versions.size() > PAGE;
    before = shown == 0 ? null : (Long) versions.get(shown - 1).version();
  }

  /** Whether there are older ones. */
  public boolean isMore() {
    return more;
  }
}
