package org.hikae.ui.faces;

import java.util.regex.Pattern;

/**
 * Text within a script element. To HTML it ends at the first end tag whatever the script means by
 * it, and after {@code <!--<script} not even there: a value in it that holds these would end the
 * page's scripts. Written with the escape for {@code <}, as HTML recommends (section 4.12.1.3),
 * they mean the same to the script, where they can only stand in a literal.
 */
final class ScriptText {

  private static final Pattern OPENERS =
      Pattern.compile("<(?=!--|/?script)", Pattern.CASE_INSENSITIVE);

  private ScriptText() {}

  /** The same script, which HTML reads as one. */
  static String of(CharSequence script) {
    return OPENERS.matcher(script).replaceAll("\\\\x3C");
  }
}
