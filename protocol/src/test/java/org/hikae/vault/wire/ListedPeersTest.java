package org.hikae.vault.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HK1-V-23: whichever way TLS asks, only who was listed is taken. */
class ListedPeersTest {

  /** Three certificates of one key; the second was good on one day of 2020. */
  private static final String LISTED =
      """
      -----BEGIN CERTIFICATE-----
      MIIBeTCCAR+gAwIBAgIUCPuREYG8/Nnjae7RFplLOxywjdAwCgYIKoZIzj0EAwIw
      ETEPMA0GA1UEAwwGbGlzdGVkMCAXDTIwMDEwMTAwMDAwMFoYDzk5OTkxMjMxMjM1
      OTU5WjARMQ8wDQYDVQQDDAZsaXN0ZWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
      AAQ422UjL6foTrZo2Rs1GAzjh9sUR6ohuKcUk06BfZwwhRfFLQw8pJNS8/9TBaHZ
      uLPEhev/yN/2m3yOmJUDvAfho1MwUTAdBgNVHQ4EFgQUNp/4Gkg/SvmTpKuqx8IX
      doNatr0wHwYDVR0jBBgwFoAUNp/4Gkg/SvmTpKuqx8IXdoNatr0wDwYDVR0TAQH/
      BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBNxd0JCpSgnnQzTOtqwr08qvJXGzpx
      y8gi+MX03LozDAIhALz96zy+V/OClRHEzVs4b5ko6+Uqk1ej4YbOwHUcqftn
      -----END CERTIFICATE-----
      """;

  private static final String EXPIRED =
      """
      -----BEGIN CERTIFICATE-----
      MIIBeDCCAR+gAwIBAgIUBlAWeOpyT4AE6XaNZFjTcWPk2UkwCgYIKoZIzj0EAwIw
      EjEQMA4GA1UEAwwHZXhwaXJlZDAeFw0yMDAxMDEwMDAwMDBaFw0yMDAxMDIwMDAw
      MDBaMBIxEDAOBgNVBAMMB2V4cGlyZWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
      AAQ422UjL6foTrZo2Rs1GAzjh9sUR6ohuKcUk06BfZwwhRfFLQw8pJNS8/9TBaHZ
      uLPEhev/yN/2m3yOmJUDvAfho1MwUTAdBgNVHQ4EFgQUNp/4Gkg/SvmTpKuqx8IX
      doNatr0wHwYDVR0jBBgwFoAUNp/4Gkg/SvmTpKuqx8IXdoNatr0wDwYDVR0TAQH/
      BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAILdszJw0sGDeCBPHHbWbpG2+ZEbat
      ZPNtsbu8nedpFQIgLGYvkt/kG34Bx834MH4zgqzi9OPoenK/PdlaRJr2IQA=
      -----END CERTIFICATE-----
      """;

  private static final String STRANGER =
      """
      -----BEGIN CERTIFICATE-----
      MIIBfTCCASOgAwIBAgIUQu42u3RTw6ZV5nY6XVGeuzV/MeIwCgYIKoZIzj0EAwIw
      EzERMA8GA1UEAwwIc3RyYW5nZXIwIBcNMjAwMTAxMDAwMDAwWhgPOTk5OTEyMzEy
      MzU5NTlaMBMxETAPBgNVBAMMCHN0cmFuZ2VyMFkwEwYHKoZIzj0CAQYIKoZIzj0D
      AQcDQgAEONtlIy+n6E62aNkbNRgM44fbFEeqIbinFJNOgX2cMIUXxS0MPKSTUvP/
      UwWh2bizxIXr/8jf9pt8jpiVA7wH4aNTMFEwHQYDVR0OBBYEFDaf+BpIP0r5k6Sr
      qsfCF3aDWra9MB8GA1UdIwQYMBaAFDaf+BpIP0r5k6SrqsfCF3aDWra9MA8GA1Ud
      EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgVpXoZPDIprjGKw9J5qUmtJAM
      FAyok4F7nXnbpYGJypQCIQDDHAnZKkNDBsBf25o4t6kk8xjfQBA39eJutZbHOMr2
      gw==
      -----END CERTIFICATE-----
      """;

  private final ListedPeers peers =
      new ListedPeers(Set.of(certificate(LISTED), certificate(EXPIRED)));

  private static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  /** Each way in which TLS asks for clients and servers. */
  private List<ThrowingCallable> asked(X509Certificate... chain) {
    return List.of(
        () -> peers.checkClientTrusted(chain, "EC"),
        () -> peers.checkServerTrusted(chain, "EC"),
        () -> peers.checkClientTrusted(chain, "EC", (Socket) null),
        () -> peers.checkServerTrusted(chain, "EC", (Socket) null),
        () -> peers.checkClientTrusted(chain, "EC", (SSLEngine) null),
        () -> peers.checkServerTrusted(chain, "EC", (SSLEngine) null));
  }

  @Test
  void who_is_listed_is_taken() {
    for (ThrowingCallable way : asked(certificate(LISTED), certificate(STRANGER))) {
      assertThatCode(way).doesNotThrowAnyException();
    }
    assertThat(peers.getAcceptedIssuers()).as("no authority").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {STRANGER, EXPIRED})
  void a_certificate_that_is_not_listed_or_is_over_is_refused(String first) {
    for (ThrowingCallable way : asked(certificate(first), certificate(LISTED))) {
      assertThatThrownBy(way).isInstanceOf(CertificateException.class);
    }
  }

  @Test
  void nobody_is_not_listed() {
    for (ThrowingCallable way : asked()) {
      assertThatThrownBy(way).isInstanceOf(CertificateException.class);
    }
  }
}
