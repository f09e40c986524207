package org.hikae.device.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The one font of the sheet, Latin and Japanese, from this jar: no font of the computer is looked
 * for, and a viewer needs none. Only the glyphs that were used go into the document.
 */
final class RecoverySheetFont implements AutoCloseable {

  /** Stands for a character that the font has not. */
  private static final String MISSING = "〓";

  private static final char FIRST_EAST_ASIAN = 0x2E80;
  private static final float UNIT = 1000f;

  private final TrueTypeFont outlines;
  private final CmapLookup glyphs;
  private final PDFont font;
  private final Locale locale;

  private RecoverySheetFont(TrueTypeFont outlines, PDFont font, Locale locale) throws IOException {
    this.outlines = outlines;
    this.glyphs = outlines.getUnicodeCmapLookup();
    this.font = font;
    this.locale = locale;
  }

  static RecoverySheetFont load(PDDocument document, Locale locale) throws IOException {
    try (InputStream in = RecoverySheetFont.class.getResourceAsStream("BIZUDPGothic-subset.ttf")) {
      byte[] bytes = Objects.requireNonNull(in, "the font is missing from the jar").readAllBytes();
      TrueTypeFont outlines = new TTFParser().parse(new RandomAccessReadBuffer(bytes));
      return new RecoverySheetFont(outlines, PDType0Font.load(document, outlines, true), locale);
    }
  }

  PDFont font() {
    return font;
  }

  /** The text with a mark in place of each character that cannot be drawn. */
  String drawable(String text) {
    StringBuilder drawable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (glyphs.getGlyphId(c) > 0) {
                drawable.appendCodePoint(c);
              } else {
                drawable.append(MISSING);
              }
            });
    return drawable.toString();
  }

  float width(String drawable, float size) throws IOException {
    return font.getStringWidth(drawable) / UNIT * size;
  }

  /**
   * Breaks a paragraph where its language allows, but no word at a hyphen or dot of its own: a
   * command is typed from the paper as it stands. What is longer than a line is cut.
   */
  List<String> lines(String text, float size, float width) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : parts(drawable(text))) {
      if (!line.isEmpty() && width((line + part).stripTrailing(), size) > width) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(part);
      while (width(line.toString().stripTrailing(), size) > width) {
        int end = fitting(line, size, width);
        lines.add(line.substring(0, end));
        line.delete(0, end);
      }
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  private List<String> parts(String whole) {
    BreakIterator breaks = BreakIterator.getLineInstance(locale);
    breaks.setText(whole);
    List<String> parts = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      boolean wordGoesOn =
          end < whole.length() && isOfWord(whole.charAt(end - 1)) && isOfWord(whole.charAt(end));
      if (!wordGoesOn) {
        parts.add(whole.substring(start, end));
        start = end;
      }
    }
    return parts;
  }

  private static boolean isOfWord(char c) {
    return c > ' ' && c < FIRST_EAST_ASIAN;
  }

  private int fitting(CharSequence line, float size, float width) throws IOException {
    int end = 1;
    while (width(line.subSequence(0, end + 1).toString(), size) <= width) {
      end++;
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    outlines.close();
  }
}
