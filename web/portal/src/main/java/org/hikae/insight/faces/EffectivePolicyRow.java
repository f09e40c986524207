package org.hikae.insight.faces;

import java.util.List;
import org.hikae.policy.view.EffectivePolicy;
import org.jspecify.annotations.Nullable;

/**
 * A value that holds for an employee, as a page shows it.
 *
 * @param name which
 * @param form {@code BYTES}, {@code FLAG}, {@code LIST}, {@code METHODS} or {@code TEXT}
 * @param value number, flag, text or list of texts
 * @param origin {@code builtIn}, {@code default}, {@code group} or {@code employee}
 * @param group path of the group whose policy says so; empty when it is none's
 * @param version which version of the policy; absent when it is built in
 */
public record EffectivePolicyRow(
    String name, String form, Object value, String origin, String group, @Nullable Long version) {

  private static final String GROUP = "group";

  static EffectivePolicyRow of(EffectivePolicy.Value value) {
    String scope = value.scope() == null ? "builtIn" : value.scope();
    int slash = scope.indexOf('/');
    String origin = slash < 0 ? scope : scope.substring(0, slash);
    return new EffectivePolicyRow(
        value.name(),
        form(value),
        value.value(),
        origin,
        origin.equals(GROUP) ? scope.substring(slash) : "",
        value.version());
  }

  private static String form(EffectivePolicy.Value value) {
    if (value.value() instanceof List) {
      return "LIST";
    }
    if (value.value() instanceof Boolean) {
      return "FLAG";
    }
    if (value.name().equals("keyMethods")) {
      return "METHODS";
    }
    boolean bytes = value.name().endsWith("Bytes") || value.name().contains("BytesPer");
    return bytes ? "BYTES" : "TEXT";
  }
}
