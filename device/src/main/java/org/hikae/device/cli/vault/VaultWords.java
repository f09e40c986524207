package org.hikae.device.cli.vault;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.Agent;
import org.hikae.device.cli.command.Output;
import org.hikae.device.cli.command.Sizes;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;
import org.hikae.vault.wire.VaultHistory.Happened;
import org.hikae.vault.wire.VaultHistory.Meaning;

/** Says in words what happened at the vault, with the names of devices where they are known. */
public final class VaultWords {

  private static final String NO_DEVICE = Ids.hex(new byte[Hk1.ID_BYTES]);
  private static final int SHORT = 12;

  private final Output output;
  private final String ownId;
  private final Map<String, String> names = new HashMap<>();

  private VaultWords(Output output, String ownId) {
    this.output = output;
    this.ownId = ownId;
  }

  /** With the names that the portal knows; without them devices are shown by identifier. */
  public static VaultWords of(Output output, Agent agent) {
    VaultWords words = offline(output, agent);
    try {
      for (DeviceView view : agent.portal().devices()) {
        words.names.put(view.deviceId(), Sizes.plain(view.name()));
      }
    } catch (AgentException e) {
      // Names are a kindness; what happened is told without them.
    }
    return words;
  }

  /** Without asking anybody. */
  static VaultWords offline(Output output, Agent agent) {
    return new VaultWords(output, Ids.hex(agent.identity().deviceId()));
  }

  public String ownId() {
    return ownId;
  }

  /** The device as people know it. */
  public String device(String deviceId) {
    if (deviceId.equals(NO_DEVICE)) {
      return output.messages().get("event.no-device");
    }
    String shortId = Sizes.plain(deviceId.substring(0, Math.min(SHORT, deviceId.length())));
    if (deviceId.equals(ownId)) {
      return output.messages().get("event.this-device", shortId);
    }
    String name = names.get(deviceId);
    return name == null
        ? output.messages().get("event.unknown-device", shortId)
        : output.messages().get("event.other-device", name, shortId);
  }

  /** One sentence with its time. */
  public String sentence(Happened happened) {
    Instant at = Instant.ofEpochMilli(happened.receipt().entry().atMillis());
    long due = happened.receipt().entry().dueSeconds();
    boolean frozenUntil = happened.meaning() == Meaning.FROZEN && due > 0;
    return output
        .messages()
        .get(
            frozenUntil ? "event.frozen-until" : "event." + happened.meaning(),
            at,
            device(happened.deviceId()),
            happened.receipt().entry().attemptsLeft(),
            Instant.ofEpochSecond(due));
  }

  /** The same for scripts. */
  Map<String, Object> fields(Happened happened) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seq", happened.seq());
    fields.put("at", Instant.ofEpochMilli(happened.receipt().entry().atMillis()).toString());
    fields.put("what", happened.meaning().name());
    fields.put("deviceId", happened.deviceId());
    fields.put("deviceName", names.get(happened.deviceId()));
    fields.put("thisDevice", happened.deviceId().equals(ownId));
    fields.put("attemptsLeft", happened.receipt().entry().attemptsLeft());
    long due = happened.receipt().entry().dueSeconds();
    fields.put("due", due == 0 ? null : Instant.ofEpochSecond(due).toString());
    return fields;
  }
}
