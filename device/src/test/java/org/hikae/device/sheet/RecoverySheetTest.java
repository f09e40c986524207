package org.hikae.device.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.DigitKey;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sheet as a reader, a printer and a scanner see it. */
@EveryThirdRun
class RecoverySheetTest {

  private static final int DPI = 150;

  private static final RecoverySheetFacts FACTS =
      new RecoverySheetFacts(
          "髙橋 花子 (Hanako Takahashi)",
          "hanako@sales",
          "https://backup.example.com/",
          "0123456789abcdef0123456789abcdef",
          3,
          "a1b2".repeat(16),
          LocalDate.of(2026, 4, 1));

  private final DigitKey key = DigitKey.generate(new SecureRandom());

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void says_all_that_is_needed_on_one_page_of_a4(String language) throws Exception {
    try (PDDocument document = read(draw(FACTS, language))) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      assertThat(document.getPage(0).getMediaBox().getWidth()).isEqualTo(PDRectangle.A4.getWidth());
      String text = new PDFTextStripper().getText(document);
      assertThat(text)
          .contains(key.rows())
          .contains("髙橋 花子", "Hanako Takahashi", "hanako@sales", "https://backup.example.com/")
          .contains("0123 4567 89ab", "a1b2 a1b2 a1b2", "2026-04-01")
          .contains("hikae restore latest --target DIRECTORY --unlock digit-key")
          .contains(language.equals("ja") ? "復元シート" : "Recovery sheet")
          .doesNotContain("cdef0123", "〓", "{0}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void an_independent_reader_finds_exactly_the_64_digits_in_the_code(String language)
      throws Exception {
    try (PDDocument document = read(draw(FACTS, language))) {
      Result result = scan(document);
      try (SecretBytes secret = key.secret()) {
        String digits = new String(secret.expose(), StandardCharsets.US_ASCII);
        assertThat(result.getText()).isEqualTo(digits).hasSize(64);
      }
      assertThat(result.getRawBytes()[0] >> 4).as("numeric mode").isEqualTo(1);
      BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, DPI);
      // Nothing is drawn on the margins: printers cut them off.
      assertThat(inkBelow(page, 40)).isFalse();
      keepForTheEye(page, language);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void a_long_name_without_a_pinned_vault_still_fits(String language) throws Exception {
    RecoverySheetFacts long_ =
        new RecoverySheetFacts(
            "😀\u05d0" + "長い名前の社員 ".repeat(20),
            "account-".repeat(12),
            "https://" + "subdomain.".repeat(16) + "example.com/",
            "ff",
            4_294_967_295L,
            null,
            LocalDate.of(2026, 12, 31));
    try (PDDocument document = read(draw(long_, language))) {
      BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, DPI);
      assertThat(inkBelow(page, 24)).isFalse();
      assertThat(new PDFTextStripper().getText(document)).contains("〓〓", "4294967295");
    }
  }

  private SecretBytes draw(RecoverySheetFacts facts, String language) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            "org.hikae.device.cli.messages",
            Locale.forLanguageTag(language),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    RecoverySheetMessages words =
        (name, arguments) -> {
          String sentence = bundle.getString(name);
          return List.of(arguments).isEmpty()
              ? sentence
              : sentence.replace("{0}", String.valueOf(arguments[0]));
        };
    return new RecoverySheet(words, language).draw(facts, key);
  }

  private static PDDocument read(SecretBytes sheet) throws Exception {
    return Loader.loadPDF(sheet.expose());
  }

  /**
   * Looks several times, as a camera does. This reader takes other dark spots for its marks in one
   * code of a hundred, at one size and not at the next.
   */
  private static Result scan(PDDocument document) throws Exception {
    PDFRenderer renderer = new PDFRenderer(document);
    ReaderException unread = NotFoundException.getNotFoundInstance();
    for (int dpi : List.of(DPI, 120, 200, 300)) {
      try {
        return look(renderer.renderImageWithDPI(0, dpi));
      } catch (ReaderException e) {
        unread = e;
      }
    }
    throw unread;
  }

  private static Result look(BufferedImage page) throws ReaderException {
    int width = page.getWidth();
    int height = page.getHeight();
    int[] pixels = page.getRGB(0, 0, width, height, null, 0, width);
    BinaryBitmap bitmap =
        new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
    return new QRCodeReader()
        .decode(
            bitmap,
            Map.of(
                DecodeHintType.TRY_HARDER,
                true,
                DecodeHintType.POSSIBLE_FORMATS,
                List.of(BarcodeFormat.QR_CODE)));
  }

  private static boolean inkBelow(BufferedImage page, int points) {
    int from = page.getHeight() - points * DPI / 72;
    for (int y = from; y < page.getHeight(); y++) {
      for (int x = 0; x < page.getWidth(); x++) {
        if ((page.getRGB(x, y) & 0xffffff) != 0xffffff) {
          return true;
        }
      }
    }
    return false;
  }

  /** The build leaves the page here, to be looked at. */
  private static void keepForTheEye(BufferedImage page, String language) throws Exception {
    Path file = Path.of("target", "recovery-sheet-" + language + ".png");
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(page, "png", file.toFile())).isTrue();
  }
}
