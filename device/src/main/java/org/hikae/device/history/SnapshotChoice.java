package org.hikae.device.history;

import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.SnapshotView;

/**
 * What a request for a snapshot means, and what speaks against it (spec HK1-D-08, HK1-D-11).
 *
 * @param snapshot that one; nothing when no series has one that can be read
 * @param latest whether it was asked for as the newest
 * @param among the series that the request is about: those that were compared, or the snapshot's
 * @param questions what nobody vouches for, though nothing speaks against it
 */
public record SnapshotChoice(
    Optional<SnapshotView> snapshot,
    boolean latest,
    List<SeriesHistory> among,
    List<Question> questions) {

  /** Copies the lists. */
  public SnapshotChoice {
    among = List.copyOf(among);
    questions = List.copyOf(questions);
  }

  /** What a person has to answer although nothing speaks against the snapshot. */
  public enum Question {
    /** Whether it is the newest: only the portal says so. */
    UNCHECKED,
    /** Whose work it is: whoever has K may have made it. */
    UNSIGNED,
    /** When it was made: by the clock of its device after now. */
    AHEAD
  }

  /** That one. */
  public SnapshotView view() {
    return snapshot.orElseThrow();
  }

  /** The series that speak against its being what was asked for. */
  public List<SeriesHistory> doubtful() {
    return among.stream().filter(SeriesHistory::isDoubtful).toList();
  }

  /**
   * Whether no word of a person helps: which of two snapshots is the newest of a series nobody can
   * say who is asked for the newest.
   */
  public boolean refused() {
    return latest && among.stream().anyMatch(SeriesHistory::isContested);
  }
}
