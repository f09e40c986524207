package org.hikae.vault.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.HexFormat;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.process.OperatorMessage;
import org.hikae.vault.process.OperatorMessage.Answer;
import org.hikae.vault.process.OperatorMessage.Order;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.process.VaultSocketClient;
import org.hikae.vault.wire.VaultFrame.Kind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What {@code reopen} and {@code delete} share: first the statement, then both signatures. */
final class DualControlPrompt {

  @Option(
      names = "--first",
      paramLabel = "HEX",
      description = "What the first keeper's hikae-vault sign printed.")
  private @Nullable String first;

  @Option(
      names = "--second",
      paramLabel = "HEX",
      description = "What the second keeper's hikae-vault sign printed.")
  private @Nullable String second;

  /** Without signatures asks {@code question} and prints the statement; with both orders. */
  VaultExitCode run(
      CommandSpec spec, VaultConfig config, Order question, Order order, Hash256 employee)
      throws IOException, MalformedException {
    boolean signed = first != null && second != null;
    if (!signed && (first != null || second != null)) {
      throw new ParameterException(
          spec.commandLine(), "Both signatures are needed: --first and --second.");
    }
    OperatorMessage message =
        signed
            ? new OperatorMessage(order, employee, signature(spec, first), signature(spec, second))
            : OperatorMessage.question(question, employee);
    try (VaultSocketClient client = new VaultSocketClient(config.listeners().socket())) {
      Answer answer = Answer.parse(client.ask(Kind.OPERATOR, message.encode()));
      PrintWriter to = answer.done() ? spec.commandLine().getOut() : spec.commandLine().getErr();
      to.println(answer.text());
      if (answer.statement().length > 0) {
        to.println("statement: " + TextCodec.hex(answer.statement()));
        to.println("Each keeper, offline: hikae-vault sign --keeper FILE --statement HEX");
        to.println("Then this command again with --first HEX --second HEX.");
      }
      return answer.done() ? VaultExitCode.OK : VaultExitCode.NOT_SERVING;
    }
  }

  private static byte[] signature(CommandSpec spec, @Nullable String hex) {
    try {
      byte[] bytes = HexFormat.of().parseHex(hex == null ? "" : hex.strip());
      if (bytes.length == Hk1Constants.SIGNATURE_BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Said below, in the same words.
    }
    throw new ParameterException(
        spec.commandLine(),
        "A signature is 128 hexadecimal digits, as hikae-vault sign prints it.");
  }
}
