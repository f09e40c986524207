package org.hikae.admin.print;

import java.awt.Color;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Draws on A4 pages from the top down, in points, and begins another page where one is full. */
final class DossierCanvas implements AutoCloseable {

  static final float LEFT = 56;
  static final float RIGHT = 539;

  private static final float TOP = 790;
  private static final float BOTTOM = 64;
  private static final float LEADING = 1.4f;
  private static final float THIN = 0.5f;

  private final PDDocument document;
  private final DossierFont font;
  private PDPageContentStream page;
  private float y = TOP;
  private boolean ended;

  DossierCanvas(PDDocument document, DossierFont font) throws IOException {
    this.document = document;
    this.font = font;
    this.page = added();
  }

  private PDPageContentStream added() throws IOException {
    PDPage added = new PDPage(PDRectangle.A4);
    document.addPage(added);
    return new PDPageContentStream(document, added);
  }

  /** Begins another page unless so many lines of a size still fit. */
  void require(int lines, float size) throws IOException {
    if (y - lines * size * LEADING < BOTTOM) {
      page.close();
      page = added();
      y = TOP;
    }
  }

  void skip(float points) {
    y -= points;
  }

  /** A paragraph that begins so far to the right. */
  void paragraph(String text, float size, float indent) throws IOException {
    for (String line : font.lines(text, size, RIGHT - LEFT - indent)) {
      require(1, size);
      y -= size * LEADING;
      show(page, line, size, LEFT + indent, y);
    }
  }

  /** A word in a color, and behind it a text in the same line. */
  void headed(String word, Color color, String text, float size) throws IOException {
    require(4, size);
    page.setNonStrokingColor(color);
    float width = font.width(font.drawable(word), size);
    show(page, word, size, RIGHT - width, y - size * LEADING);
    page.setNonStrokingColor(Color.BLACK);
    for (String line : font.lines(text, size, RIGHT - LEFT - width - size)) {
      y -= size * LEADING;
      show(page, line, size, LEFT, y);
    }
  }

  /** A line over the whole width, so far below what was drawn last. */
  void rule(float below) throws IOException {
    y -= below;
    page.setLineWidth(THIN);
    page.moveTo(LEFT, y);
    page.lineTo(RIGHT, y);
    page.stroke();
  }

  private void show(PDPageContentStream on, String text, float size, float x, float baseline)
      throws IOException {
    on.beginText();
    on.setFont(font.font(), size);
    on.newLineAtOffset(x, baseline);
    on.showText(font.drawable(text));
    on.endText();
  }

  /** Ends the last page, and writes at the foot of each page what it is of, and its number. */
  void end(String what, float size) throws IOException {
    page.close();
    ended = true;
    int count = document.getNumberOfPages();
    for (int number = 1; number <= count; number++) {
      try (PDPageContentStream foot =
          new PDPageContentStream(
              document,
              document.getPage(number - 1),
              PDPageContentStream.AppendMode.APPEND,
              true,
              true)) {
        String place = number + " / " + count;
        show(foot, what, size, LEFT, BOTTOM / 2);
        show(foot, place, size, RIGHT - font.width(place, size), BOTTOM / 2);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      page.close();
    }
  }
}
