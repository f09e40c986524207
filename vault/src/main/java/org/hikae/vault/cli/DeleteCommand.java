package org.hikae.vault.cli;

import java.util.concurrent.Callable;
import org.hikae.hk1.Hash256;
import org.hikae.vault.process.OperatorMessage.Order;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.wire.LedgerEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hikae-vault delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = {
      "Announces the deletion of an employee's password record. It is done after 30 days unless"
          + " the employee vetoes it, who is told at once.",
      "Without signatures it prints what both keepers have to sign."
    })
final class DeleteCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private DualControlPrompt dualControl;

  @Option(
      names = "--subject",
      required = true,
      paramLabel = "SUB",
      description = "The employee's sub at Keycloak.")
  private String subject;

  @SuppressWarnings("NullAway.Init")
  DeleteCommand() {}

  @Override
  public Integer call() throws Exception {
    VaultConfig read = config.read();
    Hash256 employee = LedgerEntry.employeeOf(read.tenant(), read.signOn().issuer(), subject);
    return dualControl.run(spec, read, Order.DELETION, Order.DELETE, employee).number();
  }
}
