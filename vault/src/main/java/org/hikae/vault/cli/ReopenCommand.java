package org.hikae.vault.cli;

import java.util.concurrent.Callable;
import org.hikae.hk1.Hash256;
import org.hikae.vault.process.OperatorMessage.Order;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hikae-vault reopen}. */
@Command(
    name = "reopen",
    mixinStandardHelpOptions = true,
    description = {
      "Reopens a vault that closed itself, as its database stands now: every record keeps one"
          + " attempt at most, and every employee is told. Its time goes on from this host's clock,"
          + " so it also helps where rows are ahead of that.",
      "Without signatures it prints what both keepers have to sign."
    })
final class ReopenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private DualControlPrompt dualControl;

  @SuppressWarnings("NullAway.Init")
  ReopenCommand() {}

  @Override
  public Integer call() throws Exception {
    return dualControl
        .run(spec, config.read(), Order.REOPENING, Order.REOPEN, Hash256.ZERO)
        .number();
  }
}
