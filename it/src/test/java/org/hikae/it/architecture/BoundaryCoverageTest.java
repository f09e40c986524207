package org.hikae.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/**
 * Whoever adds a boundary that people or devices call also calls it in a test inside the server.
 */
class BoundaryCoverageTest {

  private static final Pattern INJECTED = Pattern.compile("  @Inject private (\\w+) \\w+;");

  @Test
  void every_boundary_with_roles_has_a_test_inside_the_server() {
    JavaClasses server = ReactorModule.importAll(ReactorModule.SERVER);
    TreeSet<String> boundaries = new TreeSet<>();
    for (JavaClass type : server) {
      if (type.getPackageName().endsWith(".boundary")
          && type.isAnnotatedWith(Stateless.class)
          && type.isAnnotatedWith(RolesAllowed.class)) {
        boundaries.add(type.getSimpleName());
      }
    }
    Set<String> tested = injectedInContainerTests();
    assertThat(boundaries).isNotEmpty().allSatisfy(name -> assertThat(tested).contains(name));
  }

  /** The default refuses them to who administers a department; that shall have been thought of. */
  @Test
  void every_boundary_of_pages_says_what_it_does_for_who_administers_a_department() {
    List<String> silent =
        ReactorModule.importAll(ReactorModule.SERVER).stream()
            .filter(type -> type.isAnnotatedWith(FromClient.class))
            .filter(
                type ->
                    type.getAnnotationOfType(FromClient.class)
                        .value()
                        .equals(RealmNames.PORTAL_CLIENT))
            .filter(type -> !type.isAnnotatedWith(ScopeAccess.class))
            .map(JavaClass::getSimpleName)
            .toList();
    assertThat(silent).isEmpty();
  }

  /** Whom a parameter names is looked up within the departments, and told by its type. */
  @Test
  void employees_are_named_by_a_type_of_their_own_where_departments_bound() {
    List<JavaMethod> bounded =
        ReactorModule.importAll(ReactorModule.SERVER).stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(method -> rule(method).filter(ScopeRule.SCOPED::equals).isPresent())
            .toList();
    assertThat(bounded)
        .isNotEmpty()
        .allSatisfy(
            method ->
                assertThat(method.getRawParameterTypes())
                    .extracting(JavaClass::getName)
                    .doesNotContain("long", Long.class.getName()));
  }

  private static Optional<ScopeRule> rule(JavaMethod method) {
    return method
        .tryGetAnnotationOfType(ScopeAccess.class)
        .or(() -> method.getOwner().tryGetAnnotationOfType(ScopeAccess.class))
        .map(ScopeAccess::value);
  }

  private static Set<String> injectedInContainerTests() {
    Path folder = BuildOutput.root().resolve("it-container/src/test/java/org/hikae/it/container");
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith("IT.java"))
          .flatMap(BoundaryCoverageTest::lines)
          .map(INJECTED::matcher)
          .filter(Matcher::matches)
          .map(found -> found.group(1))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
