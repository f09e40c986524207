package org.hikae.device.store;

import java.io.Serial;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.hk1.Hash256;

/** Objects that should be stored are not. */
public final class MissingObjectException extends BackupStoreException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Set<Hash256> names;

  /** Names some of the objects that are missing. */
  public MissingObjectException(Set<Hash256> names) {
    super(
        RunResult.CORRUPT,
        names.size() + " object(s) are not stored, such as " + first(names),
        null);
    this.names = Set.copyOf(names);
  }

  /** Some or all of what is missing. */
  public Set<Hash256> names() {
    return names;
  }

  private static String first(Set<Hash256> names) {
    return names.stream().findFirst().map(Hash256::hex).orElse("?");
  }
}
