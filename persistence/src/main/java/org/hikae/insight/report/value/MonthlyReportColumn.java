package org.hikae.insight.report.value;

import java.util.Locale;

/** What a row of a report says, and how it is read. */
public enum MonthlyReportColumn {
  /** A number of things. */
  COUNT(Form.NUMBER),
  /** Everybody who was known. */
  EMPLOYEES(Form.NUMBER),
  /** Those of them who were invited. */
  INVITED(Form.NUMBER),
  /** Those of them who took part. */
  OPTED_IN(Form.NUMBER),
  /** Those of them with a young backup. */
  PROTECTED(Form.NUMBER),
  /** Devices of those who took part. */
  DEVICES(Form.NUMBER),
  /** Those of them with a young backup. */
  FRESH_DEVICES(Form.NUMBER),
  /** Bytes on the first day that was noted. */
  BEGIN(Form.BYTES),
  /** Bytes on the last day that was noted. */
  END(Form.BYTES),
  /** When it was decided. */
  AT(Form.TIME),
  /** For whom. */
  SCOPE(Form.TEXT),
  /** Which value. */
  KEY(Form.TEXT),
  /** What it was before. */
  OLD(Form.TEXT),
  /** What it became. */
  NEW(Form.TEXT),
  /** The administrator who asked for it. */
  ASKED_BY(Form.PERSON),
  /** The administrator who approved it. */
  APPROVED_BY(Form.PERSON);

  /** How a value is written. */
  public enum Form {
    /** A whole number. */
    NUMBER,
    /** A whole number of bytes. */
    BYTES,
    /** An instant (ISO 8601). */
    TIME,
    /** Words or codes. */
    TEXT,
    /** An account: realm, a space, and {@code sub}. */
    PERSON
  }

  private final Form form;

  MonthlyReportColumn(Form form) {
    this.form = form;
  }

  /** How its values are written. */
  public Form form() {
    return form;
  }

  /** Its name in files. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
