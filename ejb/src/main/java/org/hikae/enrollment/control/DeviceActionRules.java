package org.hikae.enrollment.control;

import java.util.EnumSet;
import java.util.Set;
import org.hikae.enrollment.view.DeviceAction;
import org.hikae.enrollment.wire.DeviceState;

/** What may be done with a device; pages and use cases ask the same. */
public final class DeviceActionRules {

  private DeviceActionRules() {}

  /** What may be done with one that stands so, and would change it. */
  public static Set<DeviceAction> actions(DeviceState state) {
    return switch (state) {
      case ACTIVE ->
          EnumSet.of(DeviceAction.PAUSE, DeviceAction.REVOKE, DeviceAction.GET_CREDENTIAL);
      case PAUSED -> EnumSet.of(DeviceAction.RESUME, DeviceAction.REVOKE);
      case REVOKED -> EnumSet.noneOf(DeviceAction.class);
    };
  }

  /** Whether it is revoked for good: nothing more is done with it. */
  public static boolean isOver(DeviceState state) {
    return actions(state).isEmpty();
  }
}
