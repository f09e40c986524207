package org.hikae.vault.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.hikae.hk1.Hash256;
import org.hikae.vault.process.OperatorMessage;
import org.hikae.vault.process.OperatorMessage.Answer;
import org.hikae.vault.process.OperatorMessage.Order;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.process.VaultSocketClient;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultFrame.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hikae-vault status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Asks the running vault whether it can serve, and shows its card.")
final class VaultStatusCommand implements Callable<Integer> {

  private static final byte[] NOTHING = new byte[0];

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @SuppressWarnings("NullAway.Init")
  VaultStatusCommand() {}

  @Override
  public Integer call() throws Exception {
    VaultConfig read = config.read();
    PrintWriter out = spec.commandLine().getOut();
    try (VaultSocketClient client = new VaultSocketClient(read.listeners().socket())) {
      byte[] health = client.ask(Kind.HEALTH, NOTHING);
      boolean serving = health.length == 1 && health[0] == 1;
      out.println("serving: " + (serving ? "yes" : "no"));
      byte[] question = OperatorMessage.question(Order.DESCRIBE, Hash256.ZERO).encode();
      out.println(Answer.parse(client.ask(Kind.OPERATOR, question)).text());
      SignedCard signed = SignedCard.parse(client.ask(Kind.CARD, NOTHING));
      CardCommand.show(out, signed, VaultCard.parse(signed.card()));
      return (serving ? VaultExitCode.OK : VaultExitCode.NOT_SERVING).number();
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println("hikae-vault: No vault answers at " + read.listeners().socket() + ".");
      return VaultExitCode.NOT_SERVING.number();
    }
  }
}
