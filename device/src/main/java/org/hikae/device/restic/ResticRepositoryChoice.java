package org.hikae.device.restic;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.enrollment.wire.DeviceView;
import org.jspecify.annotations.Nullable;

/** The restic repositories of one set, and which of them is meant. */
public final class ResticRepositoryChoice {

  private final List<OwnResticRepository> all;
  private final Map<String, String> names;
  private final String thisDevice;

  private ResticRepositoryChoice(
      List<OwnResticRepository> all, Map<String, String> names, String thisDevice) {
    this.all = all;
    this.names = names;
    this.thisDevice = thisDevice;
  }

  /**
   * Asks the portal.
   *
   * @param setId only those of this set, hexadecimal
   * @param thisDevice identifier of this device, hexadecimal
   */
  public static ResticRepositoryChoice ask(
      DevicePortalClient portal, String setId, String thisDevice) throws AgentException {
    Map<String, String> names = new HashMap<>();
    for (DeviceView device : portal.devices()) {
      names.put(device.deviceId(), device.name());
    }
    List<OwnResticRepository> all =
        portal.resticRepositories().stream().filter(one -> one.setId().equals(setId)).toList();
    return new ResticRepositoryChoice(all, names, thisDevice);
  }

  /** All of them, oldest first. */
  public List<OwnResticRepository> all() {
    return all;
  }

  /** That of this device, if it has one. */
  public Optional<OwnResticRepository> ofThisDevice() {
    return all.stream().filter(this::isOfThisDevice).findFirst();
  }

  /** Whether it is that of this device. */
  public boolean isOfThisDevice(OwnResticRepository one) {
    return one.deviceId().equals(thisDevice);
  }

  /** What the device of a repository is called; its identifier when nobody knows. */
  public String deviceName(OwnResticRepository one) {
    return names.getOrDefault(one.deviceId(), one.deviceId());
  }

  /**
   * The one that is meant.
   *
   * @param device name of the device, or the beginning of its identifier or of the repository's;
   *     without it, that of this device, or the only one
   */
  public OwnResticRepository choose(@Nullable String device) throws AgentException {
    if (all.isEmpty()) {
      throw new AgentException(RunResult.REFUSED, "restic.none");
    }
    if (device == null) {
      Optional<OwnResticRepository> own = ofThisDevice();
      return own.isPresent() ? own.get() : only(all);
    }
    List<OwnResticRepository> named =
        all.stream().filter(one -> deviceName(one).equalsIgnoreCase(device)).toList();
    if (named.isEmpty() && device.length() >= 4) {
      String start = device.toLowerCase(Locale.ROOT);
      named =
          all.stream()
              .filter(one -> one.deviceId().startsWith(start) || one.repository().startsWith(start))
              .toList();
    }
    if (named.isEmpty()) {
      throw new AgentException(RunResult.REFUSED, "restic.no-such-device", device);
    }
    return only(named);
  }

  private OwnResticRepository only(List<OwnResticRepository> some) throws AgentException {
    if (some.size() > 1) {
      String devices =
          some.stream()
              .map(one -> deviceName(one) + " (" + one.repository().substring(0, 8) + ")")
              .collect(Collectors.joining(", "));
      throw new AgentException(RunResult.REFUSED, "restic.several", devices);
    }
    return some.getFirst();
  }
}
