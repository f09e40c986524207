package org.hikae.device.cli.account;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentVersion;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.policy.CompanyPolicy;
import org.hikae.policy.wire.DevicePolicy;
import picocli.CommandLine.Command;

/** {@code hikae policy}. */
@Command(
    name = "policy",
    description =
        "Show what your company's policy says for you, value by value, and whose policy says so:"
            + " which folders are backed up, what is left out, and what you may change.")
public final class PolicyCommand extends AgentCommand {

  private static final Set<String> BYTES =
      Set.of("quotaBytes", "heldBytes", "uploadBytesPerSecond");
  private static final long UNLIMITED = 1L << 40;

  public PolicyCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      CompanyPolicy policy = CompanyPolicy.ask(agent.portal());
      if (policy.values().isEmpty()) {
        output.say("policy.none");
      }
      List<Map<String, Object>> values = new ArrayList<>();
      for (DevicePolicy.Value value : policy.values()) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", value.name());
        fields.put("value", value.value());
        fields.put("scope", value.scope());
        values.add(fields);
        Messages messages = output.messages();
        output.say(
            "policy.value",
            name(messages, value.name()),
            shown(messages, value),
            from(messages, value));
      }
      List<Map<String, Object>> earlier = new ArrayList<>();
      for (DevicePolicy.Earlier one : policy.earlier()) {
        earlier.add(
            Map.of("name", one.name(), "value", one.value(), "until", one.until().toString()));
        output.say(
            "policy.earlier",
            name(output.messages(), one.name()),
            Long.toString(one.value()),
            DisplayFormat.time(one.until(), ZoneId.systemDefault()));
      }
      output.event("policy", Map.of("values", values, "earlier", earlier));
      if (policy.outdated()) {
        output.note("policy.outdated", policy.minAgentVersion(), AgentVersion.CURRENT);
      }
      return RunResult.SUCCESS;
    }
  }

  private static String name(Messages messages, String name) {
    String key = "policy.name." + name;
    return messages.has(key) ? messages.get(key) : name;
  }

  private static String shown(Messages messages, DevicePolicy.Value policyValue) {
    return switch (policyValue.value()) {
      case Boolean flag -> messages.get(flag ? "policy.yes" : "policy.no");
      case Number number when BYTES.contains(policyValue.name()) ->
          number.longValue() >= UNLIMITED && policyValue.name().equals("uploadBytesPerSecond")
              ? messages.get("policy.unlimited")
              : DisplayFormat.bytes(number.longValue());
      case String word when messages.has("policy.word." + word) ->
          messages.get("policy.word." + word);
      case List<?> list when list.isEmpty() -> messages.get("policy.empty");
      case List<?> list ->
          DisplayFormat.plain(String.join(", ", list.stream().map(String::valueOf).toList()));
      case Object other -> DisplayFormat.plain(String.valueOf(other));
    };
  }

  private static String from(Messages messages, DevicePolicy.Value policyValue) {
    String scope = policyValue.scope();
    if (scope == null) {
      return messages.get("policy.from.built-in");
    }
    if (scope.startsWith("group/")) {
      return messages.get(
          "policy.from.group", DisplayFormat.plain(scope.substring("group".length())));
    }
    return messages.get(scope.equals("default") ? "policy.from.default" : "policy.from.employee");
  }
}
