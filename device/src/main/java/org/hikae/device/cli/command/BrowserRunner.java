package org.hikae.device.cli.command;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows pages to the person at this computer. */
@FunctionalInterface
public interface BrowserRunner {

  /**
   * Shows the page in a file, or at an address; false when that could not be begun. Everybody may
   * read what it is called among the browser's arguments, but not what is in a file.
   */
  boolean show(String page);

  /** The browser of the desktop that these variables tell of. */
  static BrowserRunner onDesktopOf(Map<String, String> environment) {
    return new DesktopBrowser(environment);
  }

  /** By the program that each desktop has for it. */
  final class DesktopBrowser implements BrowserRunner {

    private static final String PROGRAM = "xdg-open";

    private final Map<String, String> environment;

    private DesktopBrowser(Map<String, String> environment) {
      this.environment = environment;
    }

    @Override
    public boolean show(String page) {
      File program = program();
      if (program == null) {
        return false;
      }
      try {
        new ProcessBuilder(program.toString(), page)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    /** In folders with a whole path only: others are where the command happens to be begun. */
    private @Nullable File program() {
      for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
        File program = new File(folder, PROGRAM);
        if (folder.startsWith("/") && program.canExecute()) {
          return program;
        }
      }
      return null;
    }
  }
}
