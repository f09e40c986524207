package org.hikae.admin.dossier;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.admin.cli.PublishedLog;
import org.hikae.admin.dossier.Dossier.DossierOrigin;
import org.hikae.admin.print.DossierPdfWriter;
import org.hikae.transparency.note.wire.NoteSigner;

/** Dossiers for tests. */
public final class DossierFixture {

  static final Instant MADE = Instant.parse("2026-12-03T12:00:00Z");

  private DossierFixture() {}

  static Dossier dossier() {
    return new Dossier(
        new DossierOrigin(
            MADE, "hikae-admin 1.1.0", "https://portal.example", "https://sso.example", "blue 7"),
        List.of(
            ClaimResult.of(
                DossierClaim.VAULT_ROOT,
                List.of(),
                List.of(ClaimFact.of(ClaimFactKind.CARD_SIGNED, 3, "demo", "ab".repeat(32)))),
            ClaimResult.of(
                DossierClaim.DATABASE_GRANTS,
                List.of(ClaimFact.of(ClaimFactKind.RIGHT_BEYOND, "{1}", "DELETE", "audit_event")),
                List.of(ClaimFact.of(ClaimFactKind.RIGHTS_COMPARED, 200, 80))),
            ClaimResult.notRun(DossierClaim.BLINDNESS_TABLES, ClaimFactKind.NO_CANARY)));
  }

  /** Writes a whole dossier into a folder. */
  static NoteSigner write(Path folder) throws Exception {
    NoteSigner signer = PublishedLog.newSigner();
    write(folder, signer);
    return signer;
  }

  static void write(Path folder, NoteSigner signer) throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(DossierFileStore.JSON, new DossierJsonWriter().write(dossier()));
    for (String language : List.of("en", "ja")) {
      byte[] pdf = new DossierPdfWriter(language).write(dossier(), signer.key().text());
      files.put(DossierFileStore.pdf(language), pdf);
    }
    files.put(DossierFileStore.NOTE, new DossierNoteWriter(signer).write(MADE, files));
    new DossierFileStore(folder).write(files);
  }
}
