package org.hikae.metrics.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

class RouteFilterTest {

  /** A resource. */
  @Path("v1/things/{number}")
  public static class Things {

    /** All. */
    public void all() {}

    @Path("/parts/{path: .+}")
    public void part() {}
  }

  @Test
  void a_route_is_the_template_without_forms() throws Exception {
    assertThat(RouteFilter.template(Things.class.getDeclaredMethod("all")))
        .isEqualTo("/api/v1/things/{number}");
    assertThat(RouteFilter.template(Things.class.getDeclaredMethod("part")))
        .isEqualTo("/api/v1/things/{number}/parts/{path}");
  }
}
