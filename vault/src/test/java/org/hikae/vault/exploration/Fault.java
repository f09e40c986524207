package org.hikae.vault.exploration;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.vault.exploration.Planted.Edit;
import org.hikae.vault.exploration.system.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A fault that hostile players can use.
 *
 * @param name what is wrong
 * @param scope one of {@link HostileScopes}, in which it is looked for
 * @param promise what it breaks
 * @param owner who cannot go on from where the moves lead; null when the moves themselves break it
 * @param trace a shortest list of moves that shows it
 * @param edits what puts it back into the vault; none when the vault has it
 */
record Fault(
    String name,
    String scope,
    Promise promise,
    @Nullable Who owner,
    String trace,
    List<Edit> edits) {

  /** One that the moves themselves show. */
  static Fault of(String name, String scope, Promise promise, String trace, Edit... edits) {
    return new Fault(name, scope, promise, null, trace, List.of(edits));
  }

  /** One that leaves somebody stuck. */
  static Fault stuck(
      String name, String scope, Promise promise, Who owner, String trace, Edit... edits) {
    return new Fault(name, scope, promise, owner, trace, List.of(edits));
  }

  /** Whether the vault has it, and not only one into which it is put back. */
  boolean isOpen() {
    return edits.isEmpty();
  }

  Set<Who> owners() {
    return owner == null ? EnumSet.noneOf(Who.class) : EnumSet.of(owner);
  }

  @Override
  public String toString() {
    return name;
  }
}
