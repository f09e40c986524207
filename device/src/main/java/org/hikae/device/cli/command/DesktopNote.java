package org.hikae.device.cli.command;

import java.util.List;
import java.util.Optional;
import org.hikae.device.schedule.Programs;

/** A note on the person's desktop, where there is one. */
public final class DesktopNote {

  private DesktopNote() {}

  /** Shows it; whether somebody can have seen it. */
  public static boolean show(Surroundings here, String title, String text) {
    Optional<Programs.Ended> shown =
        here.computer()
            .programs()
            .run(List.of("notify-send", "--app-name=Hikae", "--icon=dialog-warning", title, text));
    return shown.filter(ended -> ended.exit() == 0).isPresent();
  }
}
