package org.hikae.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every answer says to caches. */
class ResponseHeaderFilterTest {

  private final MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();

  private void filter() {
    new ResponseHeaderFilter()
        .filter(fake(ContainerRequestContext.class), fake(ContainerResponseContext.class));
  }

  /** Has these headers and nothing else. */
  private <T> T fake(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> headers));
  }

  @Test
  void an_answer_is_not_kept() {
    filter();
    assertThat(headers.get("Cache-Control")).isEqualTo(List.of("no-store"));
    assertThat(headers.get("X-Content-Type-Options")).isEqualTo(List.of("nosniff"));
  }

  @Test
  void an_answer_whose_resource_says_that_it_never_changes_is() {
    headers.putSingle("Cache-Control", "public, max-age=31536000, immutable");
    filter();
    assertThat(headers.get("Cache-Control"))
        .isEqualTo(List.of("public, max-age=31536000, immutable"));
  }
}
