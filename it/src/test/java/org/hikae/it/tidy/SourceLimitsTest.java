package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, methods and lists of parameters have a size, and public types a reason. */
class SourceLimitsTest {

  private static final String PLANTED = "planted/src/main/java/Planted.java";

  @Test
  void every_source_of_a_module_keeps_within_the_limits() throws IOException {
    Map<String, String> ofModules = new TreeMap<>(SourceIndex.ofRepository().texts());
    ofModules.keySet().removeIf(path -> !path.matches("[^/]+(/[^/]+)?/src/(main|test)/java/.*"));

    assertThat(ofModules).hasSizeGreaterThan(2000);
    assertThat(SourceLimits.faults(ofModules)).isEmpty();
  }

  @Test
  void a_file_of_501_lines_is_too_long() throws IOException {
    String lines = "// a line\n".repeat(499);

    assertThat(faults("class A {}\n" + lines)).isEmpty();
    assertThat(faults("class A {}\n// another\n" + lines))
        .containsExactly(PLANTED + ": 501 lines, at most 500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"class A { void a()", "class A { A()", "record A(int b) { A"})
  void a_body_of_71_lines_is_too_long(String head) throws IOException {
    assertThat(faults(head + "\n {" + "\n".repeat(69) + "} }")).isEmpty();
    assertThat(faults(head + "\n {" + "\n".repeat(70) + "} }"))
        .singleElement()
        .asString()
        .startsWith(PLANTED + ":1: ")
        .endsWith("has 71 lines, at most 70");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class A { void a(%s) {} }",
        "class A { A(%s) {} }",
        "interface A { void a(%s); }"
      })
  void eight_parameters_are_too_many(String source) throws IOException {
    assertThat(faults(source.replace("%s", parameters(7)))).isEmpty();
    assertThat(faults(source.replace("%s", parameters(8))))
        .singleElement()
        .asString()
        .endsWith("has 8 parameters, at most 7");
  }

  @Test
  void they_are_not_where_another_type_or_a_row_of_a_query_has_them() throws IOException {
    String eight = parameters(8);

    assertThat(faults("class A { @Override void a(" + eight + ") {} }")).isEmpty();
    assertThat(faults("class A { @SuppressWarnings(\"ParameterNumber\") A(" + eight + ") {} }"))
        .isEmpty();
    assertThat(faults("record A(" + eight + ") { A { } }")).isEmpty();
    assertThat(faults("record A(" + eight + ") { A(" + eight + ") { } }")).hasSize(1);
    assertThat(faults("class A { @SuppressWarnings(\"unchecked\") A(" + eight + ") {} }"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public class A {}",
        "/* no Javadoc */ public class A {}",
        "public interface A {}",
        "public record A() {}",
        "public enum A {}",
        "public @interface A {}",
        "/** */ public class B { public class A {} }",
        "/** */ public interface B { class A {} }",
        "/** */ public class B { public static class C { } /** */ public int d; }",
        "@Deprecated public class A {}"
      })
  void a_public_type_without_a_reason_is_refused(String source) throws IOException {
    assertThat(faults(source)).singleElement().asString().endsWith("without Javadoc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/** Why. */ public class A {}",
        "/** Why. */ @Deprecated public class A {}",
        "class B { public class A {} }",
        "/** Why. */ public class B { private class A { public class C {} } }",
        "/** Why. */ public class B { void a() { class A {} new Object() {}; } }"
      })
  void others_need_none(String source) throws IOException {
    assertThat(faults(source)).isEmpty();
  }

  private static String parameters(int count) {
    return IntStream.range(0, count).mapToObj(at -> "int p" + at).collect(Collectors.joining(", "));
  }

  private static List<String> faults(String source) throws IOException {
    return SourceLimits.faults(Map.of(PLANTED, source));
  }
}
