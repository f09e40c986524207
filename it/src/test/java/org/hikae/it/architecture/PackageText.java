package org.hikae.it.architecture;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.it.tidy.SourceIndex;

/**
 * What a package says about itself.
 *
 * @param source its package-info, as seen from the root
 * @param name of the package
 * @param text the comment in one line, with code and links as they stand there
 */
record PackageText(String source, String name, String text) {

  private static final Pattern COMMENT =
      Pattern.compile("(?s)/\\*\\*(.*?)\\*/.*?^package ([\\w.]+);", Pattern.MULTILINE);

  private static final Pattern TAG = Pattern.compile("\\{@(?:code|link) ([^}]+)}");
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.]) (?=[A-Z])");

  /** A name of several words, as only types have them. */
  private static final Pattern TYPE = Pattern.compile("\\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+\\b");

  private static final Pattern TAGGED_TYPE =
      Pattern.compile("(?:[a-z0-9]+\\.)*([A-Z]\\w*[a-z]\\w*)");

  /** Those of all packages, of tests too. */
  static List<PackageText> all() {
    return SourceIndex.ofRepository().texts().entrySet().stream()
        .filter(source -> source.getKey().endsWith("/package-info.java"))
        .map(source -> of(source.getKey(), source.getValue()))
        .toList();
  }

  /** Those of a module in the order of their names; first those that ship, then tests' own. */
  static List<PackageText> ofModule(String folder) {
    List<PackageText> shipped = below(folder + "/src/main/");
    Set<String> names = shipped.stream().map(PackageText::name).collect(Collectors.toSet());
    Stream<PackageText> ofTests =
        below(folder + "/src/test/").stream().filter(text -> !names.contains(text.name()));
    return Stream.concat(shipped.stream(), ofTests).toList();
  }

  private static List<PackageText> below(String folder) {
    return all().stream()
        .filter(text -> text.source().startsWith(folder))
        .sorted(Comparator.comparing(PackageText::name))
        .toList();
  }

  static PackageText of(String source, String packageInfo) {
    Matcher comment = COMMENT.matcher(packageInfo);
    if (!comment.find()) {
      throw new IllegalStateException(source + " has no comment");
    }
    String text = comment.group(1).replaceAll("\\s*\\n\\s*\\*? ?", " ").replace("<p>", "").strip();
    return new PackageText(source, comment.group(2), text);
  }

  boolean isOfTests() {
    return source.contains("/src/test/");
  }

  String shortName() {
    return name.replaceFirst("^org\\.hikae\\.", "");
  }

  List<String> sentences() {
    return SENTENCE_END.splitAsStream(text).toList();
  }

  /** The first sentence as a page shows it. */
  String firstSentence() {
    return TAG.matcher(sentences().getFirst())
        .replaceAll(
            tag -> "`" + tag.group(1).replaceFirst("^org\\.hikae\\.([a-z0-9]+\\.)*", "") + "`");
  }

  /** Simple names of the types that it names. */
  List<String> types() {
    Stream<String> tagged =
        TAG.matcher(text)
            .results()
            .map(tag -> TAGGED_TYPE.matcher(tag.group(1)))
            .filter(Matcher::matches)
            .map(type -> type.group(1));
    Stream<String> plain =
        TYPE.matcher(TAG.matcher(text).replaceAll("")).results().map(type -> type.group());
    return Stream.concat(tagged, plain).toList();
  }
}
