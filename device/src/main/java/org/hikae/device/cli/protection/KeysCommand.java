package org.hikae.device.cli.protection;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.vault.VaultActivityCheck;
import org.hikae.device.cli.vault.VaultActivityText;
import org.hikae.device.cli.vault.VaultStatusPrinter;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code hikae keys}. */
@Command(
    name = "keys",
    description =
        "List what opens your backup: the password and the 64-digit keys as the portal knows them,"
            + " how your password stands at the vault, and whether this device has the key.")
public final class KeysCommand extends AgentCommand {

  public KeysCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      SetView set = agent.portal().context().set();
      if (set == null || set.state() != BackupSetState.ACTIVE) {
        throw new AgentException(RunResult.REFUSED, "problem.not-opted-in", "", "");
      }
      List<WrapView> wraps = agent.portal().wraps();
      wraps(output, agent, wraps);
      UnlockedSet mine = agent.stateFile().require().set();
      boolean held = mine != null && mine.setId().equals(set.setId());
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("setId", set.setId());
      fields.put("generation", set.generation());
      fields.put("heldGeneration", held && mine != null ? mine.generation() : null);
      if (held && mine != null) {
        output.say("keys.held", mine.generation());
        if (mine.next() != null) {
          output.note("rotate.unfinished");
        } else if (mine.generation() != set.generation()) {
          output.note("rotate.elsewhere");
        }
      } else {
        output.say("status.locked");
      }
      StatusDone status = vault(output, agent, set, fields);
      output.event("keys", fields);
      advise(output, set, wraps, status);
      return RunResult.SUCCESS;
    }
  }

  private static void wraps(CommandOutput output, SignedInAgent agent, List<WrapView> wraps) {
    VaultActivityText words = VaultActivityText.of(output, agent);
    if (wraps.isEmpty()) {
      output.say("keys.none");
    }
    for (WrapView view : wraps) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("wrapId", view.wrapId());
      fields.put("method", view.method());
      fields.put("generation", view.generation());
      fields.put("createdAt", view.createdAt());
      fields.put("deviceId", view.deviceId());
      fields.put("thisDevice", view.deviceId().equals(words.ownId()));
      output.event("wrap", fields);
      output.say(
          "keys.wrap." + DisplayFormat.key(view.method()),
          DisplayFormat.time(view.createdAt(), ZoneId.systemDefault()),
          words.device(view.deviceId()),
          view.generation());
    }
  }

  /** Asks the vault; nothing when it cannot be asked, which is said and no failure. */
  private @Nullable StatusDone vault(
      CommandOutput output, SignedInAgent agent, SetView set, Map<String, Object> fields)
      throws AgentException {
    if (!agent.vaultConnector().pinned()) {
      output.say("status.pin.NONE");
      return null;
    }
    VaultActivityCheck watch = new VaultActivityCheck(here(), output, agent);
    try {
      VaultChannel channel = agent.vaultConnector().open();
      StatusDone status = watch.look(channel, TextCodec.parseId("setId", set.setId()));
      new VaultStatusPrinter(output, fields)
          .show(
              status, set.setId(), channel.card().rootName(), channel.receipts().read().receipts());
      return status;
    } catch (AgentException e) {
      if (e.result() != RunResult.NETWORK) {
        throw e;
      }
      watch.trouble(e);
      return null;
    } catch (MalformedException e) {
      throw new AgentException(RunResult.NETWORK, e, "network.not-the-portal", "");
    }
  }

  /** What is not as it should be, with the way out. */
  private static void advise(
      CommandOutput output, SetView set, List<WrapView> wraps, @Nullable StatusDone status) {
    long digits = count(set, wraps, WrapMethod.DIGIT_KEY);
    boolean listed = count(set, wraps, WrapMethod.PASSWORD_VAULT) > 0;
    boolean works =
        status == null
            ? listed
            : status.record().state() == RecordState.ACTIVE
                && TextCodec.hex(status.record().setId()).equals(set.setId());
    if (digits > 1) {
      output.say("keys.several-digits");
    }
    if (listed && !works) {
      output.say("keys.listed-but-gone");
    }
    if (digits == 0 && !works) {
      output.note("keys.nothing-opens");
    }
  }

  private static long count(SetView set, List<WrapView> wraps, WrapMethod method) {
    return wraps.stream()
        .filter(view -> view.generation() == set.generation())
        .filter(view -> view.method() == method)
        .count();
  }
}
