package org.hikae.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Which tests a run takes. The classes below are looked at, and run as any other. */
class TestScopeTest {

  @Test
  void a_short_run_leaves_out_what_is_full() {
    assertThat(taken(new TestScope(true, Set.of()))).containsExactlyInAnyOrder("quick()");
  }

  @Test
  void a_whole_run_takes_everything() {
    assertThat(taken(new TestScope(false, Set.of())))
        .containsExactlyInAnyOrder("quick()", "thorough()", "anything()", "nested()");
  }

  @Test
  void the_slice_is_taken_whole() {
    String here = TestScopeTest.class.getSimpleName();
    assertThat(taken(new TestScope(true, Set.of(here))))
        .containsExactlyInAnyOrder("quick()", "thorough()", "anything()", "nested()");
    Set<String> parts = Set.of(here.replace("Test", ""), "Test");
    assertThat(taken(new TestScope(true, parts))).containsExactly("quick()");
    assertThat(taken(new TestScope(true, Set.of(here + "$Partly"))))
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
                  "OtherTest", Partly.class.getName().replaceFirst(".*\\.", "") + "#" + i + "/3"));
      assertThat(part.takesAllOf(Partly.class)).isTrue();
      assertThat(part.takesAllOf(Wholly.class)).isFalse();
      assertThat(taken(part)).containsExactlyInAnyOrder("quick()", "thorough()");
      assertThat(part.partOf(Partly.class).of(all)).hasSizeBetween(1, 2);
      assertThat(part.partOf(Wholly.class).of(all)).isEqualTo(all);
      taken.addAll(part.partOf(Partly.class).of(all));
    }
    assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
    assertThat(new TestScope(false, Set.of()).partOf(Partly.class).of(all)).isEqualTo(all);
  }

  @Test
  void properties_decide_and_nothing_said_is_the_whole() {
    assertThat(TestScope.of(Map.<String, String>of()::get))
        .isEqualTo(new TestScope(false, Set.of()));
    assertThat(TestScope.of(Map.of("hikae.scope", "short", "hikae.slice", "AIT,BTest")::get))
        .isEqualTo(new TestScope(true, Set.of("AIT", "BTest")));
    assertThat(TestScope.of(Map.of("hikae.scope", "short", "hikae.slice", "")::get).slice())
        .isEmpty();
  }

  private static Stream<String> taken(TestScope scope) {
    var discovery =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(Partly.class), selectClass(Wholly.class))
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
