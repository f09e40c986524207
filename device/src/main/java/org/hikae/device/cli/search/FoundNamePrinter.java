package org.hikae.device.cli.search;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.search.NameSearch.FoundName;
import org.hikae.device.search.NameSearch.FoundNames;
import org.hikae.device.search.NameSearch.FoundVersion;
import org.hikae.hk1.TextCodec;

/** Shows what was found. */
final class FoundNamePrinter {

  private static final int ID_DIGITS = 12;

  private final CommandOutput output;
  private int more;
  private boolean any;

  FoundNamePrinter(CommandOutput output) {
    this.output = output;
  }

  void print(String device, String deviceId, FoundNames found) {
    any |= found.total() > 0;
    more += found.total() - found.names().size();
    if (!found.names().isEmpty()) {
      output.say("find.on", device);
    }
    for (FoundName each : found.names()) {
      show(each);
      event(deviceId, each);
    }
  }

  private void show(FoundName each) {
    output.line(each.path().toString());
    if (each.deleted()) {
      output.say("find.deleted");
    }
    for (FoundVersion version : each.versions()) {
      output.say(
          version.snapshots() == 1 ? "find.version" : "find.versions",
          DisplayFormat.time(
              Instant.ofEpochSecond(version.version().modifiedSeconds()), ZoneId.systemDefault()),
          DisplayFormat.bytes(version.version().size()),
          version.last().snapshotId().substring(0, ID_DIGITS),
          version.snapshots());
    }
  }

  private void event(String deviceId, FoundName each) {
    List<Map<String, Object>> versions = new ArrayList<>();
    for (FoundVersion version : each.versions()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("snapshotId", version.last().snapshotId());
      fields.put("firstSnapshotId", version.first().snapshotId());
      fields.put("snapshots", version.snapshots());
      fields.put("type", version.version().type().name());
      fields.put("size", version.version().size());
      fields.put("modified", Instant.ofEpochSecond(version.version().modifiedSeconds()).toString());
      versions.add(fields);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("path", each.path().toString());
    fields.put("rawPath", TextCodec.base64(each.path().toBytes()));
    fields.put("deviceId", deviceId);
    fields.put("deleted", each.deleted());
    fields.put("versions", versions);
    output.event("found", fields);
  }

  void end() {
    if (!any) {
      output.say("find.none");
    } else if (more > 0) {
      output.note("find.more", more);
    }
  }
}
