package org.hikae.backup.faces;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.backup.wire.TakenBack;

/**
 * What taking a repository back has done.
 *
 * @param deviceName whose repository
 * @param moment as of when restic has it now
 * @param revived objects that are back
 * @param released objects that came later and are released now
 */
public record ResticRewindRow(String deviceName, Instant moment, long revived, long released)
    implements Serializable {

  static ResticRewindRow of(TakenBack taken, String deviceName) {
    return new ResticRewindRow(deviceName, taken.moment(), taken.revived(), taken.released());
  }
}
