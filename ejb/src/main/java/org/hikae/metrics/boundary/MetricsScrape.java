package org.hikae.metrics.boundary;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.hikae.metrics.service.Meters;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Tells the monitoring system all figures. It shows the token of its own that the settings name
 * (ADR 20), so that it works while Keycloak does not. Nothing is counted for it: all figures are in
 * memory.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MetricsScrape {

  /** No bearer token: the server would ask Keycloak about one before it asks here. */
  private static final String SCHEME = "Monitoring ";

  @Inject private Meters meters;
  @Inject private Settings settings;

  /**
   * All figures in Prometheus' text format.
   *
   * @param authorization the request's header
   * @throws Refusal as not found when the settings name no token, as unauthenticated when this is
   *     another one
   */
  public String text(@Nullable String authorization) {
    String token = settings.metricsToken();
    if (token.isEmpty()) {
      throw Refusal.notFound();
    }
    if (authorization == null || !isSame(SCHEME + token, authorization)) {
      throw Refusal.of(ProblemCode.UNAUTHENTICATED);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, meters.read(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** In a time that does not depend on where they differ. */
  private static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
