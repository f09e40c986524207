package org.hikae.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import java.util.EnumSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each layer of the server may use, and what it may show. */
class LayerTest {

  private static final JavaClasses EVERYTHING =
      ReactorModule.importAll(EnumSet.allOf(ReactorModule.class));
  private static final JavaClasses SERVER = ReactorModule.importAll(ReactorModule.SERVER);
  private static final String[] INNER = {"entity", "store", "control", "service", "job"};

  @Test
  void only_stores_use_the_entity_manager() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..store..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "jakarta\\.persistence\\.(EntityManager(Factory)?|PersistenceContext|PersistenceUnit"
                + "|.*Query)")
        .check(SERVER);
  }

  @Test
  void only_web_knows_http_and_faces() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..rest..", "..faces..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.ws.rs..", "jakarta.faces..", "jakarta.servlet..")
        .check(SERVER);
  }

  @Test
  void rest_and_pages_do_not_know_each_other() {
    noClasses()
        .that()
        .resideInAPackage("..rest..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..faces..", "jakarta.faces..")
        .check(SERVER);
    noClasses()
        .that()
        .resideInAPackage("..faces..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..rest..", "jakarta.ws.rs..")
        .check(SERVER);
  }

  @Test
  void web_sees_boundaries_views_and_values() {
    noClasses()
        .that()
        .resideInAnyPackage("..rest..", "..faces..")
        .should()
        .dependOnClassesThat(liesIn(INNER).and(DescribedPredicate.not(isOfATechnicalCapability())))
        .check(SERVER);
  }

  @Test
  void control_is_pure() {
    noClasses()
        .that(liesIn("control"))
        .should()
        .dependOnClassesThat(liesIn("entity", "store", "service", "boundary", "job"))
        .check(SERVER);
    noClasses()
        .that(liesIn("control", "view", "value"))
        .should()
        .dependOnClassesThat()
        .haveNameMatching("jakarta\\.(?!json\\.|ejb\\.ApplicationException$).*")
        .check(SERVER);
  }

  @ParameterizedTest
  @CsvSource({
    "value, entity store control service boundary view job",
    "entity, store control service boundary view job",
    "store, control service boundary view job",
    "view, entity store service boundary job",
    "service, boundary job",
    "job, boundary"
  })
  void a_leaf_uses_only_those_below_it(String leaf, String above) {
    noClasses()
        .that(liesIn(leaf))
        .should()
        .dependOnClassesThat(liesIn(above.split(" ")))
        .check(SERVER);
  }

  @Test
  void no_entity_in_a_signature_that_web_can_see() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(areVisibleInABoundary())
        .should(showNoEntity())
        .allowEmptyShould(true)
        .check(SERVER);
  }

  @Test
  void every_boundary_states_its_roles() {
    classes()
        .that()
        .areAnnotatedWith(Stateless.class)
        .should()
        .beAnnotatedWith(
            DescribedPredicate.<JavaAnnotation<?>>describe(
                "@DenyAll, @RolesAllowed or @PermitAll",
                annotation ->
                    Stream.of(DenyAll.class, RolesAllowed.class, PermitAll.class)
                        .anyMatch(type -> annotation.getRawType().isEquivalentTo(type))))
        .allowEmptyShould(true)
        .check(SERVER);
  }

  @Test
  void only_boundaries_services_and_jobs_are_enterprise_beans() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..boundary..", "..service..", "..job..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("jakarta\\.ejb\\.(?!EJBAccessException|ApplicationException).*")
        .check(SERVER);
  }

  @Test
  void time_is_read_from_the_injected_clock_only() {
    noClasses()
        .should()
        .callMethod("java.time.Instant", "now")
        .orShould()
        .callMethod("java.lang.System", "currentTimeMillis")
        .check(EVERYTHING);
  }

  @Test
  void names_say_what_a_class_does() {
    noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Util|Utils)").check(EVERYTHING);
  }

  @ParameterizedTest
  @EnumSource(ReactorModule.class)
  void every_package_says_why_it_exists(ReactorModule module) {
    JavaClasses imported = module.imported();
    var described = new TreeSet<String>();
    for (JavaClass c : imported) {
      if (c.getSimpleName().equals("package-info")
          && c.isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
        described.add(c.getPackageName());
      }
    }
    assertThat(module.packageNames())
        .as("packages of %s with a @NullMarked package-info", module.folder())
        .isSubsetOf(described);
  }

  private static DescribedPredicate<JavaClass> liesIn(String... leaves) {
    return DescribedPredicate.describe(
        "lie in " + String.join(", ", leaves),
        c ->
            c.getPackageName().startsWith("org.hikae.")
                && Capability.of(c.getPackageName()).isPresent()
                && Stream.of(leaves).anyMatch(leaf -> c.getPackageName().endsWith("." + leaf)));
  }

  private static DescribedPredicate<JavaClass> isOfATechnicalCapability() {
    return DescribedPredicate.describe(
        "are technical",
        c -> Capability.of(c.getPackageName()).filter(Capability::isTechnical).isPresent());
  }

  private static DescribedPredicate<JavaClass> areVisibleInABoundary() {
    return DescribedPredicate.describe(
        "are public types of a boundary or a view",
        c ->
            (c.getPackageName().endsWith(".boundary") || c.getPackageName().endsWith(".view"))
                && c.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC));
  }

  private static ArchCondition<JavaMethod> showNoEntity() {
    return new ArchCondition<>("show no entity") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
            .map(JavaType::getAllInvolvedRawTypes)
            .flatMap(types -> types.stream())
            .filter(
                type ->
                    type.getPackageName().endsWith(".entity")
                        || type.getPackageName().endsWith(".store"))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " shows " + type.getName())));
      }
    };
  }
}
