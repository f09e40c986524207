package org.hikae.device.cli.mount;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.snapshots.SnapshotCatalog;
import org.hikae.device.files.FileTime;
import org.hikae.device.history.SealedSnapshotInfo;
import org.hikae.device.mount.MountedDevice;
import org.hikae.device.mount.MountedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.hikae.enrollment.wire.DeviceView;
import org.jspecify.annotations.Nullable;

/**
 * Gives snapshots the names of their folders: of a device its name at the portal and the beginning
 * of its identifier, of a snapshot when it was made, by its root, and the beginning of its
 * identifier.
 *
 * @param devices in the order of their newest snapshots
 * @param unreadable how many have a root that does not open
 */
record MountedDeviceList(List<MountedDevice> devices, int unreadable) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss", Locale.ROOT);

  private static final int DEVICE_DIGITS = 12;
  private static final int SNAPSHOT_DIGITS = 8;

  /** With what stands behind it, a name has at most 255 bytes. */
  private static final int NAME_CHARACTERS = 50;

  /** Copies the list. */
  MountedDeviceList {
    devices = List.copyOf(devices);
  }

  /** Reads the roots of these snapshots. */
  static MountedDeviceList of(
      SignedInAgent agent, SnapshotCatalog catalog, List<SnapshotView> views)
      throws AgentException, BackupStoreException {
    Map<String, String> names = names(agent);
    Map<String, List<MountedSnapshot>> byDevice = new LinkedHashMap<>();
    Set<String> used = new HashSet<>();
    int unreadable = 0;
    long number = 1;
    for (SnapshotView view : catalog.newestFirst(views)) {
      Optional<SealedSnapshotInfo> made = catalog.made(view);
      if (made.isEmpty()) {
        unreadable++;
        continue;
      }
      Instant at = made.get().at();
      String name = snapshotFolder(view.snapshotId(), at, ZoneId.systemDefault());
      boolean fresh = used.add(view.deviceId() + name);
      byDevice
          .computeIfAbsent(view.deviceId(), device -> new ArrayList<>())
          .add(
              new MountedSnapshot(
                  number++,
                  fresh ? name : name + "_" + view.snapshotId(),
                  view,
                  new FileTime(at.getEpochSecond(), at.getNano())));
    }
    List<MountedDevice> devices = new ArrayList<>();
    byDevice.forEach(
        (device, all) ->
            devices.add(new MountedDevice(deviceFolder(names.get(device), device), all)));
    return new MountedDeviceList(devices, unreadable);
  }

  private static Map<String, String> names(SignedInAgent agent) {
    Map<String, String> names = new HashMap<>();
    try {
      for (DeviceView view : agent.portal().devices()) {
        names.put(view.deviceId(), view.name());
      }
    } catch (AgentException e) {
      // Names are a kindness; folders have identifiers without them.
    }
    return names;
  }

  /** When it was made here and now, so that names sort by time. */
  static String snapshotFolder(String snapshotId, Instant made, ZoneId zone) {
    return TIME.format(made.atZone(zone)) + "_" + snapshotId.substring(0, SNAPSHOT_DIGITS);
  }

  /**
   * A name of the portal's made into one of a folder: nothing in it leads elsewhere, hides it, or
   * controls a terminal. The identifier is what tells devices apart.
   */
  static String deviceFolder(@Nullable String name, String deviceId) {
    String id = deviceId.substring(0, Math.min(DEVICE_DIGITS, deviceId.length()));
    if (name == null) {
      return id;
    }
    String plain = DisplayFormat.plain(name).strip().replace('/', '_').replaceAll("^\\.+", "_");
    int characters = Math.min(NAME_CHARACTERS, plain.codePointCount(0, plain.length()));
    String shown = plain.substring(0, plain.offsetByCodePoints(0, characters));
    return shown.isEmpty() ? id : shown + "-" + id;
  }

  /** How many there are in all. */
  int snapshots() {
    return devices.stream().mapToInt(device -> device.snapshots().size()).sum();
  }

  /** The folder of a snapshot. */
  Optional<MountedSnapshot> find(SnapshotView view) {
    return devices.stream()
        .flatMap(device -> device.snapshots().stream())
        .filter(each -> each.view().snapshotId().equals(view.snapshotId()))
        .findFirst();
  }
}
