package org.hikae.device.cli.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.PhrasePrompt;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.transparency.PortalLogCheck;
import org.hikae.device.transparency.PortalLogResult;
import org.hikae.device.transparency.PortalLogSource;
import org.hikae.device.transparency.PortalLogState;
import org.hikae.device.vaultclient.TrustedCard;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.vault.wire.SignedCard;
import org.jspecify.annotations.Nullable;

/** Looks at the portal's log and tells the person what does not fit (spec HK1-X-10). */
public final class PortalLogPrinter {

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final SignedInAgent agent;

  public PortalLogPrinter(AgentEnvironment here, CommandOutput output, SignedInAgent agent) {
    this.here = here;
    this.output = output;
    this.agent = agent;
  }

  /** The log of the portal that this device is signed in at. */
  PortalLogCheck check() throws AgentException {
    PortalLogSource files = new PortalLogSource(agent.http(), here.pause()::nanos);
    return new PortalLogCheck(files, folder(), here.clock());
  }

  private Path folder() throws AgentException {
    return agent.home().logFolder(agent.stateFile().require().profile().server());
  }

  /** Looks for the card that this device remembers, and says what is wrong; what it came to. */
  PortalLogResult look(PortalLogCheck check) throws AgentException, IOException {
    PortalLogResult result = looked(check);
    tell(check, result);
    return result;
  }

  /**
   * Looks, and sees to it that everybody is shown these entries, too.
   *
   * @throws AgentException when the log does not fit, cannot be had, or lacks one of them
   * @throws IOException when what is kept of it cannot be read
   */
  public void requireEntries(List<LogEntry> entries) throws AgentException, IOException {
    PortalLogCheck check = check();
    PortalLogResult result = look(check);
    if (result.isSilence()) {
      throw new AgentException(RunResult.NETWORK, "log.not-read");
    }
    if (result.isAlarm()) {
      throw new AgentException(RunResult.CORRUPT, "log.does-not-fit");
    }
    if (!check.has(entries)) {
      throw new AgentException(RunResult.CORRUPT, "update.not-in-log");
    }
  }

  private PortalLogResult looked(PortalLogCheck check) throws AgentException, IOException {
    TrustedCard card = agent.vaultConnector().newestOfPin();
    return check.look(card == null ? null : card.signed(), this::fetched);
  }

  private void tell(PortalLogCheck check, PortalLogResult result)
      throws AgentException, IOException {
    event(result, check.store().key());
    LogAlarmPrinter alarms = new LogAlarmPrinter(here, output, folder());
    if (result.isSilence()) {
      alarms.silent();
    } else if (result.isAlarm()) {
      alarms.alarm(result);
    } else if (result.state() == PortalLogState.NONE) {
      alarms.none();
    }
  }

  /** A portal enters a card before it hands it out; null when it does not. */
  private @Nullable SignedCard fetched() {
    try {
      return agent.vaultConnector().fetch().signed();
    } catch (AgentException e) {
      return null;
    }
  }

  private void event(PortalLogResult result, @Nullable NoteKey key) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("state", result.code());
    fields.put("entries", result.size());
    fields.put("before", result.before());
    fields.put("key", key == null ? null : key.text());
    output.event("log", fields);
  }

  /**
   * After a backup, also one that failed: whatever is wrong here is said and changes nothing of it.
   *
   * @param backup how it ended; who could not reach the portal is not told so twice
   */
  public void afterBackup(RunResult backup) {
    try {
      PortalLogCheck check = check();
      PortalLogResult result = looked(check);
      if (backup == RunResult.NETWORK && result.isSilence()) {
        new LogAlarmPrinter(here, output, folder()).standing();
      } else {
        tell(check, result);
      }
    } catch (AgentException e) {
      unusable(output.messages().get(e.key(), e.arguments()));
    } catch (IOException e) {
      unusable(String.valueOf(e.getMessage()));
    }
  }

  private void unusable(String why) {
    output.event("logTrouble", Map.of("message", why));
    output.note("log.unusable", why);
  }

  /**
   * From now on no password is sealed to a card before the log was looked at for it. When it does
   * not fit, or cannot be had, the person says whether to go on; where nobody can be asked only
   * silence lets it.
   */
  public void asksBeforePasswords(PhrasePrompt person) {
    agent.vaultConnector().checksBeforePasswords(card -> requireLogged(card, person));
  }

  private void requireLogged(SignedCard card, PhrasePrompt person) throws AgentException {
    boolean silent;
    try {
      // The card in hand is looked for again, whatever the portal gives now.
      PortalLogCheck check = check();
      PortalLogResult result = check.look(card, () -> fetched() == null ? null : card);
      tell(check, result);
      if (result.isFine()) {
        return;
      }
      silent = result.isSilence();
    } catch (IOException e) {
      // Nothing says that anything is wrong at the portal.
      unusable(String.valueOf(e.getMessage()));
      silent = true;
    }
    boolean somebody = output.dialog().isPresent() || (here.console() != null && !output.json());
    if (silent && !somebody) {
      return;
    }
    if (!person.types(output.messages().get("log.phrase"), "log.seal-anyway")) {
      throw new AgentException(RunResult.REFUSED, "log.not-sealed");
    }
  }
}
