package org.hikae.device.cli.snapshots;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.PhrasePrompt;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.vault.VaultActivityCheck;
import org.hikae.device.history.SealedSnapshotInfo;
import org.hikae.device.history.SeriesHistory;
import org.hikae.device.history.SeriesHistory.Doubt;
import org.hikae.device.history.SnapshotChoice;
import org.hikae.device.history.SnapshotRootReader;
import org.hikae.device.store.BackupStoreException;
import org.hikae.vault.wire.SeriesHead;

/**
 * Asks the vault what it has witnessed (spec HK1-V-19), and tells and asks the person what {@link
 * org.hikae.device.history.SnapshotHistory} makes of it: the only way for a new device to know that
 * nothing newer is withheld.
 */
final class FreshnessCheck {

  private final CommandOutput output;
  private final SignedInAgent agent;
  private final VaultActivityCheck activityCheck;

  private final Clock clock;

  FreshnessCheck(
      CommandOutput output, SignedInAgent agent, VaultActivityCheck activityCheck, Clock clock) {
    this.clock = clock;
    this.output = output;
    this.agent = agent;
    this.activityCheck = activityCheck;
  }

  /** By the clock of this device. */
  Instant now() {
    return clock.instant();
  }

  /**
   * What the vault has witnessed of a set; nothing when it could not be checked, which is said.
   * What it has said in this run counts when it does not answer now, or not in full: its answer to
   * a login, or heads that came without the receipts (spec HK1-V-49). An answer that does not hold
   * is none (spec HK1-V-46): who could have made it could have dropped the right one.
   */
  Optional<Map<String, SeriesHead>> witnessed(byte[] setId) throws AgentException {
    if (!agent.vaultConnector().pinned()) {
      output.note("freshness.no-pin");
      return Optional.empty();
    }
    try {
      activityCheck.look(agent.vaultConnector().open(), setId);
    } catch (AgentException e) {
      if (e.result() == RunResult.LOCAL) {
        throw e;
      }
      String reason = output.messages().get(e.key(), e.arguments());
      boolean earlier = agent.vaultConnector().witnessed().of(setId).isPresent();
      output.note(earlier ? "freshness.from-before" : "freshness.unknown", reason);
      activityCheck.alarm(e);
      activityCheck.unanswered(e);
    }
    return agent.vaultConnector().witnessed().of(setId);
  }

  /** Tells a doubt, with both numbers and, where they are known, both dates. */
  void tell(SeriesHistory series, SeriesHistory.Finding finding, SnapshotRootReader roots)
      throws AgentException, BackupStoreException {
    Doubt doubt = finding.doubt();
    Optional<Instant> witnessedAt =
        series.witnessed().map(head -> Instant.ofEpochSecond(head.atSeconds()));
    Optional<Instant> made = made(series, roots);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("fault", doubt.name());
    fields.put("deviceId", series.deviceId());
    fields.put("sequence", finding.place());
    witnessedAt.ifPresent(at -> fields.put("witnessedAt", at.toString()));
    fields.put("shownSequence", series.newestSequence());
    made.ifPresent(at -> fields.put("shownAt", at.toString()));
    if (doubt == Doubt.NEWEST_UNREADABLE) {
      fields.put("laterForm", isLater(series, roots));
      withheld(series, roots).ifPresent(answer -> fields.put("withheld", answer));
    }
    output.event("alarm", fields);
    String key =
        switch (doubt) {
          case NEWEST_UNREADABLE -> unreadable(series, roots);
          case NOT_WITNESSED -> "freshness.swapped";
          case NEWEST_REMOVED -> "freshness.removed";
          case NOT_SIGNED -> "freshness.not-signed";
          case NEWEST_FORKED -> "freshness.forked";
          case OLDER_THAN_WITNESSED ->
              series.newest().isEmpty() ? "freshness.none-shown" : "freshness.older";
        };
    output.note(
        key,
        series.deviceId(),
        finding.place(),
        witnessedAt.map(Object.class::cast).orElse("-"),
        series.newestSequence(),
        made.map(FreshnessCheck::date).orElse("-"),
        withheld(series, roots).orElse("-"));
  }

  private static String unreadable(SeriesHistory series, SnapshotRootReader roots)
      throws AgentException, BackupStoreException {
    if (withheld(series, roots).isPresent()) {
      return "freshness.withheld";
    }
    return isLater(series, roots) ? "freshness.later-form" : "freshness.unreadable";
  }

  /** What the portal answered in place of the root of the newest one. */
  private static Optional<String> withheld(SeriesHistory series, SnapshotRootReader roots)
      throws AgentException, BackupStoreException {
    return series.newest().isPresent() ? roots.withheld(series.newest().get()) : Optional.empty();
  }

  /**
   * Refuses a restore from such series unless a person wants the older one all the same. A number
   * that was accepted beforehand is of one series: two with the same take it twice.
   */
  void requireOlderAccepted(
      List<SeriesHistory> doubtful,
      List<Long> accepted,
      PhrasePrompt person,
      SnapshotRootReader roots)
      throws AgentException, BackupStoreException {
    List<Long> left = new ArrayList<>(accepted);
    for (SeriesHistory series : doubtful) {
      if (left.remove(Long.valueOf(series.newestSequence()))) {
        continue;
      }
      String older =
          series.newest().isEmpty()
              ? output.messages().get("freshness.nothing")
              : made(series, roots)
                  .map(FreshnessCheck::date)
                  .orElse(String.valueOf(series.newestSequence()));
      String phrase = output.messages().get("freshness.phrase", older);
      if (!person.types(phrase, "freshness.type")) {
        throw new AgentException(RunResult.CORRUPT, "freshness.refused");
      }
    }
  }

  /**
   * Tells a question about the newest of a series.
   *
   * @param device whose it is, as people know it
   * @param when it was made, as it is shown
   */
  void tell(SnapshotChoice.Question question, SnapshotView view, String device, String when) {
    String name = question.name().toLowerCase(Locale.ROOT);
    output.event(name, Map.of("deviceId", view.deviceId(), "snapshotId", view.snapshotId()));
    output.note("freshness." + name, view.sequence(), device, when);
  }

  /** Refuses a restore about which there is a question, unless a person wants it all the same. */
  void requireAccepted(SnapshotChoice.Question question, boolean accepted, PhrasePrompt person)
      throws AgentException {
    String name = question.name().toLowerCase(Locale.ROOT);
    String phrase = output.messages().get("freshness.unchecked-phrase");
    if (!accepted && !person.types(phrase, "freshness." + name + "-type")) {
      throw new AgentException(RunResult.REFUSED, "freshness." + name + "-refused");
    }
  }

  private static boolean isLater(SeriesHistory series, SnapshotRootReader roots)
      throws AgentException, BackupStoreException {
    return series.newest().isPresent() && roots.isLater(series.newest().get());
  }

  private static Optional<Instant> made(SeriesHistory series, SnapshotRootReader roots)
      throws AgentException, BackupStoreException {
    return series.newest().isEmpty()
        ? Optional.empty()
        : roots.of(series.newest().get()).map(SealedSnapshotInfo::at);
  }

  private static String date(Instant at) {
    return DisplayFormat.minute(at, ZoneId.systemDefault());
  }
}
