package org.hikae.admin.cli;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.hikae.admin.check.ReleaseMigrations;
import org.hikae.admin.claim.AnonymousAccessCheck;
import org.hikae.admin.claim.AuditExportCheck;
import org.hikae.admin.claim.ConnectionFactory;
import org.hikae.admin.claim.DatabaseGrantCheck;
import org.hikae.admin.claim.DoctorClaimCheck;
import org.hikae.admin.claim.LogBlindnessCheck;
import org.hikae.admin.claim.LogContinuityCheck;
import org.hikae.admin.claim.LogSignatureCheck;
import org.hikae.admin.claim.LoggedCardCheck;
import org.hikae.admin.claim.MemoryBlindnessCheck;
import org.hikae.admin.claim.ObjectBlindnessCheck;
import org.hikae.admin.claim.PortalLogReader;
import org.hikae.admin.claim.RecoveryDrillCheck;
import org.hikae.admin.claim.ReleaseProgramCheck;
import org.hikae.admin.claim.TableBlindnessCheck;
import org.hikae.admin.claim.UnrunClaimCheck;
import org.hikae.admin.claim.VaultCardReader;
import org.hikae.admin.claim.VaultRootCheck;
import org.hikae.admin.claim.VaultTokenCheck;
import org.hikae.admin.claim.WeakSettingCheck;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.admin.port.PortalSettings;
import org.hikae.admin.search.CanaryFile;
import org.hikae.hk1.MalformedException;
import org.jspecify.annotations.Nullable;

/** The claims on the installation that the settings describe. */
final class DossierChecks {

  private final PortalSettings settings;
  private final InstallationChecks installation;
  private final DossierOptions options;
  private final Clock clock;

  DossierChecks(
      PortalSettings settings,
      InstallationChecks installation,
      DossierOptions options,
      Clock clock) {
    this.settings = settings;
    this.installation = installation;
    this.options = options;
    this.clock = clock;
  }

  /** Makes a check. */
  @FunctionalInterface
  private interface ClaimCheckFactory {
    ClaimCheck make() throws IOException;
  }

  /** A check that is made when it is due, so that a wrong setting breaks it alone. */
  private record DeferredClaimCheck(DossierClaim claim, ClaimCheckFactory making)
      implements ClaimCheck {
    @Override
    public ClaimResult execute() throws IOException {
      return making.make().execute();
    }
  }

  /** Every claim, in the order of reports. */
  List<ClaimCheck> checks(PortalLogReader logs) throws IOException, MalformedException {
    List<ClaimCheck> checks = new ArrayList<>();
    addBlindness(options.canaries(), checks);
    addDatabase(checks);
    checks.add(
        new DeferredClaimCheck(
            DossierClaim.PORTAL_ANONYMOUS,
            () -> AnonymousAccessCheck.ofRelease(installation.web(), settings.portal())));
    checks.add(
        new DeferredClaimCheck(
            DossierClaim.REALM_CLIENTS,
            () -> new DoctorClaimCheck(DossierClaim.REALM_CLIENTS, "realm", installation.realm())));
    VaultCardReader cards = new VaultCardReader(installation.vaultProbe());
    checks.add(new VaultRootCheck(cards, options.pin()));
    checks.add(new VaultTokenCheck(cards));
    checks.add(new LogSignatureCheck(logs));
    checks.add(new LogContinuityCheck(logs));
    checks.add(new LoggedCardCheck(cards, logs));
    checks.add(
        settings.onPostgres()
            ? new RecoveryDrillCheck(() -> installation.jdbc().openToRead(), clock)
            : notOnPostgres(DossierClaim.RECOVERY_DRILLS));
    checks.add(new AuditExportCheck(options.export(), options.pin()));
    checks.add(new ReleaseProgramCheck(options.programs(), options.release()));
    checks.add(new WeakSettingCheck(settings));
    return checks;
  }

  private void addBlindness(@Nullable CanaryFile canaries, List<ClaimCheck> checks) {
    if (canaries == null) {
      for (DossierClaim claim : DossierClaim.values()) {
        if (claim.id().startsWith("blindness.")) {
          checks.add(new UnrunClaimCheck(claim, ClaimFactKind.NO_CANARY));
        }
      }
      return;
    }
    if (settings.onPostgres()) {
      ConnectionFactory owner = () -> installation.jdbc().openAsOwnerToRead();
      checks.add(new TableBlindnessCheck(owner, canaries));
      checks.add(new ObjectBlindnessCheck(owner, canaries, settings.storeFolder()));
    } else {
      checks.add(notOnPostgres(DossierClaim.BLINDNESS_TABLES));
      checks.add(notOnPostgres(DossierClaim.BLINDNESS_OBJECTS));
    }
    checks.add(new LogBlindnessCheck(options.logs(), canaries));
    checks.add(
        new MemoryBlindnessCheck(options.portalPid(), this::ask, canaries, new SecureRandom()));
  }

  private void addDatabase(List<ClaimCheck> checks) {
    if (!settings.onPostgres()) {
      checks.add(notOnPostgres(DossierClaim.DATABASE_GRANTS));
      checks.add(notOnPostgres(DossierClaim.DATABASE_SCHEMA));
      return;
    }
    checks.add(
        new DeferredClaimCheck(
            DossierClaim.DATABASE_GRANTS,
            () ->
                new DatabaseGrantCheck(
                    () -> installation.jdbc().openToRead(), ReleaseMigrations.packedTexts())));
    checks.add(
        new DeferredClaimCheck(
            DossierClaim.DATABASE_SCHEMA,
            () ->
                new DoctorClaimCheck(
                    DossierClaim.DATABASE_SCHEMA, "schema", installation.database())));
  }

  private static ClaimCheck notOnPostgres(DossierClaim claim) {
    return new UnrunClaimCheck(claim, ClaimFactKind.NOT_POSTGRESQL);
  }

  /** Has the portal hold a text for a moment; that it is alive it tells anybody. */
  private void ask(String text) throws IOException {
    var _ =
        installation
            .web()
            .get(URI.create(settings.portal() + "/api/health/live?canary=" + text), "");
  }
}
