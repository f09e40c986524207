package org.hikae.vault.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.Callable;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.process.VaultConfig.ConfigException;
import org.hikae.vault.root.contract.RootExistsException;
import org.hikae.vault.root.pkcs11.HardwareTokenException;
import org.hikae.vault.root.software.RootFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code hikae-vault}. */
@Command(
    name = "hikae-vault",
    description = "The Backup Key Vault: opens a backup key to the right password, ten guesses.",
    mixinStandardHelpOptions = true,
    version = "hikae-vault 1",
    subcommands = {
      InitCommand.class,
      RunCommand.class,
      CardCommand.class,
      RenewCommand.class,
      VaultStatusCommand.class,
      ReopenCommand.class,
      DeleteCommand.class,
      SignCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a defect of the program",
      "2:the command line is wrong",
      "3:the configuration is wrong",
      "4:root key file or passphrase cannot be used",
      "5:the store cannot be opened, or belongs to another root",
      "6:files or socket cannot be used",
      "7:the vault does not answer or cannot serve",
      "8:there is a vault already",
      "9:the token, its library or its PIN cannot be used"
    })
public final class VaultMain implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** For picocli, which sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public VaultMain() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new VaultMain())
        .setExecutionExceptionHandler((failure, line, result) -> report(failure, line));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: init, run, card, renew, status, reopen, delete or sign.");
  }

  private static int report(Exception failure, CommandLine line) {
    VaultExitCode code = codeOf(failure);
    if (code == VaultExitCode.DEFECT) {
      failure.printStackTrace(line.getErr());
    } else {
      line.getErr().println("hikae-vault: " + sentence(failure));
    }
    return code.number();
  }

  private static VaultExitCode codeOf(Exception failure) {
    return switch (failure) {
      case ConfigException e -> VaultExitCode.CONFIGURATION;
      case RootFileException e -> VaultExitCode.ROOT_KEY;
      case HardwareTokenException e -> VaultExitCode.TOKEN;
      case RootExistsException e -> VaultExitCode.EXISTS;
      case UnavailableException e -> VaultExitCode.STORE;
      case TamperedException e -> VaultExitCode.STORE;
      case FileAlreadyExistsException e -> VaultExitCode.EXISTS;
      case MalformedException e -> VaultExitCode.FILES;
      case IOException e -> VaultExitCode.FILES;
      default -> VaultExitCode.DEFECT;
    };
  }

  private static String sentence(Exception failure) {
    if (failure instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " exists already; a vault is never replaced.";
    }
    Throwable cause = failure.getCause();
    return failure.getMessage() + (cause == null ? "" : " (" + cause.getMessage() + ")");
  }
}
