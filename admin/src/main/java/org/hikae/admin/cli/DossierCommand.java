package org.hikae.admin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hikae.admin.claim.PortalLogReader;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.ClaimState;
import org.hikae.admin.dossier.Dossier;
import org.hikae.admin.dossier.DossierFileStore;
import org.hikae.admin.dossier.DossierJsonWriter;
import org.hikae.admin.dossier.DossierMessages;
import org.hikae.admin.dossier.DossierNoteWriter;
import org.hikae.admin.dossier.DossierRunner;
import org.hikae.admin.dossier.ProgramVersion;
import org.hikae.admin.port.EnvFile;
import org.hikae.admin.port.HttpLogSource;
import org.hikae.admin.port.LogKeySigner;
import org.hikae.admin.port.PortalSettings;
import org.hikae.admin.print.DossierPdfWriter;
import org.hikae.admin.update.OpenSslSigner;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.NoteSigner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "dossier",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Executes each claim of the threat model that can be executed on this installation, and"
          + " writes a signed report as JSON and as PDF in English and Japanese. Changes nothing"
          + " else.",
      "Run it on the portal's host as the portal's user or root, with the portal's environment."
    },
    footer = {
      "",
      "Exit codes: 0 every claim holds, 1 some were not run, 2 some fail, 3 no dossier was made, 64"
          + " wrong command line, 70 defect."
    })
final class DossierCommand implements Callable<Integer> {

  private static final int UNMADE = 3;
  private static final String LOG_KEY = "HIKAE_LOG_KEY";
  private static final String CHALLENGE = "[ -~&&[^\"\\\\]]{0,100}";

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where the dossier is written; an earlier one there is replaced.")
  private Path folder;

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description =
          "The portal's settings as NAME=value lines, such as the EnvironmentFile of its unit; they"
              + " come before the environment.")
  private @Nullable Path envFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) of the authorities that devices trust, instead of Java's. Default:"
              + " HIKAE_CA_FILE.")
  private @Nullable Path caFile;

  @Option(
      names = "--keycloak-admin-file",
      paramLabel = "FILE",
      description =
          "Name and password of an administrator of Keycloak's realm master, one a line, in a file"
              + " that others cannot read.")
  private @Nullable Path administratorFile;

  @Mixin private DossierOptions subject = new DossierOptions();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The key to sign with, NAME.pem, beside which NAME.pub lies, as update-key makes them."
              + " Default: the key of the transparency log.")
  private @Nullable Path key;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "File with the passphrase of --key, for its owner only; otherwise OpenSSL asks.")
  private @Nullable Path passphrase;

  @Option(
      names = "--portal-key",
      paramLabel = "FILE",
      description = "The file with the key of the transparency log. Default: HIKAE_LOG_KEY.")
  private @Nullable Path portalKey;

  @Option(
      names = "--challenge",
      paramLabel = "TEXT",
      description =
          "What the reader wants to read in the dossier, so that it is not older: up to 100"
              + " characters of ASCII.")
  private String challenge = "";

  @Mixin private LanguageOption language = new LanguageOption();

  @SuppressWarnings("NullAway.Init")
  DossierCommand() {}

  @Override
  public Integer call() {
    DossierMessages messages = new DossierMessages(language.spoken());
    if (!challenge.matches(CHALLENGE)) {
      throw wrong("--challenge: up to 100 characters of ASCII, without quotes and backslashes.");
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      return make(messages, out).exitCode();
    } catch (IOException | GeneralSecurityException e) {
      out.println(messages.text("unwritten", ExceptionText.of(e)));
      return UNMADE;
    } catch (MalformedException e) {
      throw wrong(String.valueOf(e.getMessage()));
    } finally {
      out.flush();
    }
  }

  private ClaimState make(DossierMessages messages, PrintWriter out)
      throws IOException, GeneralSecurityException, MalformedException {
    Clock clock = Clock.systemUTC();
    PortalSettings settings = settings();
    InstallationChecks installation =
        new InstallationChecks(
            settings,
            clock,
            authorities(settings),
            DoctorCommand.administrator(spec, administratorFile));
    PortalLogReader logs =
        new PortalLogReader(
            HttpLogSource.of(settings.portal().toString(), installation.tls(), clock),
            subject.key(),
            subject.keptEnd());
    List<ClaimCheck> checks =
        new DossierChecks(settings, installation, subject, clock).checks(logs);
    NoteSigner signer = signer(settings, logs, messages);
    Dossier.DossierOrigin origin =
        new Dossier.DossierOrigin(
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            "hikae-admin " + ProgramVersion.text(),
            settings.portal().toString(),
            settings.realm(),
            challenge);
    List<ClaimResult> results =
        new DossierRunner(checks)
            .run(
                (place, result) -> {
                  String state = messages.text("state." + result.state());
                  out.println(
                      messages.text("progress", place, checks.size(), result.claim().id(), state));
                  out.flush();
                });
    Dossier dossier = new Dossier(origin, results);
    write(dossier, signer);
    out.println(
        messages.text(
            "written",
            folder,
            dossier.count(ClaimState.HOLDS),
            dossier.count(ClaimState.FAILS),
            dossier.count(ClaimState.NOT_RUN)));
    out.println(messages.text("signed", signer.key().text()));
    return dossier.worst();
  }

  private void write(Dossier dossier, NoteSigner signer)
      throws IOException, GeneralSecurityException {
    String signedBy = signer.key().text();
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(DossierFileStore.JSON, new DossierJsonWriter().write(dossier));
    for (String spoken : List.of("en", "ja")) {
      files.put(
          DossierFileStore.pdf(spoken), new DossierPdfWriter(spoken).write(dossier, signedBy));
    }
    byte[] note = new DossierNoteWriter(signer).write(dossier.origin().madeAt(), files);
    files.put(DossierFileStore.NOTE, note);
    new DossierFileStore(folder).write(files);
  }

  /** The key is looked at before anything is executed: a search may take hours. */
  private NoteSigner signer(PortalSettings settings, PortalLogReader logs, DossierMessages messages)
      throws IOException, MalformedException {
    if (key != null) {
      return new OpenSslSigner(key, passphrase).signer();
    }
    String named = settings.text(LOG_KEY);
    if (portalKey == null && named.isEmpty()) {
      throw wrong(messages.text("no-key"));
    }
    return LogKeySigner.read(portalKey == null ? Path.of(named) : portalKey, logs.key());
  }

  private PortalSettings settings() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (envFile != null) {
      try {
        environment.putAll(EnvFile.read(envFile));
      } catch (IOException e) {
        throw wrong("--env-file: " + envFile + " cannot be used: " + ExceptionText.of(e));
      }
    }
    return new PortalSettings(environment);
  }

  private @Nullable Path authorities(PortalSettings settings) {
    String named = settings.text("HIKAE_CA_FILE");
    return caFile != null || named.isEmpty() ? caFile : Path.of(named);
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
