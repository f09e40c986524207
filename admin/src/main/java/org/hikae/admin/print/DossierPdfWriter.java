package org.hikae.admin.print;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.ClaimState;
import org.hikae.admin.dossier.Dossier;
import org.hikae.admin.dossier.Dossier.DossierOrigin;
import org.hikae.admin.dossier.DossierMessages;

/** Writes a dossier as PDF on A4 pages, in one language, with the font embedded. */
public final class DossierPdfWriter {

  private static final float TITLE = 20;
  private static final float HEADING = 11;
  private static final float TEXT = 9;
  private static final float SMALL = 8;
  private static final float INDENT = 14;
  private static final float GAP = 6;

  private static final Map<ClaimState, Color> COLORS =
      Map.of(
          ClaimState.HOLDS, new Color(0x1B, 0x6B, 0x3A),
          ClaimState.FAILS, new Color(0xB0, 0x1E, 0x1E),
          ClaimState.NOT_RUN, new Color(0x8A, 0x5A, 0x00));

  /**
   * The libraries tell the log that the font has no glyph names, which no dossier needs. Held here,
   * because the logging system forgets a logger that nobody holds.
   */
  private static final List<Logger> LIBRARIES =
      List.of(Logger.getLogger("org.apache.pdfbox"), Logger.getLogger("org.apache.fontbox"));

  private final DossierMessages messages;

  /** Writes in a language: {@code en} or {@code ja}. */
  public DossierPdfWriter(String language) {
    messages = new DossierMessages(language);
  }

  /**
   * The file; of the same dossier it says the same each time.
   *
   * @param key text of the key that signs
   */
  public byte[] write(Dossier dossier, String key) {
    LIBRARIES.forEach(library -> library.setLevel(Level.SEVERE));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String title = messages.text("title");
    Instant madeAt = dossier.origin().madeAt();
    try (PDDocument document = new PDDocument();
        DossierFont font = DossierFont.load(document, messages.locale())) {
      document.getDocumentCatalog().setLanguage(messages.locale().toLanguageTag());
      document.setDocumentInformation(about(title, madeAt));
      document.setDocumentId(madeAt.toEpochMilli());
      try (DossierCanvas canvas = new DossierCanvas(document, font)) {
        head(canvas, dossier, key);
        for (ClaimResult result : dossier.results()) {
          claim(canvas, result);
        }
        canvas.end(title + "  " + madeAt, SMALL);
      }
      document.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory is always writable.", e);
    }
    return out.toByteArray();
  }

  private static PDDocumentInformation about(String title, Instant made) {
    PDDocumentInformation about = new PDDocumentInformation();
    about.setTitle(title);
    about.setCreator("Hikae");
    about.setCreationDate(GregorianCalendar.from(made.atZone(ZoneOffset.UTC)));
    return about;
  }

  private void head(DossierCanvas canvas, Dossier dossier, String key) throws IOException {
    DossierOrigin origin = dossier.origin();
    canvas.paragraph(messages.text("title"), TITLE, 0);
    canvas.skip(GAP);
    canvas.paragraph(messages.text("portal", origin.portal()), TEXT, 0);
    canvas.paragraph(messages.text("realm", origin.realm()), TEXT, 0);
    canvas.paragraph(messages.text("made", origin.madeAt(), origin.tool()), TEXT, 0);
    canvas.paragraph(messages.text("key", key), TEXT, 0);
    if (!origin.challenge().isEmpty()) {
      canvas.paragraph(messages.text("challenge", origin.challenge()), TEXT, 0);
    }
    canvas.skip(GAP);
    canvas.paragraph(
        messages.text(
            "sum",
            dossier.count(ClaimState.HOLDS),
            dossier.count(ClaimState.FAILS),
            dossier.count(ClaimState.NOT_RUN)),
        HEADING,
        0);
    canvas.skip(GAP);
    canvas.paragraph(messages.text("proves"), TEXT, 0);
    canvas.paragraph(messages.text("check"), TEXT, 0);
    canvas.skip(GAP);
  }

  private void claim(DossierCanvas canvas, ClaimResult result) throws IOException {
    ClaimState state = result.state();
    canvas.require(6, TEXT);
    canvas.rule(GAP);
    canvas.headed(
        messages.text("state." + state),
        COLORS.getOrDefault(state, Color.BLACK),
        messages.claim(result.claim()),
        HEADING);
    canvas.paragraph(result.claim().id(), SMALL, 0);
    for (ClaimFact fact : result.facts()) {
      canvas.paragraph("・ " + messages.fact(fact), TEXT, INDENT);
    }
    canvas.paragraph(messages.text("limit", messages.limit(result.claim())), SMALL, INDENT);
  }
}
