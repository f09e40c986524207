package org.hikae.policy.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.policy.boundary.PolicyCommands;
import org.hikae.policy.view.PolicyPreview;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What changes of policies that wait for approval would do now: the second administrator sees what
 * the first one saw.
 */
@Named
@RequestScoped
public class RequestedPolicyImpact {

  @Inject private PolicyCommands commands;

  private final Map<String, Optional<PolicyPreview>> known = new HashMap<>();

  /** Of the change with this text; null when it could not be made any more. */
  public @Nullable PolicyPreview of(String change) {
    return known.computeIfAbsent(change, this::read).orElse(null);
  }

  private Optional<PolicyPreview> read(String change) {
    try {
      return Optional.of(commands.requested(change));
    } catch (Refusal refusal) {
      return Optional.empty();
    }
  }
}
