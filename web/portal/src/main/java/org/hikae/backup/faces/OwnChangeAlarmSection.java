package org.hikae.backup.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.boundary.OwnChangeAlarmQueries;
import org.hikae.backup.view.ChangeAlarmView;
import org.jspecify.annotations.Nullable;

/** Alarms about files of the signed-in employee's own devices that malware may have changed. */
@Named
@RequestScoped
public class OwnChangeAlarmSection {

  @Inject private OwnChangeAlarmQueries queries;

  private @Nullable List<ChangeAlarmView> standing;
  private @Nullable Instant restUntil;
  private boolean restRead;

  /** Those that stand, the oldest first. */
  public List<ChangeAlarmView> getStanding() {
    List<ChangeAlarmView> known = standing;
    if (known == null) {
      known = queries.standing();
      standing = known;
    }
    return known;
  }

  /** Until when nothing of theirs goes after an alarm; null when none rests. */
  public @Nullable Instant getRestUntil() {
    if (!restRead) {
      restUntil = queries.restUntil().orElse(null);
      restRead = true;
    }
    return restUntil;
  }
}
