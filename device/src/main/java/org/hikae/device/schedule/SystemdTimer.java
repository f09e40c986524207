package org.hikae.device.schedule;

import java.util.List;
import java.util.Map;
import org.hikae.device.AgentException;

/**
 * The timer of the person's own systemd. Installing and removing may be repeated; removing leaves
 * nothing behind.
 */
public final class SystemdTimer {

  private static final String SERVICE = "hikae-backup.service";
  private static final String TIMER = "hikae-backup.timer";
  private static final String TARGET = "timers.target";

  private final SystemdUnitStore units;

  /** In the folder where systemd looks for a person's units. */
  public SystemdTimer(Map<String, String> environment, String userHome, ProgramRunner programs) {
    this.units = new SystemdUnitStore(environment, userHome, programs);
  }

  /** Whether the person has a systemd that answers. */
  public boolean available() {
    return units.available();
  }

  /** Whether the timer is there and enabled. */
  public boolean installed() {
    return units.has(TIMER) && units.ask("is-enabled", TIMER);
  }

  /** Writes both units and enables the timer. */
  public void install(List<String> command, Map<String, String> environment) throws AgentException {
    units.write(SERVICE, SystemdUnitText.service(command, environment));
    units.write(TIMER, SystemdUnitText.timer());
    units.must("daemon-reload");
    units.must("enable", TIMER);
    // Not --now: a timer that runs already would keep what it was told before.
    units.must("restart", TIMER);
  }

  /** Disables the timer and deletes what was written, also what systemd remembers of it. */
  public void remove() throws AgentException {
    if (!units.has(TIMER) && !units.has(SERVICE)) {
      return;
    }
    boolean answers = available();
    if (answers) {
      units.must("disable", "--now", TIMER);
      // When it last ran; there may be nothing.
      var _ = units.ask("clean", "--what=state", TIMER);
    }
    units.delete(TIMER, TARGET);
    units.delete(SERVICE, TARGET);
    if (answers) {
      units.must("daemon-reload");
    }
  }
}
