package org.hikae.rollout.faces;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CampaignsAddressServletTest {

  private final List<Object> sent = new ArrayList<>();

  private static <T> T answering(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Test
  void the_old_address_leads_to_the_list_of_campaigns() throws Exception {
    HttpServletRequest request =
        answering(
            HttpServletRequest.class,
            (self, method, arguments) -> method.getName().equals("getContextPath") ? "/at" : null);
    HttpServletResponse response =
        answering(
            HttpServletResponse.class,
            (self, method, arguments) -> {
              sent.add(method.getName());
              sent.addAll(List.of(arguments));
              return null;
            });
    new CampaignsAddressServlet().doGet(request, response);
    assertThat(sent).containsExactly("sendRedirect", "/at/admin/rollout#campaigns-title");
    assertThat(CampaignsAddressServlet.class.getAnnotation(WebServlet.class).value())
        .containsExactly("/admin/campaigns", "/admin/campaigns.xhtml");
  }
}
