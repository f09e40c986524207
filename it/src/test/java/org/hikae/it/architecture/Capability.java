package org.hikae.it.architecture;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the server does, and which capability may use which. A new capability is added here first,
 * with the direction that its author wants to defend.
 */
enum Capability {
  /** Technical: no business of their own, so that everyone may use every leaf of theirs. */
  SCHEMA,
  PROBLEM,
  RUNTIME,
  METRICS,

  /** Base: everyone may use these; they use no capability but each other, without cycles. */
  CALLER,
  IDENTITY,
  AUDIT,
  NOTICE,
  APPROVAL,

  POLICY(IDENTITY),
  ROLLOUT(POLICY),
  ENROLLMENT(ROLLOUT),
  VAULT(ENROLLMENT),
  BACKUP(ENROLLMENT, POLICY),
  RECOVERY(VAULT),
  LIFECYCLE(ENROLLMENT, VAULT, BACKUP),
  /** Read-only figures about everything. */
  INSIGHT(RECOVERY, LIFECYCLE);

  private static final Set<Capability> TECHNICAL = EnumSet.of(SCHEMA, PROBLEM, RUNTIME, METRICS);
  private static final Set<Capability> BASE = EnumSet.of(CALLER, IDENTITY, AUDIT, NOTICE, APPROVAL);

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<Capability> uses;

  Capability(Capability... uses) {
    this.uses = List.of(uses);
  }

  boolean mayUse(Capability other) {
    return other == this
        || other.isTechnical()
        || BASE.contains(other)
        || uses.stream().anyMatch(used -> used.mayUse(other));
  }

  boolean isTechnical() {
    return TECHNICAL.contains(this);
  }

  /** The capability of a package such as {@code org.hikae.audit.boundary}. */
  static Optional<Capability> of(String packageName) {
    String[] parts = packageName.split("\\.", -1);
    if (parts.length < 4) {
      return Optional.empty();
    }
    return Arrays.stream(values())
        .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(parts[2]))
        .findFirst();
  }
}
