package org.hikae.policy.view;

import java.util.Map;
import org.hikae.policy.control.PolicyTemplate;

/**
 * Values to begin a policy with.
 *
 * @param name for whom, such as {@code LAPTOP}
 * @param values what it proposes to set; nothing is set before somebody puts a policy
 */
public record PolicyTemplateView(String name, Map<String, Object> values) {

  /** A template, for clients. */
  public static PolicyTemplateView of(PolicyTemplate template) {
    return new PolicyTemplateView(template.name(), template.proposed().named());
  }
}
