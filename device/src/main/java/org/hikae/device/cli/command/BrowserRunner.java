package org.hikae.device.cli.command;

import java.io.IOException;

/** Shows pages in files to the person at this computer. */
@FunctionalInterface
public interface BrowserRunner {

  /**
   * Shows one; false when that could not be begun. The browser gets the name of the file, which
   * everybody may read among its arguments, and not what is in it.
   */
  boolean show(String file);

  /** The browser of the desktop around this process. */
  static BrowserRunner ofThisDesktop() {
    return new DesktopBrowser();
  }

  /** By the program that each desktop has for it. */
  final class DesktopBrowser implements BrowserRunner {

    private DesktopBrowser() {}

    @Override
    public boolean show(String file) {
      try {
        new ProcessBuilder("xdg-open", file)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }
}
