package org.hikae.vault.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.core.Custodians;
import org.hikae.vault.process.OfflineKeyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hikae-vault sign}: on a custodian's own computer, without a network. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = "Shows what a statement says and signs it with a keeper's key.")
final class SignCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--keeper",
      required = true,
      paramLabel = "FILE",
      description = "The keeper's key, as init wrote it.")
  private Path custodianFile;

  @Option(
      names = "--statement",
      required = true,
      paramLabel = "HEX",
      description = "What reopen or delete printed.")
  private String statementHex;

  @SuppressWarnings("NullAway.Init")
  SignCommand() {}

  @Override
  public Integer call() throws Exception {
    Custodians.Statement statement;
    try {
      statement = Custodians.Statement.parse(HexFormat.of().parseHex(statementHex.strip()));
    } catch (MalformedException | IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "This is no statement that keepers sign; nothing was signed.", e);
    }
    SigningKey key = OfflineKeyFile.read(custodianFile, new SecureRandom());
    PrintWriter out = spec.commandLine().getOut();
    spec.commandLine().getErr().println(statement.words());
    out.println(TextCodec.hex(key.sign(statement.transcript())));
    return VaultExitCode.OK.number();
  }
}
