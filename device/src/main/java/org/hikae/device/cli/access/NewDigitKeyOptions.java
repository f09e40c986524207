package org.hikae.device.cli.access;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a new 64-digit key goes beside the terminal. */
public final class NewDigitKeyOptions {

  @Option(
      names = "--digit-key-out-fd",
      order = 70,
      paramLabel = "N",
      description =
          "Write the four rows of the new 64-digit key to this file descriptor, then a line"
              + " 'row R'; row R must come back on --digit-key-fd.")
  private @Nullable Integer digitKeyOutFd;

  @Option(
      names = "--sheet",
      order = 71,
      paramLabel = "FILE",
      description =
          "Write a sheet with the new 64-digit key to this new file, as PDF, to be printed and"
              + " deleted: the file is as good as the key.")
  private @Nullable String sheet;

  @Nullable
  public Integer digitKeyOutFd() {
    return digitKeyOutFd;
  }

  @Nullable
  public String sheet() {
    return sheet;
  }
}
