package org.hikae.device.cli.vault;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.ReceiptHistory.InterpretedReceipt;
import org.hikae.vault.wire.ReceiptHistory.Meaning;
import org.jspecify.annotations.Nullable;

/** Says in words what happened at the vault, with the names of devices where they are known. */
public final class VaultActivityText {

  private static final String NO_DEVICE = TextCodec.hex(new byte[Hk1Constants.ID_BYTES]);
  private static final int SHORT = 12;

  private final CommandOutput output;
  private final String ownId;
  private final DeviceNames deviceNames;
  private @Nullable Map<String, String> names;

  private VaultActivityText(CommandOutput output, SignedInAgent agent, DeviceNames deviceNames) {
    this.output = output;
    this.ownId = TextCodec.hex(agent.identity().deviceId());
    this.deviceNames = deviceNames;
  }

  /** What the portal knows of devices. */
  @FunctionalInterface
  private interface DeviceNames {
    /** The employee's devices. */
    List<DeviceView> ask() throws AgentException;
  }

  /**
   * With the names that the portal knows, which is asked when one is needed; without them devices
   * are shown by identifier.
   */
  public static VaultActivityText of(CommandOutput output, SignedInAgent agent) {
    return new VaultActivityText(output, agent, agent.portal()::devices);
  }

  /** Without asking anybody. */
  static VaultActivityText offline(CommandOutput output, SignedInAgent agent) {
    return new VaultActivityText(output, agent, List::of);
  }

  private @Nullable String name(String deviceId) {
    return names().get(deviceId);
  }

  private Map<String, String> names() {
    Map<String, String> known = names;
    if (known == null) {
      known = new HashMap<>();
      names = known;
      try {
        for (DeviceView view : deviceNames.ask()) {
          known.put(view.deviceId(), DisplayFormat.name(view.name()));
        }
      } catch (AgentException e) {
        // Names are a kindness; what happened is told without them.
      }
    }
    return known;
  }

  public String ownId() {
    return ownId;
  }

  /** The device as people know it. */
  public String device(String deviceId) {
    if (deviceId.equals(NO_DEVICE)) {
      return output.messages().get("event.no-device");
    }
    String shortId = DisplayFormat.plain(deviceId.substring(0, Math.min(SHORT, deviceId.length())));
    if (deviceId.equals(ownId)) {
      return output.messages().get("event.this-device", shortId);
    }
    String name = name(deviceId);
    return name == null
        ? output.messages().get("event.unknown-device", shortId)
        : output.messages().get("event.other-device", name, shortId);
  }

  /**
   * The device by its name alone, for lists; with its identifier only where it has no name, or the
   * name of another one.
   */
  public String shortDevice(String deviceId) {
    if (deviceId.equals(ownId)) {
      return output.messages().get("devices.this");
    }
    String name = name(deviceId);
    if (name == null || Collections.frequency(names().values(), name) > 1) {
      return device(deviceId);
    }
    return name;
  }

  /** One sentence with its time. */
  public String sentence(InterpretedReceipt interpretedReceipt) {
    Instant at = Instant.ofEpochMilli(interpretedReceipt.receipt().entry().atMillis());
    long due = interpretedReceipt.receipt().entry().dueSeconds();
    boolean frozenUntil = interpretedReceipt.meaning() == Meaning.FROZEN && due > 0;
    return output
        .messages()
        .get(
            frozenUntil ? "event.frozen-until" : "event." + interpretedReceipt.meaning(),
            at,
            device(interpretedReceipt.deviceId()),
            interpretedReceipt.receipt().entry().attemptsLeft(),
            Instant.ofEpochSecond(due));
  }

  /** The same for scripts. */
  Map<String, Object> fields(InterpretedReceipt interpretedReceipt) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seq", interpretedReceipt.seq());
    fields.put(
        "at", Instant.ofEpochMilli(interpretedReceipt.receipt().entry().atMillis()).toString());
    fields.put("what", interpretedReceipt.meaning().name());
    fields.put("deviceId", interpretedReceipt.deviceId());
    fields.put("deviceName", name(interpretedReceipt.deviceId()));
    fields.put("thisDevice", interpretedReceipt.deviceId().equals(ownId));
    fields.put("attemptsLeft", interpretedReceipt.receipt().entry().attemptsLeft());
    long due = interpretedReceipt.receipt().entry().dueSeconds();
    fields.put("due", due == 0 ? null : Instant.ofEpochSecond(due).toString());
    return fields;
  }
}
