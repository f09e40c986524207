package org.hikae.device.cli.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.transparency.LogSilenceStore;
import org.hikae.device.transparency.PortalLogCheck;
import org.hikae.device.transparency.PortalLogResult;
import org.hikae.device.transparency.PortalLogSource;
import org.hikae.device.transparency.PortalLogState;
import org.hikae.device.vaultclient.TrustedCard;
import org.hikae.transparency.note.wire.NoteKey;
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
    return new PortalLogCheck(new PortalLogSource(agent.http()), folder());
  }

  /** Where it is kept what was seen. */
  Path folder() throws AgentException {
    return agent.home().logFolder(agent.stateFile().require().profile().server());
  }

  /** Looks, and says what is wrong; what it came to. */
  PortalLogResult look(PortalLogCheck check) throws AgentException, IOException {
    TrustedCard card = agent.vaultConnector().pinned() ? agent.vaultConnector().remembered() : null;
    PortalLogResult result = check.look(card == null ? null : card.signed());
    event(result, check.store().key());
    if (result.state().isSilence()) {
      silent();
    } else if (result.state() != PortalLogState.NONE) {
      silence().answered();
      if (!result.state().isFine()) {
        alarm(result);
      }
    }
    return result;
  }

  private LogSilenceStore silence() throws AgentException {
    return new LogSilenceStore(folder());
  }

  private void event(PortalLogResult result, @Nullable NoteKey key) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("state", result.state().name());
    fields.put("entries", result.size());
    fields.put("before", result.before());
    fields.put("key", key == null ? null : key.text());
    output.event("log", fields);
  }

  /** One line; when it has gone on for long it is an alarm. */
  private void silent() throws AgentException {
    output.note("log.silent");
    Instant now = here.clock().instant();
    Optional<Instant> since = silence().unanswered(now);
    if (since.isPresent()) {
      long days = Duration.between(since.get(), now).toDays();
      output.event("alarm", Map.of("fault", "LOG_SILENT", "days", days));
      output.note("log.silent-long", days);
    }
  }

  /** Says that something contradicts, and where the evidence is. */
  void alarm(PortalLogResult result) throws AgentException {
    output.event("alarm", Map.of("fault", "LOG_" + result.state().name()));
    output.note("log.fault." + result.state(), result.size(), result.before());
    Path kept = result.kept();
    if (kept != null) {
      boolean evidence = result.state() == PortalLogState.FORKED;
      output.note(evidence ? "log.evidence" : "log.unproven", folder(), kept);
    }
    output.note("log.what-to-do");
  }

  /** After a backup: whatever is wrong here is said and does not fail it, which is complete. */
  public void afterBackup() {
    try {
      look(check());
    } catch (AgentException e) {
      output.note("log.unusable", output.messages().get(e.key(), e.arguments()));
    } catch (IOException e) {
      output.note("log.unusable", String.valueOf(e.getMessage()));
    }
  }
}
