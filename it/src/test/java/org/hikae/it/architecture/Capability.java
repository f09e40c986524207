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
  /** Who calls; every layer asks. */
  CALLER,
  /** What every request passes. */
  HTTP,
  OPENAPI,
  /** What pages share. */
  UI,
  SPREADSHEET,

  /** Base: everyone may use these; they use no capability but each other, without cycles. */
  IDENTITY,
  AUDIT,
  NOTICE,
  APPROVAL,
  /** What everybody is shown alike; whoever publishes something appends to the log. */
  TRANSPARENCY,

  POLICY,
  ROLLOUT(POLICY),
  ENROLLMENT(ROLLOUT),
  VAULT(ENROLLMENT),
  BACKUP(ENROLLMENT, POLICY),
  /** What a device says of itself, for those who help. */
  DIAGNOSTICS(ENROLLMENT),
  /** What devices show of being able to recover. */
  DRILL(ENROLLMENT),
  LIFECYCLE(ENROLLMENT, VAULT, BACKUP, DIAGNOSTICS, DRILL),
  /** Read-only figures about everything. */
  INSIGHT(LIFECYCLE);

  private static final Set<Capability> TECHNICAL =
      EnumSet.of(SCHEMA, PROBLEM, RUNTIME, METRICS, CALLER, HTTP, OPENAPI, UI, SPREADSHEET);
  private static final Set<Capability> BASE =
      EnumSet.of(IDENTITY, AUDIT, NOTICE, APPROVAL, TRANSPARENCY);

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<Capability> uses;

  Capability(Capability... uses) {
    this.uses = List.of(uses);
  }

  boolean mayUse(Capability other) {
    return other == this
        || other.isTechnical()
        || other.isBase()
        || uses.stream().anyMatch(used -> used.mayUse(other));
  }

  /** Those that it may use besides what everybody may, and with them all that they may. */
  List<Capability> uses() {
    return uses;
  }

  boolean isBase() {
    return BASE.contains(this);
  }

  boolean isTechnical() {
    return TECHNICAL.contains(this);
  }

  /** The capability of a package such as {@code org.hikae.backup.restic.boundary}. */
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
