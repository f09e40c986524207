package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;

class TlsTrustFailureTest {

  @Test
  void a_certificate_is_found_behind_what_the_mail_library_says() {
    Exception refused = new SSLHandshakeException("no path");
    var _ = refused.initCause(new CertificateException("unknown authority"));
    assertThat(TlsTrustFailure.isBehind(new MessagingException("not converted", refused))).isTrue();
    assertThat(TlsTrustFailure.isBehind(new IOException(new CertificateException("no name"))))
        .isTrue();
    assertThat(TlsTrustFailure.isBehind(new SSLPeerUnverifiedException("other name"))).isTrue();
  }

  @Test
  void a_server_that_does_not_answer_is_no_certificate() {
    Exception silent = new ConnectException("refused");
    assertThat(TlsTrustFailure.isBehind(new MessagingException("not connected", silent))).isFalse();
    Exception ended = new SSLHandshakeException("ended");
    var _ = ended.initCause(new EOFException());
    assertThat(TlsTrustFailure.isBehind(ended)).isFalse();
    Exception deep = new CertificateException("ninth cause");
    for (int i = 0; i < 9; i++) {
      deep = new IOException(deep);
    }
    assertThat(TlsTrustFailure.isBehind(deep)).isTrue();
    assertThat(TlsTrustFailure.isBehind(new IOException(deep))).isFalse();
    Exception endless = silent;
    for (int i = 0; i < 20; i++) {
      endless = new IOException(endless);
    }
    assertThat(TlsTrustFailure.isBehind(endless)).isFalse();
  }
}
