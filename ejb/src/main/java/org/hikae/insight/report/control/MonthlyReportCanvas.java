package org.hikae.insight.report.control;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Draws on A4 pages from the top down, in points, and begins another page where one is full. */
final class MonthlyReportCanvas implements AutoCloseable {

  static final float LEFT = 56;
  static final float RIGHT = 539;

  private static final float TOP = 790;
  private static final float BOTTOM = 64;
  private static final float LEADING = 1.4f;
  private static final float GAP = 6;

  private final PDDocument document;
  private final MonthlyReportFont font;
  private PDPageContentStream page;
  private float y = TOP;
  private boolean ended;

  MonthlyReportCanvas(PDDocument document, MonthlyReportFont font) throws IOException {
    this.document = document;
    this.font = font;
    this.page = added();
  }

  private PDPageContentStream added() throws IOException {
    PDPage added = new PDPage(PDRectangle.A4);
    document.addPage(added);
    return new PDPageContentStream(document, added);
  }

  /**
   * A cell of a row.
   *
   * @param text what it says
   * @param x where it begins
   * @param width how wide it may be
   * @param right whether it stands at the right of that, as numbers do
   */
  record Cell(String text, float x, float width, boolean right) {}

  /** Begins another page unless so much still fits; says whether it did. */
  boolean require(float height) throws IOException {
    if (y - height >= BOTTOM) {
      return false;
    }
    page.close();
    page = added();
    y = TOP;
    return true;
  }

  void skip(float points) {
    y -= points;
  }

  /** A paragraph over the whole width. */
  void paragraph(String text, float size) throws IOException {
    for (String line : font.lines(text, size, RIGHT - LEFT)) {
      var _ = require(size * LEADING);
      y -= size * LEADING;
      show(line, size, LEFT, y);
    }
  }

  /** A heading with a rule below it; what follows it stands on the same page. */
  void heading(String text, float size) throws IOException {
    var _ = require(size * LEADING * 4);
    skip(size);
    paragraph(text, size);
    rule(3, 0.5f);
    skip(5);
  }

  /** How high a row is. */
  float height(List<Cell> cells, float size) throws IOException {
    int most = 1;
    for (Cell cell : cells) {
      most = Math.max(most, font.lines(cell.text(), size, cell.width() - GAP).size());
    }
    return most * size * LEADING;
  }

  /** A row, whose cells are broken into lines where they are too narrow. */
  void row(List<Cell> cells, float size) throws IOException {
    float height = height(cells, size);
    for (Cell cell : cells) {
      List<String> lines = new ArrayList<>(font.lines(cell.text(), size, cell.width() - GAP));
      for (int i = 0; i < lines.size(); i++) {
        float aside = cell.right() ? cell.width() - font.width(lines.get(i), size) : 0;
        show(lines.get(i), size, cell.x() + aside, y - (i + 1) * size * LEADING);
      }
    }
    y -= height;
  }

  /** A line over the whole width, so far below what was drawn last. */
  void rule(float below, float thickness) throws IOException {
    page.setLineWidth(thickness);
    page.moveTo(LEFT, y - below);
    page.lineTo(RIGHT, y - below);
    page.stroke();
  }

  /**
   * Bars beside each other, of which each fills a share of its height.
   *
   * @param shares from 0 to 1; negative where nothing is known
   */
  void bars(List<Float> shares, float height) throws IOException {
    var _ = require(height + GAP * 2);
    float bottom = y - height - GAP;
    float step = (RIGHT - LEFT) / shares.size();
    for (int i = 0; i < shares.size(); i++) {
      float x = LEFT + i * step;
      bar(new Color(0xE2, 0xE8, 0xF0), x, bottom, step, height);
      bar(new Color(0x1D, 0x4E, 0x89), x, bottom, step, height * Math.clamp(shares.get(i), 0, 1));
    }
    page.setNonStrokingColor(Color.BLACK);
    y = bottom - GAP;
  }

  private void bar(Color color, float x, float bottom, float step, float height)
      throws IOException {
    page.setNonStrokingColor(color);
    page.addRect(x + 1, bottom, step - 2, height);
    page.fill();
  }

  private void show(String text, float size, float x, float baseline) throws IOException {
    show(page, text, size, x, baseline);
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
