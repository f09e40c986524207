package org.hikae.vault.transaction;

import java.time.Duration;
import java.util.List;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.port.EpochKeys;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.port.VaultStore.SecretKind;

/**
 * Real erasure (spec HK1-V-17): records are sealed under the key of the week, live ones are sealed
 * anew each week, and the key of a week is destroyed once no backup of the store may be older. What
 * was erased before then opens for nobody, whatever copies exist.
 */
public final class EpochRotation {

  /** One epoch. */
  static final Duration EPOCH = Duration.ofDays(7);

  private final EpochKeys keys;
  private final RecordSealer sealer;
  private final Duration retention;
  private volatile int made = -1;

  /**
   * Seals under {@code keys}.
   *
   * @param retention how long backups of the store are kept, as declared
   */
  public EpochRotation(EpochKeys keys, RecordSealer sealer, Duration retention) {
    this.keys = keys;
    this.sealer = sealer;
    this.retention = retention;
  }

  static int at(long millis) {
    return Math.toIntExact(millis / EPOCH.toMillis());
  }

  /** The epoch to seal in now; its key is there. */
  public int current(long nowMillis) {
    int epoch = at(nowMillis);
    if (epoch != made) {
      keys.create(epoch);
      made = epoch;
    }
    return epoch;
  }

  /** When what is erased now opens for nobody any more, seconds since 1970. */
  long erasedSeconds(long nowMillis) {
    long end = (at(nowMillis) + 1L) * EPOCH.toSeconds();
    return end + retention.toSeconds();
  }

  /** Seals some of what is sealed in an earlier epoch anew; then destroys the keys nobody needs. */
  public void tend(GroupCommitExecutor groupCommitExecutor) {
    int left =
        groupCommitExecutor.chore(
            (rows, nowMillis) -> {
              int epoch = current(nowMillis);
              List<Secret> old = rows.secretsBefore(epoch, VaultLimits.STEP);
              for (Secret secret : old) {
                rows.putSecret(SecretKind.RECORD, sealer.resealed(secret, epoch), nowMillis);
              }
              return old.size();
            });
    if (left < VaultLimits.STEP) {
      long nowMillis = groupCommitExecutor.chore((rows, now) -> now);
      int oldest = at(nowMillis - retention.toMillis());
      keys.existing().headSet(oldest).stream().toList().forEach(keys::destroy);
    }
  }
}
