package org.hikae.device.cli.access;

import java.io.IOException;
import java.util.Set;
import org.hikae.device.AgentException;
import org.hikae.device.PortalJson;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.device.login.DeviceKeyCodec;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.StateFile;

/**
 * What a process that has just been started needs in any case and takes long for, done beside the
 * reading of its command line: Java loads and runs for the first time what signs in, what TLS is
 * made of, and what looks at files. It connects to nobody, changes nothing, and says nothing:
 * whatever fails here fails again where it is needed, and is told there.
 */
public final class ColdStart {

  private static final Set<String> WITH_PORTAL =
      Set.of("backup", "restore", "verify", "snapshots", "ls", "find", "diff", "mount", "open");

  private static final Set<String> WITH_FILES = Set.of("backup", "restore");

  private ColdStart() {}

  /** Begins, where the first word is a command that uses all of it. */
  public static void begin(AgentEnvironment here, String... carried) {
    if (carried.length > 0 && WITH_PORTAL.contains(carried[0])) {
      Thread.ofPlatform()
          .daemon()
          .name("hikae-warm-up")
          .start(() -> run(here, WITH_FILES.contains(carried[0])));
    }
  }

  /** Whether all of it could be done. */
  static boolean run(AgentEnvironment here, boolean files) {
    try {
      signIn(here);
      var _ = PortalJson.mapper();
      if (files) {
        files();
      }
      return true;
    } catch (AgentException | IOException | RuntimeException e) {
      return false;
    }
  }

  private static void signIn(AgentEnvironment here) throws AgentException {
    AgentHome home = AgentHome.of(here.environment(), here.userHome());
    AgentState state = new StateFile(home).require();
    var _ = here.signIns().of(state, here.clock(), here.pause());
    var _ = DeviceKeyCodec.identity(state.device(), here.random());
    TrustedAuthorities.warmUp(state.profile().caPem());
  }

  private static void files() throws IOException {
    try (RawFiles files = RawFiles.open();
        FileHandle root = files.openRoot()) {
      var _ = files.status(root);
    }
  }
}
