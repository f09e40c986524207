package org.hikae.device.transparency;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.jspecify.annotations.Nullable;

/**
 * What this device knows of the portal's log after a look.
 *
 * @param state what the look came to
 * @param fault what is wrong with the log; null but for {@link PortalLogState#FAULT}
 * @param size how many entries the log says that it has; 0 when that cannot be read
 * @param before how many it had when something was kept of it; 0 when nothing was
 * @param kept the file with an end that contradicts the kept one, or was not shown to continue it;
 *     null when none came, or it cannot be kept
 */
public record PortalLogResult(
    PortalLogState state,
    @Nullable TransparencyLogFault fault,
    long size,
    long before,
    @Nullable Path kept) {

  private static final Set<PortalLogState> FINE =
      EnumSet.of(PortalLogState.NONE, PortalLogState.FIRST, PortalLogState.FITS);

  static PortalLogResult of(PortalLogState state, long size, long before) {
    return new PortalLogResult(state, null, size, before, null);
  }

  static PortalLogResult of(
      TransparencyLogFault fault, long size, long before, @Nullable Path kept) {
    return new PortalLogResult(PortalLogState.FAULT, fault, size, before, kept);
  }

  /** The fault's name, else the state's: what scripts and sentences go by. */
  public String code() {
    return fault == null ? state.name() : fault.name();
  }

  /** Whether nothing is wrong. */
  public boolean isFine() {
    return FINE.contains(state);
  }

  /** Whether the log could not be had, which others than the portal can bring about. */
  public boolean isSilence() {
    return fault == TransparencyLogFault.NO_ANSWER;
  }

  /** Whether something contradicts. */
  public boolean isAlarm() {
    return !isFine() && !isSilence();
  }

  /** Whether an end came that the log's key has signed, with what it is about. */
  boolean isShown() {
    return state != PortalLogState.NONE
        && !isSilence()
        && fault != TransparencyLogFault.BAD_CHECKPOINT;
  }

  PortalLogResult keeping(@Nullable Path file) {
    return new PortalLogResult(state, fault, size, before, file);
  }

  PortalLogResult standing() {
    return new PortalLogResult(PortalLogState.STANDING, null, size, before, null);
  }
}
