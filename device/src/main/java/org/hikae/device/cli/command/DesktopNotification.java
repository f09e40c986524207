package org.hikae.device.cli.command;

import java.util.List;
import java.util.Optional;
import org.hikae.device.schedule.ProgramRunner;

/** A note on the person's desktop, where there is one. */
public final class DesktopNotification {

  private DesktopNotification() {}

  /** Shows it; whether somebody can have seen it. */
  public static boolean show(AgentEnvironment here, String title, String text) {
    Optional<ProgramRunner.ProgramResult> shown =
        here.computer()
            .programs()
            .run(List.of("notify-send", "--app-name=Hikae", "--icon=dialog-warning", title, text));
    return shown.filter(programResult -> programResult.exit() == 0).isPresent();
  }
}
