package org.hikae.device.company;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.hikae.device.AgentVersion;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.enrollment.wire.DeviceView;

/** What a portal says of the devices of its employee, and of their agents. */
public final class FakePortalDevices {

  private final List<DeviceView> others = new CopyOnWriteArrayList<>();
  private volatile String agents = AgentVersion.CURRENT;
  private volatile boolean revoked;

  /** From now on it says that the agents of all devices have this version. */
  public void agentsAre(String version) {
    agents = version;
  }

  /**
   * From now on its employee has one more device, whose agent cannot read the newest form: until
   * {@link #hasNoOther} whoever backs up for the first time writes the first form.
   */
  public void hasAnEarlierAgent() {
    alsoHas("1.0.0", DeviceState.ACTIVE);
  }

  /** From now on its employee has one more device, which does nothing. */
  public void alsoHas(String version, DeviceState deviceState) {
    others.add(
        new DeviceView(
            "0".repeat(32),
            "old laptop",
            "Linux",
            version,
            deviceState,
            FakeCompany.NOW,
            null,
            null,
            null));
  }

  /** From now on its employee has only the devices that do something. */
  public void hasNoOther() {
    others.clear();
  }

  /** From now on all its devices are revoked. */
  public void areRevokedNow() {
    revoked = true;
  }

  boolean areRevoked() {
    return revoked;
  }

  int refusalStatus() {
    return revoked ? 403 : 401;
  }

  String refusal() {
    return revoked ? "device-revoked" : "unauthenticated";
  }

  /** All of them, of which those that do something have this name. */
  List<DeviceView> with(Collection<String> own, String name) {
    Stream<DeviceView> named = own.stream().map(id -> FakePortalResponses.named(name, id, agents));
    return Stream.concat(named, others.stream()).toList();
  }
}
