package org.hikae.ui.faces;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The colour that goes with a state's word; never the only sign of it. */
public final class StateColor {

  private static final Set<String> GOOD =
      Set.of("OPTED_IN", "ACTIVE", "SUCCESS", "ENABLED", "UP", "CIPHERTEXT", "HASH");
  private static final Set<String> WARN =
      Set.of(
          "PENDING",
          "PAUSED",
          "PARTIAL",
          "STALE",
          "CANCELLED",
          "NETWORK",
          "DISABLED",
          "WAITING",
          "ERASING",
          "PERSONAL");
  private static final Set<String> BAD =
      Set.of("REFUSED", "CORRUPT", "LOCKED", "LOCAL", "INTERNAL", "DOWN", "UNDESCRIBED");

  private StateColor() {}

  /** {@code good}, {@code warn}, {@code bad}, or {@code plain} for everything else. */
  public static String of(@Nullable String state) {
    if (state == null) {
      return "plain";
    }
    if (GOOD.contains(state)) {
      return "good";
    }
    if (WARN.contains(state)) {
      return "warn";
    }
    return BAD.contains(state) ? "bad" : "plain";
  }
}
