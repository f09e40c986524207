package org.hikae.device.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.hk1.Ids;
import org.hikae.vault.wire.SeriesHead;

/**
 * Compares the newest snapshots that the portal shows with those that the vault has witnessed (spec
 * HK1-V-19): the only way for a new device to know that nothing newer is withheld.
 */
final class Freshness {

  private final Output output;
  private final Agent agent;
  private final VaultWatch watch;

  Freshness(Output output, Agent agent, VaultWatch watch) {
    this.output = output;
    this.agent = agent;
    this.watch = watch;
  }

  /**
   * A series whose witnessed snapshot is not shown.
   *
   * @param witnessed the vault's word
   * @param newest the newest that the portal shows, if any
   */
  record Stale(SeriesHead witnessed, Optional<SnapshotView> newest) {

    String deviceId() {
      return Ids.hex(witnessed.deviceId());
    }

    /** Number of the newest shown; 0 when none is. */
    long shownSequence() {
      return newest.map(SnapshotView::sequence).orElse(0L);
    }

    /** Whether another snapshot is shown under the witnessed number. */
    boolean swapped() {
      return shownSequence() >= witnessed.seq();
    }
  }

  /** The series that are not fresh; nothing when it could not be checked, which is said. */
  List<Stale> stale(byte[] setId, List<SnapshotView> snapshots) throws AgentException {
    if (!agent.door().pinned()) {
      output.note("freshness.no-pin");
      return List.of();
    }
    List<SeriesHead> witnessed;
    try {
      witnessed = watch.look(agent.door().open(), setId).series();
    } catch (AgentException e) {
      if (e.result() != RunResult.NETWORK) {
        throw e;
      }
      output.note("freshness.unknown", output.messages().get(e.key(), e.arguments()));
      return List.of();
    }
    return witnessed.stream()
        .flatMap(head -> compare(head, Ids.hex(setId), snapshots).stream())
        .toList();
  }

  private static Optional<Stale> compare(
      SeriesHead head, String setId, List<SnapshotView> snapshots) {
    String device = Ids.hex(head.deviceId());
    List<SnapshotView> series =
        snapshots.stream()
            .filter(view -> view.setId().equals(setId) && view.deviceId().equals(device))
            .toList();
    Optional<SnapshotView> newest =
        series.stream().max(Comparator.comparingLong(SnapshotView::sequence));
    boolean behind = newest.isEmpty() || newest.get().sequence() < head.seq();
    boolean swapped =
        series.stream()
            .filter(view -> view.sequence() == head.seq())
            .anyMatch(view -> !view.stubHash().equals(head.snapshotHash().hex()));
    return behind || swapped ? Optional.of(new Stale(head, newest)) : Optional.empty();
  }

  /** Tells one, with both numbers and both dates. */
  void tell(Stale stale) {
    Instant at = Instant.ofEpochSecond(stale.witnessed().atSeconds());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("fault", stale.swapped() ? "NOT_WITNESSED" : "OLDER_THAN_WITNESSED");
    fields.put("deviceId", stale.deviceId());
    fields.put("sequence", stale.witnessed().seq());
    fields.put("witnessedAt", at.toString());
    fields.put("shownSequence", stale.shownSequence());
    stale.newest().ifPresent(view -> fields.put("shownAt", view.committedAt()));
    output.event("alarm", fields);
    String key =
        stale.swapped()
            ? "freshness.swapped"
            : stale.newest().isEmpty() ? "freshness.none-shown" : "freshness.older";
    output.note(
        key,
        stale.deviceId(),
        stale.witnessed().seq(),
        at,
        stale.shownSequence(),
        stale.newest().map(Freshness::date).orElse("-"));
  }

  /** Refuses a restore from such a series unless a person wants the older one all the same. */
  void requireAccepted(List<Stale> all, List<Long> accepted, TerminalPerson person)
      throws AgentException {
    for (Stale stale : all) {
      tell(stale);
      if (stale.swapped()) {
        throw new AgentException(RunResult.CORRUPT, "freshness.refused-swapped");
      }
      if (accepted.contains(stale.shownSequence())) {
        continue;
      }
      String phrase =
          output
              .messages()
              .get(
                  "freshness.phrase",
                  stale
                      .newest()
                      .map(Freshness::date)
                      .orElse(output.messages().get("freshness.nothing")));
      if (!person.types(phrase, "freshness.type")) {
        throw new AgentException(RunResult.CORRUPT, "freshness.refused");
      }
    }
  }

  private static String date(SnapshotView view) {
    try {
      return Sizes.minute(Instant.parse(view.committedAt()), ZoneId.systemDefault());
    } catch (java.time.format.DateTimeParseException e) {
      return Sizes.plain(view.committedAt());
    }
  }
}
