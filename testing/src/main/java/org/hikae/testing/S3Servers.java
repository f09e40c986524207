package org.hikae.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.filesystem.FilesystemApiMetadata;

/**
 * An S3 server for tests, within their process and on loopback: S3Proxy over a folder. It checks
 * signatures, and knows conditional writes. It takes checksums of SHA-256 without a look at them.
 */
public final class S3Servers implements AutoCloseable {

  /** The bucket that is there. */
  public static final String BUCKET = "hikae";

  /** Who may use it. */
  public static final String ACCESS_KEY = "hikae-test";

  /** By what. */
  public static final String SECRET_KEY = "secret-of-the-test";

  private final BlobStoreContext context;
  private final S3Proxy server;

  private S3Servers(BlobStoreContext context, S3Proxy server) {
    this.context = context;
    this.server = server;
  }

  /**
   * Starts one on a free port.
   *
   * @param folder where it keeps buckets, as folders
   */
  public static S3Servers start(Path folder) throws IOException {
    Files.createDirectories(folder.resolve(BUCKET));
    Properties settings = new Properties();
    settings.setProperty("jclouds.filesystem.basedir", folder.toString());
    BlobStoreContext context =
        ContextBuilder.newBuilder(new FilesystemApiMetadata())
            .credentials("unused", "unused")
            .overrides(settings)
            .build(BlobStoreContext.class);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(context.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .build();
    try {
      server.start();
    } catch (Exception e) {
      context.close();
      throw new IOException("The S3 server did not start.", e);
    }
    return new S3Servers(context, server);
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("The S3 server did not stop.", e);
    }
    context.close();
  }
}
