package org.hikae.device.cli.transfer;

import java.nio.CharBuffer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.PersonDialog;
import org.hikae.device.cli.command.PersonDialog.DialogStep;
import org.hikae.device.cli.command.SecretInput;
import org.hikae.device.transfer.GiveKeyFlow;
import org.hikae.device.transfer.TransferCode;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.jspecify.annotations.Nullable;

/**
 * Says on the old device who asks, since when and from where, and takes the six digits: at a
 * terminal, from a descriptor, or in a page.
 */
final class GiveKeyPrompt implements GiveKeyFlow.CodeReader {

  /** How often something may be typed that is no code; each such answer costs no try. */
  private static final int ANSWERS = 5;

  private final CommandOutput output;
  private final SecretInput input;
  private final @Nullable Integer codeFd;
  private final Map<String, Object> facts = new HashMap<>();

  GiveKeyPrompt(CommandOutput output, SecretInput input, @Nullable Integer codeFd) {
    this.output = output;
    this.input = input;
    this.codeFd = codeFd;
  }

  @Override
  public KeyTransferView chooses(List<KeyTransferView> asking) throws AgentException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < asking.size(); i++) {
      KeyTransferView view = asking.get(i);
      names.add(described(view));
      output.event("transfer-asked", fields(view));
      output.say("transfer.asks", i + 1, name(view), since(view), from(view));
    }
    KeyTransferView chosen = asking.size() == 1 ? asking.getFirst() : chosen(asking, names);
    facts.put("name", name(chosen));
    facts.put("since", since(chosen));
    facts.put("from", from(chosen));
    output.say("transfer.beware", name(chosen));
    return chosen;
  }

  private KeyTransferView chosen(List<KeyTransferView> asking, List<String> names)
      throws AgentException {
    Optional<PersonDialog> dialog = output.dialog();
    String answer;
    if (dialog.isPresent()) {
      answer = dialog.get().answer(DialogStep.TRANSFER_DEVICE, Map.of("asking", names));
    } else if (codeFd == null && input.terminal()) {
      answer = input.visible(output.messages().get("transfer.which"));
    } else {
      throw new AgentException(RunResult.REFUSED, "transfer.several");
    }
    for (int i = 0; i < asking.size(); i++) {
      if (answer.strip().equals(String.valueOf(i + 1))) {
        return asking.get(i);
      }
    }
    throw new AgentException(RunResult.CANCELLED, "run.cancelled");
  }

  @Override
  public TransferCode code(String name) throws AgentException {
    facts.put("name", DisplayFormat.name(name));
    for (int i = 0; i < ANSWERS; i++) {
      char[] typed = typed(DisplayFormat.name(name));
      try {
        if (typed.length == 0) {
          throw new AgentException(RunResult.CANCELLED, "run.cancelled");
        }
        Optional<TransferCode> code = TransferCode.parse(CharBuffer.wrap(typed));
        if (code.isPresent()) {
          return code.get();
        }
      } finally {
        Arrays.fill(typed, '\0');
      }
      if (codeFd != null) {
        throw new AgentException(RunResult.REFUSED, "transfer.not-six");
      }
      problem("transfer.not-six");
    }
    throw new AgentException(RunResult.CANCELLED, "run.too-often");
  }

  private char[] typed(String name) throws AgentException {
    Optional<PersonDialog> dialog = output.dialog();
    if (dialog.isPresent()) {
      return dialog.get().secret(DialogStep.TRANSFER_CODE, facts);
    }
    if (codeFd != null) {
      return SecretInput.line(codeFd);
    }
    if (!input.terminal() || output.json()) {
      throw new AgentException(RunResult.REFUSED, "transfer.needs-code-fd");
    }
    return input.visible(output.messages().get("transfer.type", name)).toCharArray();
  }

  @Override
  public void wrong(int left) {
    problem("transfer.wrong", left);
  }

  private void problem(String key, Object... arguments) {
    if (output.dialog().isPresent()) {
      facts.put("problem", output.messages().get(key, arguments));
    } else {
      output.note(key, arguments);
    }
  }

  private static Map<String, Object> fields(KeyTransferView view) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("transferId", view.transferId());
    fields.put("deviceId", view.deviceId());
    fields.put("name", view.deviceName());
    fields.put("address", view.address());
    fields.put("openedAt", view.openedAt());
    return fields;
  }

  private String described(KeyTransferView view) {
    return output.messages().get("transfer.asks-short", name(view), since(view), from(view));
  }

  private static String name(KeyTransferView view) {
    return DisplayFormat.name(view.deviceName());
  }

  private static String since(KeyTransferView view) {
    return DisplayFormat.time(view.openedAt(), ZoneId.systemDefault());
  }

  private static String from(KeyTransferView view) {
    return DisplayFormat.name(view.address());
  }
}
