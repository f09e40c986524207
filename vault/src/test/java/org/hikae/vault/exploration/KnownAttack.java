package org.hikae.vault.exploration;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.vault.exploration.MutatedVault.SourceEdit;
import org.hikae.vault.exploration.system.Invariant;
import org.jspecify.annotations.Nullable;

/**
 * A fault that hostile players can use.
 *
 * @param name what is wrong
 * @param scope one of {@link HostileExplorations}, in which it is looked for
 * @param promise what it breaks
 * @param owner who cannot go on from where the moves lead; null when the moves themselves break it
 * @param trace a shortest list of moves that shows it
 * @param edits what puts it back into the vault; none when the vault has it
 */
record KnownAttack(
    String name,
    String scope,
    Invariant promise,
    @Nullable HonestEmployee owner,
    String trace,
    List<SourceEdit> edits) {

  /** One that the moves themselves show. */
  static KnownAttack of(
      String name, String scope, Invariant invariant, String trace, SourceEdit... edits) {
    return new KnownAttack(name, scope, invariant, null, trace, List.of(edits));
  }

  /** One that leaves somebody stuck. */
  static KnownAttack stuck(
      String name,
      String scope,
      Invariant invariant,
      HonestEmployee owner,
      String trace,
      SourceEdit... edits) {
    return new KnownAttack(name, scope, invariant, owner, trace, List.of(edits));
  }

  /** Whether the vault has it, and not only one into which it is put back. */
  boolean isOpen() {
    return edits.isEmpty();
  }

  Set<HonestEmployee> owners() {
    return owner == null ? EnumSet.noneOf(HonestEmployee.class) : EnumSet.of(owner);
  }

  @Override
  public String toString() {
    return name;
  }
}
