package org.hikae.device.cli.window;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one answer to "am I protected?".
 *
 * @param lastBackupAt when this device's newest snapshot was made, by its root under K
 * @param nextAt when the next backup by schedule is due; absent while the schedule pauses
 * @param paused whether the schedule pauses, whatever the verdict
 * @param pausedUntil when that ends by itself; absent where it pauses until the person ends it
 * @param server the portal that this device knows, to sign in at; absent when IT has to name it
 * @param notes what the person was told meanwhile
 */
record VerdictView(
    ProtectionVerdict verdict,
    @Nullable Instant lastBackupAt,
    @Nullable Instant nextAt,
    boolean paused,
    @Nullable Instant pausedUntil,
    @Nullable String server,
    List<String> notes) {

  static VerdictView of(ProtectionVerdict verdict) {
    return new VerdictView(verdict, null, null, false, null, null, List.of());
  }

  static VerdictView signIn(@Nullable String server) {
    return new VerdictView(ProtectionVerdict.SIGN_IN, null, null, false, null, server, List.of());
  }
}
