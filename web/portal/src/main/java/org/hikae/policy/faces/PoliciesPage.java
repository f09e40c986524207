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
import java.util.Map;
import org.hikae.policy.boundary.PolicyQueries;
import org.hikae.policy.view.PolicyCriteria;
import org.hikae.policy.view.PolicyKeyView;
import org.hikae.policy.view.PolicyScopePage;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** Who has a policy of their own, found by name, department and value. */
@Named
@ViewScoped
public class PoliciesPage implements Serializable {

  private static final int PAGE = 50;

  @Inject private PolicyQueries queries;
  @Inject private Banner banner;

  private List<Entry> scopes = new ArrayList<>();
  private @Nullable String next;
  private @Nullable String group;
  private @Nullable String text;
  private @Nullable String key;
  private @Nullable String soughtText;
  private @Nullable String soughtKey;

  /**
   * A scope.
   *
   * @param scope the scope
   * @param value what it sets, where a value is looked for
   */
  public record Entry(PolicyScopePage.ScopeEntry scope, @Nullable Object value)
      implements Serializable {}

  /** Reads the first scopes. */
  @PostConstruct
  void load() {
    append(null);
  }

  /** Looks for policies. */
  public void find() {
    try {
      // What is refused leaves the list as it is.
      var _ = PolicyCriteria.sent(text, key);
      soughtText = text;
      soughtKey = key;
      scopes = new ArrayList<>();
      append(null);
    } catch (Refusal refusal) {
      banner.show(refusal);
    }
  }

  private PolicyCriteria sought() {
    return PolicyCriteria.sent(soughtText, soughtKey);
  }

  /** Adds further ones. */
  public void more() {
    append(next);
  }

  private void append(@Nullable String after) {
    PolicyCriteria sought = sought();
    PolicyScopePage page = queries.scopes(sought, after, new PageRequest(PAGE));
    List<String> names = page.scopes().stream().map(PolicyScopePage.ScopeEntry::scope).toList();
    Map<String, Object> values = queries.valuesOf(sought, names);
    page.scopes().forEach(scope -> scopes.add(new Entry(scope, values.get(scope.scope()))));
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
  public List<Entry> getScopes() {
    return scopes;
  }

  /** Whether there are more. */
  public boolean isMore() {
    return next != null;
  }

  /** Which value is looked for; null for any. */
  public @Nullable String getShownKey() {
    return sought().keyName().orElse(null);
  }

  /** Whether only some are shown. */
  public boolean isSought() {
    return !sought().equals(PolicyCriteria.ALL);
  }

  /** Names of all values. */
  public List<String> getKeys() {
    return queries.keys().stream().map(PolicyKeyView::name).toList();
  }

  /** Part of a name that is looked for. */
  public @Nullable String getText() {
    return text;
  }

  /** Sets the part of a name. */
  public void setText(@Nullable String text) {
    this.text = text;
  }

  /** The chosen value. */
  public @Nullable String getKey() {
    return key;
  }

  /** Chooses a value. */
  public void setKey(@Nullable String key) {
    this.key = key;
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
