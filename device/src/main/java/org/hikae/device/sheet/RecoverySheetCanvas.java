package org.hikae.device.sheet;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDPageContentStream;

/** Draws on one A4 page from the top down, in points. */
final class RecoverySheetCanvas {

  static final float LEFT = 56;
  static final float RIGHT = 539;

  private static final float LEADING = 1.45f;
  private static final float FACT_SIZE = 9;
  private static final float FACT_NAME = 114;
  private static final float UNIT = 1000f;

  private final PDPageContentStream page;
  private final RecoverySheetFont font;
  private float y;

  RecoverySheetCanvas(PDPageContentStream page, RecoverySheetFont font, float top) {
    this.page = page;
    this.font = font;
    this.y = top;
  }

  float y() {
    return y;
  }

  void moveTo(float height) {
    y = height;
  }

  void skip(float points) {
    y -= points;
  }

  /** A paragraph over the whole width, or as wide as said. */
  void paragraph(String text, float size, float x, float width) throws IOException {
    for (String line : font.lines(text, size, width)) {
      y -= size * LEADING;
      show(line, size, x, y);
    }
  }

  void heading(String text) throws IOException {
    skip(8);
    paragraph(text, 11.5f, LEFT, RIGHT - LEFT);
    page.setLineWidth(0.5f);
    page.moveTo(LEFT, y - 3);
    page.lineTo(RIGHT, y - 3);
    page.stroke();
    skip(4);
  }

  /** A name and its value in two columns; what is longer than {@code most} lines is cut. */
  void fact(String name, String value, int most) throws IOException {
    float baseline = y - FACT_SIZE * LEADING;
    show(font.drawable(name), FACT_SIZE, LEFT, baseline);
    List<String> lines = font.lines(value, FACT_SIZE, RIGHT - LEFT - FACT_NAME);
    for (int i = 0; i < Math.min(most, lines.size()); i++) {
      y -= FACT_SIZE * LEADING;
      boolean cut = i == most - 1 && lines.size() > most;
      show(lines.get(i) + (cut ? "…" : ""), FACT_SIZE, LEFT + FACT_NAME, y);
    }
  }

  void show(String drawable, float size, float x, float baseline) throws IOException {
    page.beginText();
    page.setFont(font.font(), size);
    page.newLineAtOffset(x, baseline);
    page.showText(drawable);
    page.endText();
  }

  /**
   * A row of digits in cells of one width, so that rows stand below each other although 1 is
   * narrow; a blank is a gap of one cell.
   */
  void digits(String row, float size, float x, float baseline) throws IOException {
    float cell = digitsWidth(1, size);
    float at = x;
    for (String group : row.split(" ", -1)) {
      group(group, size, at, baseline);
      at += (group.length() + 1) * cell;
    }
  }

  private void group(String digits, float size, float x, float baseline) throws IOException {
    float cell = font.font().getStringWidth("0");
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i < digits.length(); i++) {
      String digit = digits.substring(i, i + 1);
      float aside = (cell - font.font().getStringWidth(digit)) / 2;
      // What is shown between texts is taken from the place of the next one.
      parts.add(-aside);
      parts.add(digit);
      parts.add(-aside);
    }
    page.beginText();
    page.setFont(font.font(), size);
    page.newLineAtOffset(x, baseline);
    page.showTextWithPositioning(parts.toArray());
    page.endText();
  }

  /** Width of {@link #digits}. */
  float digitsWidth(int characters, float size) throws IOException {
    return font.font().getStringWidth("0") / UNIT * size * characters;
  }

  void frame(float x, float bottom, float width, float height) throws IOException {
    page.setLineWidth(1);
    page.addRect(x, bottom, width, height);
    page.stroke();
  }

  void qr(DigitKeyQrCode code, float x, float bottom, float width) throws IOException {
    float module = width / code.size();
    page.setNonStrokingColor(Color.BLACK);
    for (int row = 0; row < code.size(); row++) {
      for (int from = 0; from < code.size(); from++) {
        int to = from;
        while (to < code.size() && code.dark(to, row)) {
          to++;
        }
        if (to > from) {
          float height = bottom + width - (row + 1) * module;
          page.addRect(x + from * module, height, (to - from) * module, module);
          from = to;
        }
      }
    }
    page.fill();
  }
}
