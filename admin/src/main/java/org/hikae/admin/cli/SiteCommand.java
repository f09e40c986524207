package org.hikae.admin.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "site",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "What is done when the first site is lost.",
    subcommands = SiteRebuildCommand.class)
final class SiteCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  SiteCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Say what to do: rebuild. --help lists more.");
  }
}
