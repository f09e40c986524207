package org.hikae.admin.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hikae.admin.audit.AuditExportResult;
import org.hikae.admin.audit.AuditExportVerifier;
import org.hikae.admin.doctor.ExceptionText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "audit-check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks an export of the audit trail (JSON lines) with nothing but the file: that no event"
          + " was changed, removed, inserted, moved or cut off, and that the vault has signed it."
    },
    footer = {
      "",
      "Exit codes: 0 intact and signed by the expected vault, 1 intact but not signed or the vault"
          + " not compared, 2 not intact, 64 wrong command line, 70 defect."
    })
final class AuditCheckCommand implements Callable<Integer> {

  private static final int NOT_COMPARED = 1;
  private static final int NOT_INTACT = 2;
  private static final String BUNDLE = "org.hikae.admin.audit.audit";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The export.")
  private Path file;

  @Option(
      names = "--vault-root",
      paramLabel = "FINGERPRINT",
      description =
          "The fingerprint of your vault's root, as hikae-vault card prints it and as devices pin"
              + " it.")
  private @Nullable String vaultRoot;

  @Mixin private LanguageOption language = new LanguageOption();

  @SuppressWarnings("NullAway.Init")
  AuditCheckCommand() {}

  @Override
  public Integer call() {
    AuditExportResult auditExportResult = check();
    PrintWriter out = spec.commandLine().getOut();
    for (String sentence : sentences(auditExportResult)) {
      out.println(sentence);
    }
    out.flush();
    if (auditExportResult.wrong() != null) {
      return NOT_INTACT;
    }
    return auditExportResult.signed() && vaultRoot != null ? 0 : NOT_COMPARED;
  }

  private AuditExportResult check() {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return AuditExportVerifier.check(in, expected());
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), file + " cannot be read: " + ExceptionText.of(e));
    }
  }

  private @Nullable String expected() {
    if (vaultRoot == null) {
      return null;
    }
    String plain = plainFingerprint(vaultRoot);
    if (plain == null) {
      throw new ParameterException(
          spec.commandLine(), "--vault-root: a fingerprint has 64 hexadecimal digits.");
    }
    return plain;
  }

  /** A fingerprint as people write it, without colons and spaces; null when it is none. */
  static @Nullable String plainFingerprint(String given) {
    String plain = given.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
    return plain.matches("[0-9a-f]{64}") ? plain : null;
  }

  private List<String> sentences(AuditExportResult auditExportResult) {
    List<String> all = new ArrayList<>();
    AuditExportResult.FoundFault foundFault = auditExportResult.wrong();
    if (foundFault != null) {
      all.add(say("wrong." + foundFault.fault(), foundFault.line(), foundFault.seq()));
      all.add(say("fits", auditExportResult.events()));
      return all;
    }
    all.add(
        say(
            "intact",
            auditExportResult.events(),
            auditExportResult.first(),
            auditExportResult.last()));
    if (auditExportResult.gaps() > 0) {
      all.add(say("gaps", auditExportResult.gaps()));
    }
    if (auditExportResult.namesErased() > 0) {
      all.add(say("names", auditExportResult.namesErased()));
    }
    if (!auditExportResult.signed()) {
      all.add(say("unsigned"));
      return all;
    }
    all.add(say("signed", Instant.ofEpochMilli(auditExportResult.signedAtMillis()).toString()));
    all.add(say(vaultRoot == null ? "compare" : "compared", auditExportResult.root()));
    return all;
  }

  private String say(String key, Object... arguments) {
    return language.say(BUNDLE, key, arguments);
  }
}
