package org.hikae.device.cli.command;

import java.util.List;
import java.util.Optional;
import org.hikae.device.schedule.ProgramRunner;

/**
 * A note on the person's desktop, where there is one. It leads into the window: desktops that know
 * the hint start what the desktop entry starts, when the note is clicked. An action of the note
 * would need a process that waits for the click, and what a timer has started ends before.
 */
public final class DesktopNotification {

  /** Of the desktop entry {@code hikae.desktop}, whose program is {@code hikae open}. */
  private static final String ENTRY = "--hint=string:desktop-entry:hikae";

  private static final String PROGRAM = "notify-send";

  private DesktopNotification() {}

  /** Whether there is what shows it. */
  public static boolean isPossible(AgentEnvironment here) {
    return here.computer()
        .programs()
        .run(List.of(PROGRAM, "--version"))
        .filter(programResult -> programResult.exit() == 0)
        .isPresent();
  }

  /** Shows it; whether somebody can have seen it. */
  public static boolean show(AgentEnvironment here, String title, String text) {
    Optional<ProgramRunner.ProgramResult> shown =
        here.computer()
            .programs()
            .run(List.of(PROGRAM, "--app-name=Hikae", "--icon=dialog-warning", ENTRY, title, text));
    return shown.filter(programResult -> programResult.exit() == 0).isPresent();
  }
}
