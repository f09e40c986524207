import com.sun.tools.javac.code.Symbol.ClassSymbol;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Beans whose names in pages come from the names of their classes. */
final class Beans {

  private static final Pattern NAME = Pattern.compile("(?<![\\w.'])[a-z]\\w*(?![\\w'(:])");

  private final Map<String, String> names = new TreeMap<>();

  Beans(Plan plan) {
    for (ClassSymbol type : plan.classes.values()) {
      if (!plan.name(type).contentEquals(type.name) && isNamedByItsClass(type)) {
        names.put(Names.lower(type.name.toString()), Names.lower(plan.name(type)));
      }
    }
  }

  private static boolean isNamedByItsClass(ClassSymbol type) {
    return type.getAnnotationMirrors().stream()
        .anyMatch(
            one ->
                one.type.tsym.flatName().contentEquals("jakarta.inject.Named")
                    && one.getElementValues().isEmpty());
  }

  /**
   * Edits one expression of a page.
   *
   * @param told takes the place and the new name of each edit
   */
  void edit(
      String text, int start, int end, FileEdits edits, BiConsumer<Integer, String> told) {
    Matcher name = NAME.matcher(text).region(start, end).useTransparentBounds(true);
    while (name.find()) {
      String renamed = names.get(name.group());
      if (renamed != null) {
        edits.replace(name.start(), name.end(), renamed);
        told.accept(name.start(), name.group() + " -> " + renamed);
      }
    }
  }
}
