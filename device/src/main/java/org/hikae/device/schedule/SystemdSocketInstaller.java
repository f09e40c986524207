package org.hikae.device.schedule;

import java.util.List;
import java.util.Map;
import org.hikae.device.AgentException;

/**
 * The socket of the agent that stays, in the hands of the person's own systemd, which starts the
 * agent with the first client. Installing and removing may be repeated; removing leaves nothing
 * behind.
 */
public final class SystemdSocketInstaller {

  private static final String SERVICE = "hikae-agent.service";
  private static final String SOCKET = "hikae-agent.socket";
  private static final String TARGET = "sockets.target";

  private final SystemdUnitStore units;

  /** In the folder where systemd looks for a person's units. */
  public SystemdSocketInstaller(
      Map<String, String> environment, String userHome, ProgramRunner programs) {
    this.units = new SystemdUnitStore(environment, userHome, programs);
  }

  /** Whether the person has a systemd that answers. */
  public boolean available() {
    return units.available();
  }

  /**
   * Writes both units and has systemd listen.
   *
   * @param umask what the person's new files do not get, octal
   */
  public void install(List<String> command, Map<String, String> environment, String umask)
      throws AgentException {
    units.write(SERVICE, SystemdUnitText.agentService(command, environment, umask));
    units.write(SOCKET, SystemdUnitText.agentSocket());
    units.must("daemon-reload");
    units.must("enable", SOCKET);
    // One that runs has the settings of before, and a socket is not opened while it does.
    var _ = units.ask("stop", SERVICE);
    units.must("restart", SOCKET);
  }

  /** Ends the agent and the listening, and deletes what was written. */
  public void remove() throws AgentException {
    if (!units.has(SOCKET) && !units.has(SERVICE)) {
      return;
    }
    boolean answers = available();
    if (answers) {
      units.must("disable", "--now", SOCKET);
      var _ = units.ask("stop", SERVICE);
    }
    units.delete(SOCKET, TARGET);
    units.delete(SERVICE, TARGET);
    if (answers) {
      units.must("daemon-reload");
    }
  }
}
