package org.hikae.device.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.DigitKey;
import org.jspecify.annotations.Nullable;

/**
 * Draws the recovery sheet: one A4 page as PDF with the 64-digit key in digits and as a QR code,
 * whose it is, and what to do with it. Everything happens in memory; the document is a secret as
 * the key is.
 */
public final class RecoverySheet {

  private static final float TOP = 808;
  private static final float QR_WIDTH = 132;
  private static final float DIGIT_SIZE = 19;
  private static final float ROW_HEIGHT = 31;
  private static final int ROW_CHARACTERS = 19;

  /**
   * The libraries tell the terminal that the font has no glyph names, which no sheet needs. Held
   * here, because the logging system forgets a logger that nobody holds.
   */
  private static final Logger LIBRARIES = Logger.getLogger("org.apache");

  private final RecoverySheetMessages messages;
  private final Locale locale;

  /** Speaks {@code language}, {@code en} or {@code ja}. */
  public RecoverySheet(RecoverySheetMessages messages, String language) {
    this.messages = messages;
    this.locale = Locale.forLanguageTag(language);
  }

  /** The document; the caller closes it. */
  public SecretBytes draw(RecoverySheetFacts facts, DigitKey key) {
    LIBRARIES.setLevel(Level.SEVERE);
    Wiped out = new Wiped();
    try (PDDocument document = new PDDocument();
        RecoverySheetFont font = RecoverySheetFont.load(document, locale)) {
      PDPage page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      document.getDocumentCatalog().setLanguage(locale.toLanguageTag());
      PDDocumentInformation about = new PDDocumentInformation();
      about.setTitle(messages.get("sheet.title"));
      about.setCreator("Hikae");
      document.setDocumentInformation(about);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        fill(new RecoverySheetCanvas(content, font, TOP), facts, key);
      }
      document.save(out);
      return out.secret();
    } catch (IOException e) {
      throw new UncheckedIOException("a page in memory is always writable", e);
    } finally {
      out.wipe();
    }
  }

  private void fill(RecoverySheetCanvas canvas, RecoverySheetFacts facts, DigitKey key)
      throws IOException {
    float width = RecoverySheetCanvas.RIGHT - RecoverySheetCanvas.LEFT;
    canvas.paragraph(messages.get("sheet.title"), 20, RecoverySheetCanvas.LEFT, width);
    canvas.skip(4);
    canvas.paragraph(messages.get("sheet.secret"), 10.5f, RecoverySheetCanvas.LEFT, width);
    canvas.skip(12);
    digits(canvas, key);

    canvas.heading(messages.get("sheet.whose"));
    canvas.fact(messages.get("sheet.employee"), facts.employee(), 1);
    canvas.fact(messages.get("sheet.account"), facts.account(), 1);
    canvas.fact(messages.get("sheet.portal"), facts.portal(), 2);
    canvas.fact(messages.get("sheet.set"), facts.shortSetId(), 1);
    canvas.fact(messages.get("sheet.generation"), String.valueOf(facts.generation()), 1);
    canvas.fact(messages.get("sheet.made"), facts.made().toString(), 1);
    vaultRoot(canvas, facts.vaultRoot());

    canvas.heading(messages.get("sheet.what-for"));
    canvas.paragraph(messages.get("sheet.what-for.text"), 10, RecoverySheetCanvas.LEFT, width);
    canvas.heading(messages.get("sheet.how"));
    for (int step = 1; step <= 3; step++) {
      canvas.show(step + ".", 10, RecoverySheetCanvas.LEFT, canvas.y() - 14.5f);
      String text = messages.get("sheet.how." + step, facts.portal());
      canvas.paragraph(text, 10, RecoverySheetCanvas.LEFT + 16, width - 16);
    }
    canvas.heading(messages.get("sheet.keep"));
    canvas.paragraph(messages.get("sheet.keep.text"), 10, RecoverySheetCanvas.LEFT, width);
    canvas.heading(messages.get("sheet.lost"));
    canvas.paragraph(messages.get("sheet.lost.text"), 10, RecoverySheetCanvas.LEFT, width);
  }

  private void vaultRoot(RecoverySheetCanvas canvas, @Nullable String root) throws IOException {
    String name = messages.get("sheet.vault-root");
    if (root == null) {
      canvas.fact(name, messages.get("sheet.no-vault-root"), 1);
      return;
    }
    int half = root.length() / 2;
    canvas.fact(name, RecoverySheetFacts.grouped(root.substring(0, half)), 1);
    canvas.fact("", RecoverySheetFacts.grouped(root.substring(half)), 1);
  }

  private void digits(RecoverySheetCanvas canvas, DigitKey key) throws IOException {
    float height = DigitKey.ROWS * ROW_HEIGHT + 22;
    float bottom = canvas.y() - height;
    float x = RecoverySheetCanvas.LEFT;
    float boxWidth = canvas.digitsWidth(ROW_CHARACTERS, DIGIT_SIZE) + 52;
    canvas.frame(x, bottom, boxWidth, height);
    List<String> rows = key.rows();
    for (int row = 0; row < rows.size(); row++) {
      float baseline = canvas.y() - 31 - row * ROW_HEIGHT;
      canvas.show(String.valueOf(row + 1), 9, x + 14, baseline + 3);
      canvas.digits(rows.get(row), DIGIT_SIZE, x + 36, baseline);
    }
    float qrX = RecoverySheetCanvas.RIGHT - QR_WIDTH;
    canvas.qr(DigitKeyQrCode.of(key), qrX, bottom + (height - QR_WIDTH) / 2, QR_WIDTH);
    canvas.moveTo(bottom);
    canvas.paragraph(messages.get("sheet.digits"), 8.5f, x, RecoverySheetCanvas.RIGHT - x);
  }

  /** Keeps its bytes in one place and overwrites them. */
  private static final class Wiped extends ByteArrayOutputStream {

    private static final int MORE_THAN_A_SHEET = 512 * 1024;

    Wiped() {
      super(MORE_THAN_A_SHEET);
    }

    SecretBytes secret() {
      return SecretBytes.take(toByteArray());
    }

    void wipe() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
