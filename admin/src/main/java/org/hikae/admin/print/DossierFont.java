package org.hikae.admin.print;

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
 * The embedded font, which has Latin and Japanese letters. A document holds the glyphs that it
 * uses. What has no glyph is shown as {@code 〓}, as printers do.
 */
final class DossierFont implements AutoCloseable {

  private static final String MISSING = "〓";
  private static final float UNIT = 1000f;

  private final TrueTypeFont outlines;
  private final CmapLookup glyphs;
  private final PDFont font;
  private final Locale locale;

  private DossierFont(TrueTypeFont outlines, PDFont font, Locale locale) throws IOException {
    this.outlines = outlines;
    this.glyphs = outlines.getUnicodeCmapLookup();
    this.font = font;
    this.locale = locale;
  }

  static DossierFont load(PDDocument document, Locale locale) throws IOException {
    try (InputStream in = DossierFont.class.getResourceAsStream("BIZUDPGothic-subset.ttf")) {
      byte[] bytes = Objects.requireNonNull(in, "the font is missing from the jar").readAllBytes();
      TrueTypeFont outlines = new TTFParser().parse(new RandomAccessReadBuffer(bytes));
      return new DossierFont(outlines, PDType0Font.load(document, outlines, true), locale);
    }
  }

  PDFont font() {
    return font;
  }

  /** How wide text is, in points. */
  float width(String text, float size) throws IOException {
    return font.getStringWidth(drawable(text)) / UNIT * size;
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

  /** Breaks text where its language allows; what is longer than a line is cut into several. */
  List<String> lines(String text, float size, float width) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : parts(text)) {
      if (!line.isEmpty() && width((line + part).stripTrailing(), size) > width) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(part);
      while (line.length() > 1 && width(line.toString().stripTrailing(), size) > width) {
        int end = fitting(line.toString(), size, width);
        lines.add(line.substring(0, end));
        line.delete(0, end);
      }
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  private List<String> parts(String text) {
    BreakIterator breaks = BreakIterator.getLineInstance(locale);
    breaks.setText(text);
    List<String> parts = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      parts.add(text.substring(start, end));
      start = end;
    }
    return parts;
  }

  /** How many characters of it fit, at least one whole one. */
  private int fitting(String line, float size, float width) throws IOException {
    int end = line.offsetByCodePoints(0, 1);
    while (end < line.length()) {
      int next = line.offsetByCodePoints(end, 1);
      if (width(line.substring(0, next), size) > width) {
        return end;
      }
      end = next;
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    outlines.close();
  }
}
