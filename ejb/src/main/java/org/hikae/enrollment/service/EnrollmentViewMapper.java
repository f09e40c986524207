package org.hikae.enrollment.service;

import java.util.List;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.ConsentTranslation;
import org.hikae.enrollment.entity.ConsentVersion;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.entity.KeyWrap;
import org.hikae.enrollment.view.ConsentVersionView;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.TextCodec;

/** Makes of entities what goes out. */
public final class EnrollmentViewMapper {

  /** Most devices in one answer. */
  public static final int MAX_DEVICES = 100;

  private EnrollmentViewMapper() {}

  public static DeviceView of(Device device) {
    return new DeviceView(
        device.deviceId(),
        device.name(),
        device.platform(),
        device.agentVersion(),
        device.state(),
        device.enrolledAt(),
        device.lastSeenAt(),
        device.lastBackupAt(),
        device.lastBackupBy());
  }

  public static WrapView of(KeyWrap wrap) {
    byte[] bytes = wrap.wrappedKey();
    return new WrapView(
        wrap.wrapId(),
        wrap.method(),
        wrap.generation(),
        wrap.deviceId(),
        wrap.createdAt(),
        bytes == null ? null : TextCodec.base64(bytes));
  }

  static SetView of(BackupSet set, List<KeyWrap> wraps) {
    return new SetView(
        set.setId(),
        set.generation(),
        set.state(),
        set.createdAt(),
        wraps.stream().map(EnrollmentViewMapper::of).toList());
  }

  public static org.hikae.enrollment.wire.ConsentText of(ConsentTranslation text) {
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
}
