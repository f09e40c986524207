import java.util.regex.Pattern;

/** Parts of names. */
final class Names {

  /** At least two words: such a name means a type wherever it stands, and never a word of prose. */
  private static final Pattern SEVERAL_WORDS =
      Pattern.compile("[A-Z][a-z0-9]+[A-Z]\\w*|[A-Z]{2,}[a-z]\\w*|[A-Z][0-9]*[A-Z][a-z]\\w*");

  private Names() {}

  /** Of a flat name, such as {@code org.hikae.vault.core.Gate$Kind}. */
  static String packageOf(String flat) {
    int dot = flat.lastIndexOf('.');
    return dot < 0 ? "" : flat.substring(0, dot);
  }

  static String simple(String flat) {
    return flat.substring(Math.max(flat.lastIndexOf('.'), flat.lastIndexOf('$')) + 1);
  }

  static String outermost(String flat) {
    int dollar = flat.indexOf('$');
    return dollar < 0 ? flat : flat.substring(0, dollar);
  }

  static boolean isNested(String flat) {
    return flat.indexOf('$') >= 0;
  }

  static String dotted(String flat) {
    return flat.replace('$', '.');
  }

  static String join(String packageName, String rest) {
    return packageName.isEmpty() ? rest : packageName + "." + rest;
  }

  static String lower(String simple) {
    return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
  }

  static String upper(String simple) {
    return Character.toUpperCase(simple.charAt(0)) + simple.substring(1);
  }

  static boolean hasSeveralWords(String simple) {
    return SEVERAL_WORDS.matcher(simple).matches();
  }
}
