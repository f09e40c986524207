package org.hikae.vault.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A defect's stack trace on one line. */
final class StackTraceText {

  private StackTraceText() {}

  static String of(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString().strip().replace("\n\t", " < ").replace("\n", " ");
  }
}
