package org.hikae.device.cli.snapshots;

import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.Messages;
import org.jspecify.annotations.Nullable;

/** Says what became of a snapshot: until when it can be taken back, or by what it went and when. */
final class ReleaseStatusText {

  private static final Set<String> RULES = Set.of("DEVICE", "EMPLOYEE", "RETENTION");

  private final Messages messages;

  ReleaseStatusText(Messages messages) {
    this.messages = messages;
  }

  /** A sentence, or nothing for a snapshot that is simply kept. */
  String of(SnapshotView view) {
    ReleaseStatus fate = view.fate();
    if (fate == null) {
      return "";
    }
    return switch (fate.state()) {
      case ReleaseStatus.WAITING -> messages.get("snapshots.fate.WAITING", rule(fate));
      case ReleaseStatus.HELD ->
          messages.get("snapshots.fate.HELD", rule(fate), time(fate.until()));
      case ReleaseStatus.KEPT -> messages.get("snapshots.fate.KEPT");
      case ReleaseStatus.REMOVED ->
          messages.get("snapshots.fate.REMOVED", rule(fate), time(fate.removedAt()));
      default -> messages.get("snapshots.fate.UNKNOWN");
    };
  }

  /** The same for programs. */
  static void put(Map<String, Object> fields, SnapshotView view) {
    ReleaseStatus fate = view.fate();
    if (fate != null) {
      fields.put("state", fate.state());
      fields.put("rule", fate.rule());
      fields.put("since", fate.since());
      fields.put("until", fate.until());
      fields.put("removedAt", fate.removedAt());
    }
  }

  private String rule(ReleaseStatus fate) {
    return messages.get(
        "snapshots.rule." + (RULES.contains(fate.rule()) ? fate.rule() : "UNKNOWN"));
  }

  private static String time(@Nullable String instant) {
    return instant == null ? "-" : DisplayFormat.time(instant, ZoneId.systemDefault());
  }
}
