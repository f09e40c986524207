package org.hikae.enrollment.control;

import java.util.EnumSet;
import java.util.Set;
import org.hikae.enrollment.view.DeviceAct;
import org.hikae.enrollment.wire.DeviceState;

/** What may be done with a device; pages and use cases ask the same. */
public final class DeviceActRules {

  private DeviceActRules() {}

  /** What may be done with one that stands so, and would change it. */
  public static Set<DeviceAct> acts(DeviceState state) {
    return switch (state) {
      case ACTIVE -> EnumSet.of(DeviceAct.PAUSE, DeviceAct.REVOKE, DeviceAct.GET_CREDENTIAL);
      case PAUSED -> EnumSet.of(DeviceAct.RESUME, DeviceAct.REVOKE);
      case REVOKED -> EnumSet.noneOf(DeviceAct.class);
    };
  }

  /** Whether it is revoked for good: nothing more is done with it. */
  public static boolean isOver(DeviceState state) {
    return acts(state).isEmpty();
  }
}
