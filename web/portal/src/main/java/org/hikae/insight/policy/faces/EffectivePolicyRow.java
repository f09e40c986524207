package org.hikae.insight.policy.faces;

import org.hikae.policy.view.EffectivePolicy;
import org.hikae.policy.view.PolicyKeyView;
import org.jspecify.annotations.Nullable;

/**
 * A value that holds for an employee, as a page shows it.
 *
 * @param name which
 * @param form how it is shown
 * @param unit what it counts, as {@code PolicyKeyView} says; absent for none
 * @param value number, flag, text or list of texts
 * @param origin {@code builtIn}, {@code default}, {@code group} or {@code employee}
 * @param group path of the group whose policy says so; empty when it is none's
 * @param version which version of the policy; absent when it is built in
 */
public record EffectivePolicyRow(
    String name,
    ValueForm form,
    @Nullable String unit,
    Object value,
    String origin,
    String group,
    @Nullable Long version) {

  private static final String GROUP = "group";

  /** How a value is shown. */
  public enum ValueForm {
    /** An amount of bytes. */
    BYTES,
    /** Yes or no. */
    FLAG,
    /** Texts, each on a line of its own. */
    LIST,
    /** One of some words, which have texts. */
    CHOICE,
    /** As it is. */
    TEXT
  }

  static EffectivePolicyRow of(EffectivePolicy.Value value, PolicyKeyView key) {
    String scope = value.scope() == null ? "builtIn" : value.scope();
    int slash = scope.indexOf('/');
    String origin = slash < 0 ? scope : scope.substring(0, slash);
    return new EffectivePolicyRow(
        value.name(),
        form(key),
        key.unit(),
        value.value(),
        origin,
        origin.equals(GROUP) ? scope.substring(slash) : "",
        value.version());
  }

  private static ValueForm form(PolicyKeyView key) {
    String unit = key.unit();
    return switch (key.type()) {
      case NUMBER -> unit != null && unit.startsWith("bytes") ? ValueForm.BYTES : ValueForm.TEXT;
      case FLAG -> ValueForm.FLAG;
      case LIST -> ValueForm.LIST;
      case CHOICE -> ValueForm.CHOICE;
      case VERSION -> ValueForm.TEXT;
    };
  }
}
