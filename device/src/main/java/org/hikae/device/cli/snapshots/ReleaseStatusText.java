package org.hikae.device.cli.snapshots;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.Messages;
import org.jspecify.annotations.Nullable;

/** Says what became of a snapshot: until when it can be taken back, or by what it went and when. */
public final class ReleaseStatusText {

  private final Messages messages;

  public ReleaseStatusText(Messages messages) {
    this.messages = messages;
  }

  /** A sentence, or nothing for a snapshot that is simply kept. */
  public String of(SnapshotView view) {
    ReleaseStatus releaseStatus = view.fate();
    if (releaseStatus == null) {
      return "";
    }
    return switch (releaseStatus.state()) {
      case WAITING -> messages.get("snapshots.release-status.WAITING", rule(releaseStatus));
      case HELD ->
          messages.get(
              "snapshots.release-status.HELD", rule(releaseStatus), time(releaseStatus.until()));
      case KEPT -> messages.get("snapshots.release-status.KEPT");
      case REMOVED ->
          messages.get(
              "snapshots.release-status.REMOVED",
              rule(releaseStatus),
              time(releaseStatus.removedAt()));
      case null -> messages.get("snapshots.release-status.UNKNOWN");
    };
  }

  /** The same for programs. */
  static void put(Map<String, Object> fields, SnapshotView view) {
    ReleaseStatus releaseStatus = view.fate();
    if (releaseStatus != null) {
      fields.put("state", releaseStatus.state());
      fields.put("rule", releaseStatus.rule());
      fields.put("since", releaseStatus.since());
      fields.put("until", releaseStatus.until());
      fields.put("removedAt", releaseStatus.removedAt());
    }
  }

  private String rule(ReleaseStatus releaseStatus) {
    return messages.get("snapshots.rule." + DisplayFormat.key(releaseStatus.rule()));
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? "-" : DisplayFormat.time(instant, ZoneId.systemDefault());
  }
}
