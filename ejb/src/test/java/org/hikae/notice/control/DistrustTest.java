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

class DistrustTest {

  @Test
  void a_certificate_is_found_behind_what_the_mail_library_says() {
    Exception refused = new SSLHandshakeException("no path");
    var _ = refused.initCause(new CertificateException("unknown authority"));
    assertThat(Distrust.isBehind(new MessagingException("not converted", refused))).isTrue();
    assertThat(Distrust.isBehind(new IOException(new CertificateException("no name")))).isTrue();
    assertThat(Distrust.isBehind(new SSLPeerUnverifiedException("other name"))).isTrue();
  }

  @Test
  void a_server_that_does_not_answer_is_no_certificate() {
    Exception silent = new ConnectException("refused");
    assertThat(Distrust.isBehind(new MessagingException("not connected", silent))).isFalse();
    Exception ended = new SSLHandshakeException("ended");
    var _ = ended.initCause(new EOFException());
    assertThat(Distrust.isBehind(ended)).isFalse();
    Exception endless = silent;
    for (int i = 0; i < 20; i++) {
      endless = new IOException(endless);
    }
    assertThat(Distrust.isBehind(endless)).isFalse();
  }
}
