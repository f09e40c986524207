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
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import java.util.EnumSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.it.tidy.SourceIndex;
import org.hikae.metrics.service.JobRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each layer of the server may use, and what it may show. */
class LayerTest {

  private static final JavaClasses EVERYTHING =
      ReactorModule.importAll(EnumSet.allOf(ReactorModule.class));
  private static final JavaClasses SERVER = ReactorModule.importAll(ReactorModule.SERVER);

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?(org\\.hikae(?:\\.[a-z]\\w*)*)\\.[A-Z]");

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
  void control_views_and_values_need_no_container() {
    noClasses()
        .that(liesIn(Leaf.CONTROL).or(liesIn(Leaf.VIEW)).or(liesIn(Leaf.VALUE)))
        .should()
        .dependOnClassesThat()
        // Addresses of mail are read without a session and without a container.
        .haveNameMatching("jakarta\\.(?!json\\.|mail\\.internet\\.|ejb\\.ApplicationException$).*")
        .check(SERVER);
  }

  @ParameterizedTest
  @EnumSource(Leaf.class)
  void a_leaf_uses_only_what_it_may(Leaf leaf) {
    noClasses().that(liesIn(leaf)).should().dependOnClassesThat(mayNotBeUsedBy(leaf)).check(SERVER);
  }

  /** The compiler leaves out an import that only a comment needs: no rule about classes sees it. */
  @Test
  void comments_link_to_no_leaf_that_the_class_may_not_use() {
    assertThat(
            SourceIndex.ofRepository().texts().entrySet().stream()
                .filter(source -> source.getKey().contains("/src/main/"))
                .flatMap(
                    source ->
                        importsUpward(source.getValue())
                            .map(used -> source.getKey() + ": " + used)))
        .isEmpty();
  }

  @Test
  void a_planted_link_upward_is_found() {
    assertThat(
            importsUpward(
                """
                package org.hikae.notice.service;

                import java.time.Instant;
                import org.hikae.notice.job.NoticeAddressingSteps;
                import org.hikae.notice.store.NoticeStore;
                """))
        .containsExactly("org.hikae.notice.job");
  }

  private static Stream<String> importsUpward(String source) {
    Matcher named = PACKAGE.matcher(source);
    Optional<Leaf> leaf = named.find() ? Leaf.of(named.group(1)) : Optional.empty();
    return IMPORT
        .matcher(source)
        .results()
        .map(found -> found.group(1))
        .filter(used -> leaf.isPresent() && isOutOfReach(leaf.get(), used));
  }

  @ParameterizedTest
  @EnumSource(Leaf.class)
  void a_leaf_lies_in_one_module(Leaf leaf) {
    assertThat(ReactorModule.SERVER)
        .filteredOn(
            module ->
                module.packageNames().stream()
                    .anyMatch(name -> Leaf.of(name).filter(leaf::equals).isPresent()))
        .extracting(ReactorModule::folder)
        .containsExactly(leaf.folder());
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
  void what_a_timer_begins_is_run_by_the_runner() {
    methods()
        .that()
        .areAnnotatedWith(Schedule.class)
        .or()
        .areAnnotatedWith(Timeout.class)
        .should(callRunner())
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

  private static ArchCondition<JavaMethod> callRunner() {
    return new ArchCondition<>("call JobRunner.run") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean calls =
            method.getMethodCallsFromSelf().stream()
                .anyMatch(
                    call ->
                        call.getTargetOwner().isEquivalentTo(JobRunner.class)
                            && call.getName().equals("run"));
        if (!calls) {
          events.add(
              SimpleConditionEvent.violated(
                  method, method.getFullName() + " takes no time and logs no failure"));
        }
      }
    };
  }

  private static DescribedPredicate<JavaClass> liesIn(Leaf leaf) {
    return DescribedPredicate.describe(
        "lie in " + leaf.segment(),
        c -> Leaf.of(c.getPackageName()).filter(leaf::equals).isPresent());
  }

  private static DescribedPredicate<JavaClass> mayNotBeUsedBy(Leaf leaf) {
    return DescribedPredicate.describe(
        "are of another leaf than " + leaf.segment() + " may use",
        c -> isOutOfReach(leaf, c.getPackageName()));
  }

  private static boolean isOutOfReach(Leaf leaf, String packageName) {
    return Leaf.of(packageName).filter(used -> !leaf.mayUse(used)).isPresent()
        && !(leaf.isOfWeb() && isTechnical(packageName));
  }

  private static boolean isTechnical(String packageName) {
    return Capability.of(packageName).filter(Capability::isTechnical).isPresent();
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
