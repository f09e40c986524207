package org.hikae.backup.bucket.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes the client of a bucket. Nothing of it comes from the environment, from files of AWS's tools
 * or from a service of a cloud.
 */
final class S3ClientFactory {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Waits for one of the connections, all of which are in use. */
  private static final Duration ACQUIRE = Duration.ofSeconds(10);

  /** More than uploads, downloads and nightly work of one portal together. */
  private static final int MAX_CONNECTIONS = 128;

  private S3ClientFactory() {}

  /** The connections. */
  static SdkHttpClient http(S3Location location) {
    Apache5HttpClient.Builder http =
        Apache5HttpClient.builder()
            .connectionTimeout(CONNECT)
            .connectionAcquisitionTimeout(ACQUIRE)
            .socketTimeout(location.limits().silence())
            .maxConnections(MAX_CONNECTIONS)
            .expectContinueEnabled(true)
            .proxyConfiguration(
                ProxyConfiguration.builder().useEnvironmentVariableValues(false).build());
    Path authorities = location.authorities();
    if (authorities != null) {
      TrustManager[] trusted = trusting(authorities);
      http.tlsTrustManagersProvider(() -> trusted);
    }
    return http.build();
  }

  /** A client that sends a request so often at most. */
  static S3Client client(S3Location location, SdkHttpClient http, int attempts) {
    ProfileFile nothing = ProfileFile.aggregator().build();
    return S3Client.builder()
        .httpClient(http)
        .endpointOverride(location.endpoint())
        .region(Region.of(location.region()))
        .credentialsProvider(location.credentials())
        .forcePathStyle(location.pathStyle())
        // The checksum is known: it is the object's name.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .overrideConfiguration(
            options ->
                options
                    .defaultProfileFile(nothing)
                    .retryStrategy(StandardRetryStrategy.builder().maxAttempts(attempts).build())
                    .apiCallTimeout(location.limits().call()))
        .build();
  }

  /** Those of a PEM file, and no others. */
  private static TrustManager[] trusting(Path authorities) {
    try (InputStream in = Files.newInputStream(authorities)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IOException("it holds no certificate");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate each : certificates) {
        store.setCertificateEntry("authority-" + number, each);
        number++;
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "The file " + authorities + " of the authorities of the bucket's server cannot be used.",
          e);
    }
  }
}
