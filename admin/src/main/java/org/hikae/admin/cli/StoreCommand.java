package org.hikae.admin.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Where ciphertext lies.",
    subcommands = StoreMoveCommand.class)
final class StoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  StoreCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Say what to do: move. --help lists more.");
  }
}
