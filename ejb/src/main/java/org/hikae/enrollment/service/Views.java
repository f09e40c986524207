package org.hikae.enrollment.service;

import java.util.List;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.ConsentText;
import org.hikae.enrollment.entity.ConsentVersion;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.entity.KeyWrap;
import org.hikae.enrollment.view.ConsentVersionView;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Ids;
import org.jspecify.annotations.Nullable;

/** Makes of entities what goes out. */
public final class Views {

  /** Most devices in one answer. */
  public static final int MAX_DEVICES = 100;

  private Views() {}

  public static DeviceView of(Device device) {
    return new DeviceView(
        device.deviceId(),
        device.name(),
        device.platform(),
        device.agentVersion(),
        device.state().name(),
        device.enrolledAt().toString(),
        text(device.lastSeenAt()),
        text(device.lastBackupAt()),
        text(device.lastBackupBy()));
  }

  public static WrapView of(KeyWrap wrap) {
    byte[] bytes = wrap.wrappedKey();
    return new WrapView(
        wrap.wrapId(),
        wrap.method().name(),
        wrap.generation(),
        wrap.deviceId(),
        wrap.createdAt().toString(),
        bytes == null ? null : Ids.base64(bytes));
  }

  static SetView of(BackupSet set, List<KeyWrap> wraps) {
    return new SetView(
        set.setId(),
        set.generation(),
        set.state().name(),
        set.createdAt().toString(),
        wraps.stream().map(Views::of).toList());
  }

  public static org.hikae.enrollment.wire.ConsentText of(ConsentText text) {
    return new org.hikae.enrollment.wire.ConsentText(
        text.version(), text.language(), text.title(), text.body());
  }

  public static ConsentVersionView of(
      ConsentVersion version, List<org.hikae.enrollment.wire.ConsentText> texts) {
    return new ConsentVersionView(
        version.version(),
        version.publishedAt(),
        version.publishedBySubject(),
        version.effectiveFrom(),
        version.reconsentBy(),
        texts);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
