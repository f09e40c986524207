package org.hikae.policy.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hikae.policy.boundary.PolicyQueries;
import org.hikae.policy.view.PolicyScopePage;
import org.hikae.problem.control.PageRequest;
import org.jspecify.annotations.Nullable;

/** Who has a policy of their own. */
@Named
@ViewScoped
public class PoliciesPage implements Serializable {

  private static final int PAGE = 50;

  @Inject private PolicyQueries queries;

  private transient List<PolicyScopePage.ScopeEntry> scopes = new ArrayList<>();
  private @Nullable String next;
  private @Nullable String group;

  /** Reads the first scopes. */
  @PostConstruct
  void load() {
    append(null);
  }

  /** Adds further ones. */
  public void more() {
    append(next);
  }

  private void append(@Nullable String after) {
    PolicyScopePage page = queries.scopes(after, new PageRequest(PAGE));
    scopes.addAll(page.scopes());
    next = page.next();
  }

  /** Opens the policy of the chosen group. */
  public @Nullable String open() {
    return group == null
        ? null
        : "/admin/policy?faces-redirect=true&of="
            + URLEncoder.encode("group" + group, StandardCharsets.UTF_8);
  }

  /** Scopes that have or had a policy, in the order of their names. */
  public List<PolicyScopePage.ScopeEntry> getScopes() {
    return scopes;
  }

  /** Whether there are more. */
  public boolean isMore() {
    return next != null;
  }

  /** Path of the chosen group. */
  public @Nullable String getGroup() {
    return group;
  }

  /** Chooses a group. */
  public void setGroup(@Nullable String group) {
    this.group = group;
  }
}
