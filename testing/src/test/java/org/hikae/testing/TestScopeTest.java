package org.hikae.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Which tests a run takes. The classes below are looked at, and run as any other. */
class TestScopeTest {

  @Test
  void a_short_run_leaves_out_what_is_full() {
    assertThat(taken(new TestScope(true, Set.of(), 0))).containsExactlyInAnyOrder("quick()");
  }

  @Test
  void a_whole_run_takes_everything() {
    assertThat(taken(new TestScope(false, Set.of(), 0)))
        .containsExactlyInAnyOrder("quick()", "thorough()", "anything()", "nested()");
  }

  @Test
  void the_slice_is_taken_whole() {
    String here = TestScopeTest.class.getSimpleName();
    assertThat(taken(new TestScope(true, Set.of(here), 0)))
        .containsExactlyInAnyOrder("quick()", "thorough()", "anything()", "nested()");
    Set<String> parts = Set.of(here.replace("Test", ""), "Test");
    assertThat(taken(new TestScope(true, parts, 0))).containsExactly("quick()");
    assertThat(taken(new TestScope(true, Set.of(here + "$Partly"), 0)))
        .containsExactlyInAnyOrder("quick()", "thorough()");
  }

  @Test
  void a_class_that_takes_long_is_taken_in_parts_that_are_the_whole_together() {
    List<String> all = List.of("a", "b", "c", "d", "e");
    List<String> taken = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      TestScope part =
          new TestScope(
              true,
              Set.of(
                  "OtherTest", Partly.class.getName().replaceFirst(".*\\.", "") + "#" + i + "/3"),
              0);
      assertThat(part.takesAllOf(Partly.class)).isTrue();
      assertThat(part.takesAllOf(Wholly.class)).isFalse();
      assertThat(taken(part)).containsExactlyInAnyOrder("quick()", "thorough()");
      assertThat(part.partOf(Partly.class).of(all)).hasSizeBetween(1, 2);
      assertThat(part.partOf(Wholly.class).of(all)).isEqualTo(all);
      taken.addAll(part.partOf(Partly.class).of(all));
    }
    assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
    assertThat(new TestScope(false, Set.of(), 0).partOf(Partly.class).of(all)).isEqualTo(all);
  }

  @Test
  void properties_decide_and_nothing_said_is_the_whole() {
    assertThat(TestScope.of(Map.<String, String>of()::get))
        .isEqualTo(new TestScope(false, Set.of(), 0));
    assertThat(TestScope.of(Map.of("hikae.scope", "short", "hikae.slice", "AIT,BTest")::get))
        .isEqualTo(new TestScope(true, Set.of("AIT", "BTest"), 0));
    assertThat(TestScope.of(Map.of("hikae.scope", "short", "hikae.slice", "")::get).slice())
        .isEmpty();
    assertThat(TestScope.of(Map.of("hikae.scope", "short", "hikae.third", "2")::get).third())
        .isEqualTo(2);
    assertThat(TestScope.of(Map.of("hikae.scope", "short", "hikae.third", "")::get).third())
        .isZero();
    assertThatThrownBy(() -> new TestScope(true, Set.of(), 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_has_its_turn_in_three_runs_is_taken_by_one_of_them_and_by_all_that_name_none() {
    Set<String> none = Set.of();
    assertThat(taken(new TestScope(true, none, 0), Thirds.class)).contains("dear()");
    int own = TestScope.thirdOf(Thirds.class.getName(), "dear");
    assertThat(taken(new TestScope(true, none, own), Thirds.class))
        .containsExactlyInAnyOrder("cheap()", "dear()");
    for (int others : new int[] {own % 3 + 1, (own + 1) % 3 + 1}) {
      assertThat(taken(new TestScope(true, none, others), Thirds.class)).containsExactly("cheap()");
      String whole = Thirds.class.getName().replaceFirst(".*\\.", "");
      assertThat(taken(new TestScope(true, Set.of(whole), others), Thirds.class))
          .contains("dear()");
      assertThat(taken(new TestScope(false, none, others), Thirds.class)).contains("dear()");
    }
  }

  @Test
  void a_class_that_is_marked_as_a_whole_has_each_of_its_tests_in_one_of_three_runs() {
    List<String> taken = new ArrayList<>();
    for (int third = 1; third <= 3; third++) {
      List<String> inThisRun = taken(new TestScope(true, Set.of(), third), Dear.class).toList();
      assertThat(inThisRun).hasSizeLessThan(4);
      taken.addAll(inThisRun);
    }
    assertThat(taken).containsExactlyInAnyOrder("one()", "two()", "three()", "four()");
    assertThat(taken(new TestScope(true, Set.of(), 0), Dear.class)).hasSize(4);
  }

  @Test
  void what_has_its_turn_begins_before_what_is_quick() {
    String turn = Wholly.class.getName().replaceFirst(".*\\.", "");
    assertThat(ordered(new TestScope(true, Set.of(turn), 0)))
        .containsExactly(Longest.class, Wholly.class, Partly.class);
    assertThat(ordered(new TestScope(true, Set.of(), 0))).startsWith(Longest.class);
  }

  private static List<Class<?>> ordered(TestScope scope) {
    List<ClassDescriptor> all = new ArrayList<>();
    for (Class<?> one : List.of(Partly.class, Wholly.class, Longest.class)) {
      all.add(new OneClass(one));
    }
    new LongestFirstOrder(scope).orderClasses(new Classes(all));
    List<Class<?>> ordered = new ArrayList<>();
    all.forEach(one -> ordered.add(one.getTestClass()));
    return ordered;
  }

  /** What JUnit tells of a class to be ordered. */
  private record OneClass(Class<?> getTestClass) implements ClassDescriptor {

    @Override
    public String getDisplayName() {
      return getTestClass.getSimpleName();
    }

    @Override
    public boolean isAnnotated(Class<? extends Annotation> type) {
      return getTestClass.isAnnotationPresent(type);
    }

    @Override
    public <A extends Annotation> Optional<A> findAnnotation(Class<A> type) {
      return Optional.ofNullable(getTestClass.getAnnotation(type));
    }

    @Override
    public <A extends Annotation> List<A> findRepeatableAnnotations(Class<A> type) {
      return List.of(getTestClass.getAnnotationsByType(type));
    }
  }

  /** What JUnit gives to be ordered, without parameters of its configuration. */
  private record Classes(List<ClassDescriptor> all) implements ClassOrdererContext {

    @Override
    public List<? extends ClassDescriptor> getClassDescriptors() {
      return all;
    }

    @Override
    public Optional<String> getConfigurationParameter(String key) {
      return Optional.empty();
    }
  }

  private static Stream<String> taken(TestScope scope) {
    return taken(scope, Partly.class, Wholly.class);
  }

  private static Stream<String> taken(TestScope scope, Class<?>... classes) {
    var discovery =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Stream.of(classes).map(one -> selectClass(one)).toList())
            .filters(new TestScopeFilter(scope))
            .build();
    var config = LauncherConfig.builder().enablePostDiscoveryFilterAutoRegistration(false).build();
    TestPlan plan = LauncherFactory.create(config).discover(discovery);
    return plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .filter(test -> test.isTest())
        .map(test -> test.getDisplayName());
  }

  static class Partly {
    @Test
    void quick() {}

    @FullRunOnly
    @Test
    void thorough() {}
  }

  static class Thirds {
    @Test
    void cheap() {}

    @EveryThirdRun
    @Test
    void dear() {}
  }

  @EveryThirdRun
  static class Dear {
    @Test
    void one() {}

    @Test
    void two() {}

    @Test
    void three() {}

    @Test
    void four() {}
  }

  @Order(0)
  static class Longest {
    @Test
    void first() {}
  }

  @FullRunOnly
  static class Wholly {
    @Test
    void anything() {}

    @Nested
    class Inner {
      @Test
      void nested() {}
    }
  }
}
