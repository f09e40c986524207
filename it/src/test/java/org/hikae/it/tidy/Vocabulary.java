package org.hikae.it.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.it.tidy.SourceIndex.DeclaredField;
import org.hikae.it.tidy.SourceIndex.DeclaredType;
import org.hikae.testing.BuildOutput;

/** What docs/terminology.md and docs/vocabulary.md say about the names of types and fields. */
final class Vocabulary {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** {@code Hmac}, {@code Sha256}, {@code IT}. */
  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])[0-9]*|[A-Z][a-z0-9]*");

  private static final Pattern TYPE_NAME = Pattern.compile("[A-Z]\\w*");

  private static final Pattern DIGIT = Pattern.compile("[0-9]");

  /** A word that no type and no field has, but those whose names look like one of these. */
  private record RefusedWord(List<Pattern> allowed, String instead) {

    boolean allows(String name) {
      return allowed.stream().anyMatch(one -> one.matcher(name).matches());
    }
  }

  private final Map<String, RefusedWord> refusals = new TreeMap<>();
  private final Map<String, String> refusedNames = new TreeMap<>();
  private final Set<String> refusedWithinTypes = new TreeSet<>();
  private final Set<String> endings = new TreeSet<>();
  private final Set<String> nouns;
  private final Set<String> wholeNames;
  private final Set<String> termsWithDigits;
  private final Set<String> published = new TreeSet<>();
  private final Set<String> examples = new TreeSet<>();

  private Vocabulary(String page) {
    for (List<String> row : rows(page, "Role endings")) {
      coded(row.get(0)).forEach(ending -> endings.add(ending.replace("…", "")));
    }
    for (List<String> row : rows(page, "Refused words")) {
      List<Pattern> allowed =
          coded(row.get(2)).map(name -> Pattern.compile(name.replace("*", ".*"))).toList();
      coded(row.get(0)).forEach(word -> refusals.put(word, new RefusedWord(allowed, row.get(1))));
    }
    for (List<String> row : rows(page, "Refused names")) {
      coded(row.get(0)).forEach(name -> refusedNames.put(name, row.get(1)));
      coded(row.get(2)).forEach(refusedWithinTypes::add);
    }
    for (List<String> row : rows(page, "Published names")) {
      coded(row.get(0)).forEach(published::add);
      coded(row.get(2)).forEach(examples::add);
    }
    rows(page, "Three holds").forEach(row -> coded(row.get(2)).forEach(examples::add));
    nouns = block(page, "Nouns");
    wholeNames = block(page, "Whole names");
    termsWithDigits = block(page, "Terms with digits");
  }

  /** That of both pages. */
  static Vocabulary ofPages() {
    Path docs = BuildOutput.root().resolve("docs");
    try {
      return new Vocabulary(
          Files.readString(docs.resolve("terminology.md"))
              + Files.readString(docs.resolve("vocabulary.md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with the names of these types, one thing for each. */
  List<String> faults(List<DeclaredType> types) {
    Map<String, String> sources = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    for (DeclaredType type : types) {
      String other = type.isNested() ? null : sources.putIfAbsent(type.simpleName(), type.source());
      if (other != null) {
        faults.add(type.source() + ": " + type.name() + " stands in " + other);
      }
    }
    for (DeclaredType type : types) {
      String name = type.simpleName();
      ofWords(name)
          .or(() -> type.isNested() ? ofOther(name, sources) : ofWholeName(name))
          .ifPresent(fault -> faults.add(type.source() + ": " + fault));
    }
    return faults;
  }

  private Optional<String> ofOther(String name, Map<String, String> sources) {
    if (refusedWithinTypes.contains(name)) {
      return Optional.of(name + " is a refused name: " + refusedNames.get(name));
    }
    return Optional.ofNullable(sources.get(name)).map(other -> name + " is the name of " + other);
  }

  /** What is wrong with the names of these fields, whose types may be among these. */
  List<String> fieldFaults(List<DeclaredField> fields, List<DeclaredType> types) {
    Set<String> own = types.stream().map(DeclaredType::simpleName).collect(Collectors.toSet());
    return fields.stream()
        .flatMap(
            field ->
                Stream.concat(ofWords(field), field.injected() ? ofType(field, own) : Stream.of())
                    .map(fault -> field.source() + ": " + fault))
        .toList();
  }

  private Stream<String> ofWords(DeclaredField field) {
    String name = capitalised(field.name());
    return words(name).stream()
        .filter(refusals::containsKey)
        .filter(word -> !refusals.get(word).allows(name))
        .map(word -> field.name() + " has the refused word " + word);
  }

  /**
   * Whoever reads an injected field somewhere in its class should know what it is. Of what is in an
   * {@code Instance} or the like, the contents count.
   */
  private static Stream<String> ofType(DeclaredField field, Set<String> own) {
    Set<String> ofField = singularWords(capitalised(field.name()));
    return TYPE_NAME
        .matcher(field.type().replaceFirst("^[^<]*<", ""))
        .results()
        .map(MatchResult::group)
        .filter(own::contains)
        .filter(type -> Collections.disjoint(ofField, singularWords(type)))
        .map(type -> field.name() + " has no word of " + type);
  }

  private Optional<String> ofWords(String name) {
    for (String word : words(name)) {
      RefusedWord refused = refusals.get(word);
      if (refused != null && !refused.allows(name)) {
        return Optional.of(name + " has the refused word " + word + ": " + refused.instead());
      }
      if (DIGIT.matcher(word).find() && !termsWithDigits.contains(word)) {
        return Optional.of(name + " has a digit in " + word + ", which is no term");
      }
    }
    return Optional.empty();
  }

  private Optional<String> ofWholeName(String name) {
    if (!String.join("", words(name)).equals(name)) {
      return Optional.of(name + " is not made of words");
    }
    if (refusedNames.containsKey(name)) {
      return Optional.of(name + " is a refused name: " + refusedNames.get(name));
    }
    String last = words(name).getLast();
    boolean known =
        wholeNames.contains(name)
            || singulars(last).anyMatch(word -> endings.contains(word) || nouns.contains(word));
    return known
        ? Optional.empty()
        : Optional.of(name + " ends with " + last + ", which is neither a role nor a noun");
  }

  /** Entries that no type needs. */
  Set<String> unused(List<DeclaredType> types) {
    Set<String> unused = new TreeSet<>(nouns);
    unused.addAll(endings);
    unused.addAll(wholeNames);
    unused.addAll(termsWithDigits);
    for (DeclaredType type : types) {
      List<String> words = words(type.simpleName());
      unused.removeAll(words.stream().filter(word -> DIGIT.matcher(word).find()).toList());
      if (!type.isNested() && !words.isEmpty()) {
        unused.remove(type.simpleName());
        unused.removeAll(singulars(words.getLast()).toList());
      }
    }
    return unused;
  }

  /** Names that others read, whatever the code calls it. */
  Set<String> published() {
    return published;
  }

  /** Types that the pages show. */
  Set<String> examples() {
    return examples;
  }

  private static List<String> words(String name) {
    return WORD.matcher(name).results().map(found -> found.group()).toList();
  }

  private static String capitalised(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static Set<String> singularWords(String name) {
    return words(name).stream().flatMap(Vocabulary::singulars).collect(Collectors.toSet());
  }

  /** The word itself, and what it may be the plural of. */
  private static Stream<String> singulars(String word) {
    return Stream.of(
        word,
        word.replaceFirst("ies$", "y"),
        word.replaceFirst("es$", ""),
        word.replaceFirst("s$", ""));
  }

  /** Cells of the rows of the first table behind a heading. */
  private static List<List<String>> rows(String page, String heading) {
    List<List<String>> rows =
        behind(page, heading)
            .lines()
            .dropWhile(line -> !line.startsWith("|---"))
            .skip(1)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> Arrays.stream(line.split("\\|", -1)).skip(1).map(String::strip).toList())
            .toList();
    if (rows.isEmpty()) {
      throw new IllegalStateException("The terminology has no table behind " + heading);
    }
    return rows;
  }

  /** Words of the first fenced block behind a heading. */
  private static Set<String> block(String page, String heading) {
    String[] parts = behind(page, heading).split("```", 3);
    if (parts.length < 3) {
      throw new IllegalStateException("The terminology has no block behind " + heading);
    }
    return new TreeSet<>(List.of(parts[1].strip().split("\\s+")));
  }

  private static String behind(String page, String heading) {
    Matcher found =
        Pattern.compile("(?ms)^#+ " + Pattern.quote(heading) + "$(.*?)(?=^#|\\z)").matcher(page);
    if (!found.find()) {
      throw new IllegalStateException("The terminology has no heading " + heading);
    }
    return found.group(1);
  }

  private static Stream<String> coded(String cell) {
    return CODE.matcher(cell).results().map(found -> found.group(1));
  }
}
