package org.hikae.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which module and which capability may know which. */
class DirectionTest {

  private static final JavaClasses EVERYTHING =
      ReactorModule.importAll(EnumSet.allOf(ReactorModule.class));
  private static final JavaClasses SERVER = ReactorModule.importAll(ReactorModule.SERVER);

  @ParameterizedTest
  @EnumSource(ReactorModule.class)
  void each_module_holds_only_its_own_packages(ReactorModule module) {
    assertThat(module.packageNames())
        .as("packages in %s", module.folder())
        .isNotEmpty()
        .allMatch(module::mayHold);
  }

  @ParameterizedTest
  @EnumSource(ReactorModule.class)
  void server_packages_name_a_known_capability(ReactorModule module) {
    if (ReactorModule.SERVER.contains(module)) {
      assertThat(module.packageNames())
          .filteredOn(name -> !name.startsWith("org.hikae.hk1"))
          .allMatch(name -> Capability.of(name).isPresent());
    }
  }

  @Test
  void modules_know_only_what_lies_below_them() {
    classes()
        .should(
            knowOnly(
                "modules below their own",
                (from, to) -> {
                  Optional<ReactorModule> source = ReactorModule.of(from);
                  Optional<ReactorModule> target = ReactorModule.of(to);
                  return target.isPresent()
                      && source.isPresent()
                      && source.get().mayKnow(target.get());
                }))
        .check(EVERYTHING);
  }

  @Test
  void capabilities_know_only_those_they_may_use() {
    classes()
        .that()
        .resideOutsideOfPackages("..wire..", "org.hikae.hk1..")
        .should(
            knowOnly(
                "capabilities they may use (data in wire excepted)",
                (from, to) -> {
                  Optional<Capability> source = Capability.of(from.getPackageName());
                  Optional<Capability> target = Capability.of(to.getPackageName());
                  return to.getPackageName().endsWith(".wire")
                      || target.isEmpty()
                      || (source.isPresent() && source.get().mayUse(target.get()));
                }))
        .check(SERVER);
  }

  @Test
  void capabilities_form_no_cycle() {
    slices().assignedFrom(capabilities()).should().beFreeOfCycles().check(SERVER);
  }

  @Test
  void capabilities_talk_by_boundaries_services_and_views() {
    classes()
        .that()
        .resideOutsideOfPackages("org.hikae.insight..", "..wire..")
        .should(
            knowOnly(
                "entities, stores, control and jobs of their own capability only",
                (from, to) -> {
                  String leaf = to.getPackageName().replaceAll(".*\\.", "");
                  boolean inner =
                      leaf.equals("entity")
                          || leaf.equals("store")
                          || leaf.equals("control")
                          || leaf.equals("job");
                  Optional<Capability> target = Capability.of(to.getPackageName());
                  return !inner
                      || target.filter(Capability::isTechnical).isPresent()
                      || Capability.of(from.getPackageName()).equals(target);
                }))
        .check(SERVER);
  }

  @ParameterizedTest
  @EnumSource(
      value = ReactorModule.class,
      names = {"CRYPTO", "VAULT", "DEVICE", "ADMIN"})
  void packages_of_a_program_form_no_cycle(ReactorModule module) {
    slices().matching("org.hikae.(**)").should().beFreeOfCycles().check(module.imported());
  }

  @Test
  void plain_modules_are_free_of_jakarta() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta..")
        .check(
            ReactorModule.importAll(
                EnumSet.of(
                    ReactorModule.PROTOCOL,
                    ReactorModule.CRYPTO,
                    ReactorModule.VAULT,
                    ReactorModule.DEVICE,
                    ReactorModule.ADMIN)));
  }

  /** Data in wire belongs to no slice, nor does what is technical. */
  private static SliceAssignment capabilities() {
    return new SliceAssignment() {
      @Override
      public String getDescription() {
        return "capabilities";
      }

      @Override
      public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        Optional<Capability> capability = Capability.of(javaClass.getPackageName());
        if (javaClass.getPackageName().endsWith(".wire")
            || capability.isEmpty()
            || capability.get().isTechnical()) {
          return SliceIdentifier.ignore();
        }
        return SliceIdentifier.of(capability.get().name());
      }
    };
  }

  private static ArchCondition<JavaClass> knowOnly(
      String what, BiPredicate<JavaClass, JavaClass> allowed) {
    return new ArchCondition<>("know only " + what) {
      @Override
      public void check(JavaClass from, ConditionEvents events) {
        from.getDirectDependenciesFromSelf().stream()
            .filter(
                d -> d.getTargetClass().getBaseComponentType().getName().startsWith("org.hikae."))
            .filter(d -> !allowed.test(from, d.getTargetClass().getBaseComponentType()))
            .forEach(d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
      }
    };
  }
}
