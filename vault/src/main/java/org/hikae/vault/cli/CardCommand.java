package org.hikae.vault.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hikae-vault card}. */
@Command(
    name = "card",
    mixinStandardHelpOptions = true,
    description = "Shows the signed card and the root fingerprint that devices pin.")
final class CardCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write the card's bytes to a new FILE.")
  private @Nullable Path out;

  @SuppressWarnings("NullAway.Init")
  CardCommand() {}

  @Override
  public Integer call() throws Exception {
    byte[] bytes = Files.readAllBytes(config.read().cardFile());
    SignedCard signed = SignedCard.parse(bytes);
    VaultCard card = VaultCard.parse(signed.card());
    VerifyingKey.decode(signed.rootKey()).verify(card.transcript(), signed.signature());
    show(spec.commandLine().getOut(), signed, card);
    if (out != null) {
      Files.write(out, bytes, StandardOpenOption.CREATE_NEW);
    }
    return VaultExitCode.OK.number();
  }

  static void show(PrintWriter to, SignedCard signed, VaultCard card) {
    to.println("tenant: " + card.tenant());
    to.println("sequence: " + card.sequence());
    to.println("root key kept in: " + card.rootName());
    to.println("root fingerprint: " + signed.rootFingerprint().hex());
  }
}
