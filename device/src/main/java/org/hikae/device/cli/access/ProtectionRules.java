package org.hikae.device.cli.access;

import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.policy.CompanyPolicy;
import org.hikae.device.protection.KeyProtection;

/** With what a person may protect the key. */
final class ProtectionRules {

  private ProtectionRules() {}

  /** What the company's policy leaves as the only one. */
  static Optional<KeyProtection> only(CompanyPolicy policy) {
    return switch (policy.keyMethods()) {
      case ANY -> Optional.empty();
      case PASSWORD -> Optional.of(KeyProtection.PASSWORD);
      case DIGIT_KEY -> Optional.of(KeyProtection.DIGIT_KEY);
      case BOTH -> Optional.of(KeyProtection.BOTH);
    };
  }

  /**
   * What is left to choose from, the recommended one first.
   *
   * @param passwordOffered false without a pinned vault root
   */
  static List<KeyProtection> allowed(CompanyPolicy policy, boolean passwordOffered)
      throws AgentException {
    Optional<KeyProtection> only = only(policy);
    if (only.isPresent()) {
      if (only.get().password() && !passwordOffered) {
        throw new AgentException(RunResult.REFUSED, "vault.no-pin");
      }
      return List.of(only.get());
    }
    return passwordOffered ? List.of(KeyProtection.values()) : List.of(KeyProtection.DIGIT_KEY);
  }
}
